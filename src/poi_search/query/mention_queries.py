"""The engine's queries for the concepts that a run of words mentions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from poi_search.engine.nodes import AnyOf, Fields, Query
from poi_search.query.name_queries import as_typed, naming
from poi_search.query.reading import Reading
from poi_search.query.tree import Span
from poi_search.query.weights import AS_TYPED, CONCEPT, IN_PARTS, PARTS_COVERAGE, TEXT
from poi_search.thesaurus import Thesaurus


@dataclass
class MentionQueries:
    """`things` find, by the span of its name, what names each concept asked for, or a related one;
    `pieces` the concepts of which a longer name consists, apart. `itself` is, for those that also
    find related concepts, what does not; `wider` what also takes part in the order."""

    things: dict[Span, list[Query]] = field(default_factory=dict)
    pieces: list[Query] = field(default_factory=list)
    itself: dict[Query, Query] = field(default_factory=dict)
    wider: dict[Query, Query] = field(default_factory=dict)


def queries_of(
    reading: Reading, thesaurus: Thesaurus, fields: Callable[[Fields], Fields], *, related: bool
) -> MentionQueries:
    """The queries for the mentions of a reading, in those `fields` that count. Without `related`,
    what names a related concept is not enough."""

    def finding(concepts: tuple[str, ...], *, twice: bool = False) -> Query:
        near, further = thesaurus.related_twice(concepts)
        near = near if related else ()
        return naming(concepts, near, further if twice else (), fields(CONCEPT))

    found = MentionQueries()
    for place, mention in enumerate(reading.mentions):
        if mention.within >= 0:
            continue
        named = found.things.setdefault((mention.start, mention.end), [])
        if mention.concepts:
            query = finding(mention.concepts)
            named.append(query)
            found.itself[query] = naming(mention.concepts, (), (), fields(CONCEPT))
            found.wider[query] = finding(mention.concepts, twice=True)
        if len(mention.stems) > 1:
            weight = AS_TYPED if mention.concepts else 1.0
            named.append(as_typed(mention.wordings, fields(TEXT), weight))
        parts = [inner for inner in reading.mentions if inner.within == place]
        if sum(inner.content for inner in parts) == mention.content:
            # Gene-modified MSCs are also found as gene modification and MSCs, apart.
            apart, ordered_by = (
                AnyOf(
                    tuple(finding(inner.concepts, twice=twice) for inner in parts),
                    IN_PARTS,
                    PARTS_COVERAGE,
                )
                for twice in (False, True)
            )
            found.pieces.append(apart)
            found.wider[apart] = ordered_by
    found.wider = {query: wide for query, wide in found.wider.items() if wide != query}
    return found
