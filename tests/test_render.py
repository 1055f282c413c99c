"""Text with spans → HTML: nothing lost, nothing unescaped, always well nested."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from poi_search.library import Library
from poi_search.readers.citations import parse_markers, printed_spans
from poi_search.results import CitationLink, NoteView, Place, Reason, Snippet
from poi_search.search.reason_texts import answer, reading
from poi_search.search.snippets import snippet_html
from poi_search.web import labels
from poi_search.web.annotations import (
    Annotations,
    Span,
    annotate,
    citations_within,
    marks_within,
    weave,
)


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
    return CitationLink(number, f"a/ref-{number}", "x", f"/r/{number}", tuple(spans), tuple(spans))


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
    result = annotate(text, marks, citations, notes, Annotations(abbreviations=abbreviations))
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
    # Outside of <pre>, Beautiful Soup reads two blanks as one.
    tree = BeautifulSoup(f"<pre>{weave(text, spans)}</pre>", "html.parser")
    for n, layer in enumerate(layers):
        covered = "".join(c for at, c in enumerate(text) if any(s <= at < e for s, e in layer))
        assert "".join(tag.text for tag in tree.select(f"i.c{n}")) == covered


def test_each_printed_number_or_range_is_a_link_of_its_own() -> None:
    text = "Shown before.[30–32,51]"
    printed = {30: (14, 19), 31: (14, 19), 32: (14, 19), 51: (20, 22)}
    links = [CitationLink(n, "", "", f"/r/{n}", ((13, 23),), (printed[n],)) for n in printed]
    tree = BeautifulSoup(str(annotate(text, (), links)), "html.parser")
    assert [(a.text, a.get("href"), a.get("data-refs")) for a in tree.select("a")] == [
        ("30–32", "/r/30", "30 31 32"),
        ("51", "/r/51", "51"),
    ]
    assert [s.text for s in tree.select("sup")] == ["[30–32,51]"]


class Citing(Nesting):
    """Collects the spans of the markers, and of the links with the references they name."""

    def __init__(self, source: str) -> None:
        self.begun: list[tuple[str, int, str]] = []
        self.markers: list[tuple[int, int]] = []
        self.links: list[tuple[int, int, str]] = []
        super().__init__(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        told = dict(attrs)
        self.begun.append((told.get("class") or "", len(self.text), told.get("data-refs") or ""))

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        name, start, numbers = self.begun.pop()
        if name == "cite":
            self.markers.append((start, len(self.text)))
        elif tag == "a":
            self.links.append((start, len(self.text), numbers))


def test_what_is_marked_as_a_citation_is_what_the_data_say(library: Library) -> None:
    for unit in library.units("shi-2022"):
        read = Citing(str(annotate(unit.text, (), unit.citations)))
        places = {place for link in unit.citations for place in link.places}
        assert sorted(read.markers) == sorted(places)
        named = {(*span, str(link.number)) for link in unit.citations for span in link.printed}
        told = {(a, b, number) for a, b, numbers in read.links for number in numbers.split()}
        assert told == named
        plain = Citing(str(annotate(unit.text)))
        assert not plain.markers and not plain.links


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
def test_a_range_is_one_link_with_any_dash(dash: str) -> None:
    marker = f"[1{dash}3]"
    (citation,) = parse_markers(f"cells{marker}")
    assert citation.numbers == (1, 2, 3)
    assert set(printed_spans(marker, citation.numbers).values()) == {(1, 4)}


def test_a_marker_without_numbers_is_one_link() -> None:
    text = "As shown (Smith, 2010)."
    tree = BeautifulSoup(
        str(annotate(text, (), [links(2, [(9, 22)]), links(5, [(9, 22)])])), "html.parser"
    )
    assert [(a.text, a.get("data-refs")) for a in tree.select("a")] == [("(Smith, 2010)", "2 5")]
    assert not tree.select("sup")


def test_snippet_html_tells_the_kinds_apart() -> None:
    snippet = Snippet("A<b miR-21 MicroRNA-21", ((4, 10), (11, 22)), ("typed", "synonym"))
    assert snippet_html(snippet) == (
        'A&lt;b <mark class="typed">miR-21</mark> <mark class="synonym">MicroRNA-21</mark>'
    )


def test_spans_are_cut_to_a_part() -> None:
    assert marks_within([(0, 4, "typed"), (6, 9, "typed"), (9, 12, "x")], 2, 8) == (
        (0, 2, "typed"),
        (4, 6, "typed"),
    )
    cited = CitationLink(1, "", "", "", ((2, 6), (9, 12)), ((3, 5), (10, 11)))
    (part,) = citations_within([cited, links(2, [(9, 12)])], 2, 8)
    assert (part.number, part.places, part.printed) == (1, ((0, 4),), ((1, 3),))
    assert [one.places for one in citations_within([cited], 2, 6)] == [((0, 4),)]
    assert citations_within([cited], 3, 8) == citations_within([cited], 2, 5) == ()


def test_the_tags_of_each_annotation() -> None:
    link = CitationLink(2, "a/ref-2", "Li, 2020", "/r/2", ((5, 8),), ((6, 7),))
    note = NoteView("ab", "misprint", "n", ((0, 2),))
    assert annotate("ab cd[2]", [(3, 5, "typed")], [link], [note]) == (
        '<span class="noted">ab</span><a class="note-link" href="#note-1"'
        ' aria-label="Editorial note on “ab”"></a> <mark class="typed">cd</mark>'
        '<sup class="cite">[<a href="/r/2" role="doc-biblioref" data-refs="2">2</a>]</sup>'
    )
    more = Annotations(lambda n: f"#ref-{n}", "n", [(0, 2, "a b")], [((3, 5), "shared")])
    assert annotate("ab cd[2]", (), [link], [note], more) == (
        '<span class="noted"><abbr title="a b">ab</abbr></span><a class="note-link" href="#n-1"'
        ' aria-label="Editorial note on “ab”"></a> <span class="shared">cd</span>'
        '<sup class="cite">[<a href="#ref-2" role="doc-biblioref" data-refs="2">2</a>]</sup>'
    )


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (labels.number(1234567), "1\u202f234\u202f567"),
        (labels.day("2026-11-22T15:10:00Z"), "22 November 2026, 15:10"),
        (labels.day("2026-11-22"), "22 November 2026"),
        (labels.day("soon"), "soon"),
        (labels.people(["A", "B", "C"]), "A, B, C"),
        (labels.people(["A", "B", "C", "D"]), "A, B, C and 1 other"),
        (labels.people(["A", "B", "C", "D", "E"]), "A, B, C and 2 others"),
        (labels.count_list({"section": 1}), "1 passage"),
        (labels.count_list({"section": 2, "table": 0, "figure": 1}), "2 passages and 1 figure"),
        (
            labels.count_list({"reference": 1, "table": 1, "section": 1, "figure": 3}),
            "1 passage, 1 table row, 3 figures and 1 reference",
        ),
        (labels.count_list({"table": 2, "reference": 2}), "2 table rows and 2 references"),
        (labels.count_list({}), "nothing yet"),
        (labels.place(Place("3.4", "3.4. Cells", ())), "3.4 › Cells"),
        (labels.place(Place("3.4", "3.4", ())), "3.4"),
        (labels.place(Place("", "Abstract", ())), "Abstract"),
        (reading("synonym", "Apoptosis"), " as Apoptosis, by another name"),
        (reading("narrower", "Apoptosis"), ", narrower: Apoptosis"),
        (reading("related", "Apoptosis"), ", related: Apoptosis"),
        (reading("fragment", "Apoptosis"), " as Apoptosis, a part of the name"),
        (reading("prefix", ""), ", as a prefix"),
        (reading("prefix", "x"), " as x, as a prefix"),
        (reading("fuzzy", ""), ", as a similar word"),
        (reading("fuzzy", "x"), " as x, as a similar word"),
        (reading("spelling", ""), ", as corrected"),
        (reading("spelling", "x"), " as x, as corrected"),
        (reading("typed", "x"), " as x"),
        (reading("typed", ""), ""),
        (labels.slug("(IL-6) & more"), "il-6-more"),
        (answer(Reason("x", "typed", "y", forms=("a", "b"))), "“a”, “b”"),
        (answer(Reason("x", "typed", "y")), "y"),
    ],
)
def test_texts_for_readers(shown: str, expected: str) -> None:
    assert shown == expected
