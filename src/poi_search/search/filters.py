"""The filters of a request: checked, as queries, as reasons, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterator

from poi_search.engine.nodes import AllOf, AnyOf, Complement, Keyword, Query, Range
from poi_search.engine.seam import Ranking, Request
from poi_search.index.entries import FACETS
from poi_search.query import tree
from poi_search.query.syntax import Parsed
from poi_search.query_view import Excluded
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
    "spelling", "meaning", "without", "fragments",
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
        if not snapshot.reader.count(Keyword("journal", journal)):
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
            found[name] = AnyOf(tuple(Keyword(name, value) for value in values))
    if request.year_from is not None or request.year_to is not None:
        found["year"] = Range("year", request.year_from, request.year_to)
    if request.cites is not None:
        found["cites"] = Keyword("cites", str(request.cites))
    return found


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


def stated(request: SearchRequest) -> dict[str, object]:
    """The filters and switches of a request that are not as usual."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, usual in _USUAL
        if (value := getattr(request, name)) != usual
    }


def excluded(
    snapshot: Snapshot, request: SearchRequest, asked: Asked, ranking: Ranking
) -> Iterator[Excluded]:
    """What each filter of a request or year in a question leaves out for want of a value."""
    found = listing_query(request, asked)
    for name in queries(request).keys() & _WANTING.keys():
        everything = snapshot.reader.count(limit(found, request, but=name))
        having = _having(name, ranking)
        if everything > having:
            yield Excluded(name, everything - having, _WANTING[name])
    for name, rest in _places_in_question(asked.parsed.tree):
        query = listing_query(request, asked, interpret(snapshot, request, Parsed(rest, ())))
        counted = Request(limit(query, request), facets={name: FACETS[name]}, limit=1)
        without = snapshot.reader.rank(counted)
        if without.total > _having(name, without):
            yield Excluded(name, without.total - _having(name, without), _WANTING[name])
    for years, rest in _years_in_question(asked.parsed.tree):
        query = listing_query(request, asked, interpret(snapshot, request, Parsed(rest, ())))
        lacking = AllOf((limit(query, request), Complement(Range(years.name))))
        count = snapshot.reader.count(lacking)
        if count:
            yield Excluded(years.name, count, _WANTING[years.name])


def _having(name: str, ranking: Ranking) -> int:
    """The number of units that have a value. One in a subsection also counts for the sections that
    contain it."""
    counts = ranking.counts[name].items()
    return sum(n for value, n in counts if name != "section" or "." not in value)


def left_out(excluded: Excluded) -> str:
    """What a filter leaves out, as a sentence."""
    if excluded.count == 1:
        reason = excluded.reason.replace("have ", "has ").replace("are ", "is ")
        return f"1 result that {reason} is left out by the {excluded.filter} filter."
    many, name = excluded.count, excluded.filter
    return f"{many} results that {excluded.reason} are left out by the {name} filter."


def _years_in_question(node: tree.Node) -> Iterator[tuple[tree.Between, tree.Node]]:
    """The years to which a question is limited, each with the rest of the question."""
    if isinstance(node, tree.And):
        for child in node.children:
            if isinstance(child, tree.Between):
                rest = tuple(each for each in node.children if each is not child)
                yield child, tree.And(rest, node.span)


def _places_in_question(node: tree.Node) -> Iterator[tuple[str, tree.Node]]:
    """The sections or journals to which a question is limited, each with the rest of it."""
    if isinstance(node, tree.And):
        for child in node.children:
            names = {getattr(leaf, "name", "") for leaf in _any_of(child)}
            rest = tuple(each for each in node.children if each is not child)
            if len(names) == 1 and (name := names.pop()) in ("section", "journal"):
                yield name, tree.And(rest, node.span)


def _any_of(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.children if isinstance(node, tree.Or) else (node,)
