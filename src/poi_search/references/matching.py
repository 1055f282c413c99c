"""Records of papers, and the references they belong to: by PMID, by DOI, else title and year."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from poi_search.article import Finding, Reference

# Years of the same paper differ by one when it appeared online first.
_YEAR_SLACK = 1
# Shorter titles ('Editorial', 'Reply') are no proof.
_MIN_TITLE = 10


@dataclass(frozen=True, slots=True)
class Record:
    """What a database knows of one paper; what it does not say is empty.

    `headings` are MeSH headings as 'Ovary/metabolism', or the keywords of a RIS record.
    """

    pmid: str = ""
    doi: str = ""
    pmcid: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: int | None = None
    volume: str = ""
    pages: str = ""
    abstract: str = ""
    headings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"PMID {self.pmid}" if self.pmid else self.doi or f"“{self.title[:60]}”"


def attach(
    references: tuple[Reference, ...], records: tuple[Record, ...]
) -> tuple[tuple[Reference, ...], tuple[Finding, ...]]:
    """The references with what the records know of them, and findings about the records.

    A finding, its `place` the record's name, tells of a record that does not match any reference
    (a notice), or that could belong to several or contradicts one (a warning).
    """
    index = _Index(references)
    filled = {reference.number: reference for reference in references}
    findings: list[Finding] = []
    for record in dict.fromkeys(records):
        numbers, problem = index.find(record)
        for number in numbers:
            filled[number] = _filled(filled[number], record)
        if problem:
            findings.append(Finding("warning", record.name, problem))
        elif not numbers:
            message = f"the record “{record.title}” does not match any reference"
            findings.append(Finding("notice", record.name, message))
    return tuple(filled[reference.number] for reference in references), tuple(findings)


def normal_title(title: str) -> str:
    """A title for comparison: letters and digits alone, without case, accents and Greek forms."""
    bare = "".join(
        char
        for char in unicodedata.normalize("NFKD", title.casefold())
        if char.isalnum() and not unicodedata.combining(char)
    )
    return "".join(_GREEK.get(char, char) for char in bare)


_GREEK = dict(zip("αβγδκ", ("alpha", "beta", "gamma", "delta", "kappa"), strict=True))


class _Index:
    def __init__(self, references: Iterable[Reference]) -> None:
        self._pmids: dict[str, list[Reference]] = {}
        self._dois: dict[str, list[Reference]] = {}
        self._titles: dict[str, list[Reference]] = {}
        for one in references:
            if one.pmid:
                self._pmids.setdefault(one.pmid, []).append(one)
            if one.doi:
                self._dois.setdefault(one.doi.casefold(), []).append(one)
            if one.title:
                self._titles.setdefault(normal_title(one.title), []).append(one)

    def find(self, record: Record) -> tuple[list[int], str]:
        """The numbers of the references of a record, and what is wrong with the match."""
        # The same PMID or DOI twice in a list is the same paper cited twice.
        if record.pmid in self._pmids:
            return [one.number for one in self._pmids[record.pmid]], ""
        found = self._dois.get(record.doi.casefold(), []) if record.doi else []
        if found:
            other = next((one for one in found if _differ(one.pmid, record.pmid)), None)
            if other is None:
                return [one.number for one in found], ""
            problem = (
                f"its DOI is that of reference {other.number}, which has the PMID {other.pmid}"
            )
            return [], f"{problem}; nothing was taken from it"
        return self._by_title(record)

    def _by_title(self, record: Record) -> tuple[list[int], str]:
        title = normal_title(record.title)
        if len(title) < _MIN_TITLE:
            return [], ""
        found = [one for one in self._titles.get(title, []) if _may_be(one, record)]
        if len(found) > 1:
            numbers = ", ".join(str(one.number) for one in found)
            problem = f"its title and year are those of references {numbers}"
            return [], f"{problem}; add their PMIDs or DOIs to tell them apart"
        return [one.number for one in found], ""


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one.casefold() != other.casefold()


def _may_be(reference: Reference, record: Record) -> bool:
    if _differ(reference.pmid, record.pmid) or _differ(reference.doi, record.doi):
        return False
    if reference.year is None or record.year is None:
        return True
    return abs(reference.year - record.year) <= _YEAR_SLACK


def _filled(reference: Reference, record: Record) -> Reference:
    """What is printed stays; the abstract and the headings of the first record stay."""
    return replace(
        reference,
        doi=reference.doi or record.doi,
        pmid=reference.pmid or record.pmid,
        pmcid=reference.pmcid or record.pmcid,
        abstract=reference.abstract or record.abstract,
        headings=reference.headings or record.headings,
    )
