"""A library of one small article in memory, for tests of the interfaces to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import asdict

from poi_search.article import (
    Article,
    Author,
    Citation,
    Figure,
    Name,
    Paragraph,
    Prose,
    Reference,
    Row,
    Section,
    Table,
)
from poi_search.index.units import detail, units
from poi_search.library import QuestionError
from poi_search.query_view import QueryView
from poi_search.results import (
    ArticleDetail,
    ArticleView,
    FacetCount,
    Facets,
    HitView,
    Results,
    SearchRequest,
    Snippet,
    Suggestion,
    UnitView,
)

ARTICLE = Article(
    id="small-2020",
    title="On small things",
    authors=(Author(Name("Small", "Ada")),),
    journal="J Small",
    year=2020,
    sections=(
        Section(
            anchor="s1",
            number="1",
            label="1.",
            title="Beginning",
            level=1,
            blocks=(
                Paragraph("s1-p1", Prose("Cells are small.[1,2]", (Citation(16, 21, (1, 2)),))),
                Figure("f1", "Figure 1", Prose("A cell.[3]", (Citation(7, 10, (3,)),))),
                Table("t1", "Table 1", Prose("Sizes"), ("cell", "size"),
                      (Row("t1-r1", (Prose("oocyte"), Prose("large"))),)),
            ),
        ),
    ),
    references=(
        Reference(1, "Li X, et al. The cell. J Cell. 2020;1:1–9.", (Name("Li", "X"),), True,
                  "The cell", "J Cell", 2020, "1", "", "1–9", kind="article"),
        Reference(2, "Lötvall J. Vesicles. J Cell. 2019;2:7.", (Name("Lötvall", "J"),), False,
                  "Vesicles", "J Cell", 2019, "2", "", "7", doi="10.1/ves", kind="article"),
        Reference(3, "Li Y. A book. Press; 2020.", (Name("Li", "Y"),), False, "A book",
                  year=2020, publisher="Press", kind="book"),
    ),
)  # fmt: skip


@dataclass
class SmallLibrary:
    """Finds units that contain the text of the question; 'broken' and 'too deep' fail."""

    generation: str = "g1"
    built: str = "2020-01-01T00:00:00Z"
    searches: list[SearchRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._units = {unit.view.id: unit.view for unit in units(ARTICLE)}

    def stale(self) -> bool:
        return False

    def is_of_another_version(self) -> bool:
        return False

    def search(self, request: SearchRequest) -> Results:
        self.searches.append(request)
        if request.q == "broken":
            raise RuntimeError("the disk is on fire")
        if request.q == "too deep":
            raise QuestionError("q", "Nested more than 16 deep.")
        found = list(self.found_units(request))
        first = (request.page - 1) * request.per_page
        page = found[first : first + request.per_page]
        return Results(
            query=QueryView(request.q, request.q),
            total=len(found),
            page=request.page,
            per_page=request.per_page,
            took_ms=0.5 + len(self.searches),
            generation=self.generation,
            facets=Facets(kind=(FacetCount("section", 1),), year=(FacetCount(2020, 2),)),
            results=tuple(
                HitView(**asdict(view), score=1.0, snippet=Snippet(view.text, ((0, 1),)))
                for view in page
            ),
        )

    def found_units(self, request: SearchRequest) -> Iterator[UnitView]:
        return (view for view in self._units.values() if self._matches(view, request))

    def _matches(self, view: UnitView, request: SearchRequest) -> bool:
        return request.q.lower() in view.text.lower() and view.kind in (request.kind or view.kind)

    def unit(self, id: str) -> UnitView | None:
        return self._units.get(id)

    def pdf(self, id: str) -> Path | None:
        return None

    def article(self, id: str) -> Article | None:
        return ARTICLE if id == ARTICLE.id else None

    def detail(self, id: str) -> ArticleDetail | None:
        return detail(ARTICLE, units(ARTICLE)) if id == ARTICLE.id else None

    def articles(self) -> list[ArticleView]:
        return [detail(ARTICLE, units(ARTICLE))]

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        if not text:
            return ()
        return (Suggestion("title", "On small things", "article", "small", "/articles/small"),)
