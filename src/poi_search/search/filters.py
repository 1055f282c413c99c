"""The filters of a request: checked, as queries, as reasons, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from poi_search.engine.nodes import AllOf, AnyOf, Complement, Keyword, Query, Range
from poi_search.engine.seam import Request
from poi_search.index.entries import FACETS, LACKS
from poi_search.index.shared_entries import JOURNAL, JOURNAL_FORM, PAPER
from poi_search.query import tree
from poi_search.query.syntax import Parsed
from poi_search.query_view import Excluded
from poi_search.references.journal_names import journal_key
from poi_search.results import Reason, SearchRequest
from poi_search.search.interpretation import Asked, QuestionError, interpret, listing_query
from poi_search.search.snapshot import Snapshot

_PLACES = {
    "kind": "its kind", "article": "its article", "section": "its section", "journal": "the journal"
}  # fmt: skip
_WANTING = {
    "year": "have no year", "journal": "have no journal", "section": "are in no section"
}  # fmt: skip
_STATED = (
    "kind", "article", "section", "journal", "year_from", "year_to", "cites", "synonyms",
    "spelling", "meaning", "without", "fragments", "repeats",
)  # fmt: skip

_USUAL = tuple((name, getattr(SearchRequest(), name)) for name in _STATED)


def check(snapshot: Snapshot, request: SearchRequest) -> None:
    """Reject filters for values that do not exist; a mistyped one would just find nothing."""
    for name in ("page", "per_page"):
        if getattr(request, name) < 1:
            raise QuestionError(name, f"{name} is {getattr(request, name)}; it starts at 1.")
    for article in request.article:
        if article not in snapshot.details:
            known = ", ".join(list(snapshot.details)[:5])
            raise QuestionError("article", f"There is no article {article!r}. Known: {known}.")
    for number in request.section:
        if number not in snapshot.sections:
            raise QuestionError("section", f"There is no section {number!r} in the library.")
    for journal in request.journal:
        if not snapshot.reader.count(_has("journal", journal)):
            raise QuestionError("journal", f"There is no reference from the journal {journal!r}.")
    for concept in request.without:
        if snapshot.thesaurus.concept(concept) is None:
            raise QuestionError("without", f"There is no concept {concept!r} in the library.")
    if request.cites is not None:
        last = max(detail.counts.get("reference", 0) for detail in snapshot.details.values())
        if request.cites > last:
            problem = f"There is no reference {request.cites}; the last is {last}."
            raise QuestionError("cites", problem)


def queries(request: SearchRequest) -> dict[str, Query]:
    """The query of each filter, by the name of its facet."""
    found: dict[str, Query] = {}
    for name in _PLACES:
        values = getattr(request, name)
        if values:
            found[name] = AnyOf(tuple(_has(name, value) for value in values))
    if request.year_from is not None or request.year_to is not None:
        found["year"] = Range("year", request.year_from, request.year_to)
    if request.cites is not None:
        found["cites"] = Keyword("cites", str(request.cites))
    return found


def _has(name: str, value: str) -> Query:
    """Units with a value of a filter; a journal may be given by any of its names."""
    exact = Keyword(name, value)
    return AnyOf((exact, Keyword(JOURNAL_FORM, journal_key(value)))) if name == JOURNAL else exact


def once(request: SearchRequest) -> str:
    """The keyword of which units with the same value are one result; '' if each is one."""
    return PAPER if request.repeats == "off" else ""


def limit(query: Query, request: SearchRequest, *, but: str = "") -> Query:
    """A query within the filters of a request, except the one named `but`."""
    others = tuple(each for name, each in queries(request).items() if name != but)
    return AllOf((query, *others)) if others else query


def reasons(request: SearchRequest) -> Iterator[Reason]:
    """A reason for each filter of a request; they hold for every hit."""
    for name, where in _PLACES.items():
        values = getattr(request, name)
        if values:
            yield Reason(" or ".join(values), "filter", where)
    if request.year_from is not None or request.year_to is not None:
        years = f"{request.year_from or ''}–{request.year_to or ''}"
        yield Reason(years, "filter", "its year")
    if request.cites is not None:
        yield Reason(str(request.cites), "filter", "what it cites")


def stated(snapshot: Snapshot, request: SearchRequest) -> dict[str, object]:
    """The filters and switches of a request that are not as usual; a journal by the name of its
    facet."""
    given = {
        name: list(value) if isinstance(value, tuple) else value
        for name, usual in _USUAL
        if (value := getattr(request, name)) != usual
    }
    if request.journal:
        names = (name for value in request.journal for name in _facet_names(snapshot, value))
        given[JOURNAL] = list(dict.fromkeys(names))
    return given


def _facet_names(snapshot: Snapshot, journal: str) -> Iterable[str]:
    asked = Request(_has(JOURNAL, journal), facets={JOURNAL: FACETS[JOURNAL]}, limit=0)
    return snapshot.reader.rank(asked).counts[JOURNAL]


def excluded(snapshot: Snapshot, request: SearchRequest, asked: Asked) -> Iterator[Excluded]:
    """What each filter of a request, place or year in a question leaves out for want of a value."""
    found = listing_query(request, asked)
    for name in queries(request).keys() & _WANTING.keys():
        yield from _lacking(snapshot, request, name, limit(found, request, but=name))
    for name, rest in _limits_in_question(asked.parsed.tree):
        query = listing_query(request, asked, interpret(snapshot, request, Parsed(rest, ())))
        yield from _lacking(snapshot, request, name, limit(query, request))


def _lacking(
    snapshot: Snapshot, request: SearchRequest, name: str, query: Query
) -> Iterator[Excluded]:
    having = AllOf((query, Complement(Keyword(LACKS, name))))
    counts = [snapshot.reader.count(each, once(request)) for each in (query, having)]
    if counts[0] > counts[1]:
        yield Excluded(name, counts[0] - counts[1], _WANTING[name])


def left_out(excluded: Excluded) -> str:
    """What a filter leaves out, as a sentence."""
    if excluded.count == 1:
        reason = excluded.reason.replace("have ", "has ").replace("are ", "is ")
        return f"1 result that {reason} is left out by the {excluded.filter} filter."
    many, name = excluded.count, excluded.filter
    return f"{many} results that {excluded.reason} are left out by the {name} filter."


def _limits_in_question(node: tree.Node) -> Iterator[tuple[str, tree.Node]]:
    """The sections, journals and years to which a question is limited, each with the rest of it."""
    if isinstance(node, tree.And):
        for child in node.children:
            names = {getattr(leaf, "name", "") for leaf in _any_of(child)}
            rest = tuple(each for each in node.children if each is not child)
            if len(names) == 1 and (name := names.pop()) in _WANTING:
                yield name, tree.And(rest, node.span)


def _any_of(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.children if isinstance(node, tree.Or) else (node,)
