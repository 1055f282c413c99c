"""XML and HTML as a plain tree of nodes with line numbers.

Nothing is fetched, no DTD is loaded, no entity is expanded. XML that libxml2 reports as broken is
refused with its line, as BeautifulSoup would repair it and might silently lose content.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PreformattedString
from lxml import etree  # type: ignore[import-untyped]

from poi_search.article import ReadError

MAX_DEPTH = 120
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
# There are no entities inside comments, CDATA sections and processing instructions.
_NAMED = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|&(?P<name>[A-Za-z]\w*+);",
    re.DOTALL,
)
# Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_BLOCKS = frozenset("p title sec list list-item td th tr li div caption".split())
_REMEDY = "Download the file again from its publisher or from PubMed Central"


@dataclass(frozen=True, slots=True)
class Node:
    """An element, names without namespace prefixes; `line` is the line on which it starts."""

    name: str
    attrs: dict[str, str]
    line: int
    children: tuple[Node | str, ...]

    def get(self, name: str) -> str:
        return self.attrs.get(name, "")

    def elements(self, *names: str) -> Iterator[Node]:
        """The child elements, or those with the given names."""
        for child in self.children:
            if isinstance(child, Node) and (not names or child.name in names):
                yield child

    def first(self, *names: str) -> Node | None:
        return next(self.elements(*names), None)

    def walk(self, *names: str) -> Iterator[Node]:
        """The descendants in document order, or those with the given names."""
        waiting = list(self.elements())[::-1]
        while waiting:
            node = waiting.pop()
            if not names or node.name in names:
                yield node
            waiting += list(node.elements())[::-1]

    def outermost(self, *names: str) -> Iterator[Node]:
        """The descendants with the given names that are not inside another of them."""
        for child in self.elements():
            if child.name in names:
                yield child
            else:
                yield from child.outermost(*names)

    def children_without(self, *names: str) -> tuple[Node | str, ...]:
        """The children, text included, except elements with the given names."""
        return tuple(c for c in self.children if isinstance(c, str) or c.name not in names)

    def find(self, *names: str) -> Node | None:
        return next(self.walk(*names), None)

    def strings(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Node):
                yield from child.strings()
            else:
                yield child


def squeeze(text: str) -> str:
    """`text` on one line: runs of whitespace collapsed, invisible characters removed."""
    return " ".join(_INVISIBLE.sub("", text).split())


def plain(node: Node | None, *without: str) -> str:
    """The text of a node on one line, without that of the elements named in `without`."""
    return squeeze("".join(_strings(node, without))) if node is not None else ""


def _strings(node: Node, without: Collection[str]) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name in ("break", "br"):
            yield " "
        elif child.name not in without:
            # Keep the words of adjacent paragraphs apart.
            apart = " " if child.name in _BLOCKS else ""
            yield apart
            yield from _strings(child, without)
            yield apart


def parse_xml(source: bytes, name: str) -> Node:
    """The root element of an XML source; ReadError, with the line, if it is not well-formed."""
    text = _decode(source, name)
    if "<!ENTITY" in text:
        line = text[: text.index("<!ENTITY")].count("\n") + 1
        problem = "the document type declares entities, which are never expanded here"
        raise ReadError(name, f"line {line}", problem, "Save the article without them")
    data = _NAMED.sub(_character, _DECLARATION.sub(_keep_line_breaks, text)).encode("utf-8")
    lines = _xml_lines(data, name)
    soup = BeautifulSoup(data, features="xml", from_encoding="utf-8")
    root = soup.find(True)
    if not isinstance(root, Tag):
        raise ReadError(name, "", "the file contains no element", _REMEDY)
    return convert(root, iter(lines), name)


def parse_html(source: bytes, name: str) -> Node:
    """The `html` element of a page, repaired as browsers do; ReadError if there is none."""
    check_filled(source, name)
    if not re.search(rb"<\s*[a-zA-Z!]", source[:100_000]):
        raise ReadError(name, "", "the file contains no HTML", "Save the page as HTML again")
    soup = BeautifulSoup(_without_declaration(source), features="lxml")
    root = soup.find("html")
    if not isinstance(root, Tag):
        raise ReadError(name, "", "the file contains no HTML", "Save the page as HTML again")
    names = [tag.name for tag in soup.find_all(True)]
    return convert(
        root,
        iter(_html_lines(str(source, soup.original_encoding or "utf-8", "replace"), names)),
        name,
    )


def parse_fragment(text: str) -> Node:
    """A fragment of HTML under one node, repaired as browsers do; without line numbers."""
    return convert(BeautifulSoup(text, features="lxml"), iter(()), "table")


def _without_declaration(source: bytes) -> bytes | str:
    """The source without an XML declaration; as text if it is UTF-8, so that none is guessed."""
    source = re.sub(rb"\A\s*<\?xml(?:[^>]*\?>)?", b"", source)
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return source


def _html_lines(text: str, names: list[str]) -> list[int]:
    """The lines of the elements, if a second parse finds the same ones; else none."""
    try:
        root = etree.fromstring(text.encode("utf-8"), etree.HTMLParser(encoding="utf-8"))
    except (etree.XMLSyntaxError, ValueError):
        return []
    elements = [one for one in root.iter() if isinstance(one.tag, str)] if root is not None else []
    same = [one.tag for one in elements] == names
    return [one.sourceline or 1 for one in elements] if same else []


def check_filled(source: bytes, name: str) -> None:
    if not source.strip():
        raise ReadError(name, "", "the file is empty", _REMEDY)


def convert(root: Tag, lines: Iterator[int], name: str, depth: int = 1) -> Node:
    """A BeautifulSoup element as nodes; `lines` has the line of each element in order."""
    line = next(lines, 1)
    if depth > MAX_DEPTH:
        problem = f"elements are nested more than {MAX_DEPTH} levels deep"
        raise ReadError(name, f"line {line}", problem, _REMEDY)
    children: list[Node | str] = []
    for child in root.children:
        if isinstance(child, Tag):
            children.append(convert(child, lines, name, depth + 1))
        elif isinstance(child, NavigableString) and _is_text(child):
            children.append(str(child))
    # `hwp:id` is not the `id`, but `xlink:href` is the only `href`.
    prefixed_first = sorted(root.attrs.items(), key=lambda item: ":" not in item[0])
    attrs = {key.rsplit(":", 1)[-1]: _value(value) for key, value in prefixed_first}
    return Node(root.name.rsplit(":", 1)[-1], attrs, line, tuple(children))


def _is_text(string: NavigableString) -> bool:
    """False for comments, processing instructions and the document type."""
    return isinstance(string, CData) or not isinstance(string, PreformattedString)


def _value(value: str | list[str]) -> str:
    return value if isinstance(value, str) else " ".join(value)


def _decode(source: bytes, name: str) -> str:
    check_filled(source, name)
    encoding = "utf-8-sig"
    if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif declared := _ENCODING.match(source[:400]):
        encoding = declared[1].decode("ascii")
        encoding = "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding
    try:
        return source.decode(encoding)
    except (LookupError, ValueError) as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = source[:start].count(b"\n") + 1
        problem = f"the text is not in the encoding {encoding.removesuffix('-sig')!r}"
        raise ReadError(name, f"line {line}", problem, "Save the file as UTF-8") from None


def _keep_line_breaks(match: re.Match[str]) -> str:
    """Only the line breaks of the match, so that later lines keep their numbers."""
    return "\n" * match[0].count("\n")


def _character(match: re.Match[str]) -> str:
    """The character of `&alpha;`: HTML has the entity names of the DTDs of articles."""
    name = match["name"]
    if not name or name in _XML_NAMES:
        return match[0]
    return html.entities.html5.get(f"{name};", match[0])


def _xml_lines(data: bytes, name: str) -> list[int]:
    """The line of every element in document order; ReadError where the XML is broken."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = re.sub(r", line \d+, column \d+$", "", squeeze(error.msg or "not XML"))
        place = f"line {error.lineno}" if error.lineno else ""
        raise ReadError(name, place, f"broken XML: {message}", _REMEDY) from None
    lines: list[int] = []
    for element in root.iter():
        if isinstance(element.tag, str):
            lines.append(element.sourceline or 1)
        elif element.tag is etree.Entity:
            place = f"line {lines[-1] if lines else 1}"
            problem = f"the entity {element.text} is not defined in the file"
            raise ReadError(name, place, problem, "Replace it with the character it stands for")
    return lines
