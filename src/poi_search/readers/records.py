"""Bibliographic records dropped beside the articles: PubMed (.nbib, XML) and RIS.

Sources of the formats: the MEDLINE/PubMed field descriptions and the PubMed DTD of the
National Library of Medicine; the RIS tags of Research Information Systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from poi_search.article import ReadError
from poi_search.readers.markup import Node, check_size, parse_xml, plain, squeeze
from poi_search.references.entries import find_doi
from poi_search.references.matching import Record, attach

_NBIB_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")
_RIS_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?- ?(?P<value>.*)")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_REMEDY = "Export the records again, as PubMed (.nbib), PubMed XML or RIS"

__all__ = ["Record", "attach", "is_records", "read_records"]

Fields = dict[str, list[str]]


def is_records(source: bytes) -> bool:
    """Whether a file (an .xml, say) holds records rather than an article."""
    head = source[:4000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith((b"PMID-", b"TY  -")) or b"<PubmedArticle" in head


def read_records(source: bytes, name: str) -> tuple[Record, ...]:
    """The records in `source`, the content of the file `name`.

    Raises ReadError for a file in none of the formats, broken XML, or records that end
    before they begin.
    """
    check_size(source, name)
    if source.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _from_xml(parse_xml(source, name), name)
    lines = _decoded(source, name).splitlines()
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("TY  -"):
        return tuple(_from_ris(fields) for fields in _blocks(lines, _RIS_LINE, "TY"))
    if first.startswith("PMID") and _NBIB_LINE.match(first):
        return tuple(_from_nbib(fields) for fields in _blocks(lines, _NBIB_LINE, "PMID"))
    place = f"line {lines.index(first) + 1}" if first else ""
    raise ReadError(name, place, f"this is not a record: it begins with {first[:40]!r}", _REMEDY)


def _decoded(source: bytes, name: str) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise ReadError(
            name, f"line {line}", "the text is not UTF-8", "Save the file as UTF-8"
        ) from None


def _blocks(lines: list[str], pattern: re.Pattern[str], begin: str) -> Iterator[Fields]:
    """The tagged lines of each record; lines without a tag go on the one before."""
    fields: Fields = {}
    last: list[str] = []
    for line in lines:
        match = pattern.match(line)
        if match is None:
            if last and line.strip():
                last[-1] += " " + line.strip()
            continue
        if match["tag"] == begin and fields:
            yield fields
            fields = {}
        last = fields.setdefault(match["tag"], [])
        last.append(match["value"].strip())
    if fields:
        yield fields


def _first(fields: Fields, *tags: str) -> str:
    return next((squeeze(fields[tag][0]) for tag in tags if fields.get(tag)), "")


def _from_nbib(fields: Fields) -> Record:
    ids = [one for tag in ("LID", "AID") for one in fields.get(tag, [])]
    doi = next((one for one in ids if one.endswith("[doi]")), "")
    return Record(
        pmid=re.sub(r"\D", "", _first(fields, "PMID")),
        doi=find_doi(doi.removesuffix("[doi]").strip()),
        pmcid=_pmcid(_first(fields, "PMC")),
        title=_first(fields, "TI", "BTI").rstrip("."),
        authors=tuple(fields.get("AU", [])),
        journal=_first(fields, "TA", "JT"),
        year=_year(_first(fields, "DP", "DEP")),
        volume=_first(fields, "VI"),
        pages=_first(fields, "PG"),
        abstract=_first(fields, "AB"),
        headings=_headings(fields.get("MH", [])),
    )


def _from_ris(fields: Fields) -> Record:
    tags = ("UR", "N1", "AN", "C2", "L2", "M1", "ID")
    loose = " ".join(one for tag in tags for one in fields.get(tag, []))
    pmid = re.search(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|PMID:?\s*)(\d{1,8})\b", loose)
    accession = _first(fields, "AN") if "pubmed" in _first(fields, "DB", "DP").lower() else ""
    digits = accession if accession.isdigit() else ""
    first, last = _first(fields, "SP"), _first(fields, "EP")
    return Record(
        pmid=pmid[1] if pmid else digits,
        doi=find_doi(_first(fields, "DO")) or find_doi(loose),
        pmcid=_pmcid(loose),
        title=_first(fields, "TI", "T1", "CT").rstrip("."),
        authors=tuple(map(_ris_author, fields.get("AU", []) or fields.get("A1", []))),
        journal=_first(fields, "JO", "J2", "JA", "JF", "T2"),
        year=_year(_first(fields, "PY", "Y1", "DA")),
        volume=_first(fields, "VL"),
        pages=f"{first}–{last}" if last and last != first else first,
        abstract=_first(fields, "AB", "N2"),
        headings=_headings(fields.get("KW", [])),
    )


def _ris_author(name: str) -> str:
    """'Li X' of 'Li, Xu'."""
    family, _, given = name.partition(",")
    letters = "".join(part[0].upper() for part in re.split(r"[\s.-]+", given) if part)
    return f"{family.strip()} {letters}".strip()


def _from_xml(root: Node, name: str) -> tuple[Record, ...]:
    nodes = [root] if root.name == "PubmedArticle" else list(root.walk("PubmedArticle"))
    if not nodes:
        problem = f"the file contains no PubmedArticle: its root element is <{root.name}>"
        raise ReadError(name, f"line {root.line}", problem, _REMEDY)
    return tuple(_from_article(node) for node in nodes)


def _from_article(node: Node) -> Record:
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
    parts = [
        f"{label.capitalize()}: {plain(one)}" if (label := one.get("Label")) else plain(one)
        for one in (article.first("Abstract") or empty).elements("AbstractText")
    ]
    journal = article.first("Journal") or empty
    return Record(
        pmid=plain(citation.first("PMID")),
        doi=ids.get("doi", "") or location,
        pmcid=_pmcid(ids.get("pmc", "")),
        title=plain(article.first("ArticleTitle")).rstrip("."),
        authors=tuple(filter(None, map(_xml_author, article.walk("Author")))),
        journal=plain(journal.first("ISOAbbreviation") or journal.first("Title")),
        year=_year(plain(issue.first("PubDate"))),
        volume=plain(issue.first("Volume")),
        pages=plain(article.find("MedlinePgn")),
        abstract=" ".join(parts),
        headings=tuple(map(_mesh, citation.walk("MeshHeading"))),
    )


def _xml_author(node: Node) -> str:
    family = plain(node.first("LastName"))
    return f"{family} {plain(node.first('Initials'))}".strip() or plain(
        node.first("CollectiveName")
    )


def _mesh(node: Node) -> str:
    return "/".join(plain(one) for one in node.elements("DescriptorName", "QualifierName"))


def _headings(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(squeeze(value.replace("*", "")) for value in values if value))


def _year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[0]) if match else None


def _pmcid(text: str) -> str:
    match = re.search(r"PMC\d+", text)
    return match[0] if match else ""
