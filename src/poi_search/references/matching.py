"""Records of papers, and the references they belong to: by PMID, by DOI, else title and year."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from poi_search.article import Finding, Reference
from poi_search.references.completion import complete
from poi_search.references.identifiers import doi_key

# Years of the same paper differ by one when it appeared online first.
_YEAR_SLACK = 1
# Shorter titles ('Editorial', 'Reply') are no proof.
_MIN_TITLE = 10


def attach(
    references: tuple[Reference, ...], records: tuple[Reference, ...]
) -> tuple[tuple[Reference, ...], tuple[Finding, ...]]:
    """The references with what the records know of them, and findings about the records.

    What is printed stays, and of several records the first counts.
    A finding, its `place` the record's name, tells of a record that belongs to no reference
    (a notice), or that could belong to several or contradicts one (a warning).
    """
    index = _Known(references)
    filled = {reference.number: reference for reference in references}
    findings: list[Finding] = []
    for record in dict.fromkeys(records):
        numbers, problem = index.find(record)
        for number in numbers:
            filled[number] = complete(filled[number], record)
        if problem:
            findings.append(Finding("warning", _name(record), problem))
        elif not numbers:
            message = f"the record “{record.title}” belongs to no reference"
            findings.append(Finding("notice", _name(record), message))
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


class _Known:
    def __init__(self, references: Iterable[Reference]) -> None:
        self._pmids: dict[str, list[Reference]] = {}
        self._dois: dict[str, list[Reference]] = {}
        self._titles: dict[str, list[Reference]] = {}
        for one in references:
            if one.pmid:
                self._pmids.setdefault(one.pmid, []).append(one)
            if one.doi:
                self._dois.setdefault(doi_key(one.doi), []).append(one)
            if one.title:
                self._titles.setdefault(normal_title(one.title), []).append(one)

    def find(self, record: Reference) -> tuple[list[int], str]:
        """The numbers of the references of a record, and what is wrong with the match."""
        # The same PMID or DOI twice in a list is the same paper cited twice.
        if record.pmid in self._pmids:
            return [one.number for one in self._pmids[record.pmid]], ""
        found = self._dois.get(doi_key(record.doi), []) if record.doi else []
        if found:
            other = next((one for one in found if _differ(one.pmid, record.pmid)), None)
            if other is None:
                return [one.number for one in found], ""
            problem = (
                f"its DOI is that of reference {other.number}, which has the PMID {other.pmid}"
            )
            return [], f"{problem}; nothing was taken over"
        return self._by_title(record)

    def _by_title(self, record: Reference) -> tuple[list[int], str]:
        title = normal_title(record.title)
        if len(title) < _MIN_TITLE:
            return [], ""
        found = [one for one in self._titles.get(title, []) if _may_be(one, record)]
        if len(found) > 1:
            numbers = ", ".join(str(one.number) for one in found)
            problem = f"title and year are those of the references {numbers}"
            return [], f"{problem}; give them their PMID or DOI to tell them apart"
        return [one.number for one in found], ""


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _may_be(reference: Reference, record: Reference) -> bool:
    if _differ(reference.pmid, record.pmid) or _differ(doi_key(reference.doi), doi_key(record.doi)):
        return False
    if reference.year is None or record.year is None:
        return True
    return abs(reference.year - record.year) <= _YEAR_SLACK


def _name(record: Reference) -> str:
    """How messages call a record."""
    return f"PMID {record.pmid}" if record.pmid else record.doi or f"“{record.title[:60]}”"
