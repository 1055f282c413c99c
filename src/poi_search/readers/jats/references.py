"""The reference lists of JATS → References, and the numbering for links to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from poi_search.article import Reference
from poi_search.readers.jats.works import read_work
from poi_search.readers.markers import Numbering
from poi_search.readers.markup import Node, plain, squeeze
from poi_search.references.completion import complete
from poi_search.references.names import family_name, short_name
from poi_search.references.printed_entries import parse_entry

CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_IDENTIFIERS = ("pub-id", "object-id")
# Identifiers are omitted from the text, unless it announces them: 'doi: ', 'PMID '.
_ANNOUNCED = re.compile(r"(?:doi|pmid|pmcid|[:/])\s*$", re.IGNORECASE)
_NAMES = ("name", "string-name", "collab", "etal", "person-group", "name-alternatives")
_TITLES = ("article-title", "chapter-title", "source")


def read_references(lists: list[Node]) -> tuple[tuple[Reference, ...], Numbering, dict[int, str]]:
    """The references in order, the numbering for links, and short names ('Li et al., 2020')."""
    references: list[Reference] = []
    by_id: dict[str, int] = {}
    labels: list[int] = []
    names: dict[int, str] = {}
    for node in (ref for ref_list in lists for ref in ref_list.walk("ref")):
        number = len(references) + 1
        references.append(_read_reference(number, node))
        for inner in (node, *node.walk(*CITATIONS, "citation-alternatives", "note")):
            if inner.get("id"):
                by_id.setdefault(inner.get("id"), number)
        printed = re.fullmatch(r"\D{0,2}(\d{1,4})\D{0,2}", plain(node.first("label")))
        labels.append(int(printed[1]) if printed else 0)
        names[number] = f"[{number}]" if printed else _short_name(references[-1], node)
    by_label = {label: at for at, label in reversed(list(enumerate(labels, 1))) if label}
    if not by_label:
        by_label = {number: number for number in range(1, len(references) + 1)}
    return tuple(references), Numbering(by_id, by_label), names


def _short_name(reference: Reference, node: Node) -> str:
    """'Li et al., 2020', from a label such as 'Li et al.(2020)' or from the authors."""
    if match := re.match(r"(\D{2,80}?)\s*\((\d{4}\w?)\)", plain(node.first("label"))):
        return f"{match[1]}, {match[2]}"
    families = [family_name(name) for name in (reference.names or reference.editors)]
    if not families:
        return f"[{reference.number}]"
    if len(families) > 2 or reference.et_al:
        families = [f"{families[0]} et al."]
    return f"{' and '.join(families)}, {reference.printed_year or 'n.d.'}"


def _read_reference(number: int, node: Node) -> Reference:
    entries = [_read_entry(number, entry) for entry in _entries(node)]
    if not entries:
        return parse_entry(number, plain(node, "label"))
    first = entries[0]
    for other in entries[1:]:
        first = replace(
            first,
            doi=first.doi or other.doi,
            pmid=first.pmid or other.pmid,
            pmcid=first.pmcid or other.pmcid,
        )
    notes = [plain(note) for note in node.elements("note")]
    text = " ".join(filter(None, (*(entry.text for entry in entries), *notes)))
    return replace(first, text=text)


def _entries(node: Node) -> list[tuple[Node, ...]]:
    """The citations of an entry, each in all the forms in which it is given."""
    entries: list[tuple[Node, ...]] = []
    for child in node.elements():
        if child.name in CITATIONS:
            entries.append((child,))
        elif child.name == "citation-alternatives":
            entries.append(tuple(child.elements(*CITATIONS)))
    entries = [entry for entry in entries if entry]
    kinds = [entry[0].name for entry in entries if len(entry) == 1]
    if len(entries) == 2 and sorted(kinds) == ["element-citation", "mixed-citation"]:
        # One citation, as printed and in its parts.
        return [(*entries[0], *entries[1])]
    return entries


def _read_entry(number: int, forms: tuple[Node, ...]) -> Reference:
    tagged = next((form for form in forms if form.name != "mixed-citation"), forms[0])
    free = next((form for form in forms if form.name in ("mixed-citation", "citation")), None)
    work = read_work(tagged)
    printed = _printed_text(free) if free and _has_punctuation(free) else ""
    if not work.title and not work.journal:
        # Parsed by its punctuation; tagged parts take precedence.
        parsed = parse_entry(number, printed or _printed_text(forms[0]))
        return replace(complete(work, parsed), number=number, text=parsed.text)
    return replace(work, number=number, text=printed or _compose(work, tagged))


def _has_punctuation(node: Node) -> bool:
    """Whether a citation has punctuation between its tagged parts."""
    loose = "".join(child for child in node.children if isinstance(child, str))
    return bool(loose.strip())


def _printed_text(node: Node) -> str:
    """The entry as printed, with separators between adjacent elements, without identifiers."""
    closed = re.sub(r"(?<!\s)\s++(?=[.,;:)])", "", "".join(_strings(node)))
    return squeeze(re.sub(r"(?<=\.)\.(?!\.)", "", closed)).strip(" ;,")


def _strings(node: Node) -> Iterator[str]:
    before: Node | None = None
    last = ""
    for child in node.children:
        if isinstance(child, str):
            before = None if child.strip() else before
            last = child.strip() or last
            yield child
        elif child.name != "label" and (child.name not in _IDENTIFIERS or _ANNOUNCED.search(last)):
            if before is not None:
                joint = ". " if child.name in _TITLES else ", " if child.name in _NAMES else " "
                yield joint if before.name in _NAMES else " "
            yield from _strings(child) if child.name != "etal" else (plain(child) or "et al.",)
            before, last = child, ""


def _compose(work: Reference, node: Node) -> str:
    """'Authors. Title. Journal. Year;Volume(Issue):Pages.'"""
    people = [*map(short_name, work.names), *(("et al",) if work.et_al else ())]
    editors = ", ".join(map(short_name, work.editors))
    editors += (", editors" if len(work.editors) > 1 else ", editor") if editors else ""
    container = f"In: {editors}. {work.journal}" if editors and work.journal else work.journal
    place = ": ".join(filter(None, (work.place, work.publisher)))
    issue = f"({work.issue})" if work.issue else ""
    pages = f":{work.pages}" if work.pages else ""
    volume = f"{work.volume}{issue}{pages}".lstrip(":")
    date = ";".join(filter(None, (work.printed_year, volume)))
    comments = [_comment(one, work) for one in node.walk("comment", "date-in-citation")]
    known = work.doi or work.pmid or any(work.url in comment for comment in comments)
    parts = [
        ", ".join(people) or ("" if work.journal else editors),
        work.title,
        container,
        work.edition,
        place,
        date,
        *comments,
        "" if known else work.url,
    ]
    return " ".join(_sentence(part) for part in parts if part)


def _comment(node: Node, work: Reference) -> str:
    """A comment as printed; a date of access in its parts as 'Accessed 2022-05-03'."""
    if node.first("year") is not None and work.accessed:
        return f"Accessed {work.accessed}"
    return plain(node).strip(" .;,")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
