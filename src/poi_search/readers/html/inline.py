"""Running text of HTML as JATS elements; links to references become `xref`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from poi_search.readers.markup import Node, plain
from poi_search.references.matching import normal_title

BLOCKS = frozenset(
    "p div section article main header footer aside ul ol dl table figure blockquote pre h1 h2 h3"
    " h4 h5 h6 hr address details summary fieldset center figcaption".split()
)
_RENAMED = {
    "i": "italic", "em": "italic", "b": "bold", "strong": "bold", "br": "break", "sup": "sup",
    "sub": "sub",
}  # fmt: skip
_REF_CLASS = re.compile(
    r"bibr|ref-?l(?:i?nk)|bib-?link|citation-ref|xref-bib|ref-tip", re.IGNORECASE
)
# The attributes in which links name what they link to.
_NAMING = ("rid", "data-rid", "data-jats-rid", "data-xml-rid", "data-bibr-id")
_LETTERED = re.compile(r"(\D\S*\d)[a-z]")
_POPUPS = ("span", "div", "small", "a")
_LEAST_ENTRY = 40
_BEGINNING = 60
_QUOTED = re.compile(r"'([^'\"]{1,300})'")
_NUMERIC = re.compile(r"[\[(]?\s*\d{1,4}(?:\s*[-–—,]\s*\d{1,4})*\s*[\])]?")


class InlineConverter:
    """Converts inline elements; `targets` maps the ids in links to those of reference entries.

    `printed` has their ids by how an entry begins, for links with the whole entry in a box.
    """

    def __init__(
        self, targets: Mapping[str, str], printed: Mapping[str, str] | None = None
    ) -> None:
        self._targets = targets
        self._printed = printed or {}
        self._of_letters: dict[str, list[str]] = {}
        for name, target in targets.items():
            if match := _LETTERED.fullmatch(name):
                self._of_letters.setdefault(match[1], []).append(target)

    def children(self, items: Iterable[Node | str]) -> tuple[Node | str, ...]:
        result: list[Node | str] = []
        for item in items:
            if isinstance(item, str):
                result.append(item)
            else:
                result += self._element(item)
        return tuple(result)

    def _element(self, node: Node) -> list[Node | str]:
        if node.name == "a" or any(node.get(name) for name in _NAMING):
            return self._link(node)
        if node.name in ("math", "tex-math"):
            return [node]
        if self._printed and (boxed := self._boxed_entry(node)):
            return boxed
        inner = self.children(node.children)
        if node.name in _RENAMED:
            return [Node(_RENAMED[node.name], {}, node.line, inner)]
        if node.name in BLOCKS or node.name == "li":
            return [" ", *inner, " "]
        return list(inner)

    def _link(self, node: Node) -> list[Node | str]:
        inner = self.children(node.children)
        fragment = unquote(urlsplit(_drop_broken_address(node.get("href"))).fragment)
        ids = self._targets_of(node, fragment)
        if ids:
            attrs = {"ref-type": "bibr", "rid": " ".join(ids)}
            return [Node("xref", attrs, node.line, inner)]
        if (
            self._targets
            and _REF_CLASS.search(node.get("class"))
            and _NUMERIC.fullmatch(plain(node))
        ):
            return [Node("xref", {"ref-type": "bibr"}, node.line, inner)]
        if fragment:
            # A link to a figure, a table or a section, which decides where floats are placed.
            return [Node("xref", {"rid": fragment}, node.line, inner)]
        return list(inner)

    def _boxed_entry(self, node: Node) -> list[Node | str]:
        """The link of an element that has the entry it names in a box beside it; else []."""
        if node.name not in ("span", "sup", "a"):
            return []
        ids: list[str] = []
        rest: list[Node | str] = []
        for child in node.children:
            text = plain(child) if isinstance(child, Node) and child.name in _POPUPS else ""
            found = self._printed.get(beginning(text), "") if len(text) >= _LEAST_ENTRY else ""
            if found:
                ids.append(found)
            else:
                rest.append(child)
        if not ids:
            return []
        attrs = {"ref-type": "bibr", "rid": " ".join(dict.fromkeys(ids))}
        return [Node("xref", attrs, node.line, self.children(rest))]

    def _targets_of(self, node: Node, fragment: str) -> list[str]:
        """The entries that a link names in any of the ways of publishers."""
        names = [name for attribute in _NAMING for name in node.get(attribute).split()]
        names += [fragment, *fragment.split()]
        names += [word.rpartition("#")[2] for word in node.get("rel").split() if "#" in word]
        for quoted in _QUOTED.findall(node.get("onclick") + node.get("href")[:200]):
            # The argument of a script: showRef(event, 'ref2 ref27').
            names += [name for name in quoted.split() if not name.isdigit()]
        names += [re.sub(r"^core-collateral-", "", name) for name in names]
        found = [self._targets[one] for one in names if one in self._targets]
        if not found:
            # A link to an entry of several works, 'bib1', each with a letter.
            found = [one for name in names for one in self._of_letters.get(name, ())]
        return list(dict.fromkeys(found))


def beginning(text: str) -> str:
    """How an entry begins, for comparison."""
    return normal_title(text[:_BEGINNING])


def _drop_broken_address(href: str) -> str:
    """`href`, or its fragment only if it has brackets, which `urlsplit` may refuse."""
    return href if "[" not in href and "]" not in href else href[href.find("#") :]
