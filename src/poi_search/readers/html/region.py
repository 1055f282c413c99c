"""Which part of a web page holds the article: what all its running text has in common."""

from __future__ import annotations

from dataclasses import dataclass

from poi_search.readers.html.outline import has_role
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import classify

_LEAST_WORDS = 25
_MOST_LINKED = 0.5
# Long notices about cookies and the like stand elsewhere on the page.
_SHARE = 0.95
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
# Parts that belong to the article wherever they stand.
_BACK = frozenset((
    "acknowledgments", "author-contributions", "abbreviations", "conflict of interest", "funding",
    "data availability", "ethics",
))  # fmt: skip


def article_part(body: Node) -> Node:
    """The smallest element with nearly all running text, the abstract and the back matter."""
    node = _main_element(body)
    sizes = _Sizes()
    whole = sizes.weigh(node)
    while whole.words:
        inner = next(
            (one for one in node.elements() if sizes.of(one).words >= _SHARE * whole.words), None
        )
        if inner is None or inner.name in ("p", "table", "ul", "ol"):
            break
        part = sizes.of(inner)
        if part.back < whole.back or (whole.abstract and not part.abstract):
            break
        if node.find(*_HEADINGS) is not None and inner.find(*_HEADINGS) is None:
            break  # the heading of the text is beside it
        node = inner
    return node


def _main_element(body: Node) -> Node:
    """The main element with at least 60% of the page's paragraph text; else `body`."""
    whole = _letters(body)
    candidates = [
        one for one in body.walk() if one.name in ("article", "main") or one.get("role") == "main"
    ]
    fitting = [one for one in candidates if _letters(one) >= 0.6 * whole]
    return max(fitting, key=_letters, default=body)


def _letters(node: Node) -> int:
    return sum(len(plain(one)) for one in node.walk("p")) + 1


@dataclass(frozen=True, slots=True)
class _Size:
    """Of an element: its words of running text, its headings of back matter, its abstract."""

    words: int
    back: int
    abstract: bool


class _Sizes:
    def __init__(self) -> None:
        self._by_id: dict[int, _Size] = {}

    def of(self, node: Node) -> _Size:
        return self._by_id[id(node)]

    def weigh(self, node: Node) -> _Size:
        inner = [self.weigh(child) for child in node.elements()]
        # The list of references is found wherever it is.
        is_list = node.name != "body" and has_role(node, "references")
        heading = plain(node) if node.name in _HEADINGS else ""
        abstract = heading.strip(" :.").lower() == "abstract" or (
            has_role(node, "abstract") and len(plain(node).split()) >= _LEAST_WORDS
        )
        words = 0 if is_list else _running_words(node) + sum(one.words for one in inner)
        back = (classify(heading.strip(" :.")) in _BACK) + sum(one.back for one in inner)
        size = _Size(words, back, abstract or any(one.abstract for one in inner))
        self._by_id[id(node)] = size
        return size


def _running_words(node: Node) -> int:
    """The words of an element's own text, if it is long enough and not mostly links."""
    if node.name in ("li", "td", "th", "a", "script", "style"):
        return 0
    own = " ".join(child for child in node.children if isinstance(child, str))
    text = plain(node) if node.name == "p" else own
    count = len(text.split())
    if count < _LEAST_WORDS:
        return 0
    linked = sum(len(plain(one).split()) for one in node.walk("a"))
    return count if linked <= _MOST_LINKED * count else 0
