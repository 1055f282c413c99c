"""The shared state of reading one JATS article: its links, counters and ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from poi_search.article import Block, Finding, LedgerLine, Prose
from poi_search.readers.drafts import Slugs, number_floats
from poi_search.readers.markers import Numbering
from poi_search.readers.markup import Node
from poi_search.readers.prose import ProseWriter

_NUMBERED = re.compile(r"(?:fig(?:ure)?|table|tab)\.?\s*(\d{1,3})\.?", re.IGNORECASE)


@dataclass(slots=True)
class Context:
    """The state of reading one article.

    `names` has the text for links without text, by reference number; `anchors` the anchors of
    figures and tables, by the `id()` of their element; `mentions`, by the id of an element, the
    first paragraph that links to it and the list of blocks with that paragraph. `bare_markers`
    is True if citation markers are not links.
    """

    numbering: Numbering
    names: dict[int, str] = field(default_factory=dict)
    anchors: dict[int, str] = field(default_factory=dict)
    bare_markers: bool = False
    ledger: list[LedgerLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mentions: dict[str, tuple[list[Block], Block]] = field(default_factory=dict)
    slugs: Slugs = field(default_factory=Slugs)

    def record(self, node: Node, *where: str) -> None:
        """Record what an element became: the anchors of units, or `metadata:<field>`."""
        if where:
            self.ledger.append(LedgerLine(node.line, tuple(dict.fromkeys(where))))

    def set_aside(self, node: Node, reason: str) -> None:
        self.ledger.append(LedgerLine(node.line, (), f"<{node.name}>: {reason}"))

    def prose(self, writer: ProseWriter, line: int) -> Prose:
        """The finished text; a link without a matching reference becomes a finding."""
        prose, unknown = writer.prose(self.numbering)
        for text in unknown:
            message = f"the citation {text!r} does not match any entry in the reference list"
            self.findings.append(Finding("warning", f"line {line}", message))
        return prose


def name_floats(floats: Sequence[tuple[Node, str]], prefix: str) -> dict[int, str]:
    """Anchors (`t3`) of figures or tables, by the `id()` of their element.

    `floats` has the elements with their labels, in reading order.
    """
    labels = (_NUMBERED.fullmatch(label) for _, label in floats)
    numbers = number_floats(int(label[1]) if label else 0 for label in labels)
    return {id(node): f"{prefix}{at}" for (node, _), at in zip(floats, numbers, strict=True)}
