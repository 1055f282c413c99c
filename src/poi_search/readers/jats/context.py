"""What the reading of one JATS article shares: its links, its counters, its ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from poi_search.article import Block, Finding, LedgerLine, Prose
from poi_search.readers.markers import Numbering
from poi_search.readers.markup import Node
from poi_search.readers.prose import ProseWriter

_NUMBERED = re.compile(r"(?:fig(?:ure)?|table|tab)\.?\s*(\d{1,3})\.?", re.IGNORECASE)


@dataclass(slots=True)
class Context:
    """`names` has what a link without text prints, by reference number; `anchors` those of
    the figures and tables by `id()` of their element; `mentions` the first paragraph, and the
    list it stands in, that links to the element of an id. With `bare_markers`
    no citation has a link.
    """

    numbering: Numbering
    names: dict[int, str] = field(default_factory=dict)
    anchors: dict[int, str] = field(default_factory=dict)
    bare_markers: bool = False
    ledger: list[LedgerLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mentions: dict[str, tuple[list[Block], Block]] = field(default_factory=dict)
    _slugs: set[str] = field(default_factory=set)

    def kept(self, node: Node, *where: str) -> None:
        """Note what became of an element: the anchors of units, or `metadata:<field>`."""
        if where:
            self.ledger.append(LedgerLine(node.line, tuple(dict.fromkeys(where))))

    def set_aside(self, node: Node, reason: str) -> None:
        self.ledger.append(LedgerLine(node.line, (), f"<{node.name}>: {reason}"))

    def prose(self, writer: ProseWriter, line: int) -> Prose:
        """The finished text; a link that leads to no reference becomes a finding."""
        prose, unknown = writer.prose(self.numbering)
        for text in unknown:
            message = f"the citation {text!r} leads to no entry of the reference list"
            self.findings.append(Finding("warning", f"line {line}", message))
        return prose

    def slug(self, title: str) -> str:
        """An anchor from a title, never given twice."""
        base = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60] or "section"
        slug, count = base, 1
        while slug in self._slugs:
            count += 1
            slug = f"{base}-{count}"
        self._slugs.add(slug)
        return slug


def number_floats(floats: Iterable[tuple[Node, str]], prefix: str) -> dict[int, str]:
    """Anchors (`t3`) of figures or tables by the printed number, else the next that is free.

    `floats` has each element with its label in reading order; the result is keyed by `id()`.
    """
    anchors: dict[int, str] = {}
    taken: set[int] = set()
    rest: list[Node] = []
    for node, label in floats:
        match = _NUMBERED.fullmatch(label)
        number = int(match[1]) if match else 0
        if number and number not in taken:
            taken.add(number)
            anchors[id(node)] = f"{prefix}{number}"
        else:
            rest.append(node)
    following = max(taken, default=0)
    for node in rest:
        following += 1
        anchors[id(node)] = f"{prefix}{following}"
    return anchors
