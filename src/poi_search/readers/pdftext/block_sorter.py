"""Blocks of a converted article → its parts, by one pass in reading order.

The pass keeps two things in mind: the zone (front matter, body, reference list, what comes
after it) and where plain text goes at the moment (abstract, a statement, the open chapter).
"""

from __future__ import annotations

import re

from poi_search.readers.pdftext import headings
from poi_search.readers.pdftext.blocks import Joiner, TextBlock
from poi_search.readers.pdftext.byline import split_people
from poi_search.readers.pdftext.captions import parse_caption
from poi_search.readers.pdftext.float_collector import FloatCollector
from poi_search.readers.pdftext.heading_context import KEYWORDS, HeadingContext
from poi_search.readers.pdftext.manuscript import Chapter, Manuscript, Statement
from poi_search.readers.pdftext.matter_kinds import label_kind, metadata_kind, run_in_label
from poi_search.readers.pdftext.passages import Writer
from poi_search.readers.pdftext.reference_lines import looks_like_entry

_ABBREVIATIONS = re.compile(
    r"(?:list of |non-?standard )?abbreviations?(?: used| list)?(?: in this (?:article|paper))?",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?P<label>abstract|summary|key ?-?words?(?: and phrases)?|index terms"
    r"|(?:list of |non-?standard )?abbreviations?(?: used)?|acknowledge?ments?"
    r"|(?:authors?['’]?s?['’]? )contributions?)"
    r"\s*(?:[:—]|\.(?=\s)|–(?=\s))\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_BARE_ABSTRACT = re.compile(r"(?:abstract|ABSTRACT)\s+(?=[A-Z])(?P<rest>.{150,})$")
_LONG = 200
_SHORT = 100


class BlockSorter:
    """One pass over the blocks; `parts` holds the result."""

    def __init__(self, blocks: list[TextBlock], joiner: Joiner) -> None:
        self.parts = Manuscript()
        self.front: list[TextBlock] = []  # title, authors and what else is not yet told apart
        self._blocks = blocks
        self._writer = Writer(self.parts, joiner)
        self._zone = "front"
        self._sink = ""
        self._once = False  # the sink takes one block only: it stands amid the text of a section
        self._stated = False  # the statement that a label opened has its text
        self._part = ""  # the run-in heading of the next passage of the abstract
        self._seen: set[str] = set()
        self._floats = FloatCollector(self.parts, joiner)
        self._outline = HeadingContext(blocks)

    def run(self) -> Manuscript:
        for index, block in enumerate(self._blocks):
            apart = self._zone == "front" and self._sink == ""
            for piece in split_people(block) if apart else [block]:
                self._take(index, piece)
        self._floats.settle()
        return self.parts

    def _take(self, index: int, block: TextBlock) -> None:
        if self._zone == "references" and not self._leaves_references(block):
            self.parts.entry_lines += block.lines
            return
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if self._floats.take(block, after, self._is_open(), self._is_heading(index, block)):
            self._writer.interrupted = True
        elif self._label(index, block) or self._metadata(block):
            pass
        elif self._is_heading(index, block):
            self._open_chapter(block)
        elif self._zone == "front":
            self._front_text(index, block)
        else:
            self._text(block)

    # What a block opens

    def _label(self, index: int, block: TextBlock) -> bool:
        """A block that names a part of the article, alone or before the part's text."""
        text = block.text
        name = headings.bare_name(text)
        if len(block.lines) == 1 and len(text) < 90 and name[:1].isupper():
            named = self._name(index, block, name)
            if named:
                return True
        match = _RUN_IN.match(text) or _BARE_ABSTRACT.match(text)
        if match is not None and (text[:1].isupper() or block.head.bold):
            label = match.groupdict().get("label") or "abstract"
            return self._open(label, block, match["rest"])
        kind, _, rest = run_in_label(text)
        if kind and text[:1].isupper():
            self._state(kind, rest, block)
            return True
        return False

    def _name(self, index: int, block: TextBlock, name: str) -> bool:
        if self._zone == "front" and headings.is_article_type(name):
            self.parts.aside.update(dict.fromkeys(block.numbers, "kind of article"))
            return True
        numbered = headings.parse_heading(block.text).place != ()
        if headings.is_reference_name(name) and self._outline.entries_follow(index):
            self._note_label("references", block)
            self._zone, self._sink = "references", ""
            return True
        if numbered:
            return False
        if self._open(name, block, ""):
            return True
        kind = label_kind(name)
        is_front_only = kind in ("highlights", "how to cite", "copyright", "editors")
        if not kind or (is_front_only and self._zone == "body" and not block.head.level):
            return False
        self._note_label(f"metadata:{kind}", block)
        self._once = self._is_open()
        self._sink, self._stated = f"statement {kind}", False
        self._writer.interrupted = True
        return True

    def _open(self, name: str, block: TextBlock, rest: str) -> bool:
        """Abstract, keywords, abbreviations, or back matter that is searched."""
        in_text = self._zone == "body" and (self._is_open() or bool(rest))
        is_first = self._zone == "front" and "abstract" not in self._seen
        if headings.is_abstract_name(name) and is_first:
            self._sink = "abstract"
        elif KEYWORDS.fullmatch(name):
            self._sink = "keywords"
        elif _ABBREVIATIONS.fullmatch(name):
            self._sink = "abbreviations"
        elif headings.is_back_unit(name):
            chapter = Chapter(headings.parse_heading(name), 1, [*block.numbers], back=True)
            self.parts.chapters.append(chapter)
            self._zone, self._sink = "back" if self._zone != "front" else "front", "chapter"
            in_text = False
        else:
            return False
        self._seen.add(self._sink)
        if self._sink != "chapter":
            self._note_label(self._sink, block)
        self._once = in_text
        if rest:
            self._fill(TextBlock(block.lines, rest))
        return True

    def _metadata(self, block: TextBlock) -> bool:
        if block.head.level and len(block.lines) == 1:
            return False
        kind = metadata_kind(block.text, self._zone == "front" and self._sink != "abstract")
        if kind and self._sink.startswith("statement") and not self._stated:
            labelled = self._sink.removeprefix("statement ")
            kind = kind if labelled == "author information" else labelled
        if not kind:
            return False
        self._state(kind, block.text, block)
        if not self._sink.startswith("abstract"):
            self._sink = "" if self._zone == "front" else self._sink
        return True

    def _state(self, kind: str, text: str, block: TextBlock) -> None:
        self.parts.statements.append(Statement(kind, text, [*block.numbers]))
        self._stated = self._writer.interrupted = True

    def _note_label(self, anchor: str, block: TextBlock) -> None:
        self.parts.labels.setdefault(anchor, []).extend(block.numbers)

    # Headings

    def _is_heading(self, index: int, block: TextBlock) -> bool:
        """Whether a block is a heading of the body (from the front, one that begins it)."""
        if self._zone == "front" and not self._begins_body(index, block):
            return False
        return self._outline.is_heading(index, block, self._is_open())

    def _begins_body(self, index: int, block: TextBlock) -> bool:
        if headings.parse_heading(block.text).place in ((0,), (1,)):
            return True
        if self._sink == "abstract" and self._outline.is_abstract_part(index, block):
            return False
        name = headings.bare_name(block.text)
        if name.lower() == "introduction":
            return True
        told = bool({"abstract", "keywords"} & self._seen)
        free = block.head.level > 0 or self._sink == "" or self._is_filled(block)
        return told and (headings.is_body_name(name) or free)

    def _open_chapter(self, block: TextBlock) -> None:
        heading = headings.parse_heading(block.text)
        self._outline.place = heading.place or self._outline.place
        level = block.head.level or (7 if block.head.bold else 0)
        self.parts.chapters.append(Chapter(heading, level, [*block.numbers]))
        self._zone, self._sink = "body", "chapter"
        self._once = self._writer.interrupted = False
        self._floats.flush()

    # Plain text

    def _front_text(self, index: int, block: TextBlock) -> None:
        if self._sink == "abstract" and self._outline.is_abstract_part(index, block):
            self._part = headings.bare_name(block.text)
            self._note_label("abstract", block)
        elif self._sink and not self._is_filled(block):
            self._fill(block)
        elif "abstract" in self._seen and len(block.text) > _LONG and block.text[:1].isupper():
            self._zone, self._sink = "body", "chapter"
            self._paragraph(self._writer.body_chapter(), block)
        else:
            self.front.append(block)

    def _is_filled(self, block: TextBlock) -> bool:
        """Whether the part that a label opened in the front is complete before `block`."""
        match self._sink:
            case "keywords":
                return self.parts.keywords is not None and len(block.text) > _SHORT
            case "abbreviations":
                listed = "=" in block.text or ":" in block.text[:_SHORT]
                return self.parts.abbreviations is not None and not listed
            case "abstract":
                return False
        return not block.head.bullet and self._stated

    def _text(self, block: TextBlock) -> None:
        if self._sink != "chapter" and self._writer.resumes(block):
            self._paragraph(self._writer.body_chapter(), block)
        elif self._sink:
            self._fill(block)
        else:
            self._writer.set_aside(block, "in no part of the article that is known")

    def _fill(self, block: TextBlock) -> None:
        """Text into the part that its label opened."""
        match self._sink:
            case "abstract":
                self._writer.abstract(block, self._part)
                self._part = ""
            case "keywords":
                self._writer.keywords(block)
            case "abbreviations":
                self._writer.abbreviations(block)
            case "chapter":
                self._paragraph(self.parts.chapters[-1], block)
            case _:
                self._state(self._sink.removeprefix("statement "), block.text, block)
        if self._once:
            self._sink, self._once, self._writer.interrupted = "chapter", False, True

    def _paragraph(self, chapter: Chapter, block: TextBlock) -> None:
        if self._writer.paragraph(chapter, block):
            self._floats.close()

    def _is_open(self) -> bool:
        return self._zone == "body" and self._writer.is_open()

    # The reference list

    def _leaves_references(self, block: TextBlock) -> bool:
        line, text = block.head, block.text
        if parse_caption(text) is not None and not line.bullet:
            return True
        name = headings.bare_name(text)
        is_name = len(text) < 90 and text[:1].isupper() and not line.bullet
        known = is_name and (label_kind(name) or headings.is_back_unit(name) or _is_list_name(name))
        known = known or run_in_label(text)[0] or _RUN_IN.match(text) is not None
        marked = (line.level or line.bold) and len(text) < 120 and not looks_like_entry(line)
        if known or marked or (not looks_like_entry(line) and metadata_kind(text, False)):
            self._zone, self._sink = "back", ""
            return True
        return False


def _is_list_name(name: str) -> bool:
    return bool(_ABBREVIATIONS.fullmatch(name) or KEYWORDS.fullmatch(name))
