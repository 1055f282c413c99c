"""Sorting the parts of a page: abstract, keywords, body, back matter, furniture."""

from __future__ import annotations

import re
from collections.abc import Collection

from poi_search.readers.html.floats import drop_repeats
from poi_search.readers.html.furniture import is_masthead_line, is_of_page
from poi_search.readers.html.outline import is_float
from poi_search.readers.html.page_blocks import BlockReader
from poi_search.readers.html.page_parts import PagePart, is_references
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import UNITS, classify, classify_note, main_part
from poi_search.references.matching import normal_title

_WRAPPER = re.compile(
    r"(?:main |full )?(?:article )?(?:text|content|body)|(?:[a-z-]+ ){0,3}article"
    r"|full[- ]text(?: article)?",
    re.IGNORECASE,
)
# What some print after the list.
_LATE = re.compile(
    r"suppl|supporting|notes?$|(?:online )?methods?|materials? and methods|extended data|append",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(r"resumo|resumen|r[ée]sum[ée]|zusammenfassung|riassunto", re.IGNORECASE)
_METHODS = re.compile(r"(?:online )?methods?|materials? and methods", re.IGNORECASE)
_BACK = re.compile(r"supp(?:lement|orting)|(?:foot|end)?notes$", re.IGNORECASE)
_MASTHEAD_WORDS = 25
_SHORT = 20


def _is_body(part: PagePart) -> bool:
    heading = part.heading.strip(" :.")
    named = main_part(heading) not in ("", "introduction", "appendix") or is_of_page(heading)
    return not (part.role or named or classify(heading))


def _has_text(part: PagePart) -> bool:
    long = (len(plain(block).split()) >= _MASTHEAD_WORDS for block in part.blocks)
    return any(long) or any(map(_has_text, part.below))


def unwrap(part: PagePart, names: Collection[str]) -> None:
    """Take the parts out of those whose heading is one of `names`, or says 'Main text'.

    `names` are the title of the article and that of its journal, in their form for comparison.
    """
    below: list[PagePart] = []
    for inner in part.below:
        unwrap(inner, names)
        heading = inner.heading.strip(" :.")
        repeats = normal_title(heading) in names
        wraps = _WRAPPER.fullmatch(heading) and not is_of_page(heading)
        if inner.role or not (repeats or wraps):
            below.append(inner)
            continue
        if below and inner.blocks:
            below.append(PagePart(None, inner.rank, inner.line, "loose", inner.blocks))
        else:
            part.blocks += inner.blocks
        below += inner.below
    part.below = below


class PartSorter:
    """Sorts the parts of an outline into the elements of a JATS article."""

    def __init__(self, reader: BlockReader, title: str) -> None:
        self.abstracts: list[Node] = []
        self.body: list[Node] = []
        self.back: list[Node] = []
        self.floats: list[Node] = []  # separate from the text
        self._reader = reader
        self._title = normal_title(title)
        self._after_references = False

    def sort(self, root: PagePart) -> None:
        # A single heading over the whole page: sort the parts under it.
        parts = root.below
        while len(parts) == 1 and parts[0].below and not parts[0].blocks:
            parts = parts[0].below
        has_body = any(_is_body(part) for part in parts)
        has_abstract = any(self._names_abstract(part) and _has_text(part) for part in parts)
        lead = [
            block for block in root.blocks if not self._take_masthead(block, has_body, has_abstract)
        ]
        if has_body:
            apart = [block for block in lead if block.name == "table" or is_float(block)]
            lead = [block for block in lead if not any(block is one for one in apart)]
            self.floats += drop_repeats(self._reader.read(apart))
        if parts and main_part(parts[0].heading) == "introduction":
            self._unnamed_abstract(lead)
        else:
            self.body += self._reader.read(lead)
        lists = [at for at, part in enumerate(parts) if is_references(part)]
        for at, part in enumerate(parts):
            # A list may be shown before the text, too.
            self._after_references = bool(lists) and at > lists[-1]
            if not part.is_loose:
                self._part(part)
            elif not self._after_references:
                self.body += self._reader.read(
                    block for block in part.blocks if not self._take_line(block)
                )

    def _take_line(self, block: Node) -> bool:
        """Take a block between the abstract and the text that is about the article."""
        return self._is_masthead(plain(block)) and self._take_masthead(block, True, True)

    def _set_aside(self, line: int, reason: str) -> None:
        self._reader.aside.append((line, reason))

    def _unnamed_abstract(self, lead: list[Node]) -> None:
        """Running text before the introduction is the abstract, even without a heading."""
        if lead:
            inner = tuple(self._reader.read(lead))
            self.abstracts.append(Node("abstract", {}, lead[0].line, inner))

    def _take_masthead(self, block: Node, has_body: bool, has_abstract: bool = False) -> bool:
        """Take a block between the title and the first heading that is not text: names, dates."""
        if self._reader.take_keyword_line(block):
            return True
        if has_body and block.name == "p" and classify_note(plain(block)):
            # 'Funding: …', 'Competing interests: …' outside the text.
            inner = self._reader.inline.children(block.children)
            note = Node("fn", {}, block.line, (Node("p", {}, block.line, inner),))
            self.back.append(note)
            return True
        is_text = block.name == "p" and len(plain(block).split()) >= _MASTHEAD_WORDS
        if not has_body or (is_text and not has_abstract) or is_float(block):
            return False
        self._set_aside(block.line, "between the title and the text: authors, dates, links")
        return True

    def _part(self, part: PagePart) -> None:
        heading = part.heading.strip(" :.")
        kind = classify(heading)
        if is_references(part):
            if any(below.role == "references" for below in part.below):
                # After the list, but under its heading.
                for block in part.blocks:
                    self._take_masthead(block, True)
        elif "keywords" in (part.role, main_part(heading)):
            self._reader.add_keywords(part.blocks, part.line)
        elif self._is_abstract(part, heading):
            self._abstract(part, heading)
        elif kind and _has_blocks(part):
            name = {"acknowledgments": "ack", "abbreviations": "glossary"}.get(kind, "sec")
            self.back.append(self._section(part, name))
        elif main_part(heading) == "appendix":
            self.back.append(self._section(part, "app"))
        elif is_of_page(heading) or not _has_blocks(part):
            self._set_aside(part.line, f"“{heading}”: about the page, not the article's text")
        elif self._after_references and not _LATE.match(heading):
            self._set_aside(part.line, f"“{heading}”: after the reference list")
        elif _BACK.match(heading) or (self._after_references and not _METHODS.match(heading)):
            self.back.append(self._section(part, "sec"))
        else:
            self.body.append(self._section(part, "sec"))

    def _names_abstract(self, part: PagePart) -> bool:
        heading = part.heading.strip(" :.")
        return main_part(heading) == "abstract" or (part.role == "abstract" and not heading)

    def _is_abstract(self, part: PagePart, heading: str) -> bool:
        if self.body and any(node.name == "sec" for node in self.body):
            if main_part(heading) == "second abstract":
                return part.role == "abstract"
            if self.abstracts or not (main_part(heading) == "abstract" and _has_text(part)):
                return False
            # What comes before the abstract is not the article.
            for node in self.body:
                self._set_aside(node.line, "before the abstract")
            self.body.clear()
            return True
        named = main_part(heading) in ("abstract", "second abstract")
        translated = _TRANSLATED.fullmatch(heading) is not None
        return named or translated or (part.role == "abstract" and not heading)

    def _abstract(self, part: PagePart, heading: str) -> None:
        other = main_part(heading) == "second abstract" or bool(self.abstracts)
        attrs = {"abstract-type": "other"} if other else {}
        self._end_abstract(part)
        section = self._section(part, "abstract")
        text = normal_title(plain(section))
        known = [normal_title(plain(one)) for one in self.abstracts]
        if not _has_blocks(part) or any(text in one or one in text for one in known):
            self._set_aside(part.line, "the abstract again")
            return
        self.abstracts.append(Node("abstract", attrs, part.line, section.children))

    def _end_abstract(self, part: PagePart) -> None:
        """Take what is not the abstract in its box: how to cite, dates, copyright."""
        while part.blocks and self._is_masthead(plain(part.blocks[0])):
            self._take_masthead(part.blocks.pop(0), True, True)
        for at, block in enumerate(part.blocks):
            if self._is_masthead(plain(block)):
                for later in part.blocks[at:]:
                    self._take_masthead(later, True, True)
                del part.blocks[at:]
                return

    def _is_masthead(self, text: str) -> bool:
        """Whether a line is not the abstract: dates, copyright, the citation of the article."""
        cites = len(self._title) > _SHORT and self._title in normal_title(text)
        return is_masthead_line(text) or cites

    def _section(self, part: PagePart, name: str) -> Node:
        children: list[Node | str] = []
        if part.title is not None:
            title = self._reader.inline.children(part.title.children)
            children.append(Node("title", {}, part.line, title))
        children += self._reader.read(part.blocks)
        for below in part.below:
            heading = below.heading.strip(" :.")
            if is_references(below) or (is_of_page(heading) and not _has_text(below)):
                continue
            if "keywords" in (below.role, main_part(heading)):
                self._reader.add_keywords(below.blocks, below.line)
            elif name == "sec" and below.role == "abstract" and not self.abstracts:
                self._abstract(below, heading)
            elif (classify(heading) in UNITS and name == "sec") or not _has_blocks(below):
                self._part(below)
            else:
                if below.title is None:
                    below.blocks = [one for one in below.blocks if not self._take_line(one)]
                children.append(self._section(below, "sec"))
        return Node(name, {}, part.line, tuple(children))


def _has_blocks(part: PagePart) -> bool:
    return bool(part.blocks) or any(map(_has_blocks, part.below))
