"""What of a page is not the article: menus, buttons, hidden parts, words of links."""

from __future__ import annotations

import pytest

from poi_search.article import Paragraph
from poi_search.readers import html


def texts(inner: str) -> list[str]:
    source = (
        f"<html><title>T</title><body><h1>T</h1><h2>Results</h2><p>Text.</p>{inner}</body></html>"
    )
    article = html.read(source.encode(), "page.html", "page")
    blocks = (block for section in article.sections for block in section.blocks)
    return [block.prose.text for block in blocks if isinstance(block, Paragraph)]


GONE = (
    "script style noscript template nav form button svg iframe select textarea dialog object video"
    " audio canvas label header footer aside"
).split()
ROLES = "navigation banner search dialog alertdialog menu toolbar Navigation".split()
CLASSES = (
    "cookie cookies-bar breadcrumb breadcrumbs share sharing social toolbar sidebar related"
    " recommended newsletter advert advertisement promo skip menu navbar pagination pager altmetric"
    " metrics download downloads modal popup tooltip login signin permalink sr-only visually-hidden"
    " visuallyhidden screen-reader noprint no-print mathjax_preview mjx katex-html pdf-link toc"
    " main-toc page_share Share"
).split()
LINKS = [
    "Open in a new tab", "Open in a separate window", "Full size image", "View large version",
    "View in article", "Expand table", "Download: figure", "Download PowerPoint", "Go to:",
    "Back to top", "Enlarge image", "Figure viewer", "Open in viewer", "Display full size",
    "Click here to view the figure", "Copy", "Permalink", "Expand", "Collapse", "Close", "Print.",
]  # fmt: skip


@pytest.mark.parametrize("name", GONE)
def test_elements_that_are_no_text(name: str) -> None:
    assert texts(f"<{name}><p>Furniture.</p></{name}>") == ["Text."]


@pytest.mark.parametrize("role", ROLES)
def test_roles_that_are_no_text(role: str) -> None:
    assert texts(f"<div role='{role}'><p>Furniture.</p></div>") == ["Text."]
    assert texts("<div role='note'><p>A note.</p></div>") == ["Text.", "A note."]


@pytest.mark.parametrize("name", CLASSES)
def test_classes_that_are_no_text(name: str) -> None:
    assert texts(f"<div class='a {name}'><p>Furniture.</p></div>") == ["Text."]
    assert texts(f"<div class='a{name}a'><p>Kept.</p></div>") == ["Text.", "Kept."]


def test_sections_of_a_table_of_contents_are_text() -> None:
    assert texts("<div class='toc-section'><p>Kept.</p></div>") == ["Text.", "Kept."]


@pytest.mark.parametrize("words", LINKS)
def test_words_of_links(words: str) -> None:
    for name in ("a", "span", "div", "p", "li"):
        assert texts(f"<p>Kept.</p><{name}>{words}</{name}>") == ["Text.", "Kept."]
    assert texts(f"<p>Kept and {words} here.</p>") == ["Text.", f"Kept and {words} here."]


@pytest.mark.parametrize("hidden", ["hidden", "aria-hidden='true'", "style='display: none'"])
def test_hidden_parts(hidden: str) -> None:
    assert texts(f"<div {hidden}>Hidden.</div>") == ["Text."]
    assert texts(f"<div {hidden}><p>A paragraph.</p></div>") == ["Text.", "A paragraph."]


@pytest.mark.parametrize("kept", ["aria-hidden='false'", "style='display: block'", "class='x'"])
def test_parts_that_are_shown(kept: str) -> None:
    assert texts(f"<div {kept}>Shown.</div>") == ["Text.", "Shown."]


def test_headers_and_footers_inside_the_article_are_text() -> None:
    inner = "<header><p>Head.</p></header><footer><p>Foot.</p></footer>"
    assert texts(f"<article>{inner}</article>") == ["Head.", "Foot."]
    assert texts(f"<div>{inner}</div>") == ["Text."]
    assert texts("<aside><table><tr><td>1</td><td>2</td></tr></table></aside>") == ["Text."]


def test_formulas_that_a_script_would_set() -> None:
    assert texts("<p>Let <script type='math/tex; mode=display'>x \\le 1</script>.</p>") == [
        "Text.", "Let x ≤ 1.",
    ]  # fmt: skip
    assert texts("<p>Let <span class='mathjax-tex'>\\(x\\)</span> be.</p>") == [
        "Text.",
        "Let x be.",
    ]
