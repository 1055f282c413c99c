"""The front and back matter of JATS: units and statements."""

from __future__ import annotations

from dataclasses import replace

from poi_search.article import Abbreviation, Paragraph, Prose, Statement
from poi_search.readers.drafts import Draft
from poi_search.readers.jats.context import Context
from poi_search.readers.jats.flow import Flow, read_title
from poi_search.readers.jats.inline import FLOATS
from poi_search.readers.jats.sections import read_section
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import UNITS, classify, classify_note, split_definitions

_TITLES = {
    "acknowledgments": "Acknowledgments",
    "author-contributions": "Author contributions",
    "abbreviations": "Abbreviations",
    "footnotes": "Footnotes",
    "notes": "Notes",
}
_GROUPS = ("sec", "notes", "ack", "fn-group", "app-group", "glossary", "gloss-group", "bio")
_READ_ALONE = ("app-group", "fn-group", "glossary", "gloss-group")


class Matter:
    """Collects the units and statements around the body, in order."""

    def __init__(self, context: Context) -> None:
        self.drafts: list[Draft] = []
        self.abbreviations: list[Abbreviation] = []
        self._statements: dict[str, list[str]] = {}
        self._apps = 0
        self._context = context

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(Statement(name, " ".join(texts)) for name, texts in self._statements.items())

    def state(self, name: str, text: str, node: Node) -> None:
        """Add a text to the statement called `name`, unless it is already there."""
        if text:
            texts = self._statements.setdefault(name, [])
            texts += [] if text in texts else [text]
            self._context.record(node, f"metadata:statements:{name}")

    def read(self, node: Node) -> None:
        """Read one element of the back matter."""
        if node.name == "app":
            self._appendix(node)
        elif node.name == "fn":
            self.note(node, "footnotes")
        elif node.name in ("title", "label", "ref-list"):
            return
        elif node.name in FLOATS or node.name == "supplementary-material":
            draft = self._unit("supplementary-material", "Supplementary material")
            Flow(draft, self._context).read([node])
        elif node.name in ("app-group", "fn-group") and not _kind(node):
            for child in node.elements():
                self.read(child)
        elif node.name in _GROUPS:
            self._group(node)
        else:
            self._take("", node, [node])

    def note(self, node: Node, otherwise: str) -> None:
        """Read a footnote, classified by its type, title or first words, else as `otherwise`."""
        title, text = plain(node.find("title")) or _bold_head(node), plain(node, "label")
        name = classify(node.get("fn-type")) or classify(title) or classify_note(text)
        if node.get("fn-type") == "supplementary-material":
            name = "supplementary material"
        self._take(name or otherwise, node, [node])

    def abbreviate(self, node: Node) -> None:
        """Read a list of abbreviations in any form: definitions, a table, running text."""
        pairs = [
            (plain(item.first("term")), plain(item.first("def"))) for item in node.walk("def-item")
        ]
        for row in node.walk("tr"):
            cells = [plain(cell) for cell in row.elements("td", "th")]
            if len(cells) == 2:
                pairs.append((cells[0], cells[1]))
        text = ""
        if not pairs:
            parts = list(node.elements("kwd")) or list(node.walk("p")) or [node]
            text = "; ".join(plain(part, "title", "label") for part in parts)
            pairs = split_definitions(text)
        pairs = [(short.rstrip(" :;,="), long) for short, long in pairs if short and long]
        draft = self._unit("abbreviations", plain(node.first("title")))
        joined = "; ".join(f"{short}, {long}" for short, long in pairs) or text
        before = draft.blocks[0] if draft.blocks else None
        if isinstance(before, Paragraph) and joined:
            joined = f"{before.prose.text}; {joined}"
        if joined:
            draft.blocks[:] = [Paragraph("abbreviations", Prose(joined))]
        self.abbreviations += [Abbreviation(short, long, "abbreviations") for short, long in pairs]
        self._context.record(node, "abbreviations")

    def _appendix(self, node: Node) -> None:
        self._apps += 1
        drafts = read_section(node, f"app{self._apps}", "", 1, self._context)
        first = drafts[0]
        if not first.title and not first.label:
            first.title = "Appendix"
        self.drafts += drafts

    def _group(self, node: Node) -> None:
        """Read a titled part; parts inside it that have their own kind are read separately."""
        name = "about the authors" if node.name == "bio" else _kind(node)
        own: list[Node] = []
        for child in node.elements():
            if child.name == "fn" and name in ("", "peer review"):
                self.note(child, "footnotes")
            elif child.name in _GROUPS and (_kind(child) or child.name in _READ_ALONE):
                self.read(child)
            elif child.name not in ("title", "label"):
                own.append(child)
        if any(isinstance(child, str) and child.strip() for child in node.children):
            # Text without a paragraph around it.
            own = [replace(node, name="p", children=node.children_without("title", "label"))]
        if own:
            self._take(name, node, own)

    def _take(self, name: str, node: Node, parts: list[Node]) -> None:
        title = read_title(node.first("title"), self._context) if node not in parts else ""
        if name == "abbreviations":
            self.abbreviate(node)
            return
        if name and name not in UNITS and name != "footnotes":
            text = " ".join(filter(None, (plain(part, "label") for part in parts)))
            self.state(name, text, node)
            return
        Flow(self._unit(name or title or "notes", title), self._context).read(parts)

    def _unit(self, name: str, title: str) -> Draft:
        """The unit with this name, which is created if necessary."""
        for draft in self.drafts:
            if draft.anchor == name:
                return draft
        heading = title or _TITLES.get(name, "")
        draft = Draft(self._context.slugs.slug(name), title=heading)
        self.drafts.append(draft)
        return draft


def _bold_head(node: Node) -> str:
    """The words in bold at the beginning of a note: its heading."""
    first = node.first("p")
    inner = first.first("bold") if first else None
    text = plain(inner)
    return text if first and plain(first).startswith(text) else ""


def _kind(node: Node) -> str:
    """The kind of an element of the back matter, by its name, its title or its type."""
    if node.name in ("ack", "glossary", "gloss-group"):
        return "acknowledgments" if node.name == "ack" else "abbreviations"
    types = ("sec-type", "notes-type", "content-type", "fn-type")
    title = plain(node.first("title")) or plain(node.first("label"))
    if title:
        return classify(title)
    return next((name for kind in types if (name := classify(node.get(kind)))), "")
