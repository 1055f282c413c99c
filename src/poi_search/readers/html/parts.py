"""Sorting the parts of a page: abstract, keywords, body, back matter, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from poi_search.readers.html.floats import drop_repeats, is_label, read_float
from poi_search.readers.html.inline import InlineConverter
from poi_search.readers.html.outline import PagePart, is_float, outline
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import (
    UNITS,
    classify,
    classify_note,
    is_keyword_line,
    main_part,
    split_keywords,
)

_ASIDE = re.compile(
    r"similar articles|cited by.*|related (?:content|articles?|information)|(?:list of )?figures"
    r"(?: and tables)?|tables|associated data|article notes|actions|resources|links to.*|cite|share"
    r"|permalink|add to collections|on this page|navigation|metrics|download.*|comments|article"
    r" (?:and author )?information|publication (?:types|history|note)|additional information|change"
    r" history|editor'?s? note|follow|see also|contents?|table of contents|sections|advertisement"
    r"|most read.*|recommended.*|export.*|history|version.*|search|menu|affiliations|authors",
    re.IGNORECASE,
)
_BACK = re.compile(r"supp(?:lement|orting)|(?:foot|end)?notes$", re.IGNORECASE)
_MASTHEAD_WORDS = 25


def is_references(part: PagePart) -> bool:
    return "references" in (part.role, main_part(part.heading))


def parts_of(part: PagePart) -> Iterator[PagePart]:
    """The subordinate parts at every level, except those of reference lists."""
    for below in part.below:
        yield below
        if not is_references(below):
            yield from parts_of(below)


def _is_body(part: PagePart) -> bool:
    heading = part.heading.strip(" :.")
    named = main_part(heading) not in ("", "introduction", "appendix") or _ASIDE.fullmatch(heading)
    return not (part.role or named or classify(heading))


class PartSorter:
    """Sorts the parts of an outline into the elements of a JATS article."""

    def __init__(self, inline: InlineConverter) -> None:
        self.abstracts: list[Node] = []
        self.keywords: list[Node] = []
        self.body: list[Node] = []
        self.back: list[Node] = []
        self.floats: list[Node] = []  # separate from the text
        self.aside: list[tuple[int, str]] = []
        self._inline = inline
        self._after_references = False

    def sort(self, root: PagePart) -> None:
        # A single heading over the whole page: sort the parts under it.
        parts = root.below
        while len(parts) == 1 and parts[0].below and not parts[0].blocks:
            parts = parts[0].below
        has_body = any(_is_body(part) for part in parts)
        lead = [block for block in root.blocks if not self._take_masthead(block, has_body)]
        if has_body:
            apart = [block for block in lead if block.name == "table" or is_float(block)]
            lead = [block for block in lead if not any(block is one for one in apart)]
            self.floats += drop_repeats(self._blocks(apart))
        if parts and main_part(parts[0].heading) == "introduction":
            self._unnamed_abstract(lead)
        else:
            self.body += self._blocks(lead)
        for part in parts:
            self._part(part)

    def _unnamed_abstract(self, lead: list[Node]) -> None:
        """Running text before the introduction is the abstract, even without a heading."""
        if lead:
            inner = tuple(self._blocks(lead))
            self.abstracts.append(Node("abstract", {}, lead[0].line, inner))

    def _take_masthead(self, block: Node, has_body: bool) -> bool:
        """Take a block between the title and the first heading that is not text: names, dates."""
        if self._take_keyword_line(block):
            return True
        if has_body and block.name == "p" and classify_note(plain(block)):
            # 'Funding: …', 'Competing interests: …' outside the text.
            inner = self._inline.children(block.children)
            note = Node("fn", {}, block.line, (Node("p", {}, block.line, inner),))
            self.back.append(note)
            return True
        is_text = block.name == "p" and len(plain(block).split()) >= _MASTHEAD_WORDS
        if not has_body or is_text or is_float(block):
            return False
        self.aside.append((block.line, "between the title and the text: authors, dates, links"))
        return True

    def _part(self, part: PagePart) -> None:
        heading = part.heading.strip(" :.")
        kind = classify(heading)
        if is_references(part):
            self._after_references = True
            if any(below.role == "references" for below in part.below):
                # After the list, but under its heading.
                for block in part.blocks:
                    self._take_masthead(block, True)
        elif "keywords" in (part.role, main_part(heading)):
            self._keywords(part)
        elif self._is_abstract(part, heading):
            self._abstract(part, heading)
        elif kind:
            name = {"acknowledgments": "ack", "abbreviations": "glossary"}.get(kind, "sec")
            self.back.append(self._section(part, name))
        elif main_part(heading) == "appendix":
            self.back.append(self._section(part, "app"))
        elif _ASIDE.fullmatch(heading):
            self.aside.append((part.line, f"“{heading}”: about the page, not the article's text"))
        elif self._after_references and not re.match(r"suppl|supporting|note", heading, re.I):
            self.aside.append((part.line, f"“{heading}”: after the reference list"))
        elif self._after_references or _BACK.match(heading):
            self.back.append(self._section(part, "sec"))
        else:
            self.body.append(self._section(part, "sec"))

    def _is_abstract(self, part: PagePart, heading: str) -> bool:
        if self.body and any(node.name == "sec" for node in self.body):
            return main_part(heading) == "second abstract" and part.role == "abstract"
        named = main_part(heading) in ("abstract", "second abstract")
        return named or (part.role == "abstract" and not heading)

    def _abstract(self, part: PagePart, heading: str) -> None:
        other = main_part(heading) == "second abstract"
        attrs = {"abstract-type": "other"} if other else {}
        section = self._section(part, "abstract")
        self.abstracts.append(Node("abstract", attrs, part.line, section.children))

    def _section(self, part: PagePart, name: str) -> Node:
        children: list[Node | str] = []
        if part.title is not None:
            title = self._inline.children(part.title.children)
            children.append(Node("title", {}, part.line, title))
        children += self._blocks(part.blocks)
        for below in part.below:
            heading = below.heading.strip(" :.")
            if is_references(below):
                continue
            if "keywords" in (below.role, main_part(heading)):
                self._keywords(below)
            elif name == "sec" and below.role == "abstract" and not self.abstracts:
                self._abstract(below, heading)
            elif classify(heading) in UNITS and name == "sec":
                self._part(below)
            else:
                children.append(self._section(below, "sec"))
        return Node(name, {}, part.line, tuple(children))

    def _keywords(self, part: PagePart) -> None:
        words: list[str] = []
        for block in part.blocks:
            words += _words(block)
        self._add_keywords(words, part.line)

    def _take_keyword_line(self, block: Node) -> bool:
        """Take a paragraph 'Keywords: a, b'; False if the block is not one."""
        if block.name == "p" and is_keyword_line(plain(block)):
            self._add_keywords(_words(block), block.line)
            return True
        return False

    def _add_keywords(self, words: list[str], line: int) -> None:
        if words and not self.keywords:
            children = tuple(Node("kwd", {}, line, (word,)) for word in words)
            self.keywords.append(Node("kwd-group", {}, line, children))

    def _blocks(self, blocks: Iterable[Node]) -> list[Node]:
        kept = (block for block in blocks if not self._take_keyword_line(block))
        return [
            node
            for block in kept
            if not self._take_lone_label(block)
            for node in self._block(block)
        ]

    def _take_lone_label(self, block: Node) -> bool:
        """Set aside a paragraph 'FIGURE 1', as the caption repeats it; False for other blocks."""
        if block.name != "p" or not is_label(plain(block)):
            return False
        self.aside.append((block.line, "the label of a figure or table, separate from it"))
        return True

    def _block(self, block: Node) -> list[Node]:
        if block.name == "table" or is_float(block):
            return [read_float(block, self._inline)]
        if block.name in ("ul", "ol"):
            items = [self._item(item) for item in block.elements("li")]
            return [Node("list", {}, block.line, tuple(items))]
        if block.name == "dl":
            return [self._definitions(block)]
        if block.name == "blockquote":
            return [Node("disp-quote", {}, block.line, tuple(self._inner_blocks(block)))]
        if block.name == "math":
            return [Node("disp-formula", {}, block.line, (block,))]
        name = "preformat" if block.name == "pre" else "p"
        return [Node(name, {}, block.line, self._inline.children(block.children))]

    def _item(self, item: Node) -> Node:
        return Node("list-item", {}, item.line, tuple(self._inner_blocks(item)))

    def _inner_blocks(self, node: Node) -> list[Node]:
        """The blocks inside a block; headings in it become paragraphs."""
        inner = outline(node)
        nodes = self._blocks(inner.blocks)
        for below in parts_of(inner):
            if below.title is not None:
                title = self._inline.children(below.title.children)
                nodes.append(Node("p", {}, below.line, title))
            nodes += self._blocks(below.blocks)
        return nodes

    def _definitions(self, block: Node) -> Node:
        items: list[Node] = []
        term: Node | None = None
        for child in block.elements("dt", "dd"):
            inner = self._inline.children(child.children)
            if child.name == "dt" and not any(char.isalnum() for char in plain(child)):
                term = None  # a bullet
            elif child.name == "dt":
                term = Node("term", {}, child.line, inner)
            if child.name == "dt":
                continue
            definition = Node("def", {}, child.line, (Node("p", {}, child.line, inner),))
            parts = (term, definition) if term else (definition,)
            items.append(Node("def-item", {}, child.line, parts))
        return Node("def-list", {}, block.line, tuple(items))


def _words(block: Node) -> list[str]:
    """The keywords in a list or in a line."""
    items = list(block.walk("li"))
    if items:
        return [plain(item).rstrip(",;") for item in items]
    return split_keywords(plain(block))
