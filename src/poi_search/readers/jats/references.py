"""The reference lists of JATS → References, and where links to them lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from poi_search.article import Reference
from poi_search.readers.jats.names import person_names
from poi_search.readers.markers import Numbering
from poi_search.readers.markup import Node, plain, squeeze
from poi_search.references.entries import find_doi, parse_entry

CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_IDENTIFIERS = ("pub-id", "object-id")
# Identifiers are put on afterwards, unless the print announces them: 'doi: ', 'PMID '.
_ANNOUNCED = re.compile(r"(?:doi|pmid|pmcid|[:/])\s*$", re.IGNORECASE)
_NAMES = ("name", "string-name", "collab", "etal", "person-group", "name-alternatives")
_TITLES = ("article-title", "chapter-title", "source")
_IDS = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "pmc": "pmcid"}


def read_references(lists: list[Node]) -> tuple[tuple[Reference, ...], Numbering, dict[int, str]]:
    """All entries in order, the numbering for links, and each entry's 'Li et al., 2020'."""
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
        names[number] = f"[{number}]" if printed else _short(references[-1], node)
    by_label = {label: at for at, label in reversed(list(enumerate(labels, 1))) if label}
    if not by_label:
        by_label = {number: number for number in range(1, len(references) + 1)}
    return tuple(references), Numbering(by_id, by_label), names


def _short(reference: Reference, node: Node) -> str:
    """'Li et al., 2020', from a label as 'Li et al.(2020)' or from the authors."""
    if match := re.match(r"(\D{2,80}?)\s*\((\d{4}\w?)\)", plain(node.first("label"))):
        return f"{match[1]}, {match[2]}"
    families = [_family(name) for name in reference.authors[:2]]
    if not families:
        return f"[{reference.number}]"
    if len(reference.authors) > 2 or reference.et_al:
        families = [f"{families[0]} et al."]
    return f"{' and '.join(families)}, {reference.year or 'n.d.'}"


def _family(name: str) -> str:
    head, _, tail = name.rpartition(" ")
    return head if head and tail.isupper() else name


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
    """The citations of an entry, each with the other forms that are given of it."""
    entries: list[tuple[Node, ...]] = []
    for child in node.elements():
        if child.name in CITATIONS:
            entries.append((child,))
        elif child.name == "citation-alternatives":
            entries.append(tuple(child.elements(*CITATIONS)))
    entries = [entry for entry in entries if entry]
    kinds = [entry[0].name for entry in entries if len(entry) == 1]
    if len(entries) == 2 and sorted(kinds) == ["element-citation", "mixed-citation"]:
        # As printed and in its parts, side by side: one entry, not two.
        return [(*entries[0], *entries[1])]
    return entries


def _read_entry(number: int, forms: tuple[Node, ...]) -> Reference:
    tagged = next((form for form in forms if form.name != "mixed-citation"), forms[0])
    free = next((form for form in forms if form.name in ("mixed-citation", "citation")), None)
    reference = _tagged(number, tagged)
    printed = _printed(free) if free and _has_punctuation(free) else ""
    if not reference.title and not reference.journal:
        return _parsed(number, printed or _printed(forms[0]), reference)
    return replace(reference, text=printed or _composed(reference, tagged))


def _parsed(number: int, text: str, tagged: Reference) -> Reference:
    """An entry of plain text, read by its punctuation; what is tagged goes first."""
    parsed = parse_entry(number, text)
    return replace(
        parsed,
        authors=tagged.authors or parsed.authors,
        et_al=tagged.et_al or parsed.et_al,
        year=tagged.year or parsed.year,
        volume=tagged.volume or parsed.volume,
        issue=tagged.issue or parsed.issue,
        pages=tagged.pages or parsed.pages,
        doi=tagged.doi or parsed.doi,
        pmid=tagged.pmid or parsed.pmid,
        pmcid=tagged.pmcid or parsed.pmcid,
        publisher=tagged.publisher or parsed.publisher,
    )


def _tagged(number: int, node: Node) -> Reference:
    names, et_al = person_names(node)
    part = _text(node, "article-title", "chapter-title", "data-title", "part-title", "version")
    source = _text(node, "source", "conf-name", "std")
    # Chemists print no titles: 'Angew. Chem. 2001, 1, 5' is a journal all the same.
    in_volume = not _kind(node) and bool(_text(node, "volume")) and bool(_pages(node))
    journal = source if part or _kind(node) == "journal" or in_volume else ""
    ids = {"doi": "", "pmid": "", "pmcid": ""}
    for found in node.walk("pub-id", "object-id"):
        field = _IDS.get(found.get("pub-id-type").lower(), "")
        if field and not ids[field]:
            ids[field] = plain(found)
    year = _YEAR.search(_text(node, "year") or _text(node, "date"))
    notes = [plain(note) for note in node.walk("comment") if "rratum" in plain(note)]
    return Reference(
        number,
        "",
        authors=names,
        et_al=et_al,
        title=part or ("" if journal else source),
        journal=journal,
        year=int(year[0]) if year else None,
        volume=_text(node, "volume"),
        issue=_text(node, "issue") or _text(node, "supplement"),
        pages=_pages(node),
        doi=_doi(ids["doi"], node),
        pmid=re.sub(r"\D", "", ids["pmid"]),
        pmcid=_pmcid(ids["pmcid"]),
        publisher=_text(node, "publisher-name"),
        note="; ".join(notes),
    )


def _kind(node: Node) -> str:
    return node.get("publication-type") or node.get("citation-type")


def _text(node: Node, *names: str) -> str:
    return next((text for name in names if (text := plain(node.find(name)).rstrip(" .,;:"))), "")


def _pages(node: Node) -> str:
    first, last = _text(node, "fpage"), _text(node, "lpage")
    if first:
        return f"{first}–{last}" if last and last != first else first
    return _text(node, "page-range") or _text(node, "elocation-id")


def _doi(tagged: str, node: Node) -> str:
    if doi := find_doi(tagged):
        return doi
    for link in node.walk("ext-link", "uri", "comment"):
        if doi := find_doi(link.get("href")) or find_doi(plain(link)):
            return doi
    return find_doi(plain(node))


def _pmcid(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return f"PMC{digits}" if digits else ""


def _has_punctuation(node: Node) -> bool:
    """False for a citation that is tagged through and through, without the printed signs."""
    loose = "".join(child for child in node.children if isinstance(child, str))
    return bool(loose.strip())


def _printed(node: Node) -> str:
    """The entry as printed; elements that touch are parted, identifiers left out."""
    return squeeze(re.sub(r"\s+(?=[.,;:)])|(?<=\.)\.(?!\.)", "", "".join(_strings(node)))).strip(
        " ;,"
    )


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


def _composed(reference: Reference, node: Node) -> str:
    """'Authors. Title. Journal. Year;Volume(Issue):Pages.'"""
    authors = ", ".join((*reference.authors, *(("et al",) if reference.et_al else ())))
    place = ": ".join(filter(None, (_text(node, "publisher-loc"), reference.publisher)))
    issue = f"({reference.issue})" if reference.issue else ""
    pages = f":{reference.pages}" if reference.pages else ""
    volume = f"{reference.volume}{issue}{pages}".lstrip(":")
    date = ";".join(filter(None, (str(reference.year or ""), volume)))
    edition = _text(node, "edition")
    comments = [
        plain(comment).strip(" .;,") for comment in node.walk("comment", "date-in-citation")
    ]
    parts = [authors, reference.title, reference.journal, edition, place, date, *comments]
    return " ".join(_sentence(part) for part in parts if part)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
