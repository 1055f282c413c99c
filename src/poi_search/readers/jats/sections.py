"""The body of a JATS article: its sections in reading order, and the placing of floats."""

from __future__ import annotations

import re

from poi_search.article import Paragraph
from poi_search.readers.drafts import Draft
from poi_search.readers.jats.context import Context
from poi_search.readers.jats.floats import read_float
from poi_search.readers.jats.flow import Flow, read_title
from poi_search.readers.jats.inline import FLOATS
from poi_search.readers.markup import Node, plain

# `2.`, `2)`, `2.1`, `II.` or `B.` before a title.
_PRINTED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,5}|[IVX]{1,5}|[A-H])(?P<stop>[.)|:]?)\s+(?P<title>\S.*)"
)
_ROMAN = "0 I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split()


def read_body(body: Node, context: Context) -> list[Draft]:
    """The sections of a body; text before the first section is section 0, or 1 if there is none."""
    sections = list(body.elements("sec"))
    rest = [child for child in body.elements() if child.name != "sec"]
    drafts: list[Draft] = []
    lead = Draft("s0", "0") if sections else Draft("s1", "1")
    Flow(lead, context).read(rest)
    if lead.blocks:
        drafts.append(lead)
    for index, section in enumerate(sections, 1):
        drafts += read_section(section, f"s{index}", str(index), 1, context)
    return drafts


def read_section(node: Node, anchor: str, number: str, level: int, context: Context) -> list[Draft]:
    """A section and its subsections; a subsection without a heading continues its parent."""
    label, title = heading_of(node, number, context)
    draft = Draft(anchor, number, label, title, level)
    below: list[Node] = []
    own: list[Node] = []
    for child in node.elements():
        if child.name == "sec" and (below or _is_headed(child)):
            below.append(child)
        else:
            own.append(child)
    context.record(node, draft.anchor)
    Flow(draft, context).read(own)
    drafts = [draft]
    for index, section in enumerate(below, 1):
        inner = f"{number}.{index}" if number else ""
        drafts += read_section(section, f"{anchor}.{index}", inner, level + 1, context)
    return drafts


def _is_headed(node: Node) -> bool:
    return any(plain(one) for one in node.elements("title", "label"))


def heading_of(node: Node, number: str, context: Context) -> tuple[str, str]:
    """The printed number and the title of a section; the number may be part of the title."""
    label = plain(node.first("label")).rstrip(".):")
    title = read_title(node.first("title"), context)
    match = _PRINTED.fullmatch(title)
    if not label and match and _is_number(match, number):
        return match["number"], match["title"]
    return label, title


def _is_number(match: re.Match[str], place: str) -> bool:
    """Whether a title starts with its number; '2.5 million cells' and 'C. elegans' do not."""
    printed, places = match["number"], place.split(".")
    if printed[0].isdigit():
        if printed == place and match["title"][0].isupper():
            return True
        return bool(match["stop"]) or ("." in printed and len(printed.split(".")) == len(places))
    index = int(places[-1] or 0)
    fits = printed in (_ROMAN[index : index + 1] or [""])[0:1] or printed == chr(64 + index)
    return bool(match["stop"]) and fits and match["title"][0].isupper()


def place_floats(groups: list[Node], drafts: list[Draft], context: Context) -> list[Draft]:
    """Insert the floats of `groups` after the paragraph that first mentions them."""
    left: list[Node] = []
    for node in (child for group in groups for child in group.elements()):
        ids = [node.get("id"), *(inner.get("id") for inner in node.walk(*FLOATS))]
        found = next((context.mentions[one] for one in ids if one in context.mentions), None)
        if found is None:
            left.append(node)
            continue
        blocks, paragraph = found
        if node.name not in FLOATS:
            # A box has numbered paragraphs, so it is put at the end of the section.
            Flow(next(one for one in drafts if one.blocks is blocks), context).read([node])
            continue
        at = next(index for index, block in enumerate(blocks) if block is paragraph) + 1
        while at < len(blocks) and not isinstance(blocks[at], Paragraph):
            at += 1
        blocks[at:at] = read_float(node, context)
    if left:
        # Floats without a mention are put at the end of the body.
        last = drafts[-1] if drafts else Draft("s1", "1")
        drafts = drafts or [last]
        Flow(last, context).read(left)
    return drafts
