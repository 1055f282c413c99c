"""Bibliographic records placed next to the articles: PubMed (.nbib, XML) and RIS.

Sources of the formats: the MEDLINE/PubMed field descriptions and the PubMed DTD of the
National Library of Medicine; the RIS tags of Research Information Systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from poi_search.article import NoticeKind, PublicationNotice, ReadError, Reference, WorkKind
from poi_search.readers.markup import check_filled, parse_xml, squeeze
from poi_search.readers.pubmed_xml import from_xml, pubmed_kind, year_in
from poi_search.references.identifiers import (
    find_doi,
    identifiers_of_address,
    normal_doi,
    normal_pmcid,
    normal_pmid,
    take_identifiers,
)
from poi_search.references.publication_notices import (
    RETRACTED,
    bare_title,
    cited_notice,
    noticed_work,
    stated_notice,
    with_retraction,
)

_NBIB_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")
_RIS_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])[ \t]{1,3}- ?(?P<value>.*)")
# The first tag of a record: 'TY  - JOUR', with one space in some exports, or 'PMID- 123'.
_BEGIN = re.compile(r"\s*(?:(?=TY[ \t]{1,3}- ?[A-Z])|(?=PMID {0,2}- ?\d))(TY|PMID)")
_RIS_KINDS: Mapping[str, WorkKind] = {
    "JOUR": "article", "EJOUR": "article", "CHAP": "chapter", "ECHAP": "chapter", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "THES": "thesis", "CONF": "conference",
    "CPAPER": "conference", "COMP": "software", "DATA": "data", "DBASE": "data", "ELEC": "web",
    "BLOG": "web",
}  # fmt: skip
# Where a record cites a notice on its paper, and where a notice cites the paper it is on.
_NOTICES: Mapping[str, NoticeKind] = {
    "RIN": "retraction", "RRI": "retraction", "PRIN": "partial retraction", "EIN": "correction",
    "CRI": "correction", "ECI": "concern",
}  # fmt: skip
_NOTICES_OF: Mapping[str, NoticeKind] = {
    "ROF": "retraction", "RRF": "retraction", "PROF": "partial retraction", "EFR": "correction",
    "CRF": "correction", "ECF": "concern",
}  # fmt: skip
_REMEDY = "Export the records again, as PubMed (.nbib), PubMed XML or RIS"

Fields = dict[str, list[str]]


def read_records(source: bytes, name: str) -> tuple[Reference, ...]:
    """The records in `source`, the content of the file `name`.

    Raises ReadError for a file in another format, in another encoding than UTF-8, or with broken
    XML.
    """
    check_filled(source, name)
    if re.match(rb"<[?!A-Za-z]", source.lstrip(b"\xef\xbb\xbf \r\n\t")):
        return _from_xml(source, name)
    lines = _decode(source, name).splitlines()
    # What tools print before and between records (numbers, the search, links) is passed over.
    begin = next((found[1] for line in lines if (found := _BEGIN.match(line))), "")
    if begin == "TY":
        return tuple(_from_ris(fields) for fields in _blocks(lines, _RIS_LINE, "TY"))
    if begin == "PMID":
        blocks = _blocks(lines, _NBIB_LINE, "PMID")
        return tuple(record for fields in blocks for record in _from_nbib(fields))
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


def _from_xml(source: bytes, name: str) -> tuple[Reference, ...]:
    root = parse_xml(source, name)
    records = from_xml(root)
    if not records:
        problem = f"the file contains no PubmedArticle: its root element is <{root.name}>"
        raise ReadError(name, f"line {root.line}", problem, _REMEDY)
    return records


def _from_nbib(fields: Fields) -> Iterator[Reference]:
    """The record, and one for each work that it is a notice on."""
    ids = [one for tag in ("LID", "AID") for one in fields.get(tag, [])]
    doi = next((one for one in ids if one.endswith("[doi]")), "")
    types = fields.get("PT", [])
    record = Reference(
        0,
        "",
        pmid=normal_pmid(_first(fields, "PMID")),
        doi=find_doi(doi.removesuffix("[doi]").strip()),
        pmcid=normal_pmcid(_first(fields, "PMC")),
        title=bare_title(_first(fields, "TI", "BTI").rstrip(".")),
        year=year_in(_first(fields, "DP", "DEP")),
        pages=_first(fields, "PG"),
        kind=pubmed_kind(types),
        edition=_first(fields, "EN"),
        place=_first(fields, "PL") if "BTI" in fields else "",
        publisher=_first(fields, "PB"),
        abstract=_first(fields, "AB"),
        headings=_headings(fields.get("MH", [])),
        notices=with_retraction(_notices(fields, _NOTICES), RETRACTED in types),
    )
    yield record
    for other in _notices(fields, _NOTICES_OF):
        yield noticed_work(record, _first(fields, "DP", "DEP"), other)


def _notices(fields: Fields, kinds: Mapping[str, NoticeKind]) -> list[PublicationNotice]:
    return [
        cited_notice(kind, citation)
        for tag, kind in kinds.items()
        for citation in fields.get(tag, ())
    ]


def _from_ris(fields: Fields) -> Reference:
    tags = ("UR", "N1", "AN", "C2", "L2", "M1", "ID")
    texts = [squeeze(one) for tag in tags for one in fields.get(tag, [])]
    notices = [notice for text in texts if (notice := stated_notice(text))]
    # The identifiers of a notice are not those of the paper.
    loose = " ".join(text for text in texts if not stated_notice(text))
    linked, (noted, _) = identifiers_of_address(loose), take_identifiers(loose)
    title = _first(fields, "TI", "T1", "CT").rstrip(".")
    retracted = bare_title(title) != title or RETRACTED in _first(fields, "M3")
    accession = _first(fields, "AN") if "pubmed" in _first(fields, "DB", "DP").lower() else ""
    return Reference(
        0,
        "",
        pmid=linked.pmid or noted.pmid or normal_pmid(accession),
        doi=normal_doi(_first(fields, "DO")) or noted.doi,
        pmcid=linked.pmcid,
        title=bare_title(title),
        year=year_in(_first(fields, "PY", "Y1", "DA")),
        pages="-".join(filter(None, (_first(fields, "SP"), _first(fields, "EP")))),
        kind=_RIS_KINDS.get(_first(fields, "TY").upper(), "other"),
        edition=_first(fields, "ET"),
        place=_first(fields, "CY", "PP"),
        publisher=_first(fields, "PB"),
        abstract=_first(fields, "AB", "N2"),
        headings=_headings(fields.get("KW", [])),
        notices=with_retraction(notices, retracted),
    )


def _headings(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(squeeze(value.replace("*", "")) for value in values if value))
