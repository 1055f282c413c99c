"""Text with spans → HTML: nothing lost, nothing unescaped, always well nested."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from poi_search.readers.citations import parse_markers
from poi_search.results import CitationLink, NoteView, Snippet
from poi_search.search.highlight import snippet_html
from poi_search.web.markup import More, Span, markup, moved, shifted, weave


class Nesting(HTMLParser):
    """Fails at an end tag that does not close the innermost open one; collects the text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


texts = st.text(st.sampled_from("ab <>&\"'[]1,2–3é"), max_size=40)
places = st.tuples(st.integers(-3, 45), st.integers(-3, 45))


def links(number: int, spans: list[tuple[int, int]]) -> CitationLink:
    return CitationLink(number, f"a/ref-{number}", "x", f"/r/{number}", tuple(spans))


@given(
    texts,
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45), st.sampled_from(["typed", "x"]))),
    st.lists(st.builds(links, st.integers(1, 3), st.lists(places, max_size=3)), max_size=3),
    st.lists(places, max_size=3),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), texts), max_size=2),
)
def test_text_is_kept_and_tags_nest(
    text: str,
    marks: list[tuple[int, int, str]],
    citations: list[CitationLink],
    noted: list[tuple[int, int]],
    abbreviations: list[tuple[int, int, str]],
) -> None:
    notes = (NoteView('"<q>"', "misprint", "n", tuple(noted)),)
    result = markup(text, marks, citations, notes, More(abbreviations=abbreviations))
    read = Nesting(str(result))
    assert read.text == text
    assert read.open == []


@given(texts, st.lists(st.lists(places, max_size=6), max_size=4))
def test_every_letter_of_a_span_stands_in_its_layer(
    text: str, layers: list[list[tuple[int, int]]]
) -> None:
    spans = [
        [Span(s, e, Markup(f'<i class="c{n}">'), Markup("</i>")) for s, e in layer]
        for n, layer in enumerate(layers)
    ]
    tree = BeautifulSoup(str(weave(text, spans)), "html.parser")
    for n, layer in enumerate(layers):
        covered = "".join(c for at, c in enumerate(text) if any(s <= at < e for s, e in layer))
        assert "".join(tag.text for tag in tree.select(f"i.c{n}")) == covered


def test_each_printed_number_or_range_is_a_link_of_its_own() -> None:
    text = "Shown before.[30–32,51]"
    links = [CitationLink(n, "", "", f"/r/{n}", ((13, 23),)) for n in (30, 31, 32, 51)]
    tree = BeautifulSoup(str(markup(text, (), links)), "html.parser")
    assert [(a.text, a.get("href"), a.get("data-refs")) for a in tree.select("a")] == [
        ("30–32", "/r/30", "30 31 32"),
        ("51", "/r/51", "51"),
    ]
    assert [s.text for s in tree.select("sup")] == ["[30–32,51]"]


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2212")
def test_a_range_is_one_link_with_any_dash(dash: str) -> None:
    text = f"cells[1{dash}3]"
    (citation,) = parse_markers(text)
    place = (citation.start, citation.end)
    shown = markup(text, (), [CitationLink(n, "", "", f"/{n}", (place,)) for n in citation.numbers])
    tree = BeautifulSoup(str(shown), "html.parser")
    assert [(a.text, a["data-refs"]) for a in tree.find_all("a")] == [(f"1{dash}3", "1 2 3")]
    assert tree.find("sup")


def test_a_marker_without_numbers_is_one_link() -> None:
    text = "As shown (Smith, 2010)."
    tree = BeautifulSoup(
        str(markup(text, (), [links(2, [(9, 22)]), links(5, [(9, 22)])])), "html.parser"
    )
    assert [(a.text, a.get("data-refs")) for a in tree.select("a")] == [("(Smith, 2010)", "2 5")]
    assert not tree.select("sup")


def test_snippet_html_tells_the_kinds_apart() -> None:
    snippet = Snippet("A<b miR-21 MicroRNA-21", ((4, 10), (11, 22)), ("typed", "synonym"))
    assert snippet_html(snippet) == (
        'A&lt;b <mark class="typed">miR-21</mark> <mark class="synonym">MicroRNA-21</mark>'
    )


def test_spans_are_cut_to_a_part() -> None:
    assert shifted([(0, 4, "typed"), (6, 9, "typed"), (9, 12, "x")], 2, 8) == (
        (0, 2, "typed"),
        (4, 6, "typed"),
    )
    part = moved([links(1, [(2, 5)]), links(2, [(9, 12)])], 2, 8)
    assert [(link.number, link.places) for link in part] == [(1, ((0, 3),))]
