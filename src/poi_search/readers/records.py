"""Bibliographic records placed next to the articles: PubMed (.nbib, XML) and RIS.

Sources of the formats: the MEDLINE/PubMed field descriptions and the PubMed DTD of the
National Library of Medicine; the RIS tags of Research Information Systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from poi_search.article import ReadError, Reference, WorkKind
from poi_search.readers.markup import Node, check_filled, parse_xml, plain, squeeze
from poi_search.references.identifiers import (
    find_doi,
    identifiers_of_address,
    normal_doi,
    normal_pmcid,
    normal_pmid,
    take_identifiers,
)

_NBIB_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")
_RIS_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?- ?(?P<value>.*)")
# The first tag of a record: 'TY  - JOUR', with one space in some exports, or 'PMID- 123'.
_BEGIN = re.compile(r"\s*(?:(?=TY  ?- ?[A-Z])|(?=PMID {0,2}- ?\d))(TY|PMID)")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_RIS_KINDS: Mapping[str, WorkKind] = {
    "JOUR": "article", "EJOUR": "article", "CHAP": "chapter", "ECHAP": "chapter", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "THES": "thesis", "CONF": "conference",
    "CPAPER": "conference", "COMP": "software", "DATA": "data", "DBASE": "data", "ELEC": "web",
    "BLOG": "web",
}  # fmt: skip
_PUBMED_KINDS: Mapping[str, WorkKind] = {
    "Preprint": "preprint", "Dataset": "data", "Journal Article": "article", "Review": "article",
    "Letter": "article", "Editorial": "article", "Comment": "article", "Case Reports": "article",
}  # fmt: skip
_REMEDY = "Export the records again, as PubMed (.nbib), PubMed XML or RIS"

Fields = dict[str, list[str]]


def read_records(source: bytes, name: str) -> tuple[Reference, ...]:
    """The records in `source`, the content of the file `name`.

    Raises ReadError for a file in another format, in another encoding than UTF-8, or with broken
    XML.
    """
    check_filled(source, name)
    if source.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _from_xml(parse_xml(source, name), name)
    lines = _decode(source, name).splitlines()
    # What tools print before and between records (numbers, the search, links) is passed over.
    begin = next((found[1] for line in lines if (found := _BEGIN.match(line))), "")
    if begin == "TY":
        return tuple(_from_ris(fields) for fields in _blocks(lines, _RIS_LINE, "TY"))
    if begin == "PMID":
        return tuple(_from_nbib(fields) for fields in _blocks(lines, _NBIB_LINE, "PMID"))
    at, first = next(((at, line) for at, line in enumerate(lines, 1) if line.strip()), (0, ""))
    problem = f"there is no record in it: it begins with {first.strip()[:40]!r}"
    raise ReadError(name, f"line {at}" if at else "", problem, _REMEDY)


def _decode(source: bytes, name: str) -> str:
    encoding = "utf-16" if source[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise ReadError(
            name, f"line {line}", "the text is not UTF-8", "Save the file as UTF-8"
        ) from None


def _blocks(lines: list[str], pattern: re.Pattern[str], begin: str) -> Iterator[Fields]:
    """The tagged lines of each record; a line without a tag continues the previous one.

    A record begins with the tag `begin`, and ends at the next one or at the tag ER.
    """
    fields: Fields = {}
    last: list[str] = []
    for line in lines:
        match = pattern.match(line)
        if not fields and (match is None or match["tag"] != begin):
            continue
        if match is None:
            if last and line.strip():
                last[-1] += " " + line.strip()
            continue
        if match["tag"] in (begin, "ER") and fields:
            yield fields
            fields = {}
            if match["tag"] == "ER":
                continue
        last = fields.setdefault(match["tag"], [])
        last.append(match["value"].strip())
    if fields:
        yield fields


def _first(fields: Fields, *tags: str) -> str:
    return next((squeeze(fields[tag][0]) for tag in tags if fields.get(tag)), "")


def _from_nbib(fields: Fields) -> Reference:
    ids = [one for tag in ("LID", "AID") for one in fields.get(tag, [])]
    doi = next((one for one in ids if one.endswith("[doi]")), "")
    return Reference(
        0,
        "",
        pmid=normal_pmid(_first(fields, "PMID")),
        doi=find_doi(doi.removesuffix("[doi]").strip()),
        pmcid=normal_pmcid(_first(fields, "PMC")),
        title=_first(fields, "TI", "BTI").rstrip("."),
        year=_year(_first(fields, "DP", "DEP")),
        kind=_pubmed_kind(fields.get("PT", [])),
        edition=_first(fields, "EN"),
        place=_first(fields, "PL") if "BTI" in fields else "",
        publisher=_first(fields, "PB"),
        abstract=_first(fields, "AB"),
        headings=_headings(fields.get("MH", [])),
    )


def _from_ris(fields: Fields) -> Reference:
    tags = ("UR", "N1", "AN", "C2", "L2", "M1", "ID")
    loose = " ".join(one for tag in tags for one in fields.get(tag, []))
    linked, (noted, _) = identifiers_of_address(loose), take_identifiers(loose)
    accession = _first(fields, "AN") if "pubmed" in _first(fields, "DB", "DP").lower() else ""
    return Reference(
        0,
        "",
        pmid=linked.pmid or noted.pmid or normal_pmid(accession),
        doi=normal_doi(_first(fields, "DO")) or noted.doi,
        pmcid=linked.pmcid,
        title=_first(fields, "TI", "T1", "CT").rstrip("."),
        year=_year(_first(fields, "PY", "Y1", "DA")),
        kind=_RIS_KINDS.get(_first(fields, "TY").upper(), "other"),
        edition=_first(fields, "ET"),
        place=_first(fields, "CY", "PP"),
        publisher=_first(fields, "PB"),
        abstract=_first(fields, "AB", "N2"),
        headings=_headings(fields.get("KW", [])),
    )


def _from_xml(root: Node, name: str) -> tuple[Reference, ...]:
    kinds = {"PubmedArticle": _from_article, "PubmedBookArticle": _from_book}
    nodes = [root] if root.name in kinds else list(root.walk(*kinds))
    if not nodes:
        problem = f"the file contains no PubmedArticle: its root element is <{root.name}>"
        raise ReadError(name, f"line {root.line}", problem, _REMEDY)
    return tuple(kinds[node.name](node) for node in nodes)


def _from_book(node: Node) -> Reference:
    """A book, or the chapter of one if it has a title of its own."""
    empty = Node("", {}, node.line, ())
    document = node.first("BookDocument") or empty
    book = document.first("Book") or empty
    ids = {one.get("IdType"): plain(one) for one in document.walk("ArticleId")}
    title, chapter = plain(book.first("BookTitle")), plain(document.first("ArticleTitle"))
    publisher = book.first("Publisher") or empty
    return Reference(
        0,
        "",
        pmid=normal_pmid(plain(document.first("PMID"))),
        doi=normal_doi(ids.get("doi", "")),
        title=(chapter or title).rstrip("."),
        journal=title if chapter else "",
        year=_year(plain(book.first("PubDate")))
        or _year(plain(document.first("ContributionDate"))),
        kind="chapter" if chapter else "book",
        edition=plain(book.first("Edition")),
        place=plain(publisher.first("PublisherLocation")),
        publisher=plain(publisher.first("PublisherName")),
        abstract=_abstract(document),
    )


def _abstract(node: Node) -> str:
    """The parts of an abstract with their labels; those of more than one word may have acronyms."""
    parts = node.first("Abstract")
    texts = (
        (one.get("Label"), plain(one)) for one in (parts.elements("AbstractText") if parts else ())
    )
    labels = ((name if " " in name else name.capitalize(), text) for name, text in texts)
    return " ".join(f"{label}: {text}" if label else text for label, text in labels)


def _from_article(node: Node) -> Reference:
    empty = Node("", {}, node.line, ())
    citation = node.first("MedlineCitation") or empty
    article = citation.first("Article") or empty
    issue = article.find("JournalIssue") or empty
    data = node.first("PubmedData") or empty
    ids = {
        one.get("IdType"): plain(one) for one in (data.first("ArticleIdList") or empty).elements()
    }
    location = next(
        (plain(one) for one in article.elements("ELocationID") if one.get("EIdType") == "doi"), ""
    )
    return Reference(
        0,
        "",
        pmid=normal_pmid(plain(citation.first("PMID"))),
        doi=normal_doi(ids.get("doi", "")) or normal_doi(location),
        pmcid=normal_pmcid(ids.get("pmc", "")),
        title=plain(article.first("ArticleTitle")).rstrip("."),
        year=_year(plain(issue.first("PubDate"))),
        kind=_pubmed_kind([plain(one) for one in article.walk("PublicationType")]),
        abstract=_abstract(article),
        headings=tuple(map(_mesh, citation.walk("MeshHeading"))),
    )


def _mesh(node: Node) -> str:
    return "/".join(plain(one) for one in node.elements("DescriptorName", "QualifierName"))


def _headings(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(squeeze(value.replace("*", "")) for value in values if value))


def _year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[0]) if match else None


def _pubmed_kind(types: list[str]) -> WorkKind:
    return next((_PUBMED_KINDS[name] for name in types if name in _PUBMED_KINDS), "other")
