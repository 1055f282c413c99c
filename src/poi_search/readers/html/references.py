"""The reference list of a web page as JATS elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from poi_search.article import Reference
from poi_search.readers.html.entry_parts import part_name, tagged_parts
from poi_search.readers.html.inline import beginning
from poi_search.readers.html.italics import work_in_italics
from poi_search.readers.html.stated_works import work_of_links
from poi_search.readers.markup import Node, plain, squeeze
from poi_search.references.identifiers import identifiers_of_address
from poi_search.references.matching import normal_title

_LABEL = re.compile(r"\s*[\[(]?(\d{1,4}[a-z]?)[\]).]?\s*")
_LEADING = re.compile(r"[\[(]?(\d{1,4})(?:[\])]\.?|\.)\s*(?=\D)")
_BEFORE_PARTS = re.compile(r"^\s*[\[(]?\d{1,4}[\])]?\.?(?=\s|$)\s*")
# What links of an entry are called: to databases, to the work, back to the text.
_LINK_WORD = (
    r"(?:view|find|search|go to|return to|back to|open|get|download|export|add|see|at|in|via|on"
    r"|this|article|abstract|full|text|free|pubmed|pmc|central|ncbi|medline|crossref|cross ref"
    r"|google|scholar|scopus|isi|web of (?:science|knowledge)|times cited|cited by|cas|ads|chemport"
    r"|doi|publisher|reference|source|openurl|open url|url|links?|external|citations?|citing"
    r"|records?|rights(?: and content)?|pdf|html|worldcat|springer(?:link)?|f1000|acs|aip|iop"
    r"|rsc|nlm|highwire|biomed|webcite"
    r"|mathscinet|zentralblatt|math|semantic scholar|refindit|order|sfx|scitation|inspire"
    r"|abs|version|green|\d{1,6})"
)
_LINKS = re.compile(rf"(?:{_LINK_WORD}\b[\s®™/|:,.()\[\]–-]*+)++|[↑^↵»›\s]+", re.IGNORECASE)
# Words of the page in an entry that are no links.
_LABELS = re.compile(
    r"in text citations?|show in context|return to (?:text|reference).{0,20}|go to reference|cited"
    r" \d+ times? in .{0,20}"
    r"|(?:show|hide|see) .{0,10}references?",
    re.IGNORECASE,
)
_LISTS = ("ul", "ol")
_FEW = 2
_EMPTY_BRACKETS = re.compile(r"[\[(][\s,;|·]*[\])]")
_LICENCE = re.compile(r"\blicen[cs]ed under\b|\ball rights reserved\b|^©", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class ReferenceList:
    """A `ref-list`; `targets` are the ids of its entries by the ids of the page.

    `tagged` are the numbers of the entries whose parts are marked, `stated` what links state,
    `slanted` what italics show; `printed` has the ids of entries by how their text begins.
    """

    node: Node
    targets: dict[str, str] = field(default_factory=dict)
    tagged: set[int] = field(default_factory=set)
    stated: dict[int, list[Reference]] = field(default_factory=dict)
    slanted: dict[int, Reference] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    aside: list[tuple[int, str]] = field(default_factory=list)


def read_items(blocks: Iterable[Node]) -> list[Node]:
    """The entries: the items of lists and tables; else any other block is an entry itself."""
    items: list[Node] = []
    blocks = list(blocks)
    lists = [one for one in blocks if one.name in _LISTS]
    listed = sum(not _only_links(item) for one in lists for item in one.elements("li"))
    # Beside a list of items, other blocks are notes and what follows the list.
    alone = lists if listed > len(blocks) - len(lists) else blocks
    for block in alone:
        if block.name in _LISTS and _is_entry(block):
            items.append(block)
        elif block.name in _LISTS:
            items += [one for one in block.elements("li") if plain(one)]
        elif block.name == "dl":
            items += [one for one in block.elements("dd") if plain(one)]
        elif block.name == "table":
            items += [one for one in block.walk("tr") if plain(one)]
        elif items and _only_links(block):
            # The links of an entry in a separate paragraph.
            items[-1] = replace(items[-1], children=(*items[-1].children, " ", *block.children))
        elif plain(block):
            items.append(block)
    return items


def _is_entry(block: Node) -> bool:
    """Whether a list is one entry, its items the authors, the title and the journal."""
    names = [part_name(item) for item in block.elements("li")]
    return sum(name in ("string-name", "article-title", "source") for name in names) > 1


def _only_links(node: Node) -> bool:
    """Whether an element contains only links to databases."""
    has_link = node.name == "a" or node.find("a") is not None
    return has_link and not re.search(r"\w", "".join(_printed_strings(node)))


def _is_link(node: Node) -> bool:
    if node.name == "a":
        words = plain(node).strip("[] ")
        if not words or words.isdigit():
            return False
        # 'PublisherFullText' of a page saved without its spaces.
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z][a-z]{3})", " ", words)
        return _LINKS.fullmatch(words) is not None or _LINKS.fullmatch(spaced) is not None
    if node.name in ("sup", "sub", "i", "em", "b", "strong"):
        return False
    return _LABELS.fullmatch(plain(node)) is not None or _only_links(node)


def reference_list(items: list[Node]) -> ReferenceList:
    """The entries of the list; those of a list shown again are the same, and links are none."""
    line = items[0].line if items else 1
    found = ReferenceList(Node("ref-list", {}, line, ()))
    refs: list[Node] = []
    known: dict[str, str] = {}
    numbered = sum(_names(item) != [] for item in items) > len(items) / 2
    texts = [squeeze("".join(_printed_strings(item))) for item in items]
    # A single entry printed twice has two numbers.
    is_shown_again = len(texts) - len(set(texts)) > _FEW
    for item, text in zip(items, texts, strict=True):
        if _is_stray(item, text, numbered):
            found.aside.append((item.line, "in the reference list, but not an entry"))
            continue
        key = normal_title(text) if is_shown_again else str(len(refs))
        identifier = known.setdefault(key, f"html-ref-{len(refs) + 1}")
        for printed in (text, re.sub(r"^\W*\d{1,4}\W*", "", text)):
            found.printed.setdefault(beginning(printed), identifier)
        for name in _names(item):
            found.targets.setdefault(name, identifier)
            found.targets.setdefault(re.sub("^ref-(?:id-)?", "", name), identifier)
        if identifier == f"html-ref-{len(refs) + 1}":
            ref, is_tagged = _reference(item, identifier)
            refs.append(ref)
            if is_tagged:
                found.tagged.add(len(refs))
            work = work_of_links(item)
            if work.title or work.journal:
                found.stated[len(refs)] = [work]
            found.slanted[len(refs)] = work_in_italics(item)
    found.node = replace(found.node, children=tuple(refs))
    return found


def _names(item: Node) -> list[str]:
    """The ids by which an entry can be linked to."""
    found: list[str] = []
    for inner in (item, *item.walk()):
        names = (inner.get("id"), inner.get("name"), inner.get("data-bib-id"))
        if inner.name == "a" and "label" in inner.get("class").split():
            found.append(inner.get("href").removeprefix("#"))  # a link of the label to itself
        found += [name for name in names if name and inner.name not in ("input", "meta")]
    return found


def _is_stray(item: Node, text: str, numbered: bool) -> bool:
    """Whether an item of the list is something else: a button, a message, a link of the page."""
    if not _SAYS_SOMETHING.search(text) or _LICENCE.search(text):
        return True
    short = len(text.split()) <= 6 and not re.search(r"\d{4}", text)
    if not short:
        return False
    links = [one for one in (item, *item.walk("a")) if one.name == "a"]
    linked = " ".join(plain(one) for one in links)
    return not _names(item) if numbered else normal_title(linked) == normal_title(text)


def _reference(item: Node, identifier: str) -> tuple[Node, bool]:
    text = squeeze(" ".join(_EMPTY_BRACKETS.sub(" ", "".join(_printed_strings(item))).split()))
    label, text = _split_number(item, _once(text))
    text = re.sub(r"(?<!\s)\s++(?=[.,;:])", "", text).strip(" |")
    addresses = " ".join(link.get("href") for link in (item, *item.walk("a")))
    known = identifiers_of_address(addresses)
    children: list[Node | str] = []
    if label:
        children.append(Node("label", {}, item.line, (label,)))
    pub_ids = [
        Node("pub-id", {"pub-id-type": kind}, item.line, (value,))
        for kind, value in (("pmid", known.pmid), ("pmcid", known.pmcid), ("doi", known.doi))
        if value
    ]
    tagged = _tidy(tagged_parts(item, _is_link))
    inner = tagged or (text.strip(" ,"),)
    children.append(Node("mixed-citation", {}, item.line, (*inner, *pub_ids)))
    return Node("ref", {"id": identifier}, item.line, tuple(children)), bool(tagged)


def _tidy(parts: tuple[Node | str, ...]) -> tuple[Node | str, ...]:
    """Marked parts without the number before them and the brackets of links that were omitted."""
    tidy: list[Node | str] = []
    for part in parts:
        if isinstance(part, str) and tidy and isinstance(tidy[-1], str):
            tidy[-1] += part
        else:
            tidy.append(part)
    tidy = [_EMPTY_BRACKETS.sub(" ", one) if isinstance(one, str) else one for one in tidy]
    if tidy and isinstance(tidy[0], str):
        tidy[0] = _BEFORE_PARTS.sub("", tidy[0])
    return tuple(tidy)


def _once(text: str) -> str:
    """An entry without an address that it prints again as a link."""
    words = text.split(" ")
    kept = [
        word
        for at, word in enumerate(words)
        if word != "»" and not (word.startswith("http") and word in words[:at])
    ]
    return " ".join(kept)


def _split_number(item: Node, text: str) -> tuple[str, str]:
    """The number that an entry starts with, and the rest.

    In an element of its own, the number need not be followed by a full stop.
    """
    if match := _LEADING.match(text):
        return match[1], text[match.end() :]
    for inner in item.walk("span", "div", "td", "a", "strong", "b", "sup"):
        printed = plain(inner)
        if printed and text.startswith(printed) and (match := _LABEL.fullmatch(printed)):
            return match[1], text[len(printed) :].strip()
    return "", text


def _printed_strings(node: Node) -> Iterator[str]:
    """The text of an entry without the links to databases."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif (child.name == "a" and _is_link(child)) or _LABELS.fullmatch(plain(child)):
            yield " "
        else:
            inner = "".join(_printed_strings(child))
            if child.find("a") is not None and not re.search(r"\w", inner):
                inner = " "  # links and what separates them
            apart = child.name in ("div", "p", "li", "td", "br", "h3", "h4")
            # Authors, title and journal in separate boxes, without punctuation.
            boxed = child.name == "div" and re.search(r"[^\W\d_]{2}\W*(?<=[\w)])\s*$", inner)
            yield " " if apart else ""
            yield inner
            yield ", " if boxed else " " if apart else ""
