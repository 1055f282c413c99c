"""What a page states about the works in its list, besides printing them.

Links to look-ups (Google Scholar, OpenURL, COinS) and the elements `citation_reference` in its
head have authors, title, journal and year in parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote

from msgspec.structs import replace

from poi_search.article import Name, Reference
from poi_search.readers.markup import Node, plain, squeeze
from poi_search.references.completion import infer_kind
from poi_search.references.identifiers import find_doi, normal_pmid
from poi_search.references.matching import normal_title
from poi_search.references.name_lists import parse_names
from poi_search.references.names import parse_name, short_name
from poi_search.references.printed_entries import parse_entry

_FIELDS = {
    "title": ("title", "atitle", "btitle"),
    "journal": ("journal_title", "jtitle", "journal", "journal_abbrev", "inbook_title"),
    "year": ("publication_date", "publication_year", "year", "date"),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "pages": ("pages",),
    "first": ("firstpage", "spage", "first_page"),
    "last": ("lastpage", "epage", "last_page"),
    "doi": ("doi", "id", "rft_id"),
    "pmid": ("pmid", "id", "rft_id"),
    "publisher": ("publisher", "pub"),
}
_KEY = re.compile(r"(?:^|;)\s*+citation_(\w+)\s*+=")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MIN_TITLE = 12


def works_of_head(root: Node) -> tuple[Reference, ...]:
    """The works in the elements `citation_reference` of a page, in order."""
    values = (
        squeeze(meta.get("content"))
        for meta in root.walk("meta")
        if meta.get("name").lower() == "citation_reference"
    )
    return tuple(_work_of_head(number, value) for number, value in enumerate(values, 1) if value)


def _work_of_head(number: int, text: str) -> Reference:
    keys = list(_KEY.finditer(text))
    if not keys:
        return parse_entry(number, text)
    values: dict[str, list[str]] = {}
    for key, following in zip(keys, [*keys[1:], None], strict=True):
        value = text[key.end() : following.start() if following else len(text)].strip(" ;")
        if value:
            values.setdefault(key[1].lower(), []).append(value)
    return replace(_work(values, values.get("author", [])), number=number)


def list_of_works(works: tuple[Reference, ...], line: int) -> Node:
    """The works as a `ref-list`, for a page that states its list without printing it."""
    refs = (
        Node("ref", {"id": f"html-ref-{number}"}, line, (_citation(work, line),))
        for number, work in enumerate(works, 1)
    )
    return Node("ref-list", {}, line, tuple(refs))


def _citation(work: Reference, line: int) -> Node:
    def tag(name: str, text: str, **attrs: str) -> Node:
        return Node(
            name, {key.replace("_", "-"): value for key, value in attrs.items()}, line, (text,)
        )

    if work.text:
        return tag("mixed-citation", work.text)
    first, _, last = work.pages.partition("–")
    values = (
        *(tag("string-name", short_name(name)) for name in work.names),
        tag("article-title", work.title),
        tag("source", work.journal),
        tag("year", str(work.year or "")),
        tag("volume", work.volume),
        tag("issue", work.issue),
        tag("fpage", first),
        tag("lpage", last),
        tag("publisher-name", work.publisher),
        tag("pub-id", work.doi, pub_id_type="doi"),
        tag("pub-id", work.pmid, pub_id_type="pmid"),
    )
    return Node("element-citation", {}, line, tuple(one for one in values if plain(one)))


def work_of_links(item: Node) -> Reference:
    """What the links of an entry state about its work; an empty Reference if nothing."""
    for node in (item, *item.walk()):
        for query in _queries(node):
            values = {
                key.removeprefix("rft."): [one for value in found if (one := squeeze(value))]
                for key, found in parse_qs(query).items()
            }
            people = values.get("author", []) or values.get("au", [])
            if not people and "aulast" in values:
                first = [*values.get("aufirst", []), *values.get("auinit1", []), ""][0]
                people = [f"{values['aulast'][0]}, {first}".strip(", ")]
            work = _work(values, people)
            if work.title or work.journal:
                return _checked(work, item)
    return Reference(0, "")


def _queries(node: Node) -> Iterator[str]:
    """The query of a look-up, decoded as often as it is encoded."""
    if "Z3988" in node.get("class").split():
        yield node.get("title")
    href = node.get("href")
    if (start := href.find("scholar_lookup")) >= 0:
        query = href[start + len("scholar_lookup") :]
        if query[:3].upper() == "%3F":
            # An address within another: its own parameters end where those of the other go on.
            query = unquote(query.split("&")[0])
        yield query.lstrip("?&")
    if (start := href.find("rft.")) >= 0:
        query = href[start:]
        while "=" not in query and "%" in query:
            query = unquote(query)
        if "=" in query:
            yield query


def _work(values: Mapping[str, list[str]], people: list[str]) -> Reference:
    def value(field: str) -> str:
        return next((values[name][0] for name in _FIELDS[field] if values.get(name)), "")

    pages = value("pages") or "–".join(filter(None, (value("first"), value("last"))))
    year = _YEAR.search(value("year"))
    ids = " ".join(one for name in ("doi", "id", "rft_id") for one in values.get(name, ()))
    pmid = next((p for one in values.get("pmid", ()) if (p := normal_pmid(one))), "")
    found = re.search(r"pmid[:/](\d{1,8})", ids)
    names = tuple(name for person in people for name in _names(person))
    work = Reference(
        0,
        "",
        names=names,
        et_al=any("et al" in person for person in people),
        title=value("title").rstrip(" ."),
        journal=value("journal"),
        year=int(year[0]) if year else None,
        volume=value("volume"),
        issue=value("issue"),
        pages=re.sub(r"(?<=\w)-(?=\w)", "–", pages),
        doi=find_doi(ids),
        pmid=pmid or (found[1] if found else ""),
        publisher=value("publisher"),
    )
    return replace(work, kind=infer_kind(work))


def _names(printed: str) -> tuple[Name, ...]:
    """The persons in one value: one, or a whole list of them."""
    text = re.sub(r"\bet al\b\.?", "", printed).strip(" ,;")
    if not text:
        return ()
    if text.count(",") != 1 or re.search(r"\s(?:and|&)\s", text):
        found = parse_names(text)
        if found is not None and len(found.names) > 1:
            return found.names
    name = parse_name(text)
    return (name,) if name != Name() else ()


def _checked(work: Reference, item: Node) -> Reference:
    """The work without a title that the entry prints as the title of the journal."""
    slanted = {normal_title(plain(one)) for one in item.walk("i", "em", "cite", "abbr")}
    title = normal_title(work.title)
    if title in slanted and (work.volume or not work.journal) and work.pages:
        return replace(work, title="", journal=work.journal or work.title)
    return work


def align(works: tuple[Reference, ...], entries: tuple[Reference, ...]) -> dict[int, Reference]:
    """The stated work of each entry, by the number of the entry.

    Both are in one order, but either may lack some of the other.
    """
    texts = [normal_title(entry.text) for entry in entries]
    if len(works) == len(entries):
        pairs = list(zip(works, entries, texts, strict=True))
        against = sum(_contradicts(work, entry, text) for work, entry, text in pairs)
        if against <= 0.1 * len(pairs):
            return {
                entry.number: work
                for work, entry, text in pairs
                if not _contradicts(work, entry, text)
            }
    found: dict[int, Reference] = {}
    at = 0
    for work in works:
        place = next(
            (i for i in range(at, len(entries)) if _same(work, entries[i], texts[i])), None
        )
        if place is not None:
            found[entries[place].number] = work
            at = place + 1
    return found


def _same(work: Reference, entry: Reference, text: str) -> bool:
    if work.doi and entry.doi:
        return work.doi.lower() == entry.doi.lower()
    title = normal_title(work.title)
    if len(title) >= _MIN_TITLE:
        return title in text
    page = work.pages.partition("–")[0]
    parts = [str(work.year or ""), work.volume, page]
    return all(parts) and all(normal_title(part) in text for part in parts)


def _contradicts(work: Reference, entry: Reference, text: str) -> bool:
    """Whether a stated work is certainly not that of the entry."""
    if work.doi and entry.doi:
        return work.doi.lower() != entry.doi.lower()
    title = normal_title(work.title)
    if len(title) < _MIN_TITLE or title in text:
        return False
    return work.year is not None and str(work.year) not in entry.text
