"""The pages about the corpus: small ones, made once for each generation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from msgspec import structs
from shelf import ARTICLE, SmallLibrary

from poi_search.article import Article, Finding, LedgerLine, Licence, Repair
from poi_search.index.units import detail, units
from poi_search.results import ArticleDetail, ArticleView
from poi_search.web import create_app
from poi_search.web.about_page import issue_list

MOST_BYTES = 60_000
LONG = replace(
    ARTICLE,
    id="long",
    title="On long things",
    source="https://example.org/long",
    licence=Licence("CC BY 4.0"),
    findings=tuple(Finding("notice", f"line {n}", f"odd <b> & thing {n}") for n in range(300)),
    repairs=tuple(Repair(n, f"ﬁx {n}", f"fix {n}", "ligature") for n in range(200)),
    ledger=tuple(
        LedgerLine(n, ("s1-p1", "metadata:title")) if n % 3 else LedgerLine(n, (), "a page number")
        for n in range(2000)
    ),
)


@dataclass
class ManyArticles(SmallLibrary):
    """A library of a long article and many short ones, which counts how often each is read."""

    reads: Counter[str] = field(default_factory=Counter)
    corpus: tuple[Finding, ...] = ()
    count: int = 500

    def __post_init__(self) -> None:
        super().__post_init__()
        short = replace(ARTICLE, source="https://example.org", findings=LONG.findings[:2])
        names = [f"short-{n}" for n in range(1, self.count)]
        self.whole: dict[str, Article] = {"long": LONG} if self.count else {}
        self.whole |= {name: replace(short, id=name) for name in names}
        outline = detail(LONG, units(LONG))
        self.outlines = {
            name: structs.replace(outline, id=name, title=article.title, url=f"/articles/{name}")
            for name, article in self.whole.items()
        }

    def articles(self) -> list[ArticleView]:
        return list(self.outlines.values())

    def article(self, id: str) -> Article | None:
        self.reads[id] += 1
        return self.whole.get(id)

    def detail(self, id: str) -> ArticleDetail | None:
        return self.outlines.get(id)

    def corpus_findings(self) -> tuple[Finding, ...]:
        return self.corpus


def client(library: ManyArticles) -> FlaskClient:
    return create_app(library, testing=True).test_client()  # type: ignore[arg-type]


def page(reader: FlaskClient, address: str) -> BeautifulSoup:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    assert len(answer.data) < MOST_BYTES, address
    return BeautifulSoup(answer.data, "lxml")


def every_page(reader: FlaskClient, address: str) -> list[BeautifulSoup]:
    first = page(reader, address)
    numbers = [int(link.text) for link in first.select(".pages a")]
    sign = "&" if "?" in address else "?"
    return [
        first,
        *(page(reader, f"{address}{sign}page={n}") for n in range(2, max(numbers or [1]) + 1)),
    ]


def texts(pages: list[BeautifulSoup], where: str) -> list[str]:
    return [" ".join(each.text.split()) for soup in pages for each in soup.select(where)]


def test_a_large_library_fills_small_pages() -> None:
    reader = client(ManyArticles())
    pages = every_page(reader, "/about")
    assert len(pages) > 10
    assert texts(pages, "h2 a") == ["On long things"] + ["On small things"] * 499
    links = [str(a["href"]) for soup in pages for a in soup.select(".actions a")]
    assert links[:2] == ["/about?article=long", "/about?article=short-1"]
    told = texts(pages[:1], "section:first-of-type dd")
    assert told[1:] == [
        "https://example.org/long", "CC BY 4.0",
        "2 000 lines of the source, 1 333 of them shown or kept as metadata, 667 set aside",
        "300 notices",
    ]  # fmt: skip
    assert texts(pages[1:2], "[aria-current=page]") == ["About this corpus", "2"]
    assert texts(pages[:1], ".facts dd")[1] == "500"


def test_what_is_said_of_an_article_is_all_there() -> None:
    reader = client(ManyArticles())
    pages = every_page(reader, "/about?article=long")
    assert len(pages) > 2
    assert texts(pages, ".findings li") == [
        f"Notice, {each.place}: {each.message}" for each in LONG.findings
    ]
    lines = [each.line for each in LONG.repairs] + [each.line for each in LONG.ledger]
    assert texts(pages, "tbody th") == list(map(str, lines))
    places = [a["href"] for soup in pages for a in soup.select("[aria-label=Ledger] a")]
    assert places == ["/articles/long#s1-p1"] * 1333
    assert texts(pages, "summary")[0] == "200 repairs of conversion damage"
    assert texts(pages, "h1 a") == ["On long things"] * len(pages)
    for soup in pages:
        assert soup.select(".pages a")[-1]["href"] == f"/about?article=long&page={len(pages)}"
    assert texts(every_page(reader, "/about?article=short-7"), ".findings li")[1:] == [
        "Notice, line 1: odd <b> & thing 1"
    ]


def test_a_library_of_one_article_says_all_at_once() -> None:
    odd = Finding("warning", "found.nbib", "no reference")
    reader = client(ManyArticles(count=1, corpus=(odd,)))
    pages = every_page(reader, "/about")
    assert texts(pages, "h2")[:2] == ["Issues with the corpus as a whole", "On long things"]
    assert texts(pages, ".findings li")[0] == "Warning, found.nbib: no reference"
    assert len(texts(pages, ".findings li")) == 301
    assert texts(pages, "tbody th")[-1] == "1999"


def test_lines_of_a_pdf_are_named_by_their_page() -> None:
    library = ManyArticles(count=1)
    library.whole["long"] = replace(LONG, converter="some 1.0", page_lines=(1, 1000))
    pages = every_page(client(library), "/about")
    lines = texts(pages, "[aria-label=Ledger] tbody th")
    assert lines[:2] == ["line 0", "p. 1, line 1"]
    assert lines[-1] == "p. 2, line 1999"
    assert "p. 1, line 199" in texts(pages, "[aria-label=Repairs] tbody th")
    assert "some 1.0, from 2 pages of PDF" in texts(pages, ".facts dd")
    assert pages[0].select_one('a[href="/files/long.pdf"]')


def test_an_empty_library_has_a_page_too() -> None:
    pages = every_page(client(ManyArticles(count=0)), "/about")
    assert texts(pages, ".facts dd")[1:] == ["0", "nothing yet"]


def test_many_issues_with_the_corpus_are_paged() -> None:
    corpus = tuple(Finding("warning", f"file-{n}", "cannot be read " * 10) for n in range(600))
    library = ManyArticles(corpus=corpus)
    pages = every_page(client(library), "/about")
    assert texts(pages, ".findings b") == ["Warning"] * 600
    assert texts(pages, "h2 a")[0] == "On long things"
    assert not texts(
        every_page(client(library), "/about?article=long"), ".findings li b:-soup-contains(Warning)"
    )


def test_each_page_is_made_once_for_each_generation() -> None:
    library = ManyArticles()
    reader = client(library)
    for address in ("/about", "/about?page=2", "/about?article=long"):
        page(reader, address)
        library.reads.clear()
        page(reader, address)
        assert not library.reads, address
    library.generation = "g2"
    page(reader, "/about")
    assert library.reads["long"] == 1
    assert library.reads["short-400"] == 0  # on another page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("page=0", "page: “0” is not valid; expected a whole number from 1 to 100000."),
        ("page=99", "page: There is no page 99; the last is"),
        ("article=none", "article: There is no article “none” in this library."),
        ("artcle=long", "artcle: There is no such parameter here. Known: article, page."),
        ("page=1&page=2", "page: Given 2 times; it takes a single value."),
    ],
)
def test_what_is_not_there_is_refused(query: str, told: str) -> None:
    answer = client(ManyArticles()).get(f"/about?{query}")
    assert answer.status_code == 400
    assert told in answer.text


def test_issues_are_counted_by_severity() -> None:
    def issues(*severities: str) -> str:
        return issue_list(Finding(each, "", "") for each in severities)  # type: ignore[arg-type]

    assert issues() == "none"
    assert issues("notice") == "1 notice"
    assert issues("warning", "notice", "error", "notice") == "1 error, 1 warning and 2 notices"
    assert issues("error", "error", "warning") == "2 errors and 1 warning"
