"""Matching bibliographic records to references: by PMID, by DOI, else by title and year or page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec.structs import replace

from poi_search.article import Finding, Reference
from poi_search.references.completion import complete
from poi_search.references.identifiers import doi_key
from poi_search.references.page_ranges import first_page
from poi_search.references.publication_notices import bare_title, with_retraction
from poi_search.text.analysis import GREEK

# The years of a paper may differ by one if it appeared online first.
_YEAR_SLACK = 1
# Shorter titles ('Editorial', 'Reply') do not identify a paper.
MIN_TITLE = 10


def attach(
    references: tuple[Reference, ...], records: tuple[Reference, ...]
) -> tuple[tuple[Reference, ...], tuple[Finding, ...]]:
    """The references, completed from the records, and findings about the records.

    Printed values are kept, and the first of several records for a reference takes precedence.
    A finding is reported for a record that matches no reference (a notice), and for one that
    matches several or contradicts one (a warning); its `place` is the name of the record.
    """
    index = _ReferenceIndex(references)
    filled = {reference.number: _with_printed_notice(reference) for reference in references}
    findings: list[Finding] = []
    for record in dict.fromkeys(records):
        numbers, problem = index.find(record)
        for number in numbers:
            filled[number] = complete(filled[number], record)
        if problem:
            findings.append(Finding("warning", _name(record), problem))
        elif not numbers:
            message = f"the record “{record.title or record.text}” does not match any reference"
            findings.append(Finding("notice", _name(record), message))
    return tuple(filled[reference.number] for reference in references), tuple(findings)


def _with_printed_notice(reference: Reference) -> Reference:
    """The reference, retracted if its title says so: a list may be younger than the retraction."""
    if bare_title(reference.title) == reference.title:
        return reference
    return replace(reference, notices=with_retraction(reference.notices, retracted=True))


def normal_title(title: str) -> str:
    """The form of a title for comparison: letters and digits only, no case, accents or Greek."""
    bare = "".join(
        char
        for char in unicodedata.normalize("NFKD", title.casefold())
        if char.isalnum() and not unicodedata.combining(char)
    )
    return "".join(_GREEK.get(char, char) for char in bare)


_GREEK = {letter: GREEK[letter] for letter in "αβγδκ"}


class _ReferenceIndex:
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
                self._titles.setdefault(normal_title(bare_title(one.title)), []).append(one)

    def find(self, record: Reference) -> tuple[list[int], str]:
        """The numbers of the references that a record matches, and what is wrong with the match."""
        # The same PMID or DOI twice in a list is the same paper cited twice.
        if record.pmid in self._pmids:
            return [one.number for one in self._pmids[record.pmid]], ""
        found = self._dois.get(doi_key(record.doi), []) if record.doi else []
        if found:
            other = next((one for one in found if _differ(one.pmid, record.pmid)), None)
            if other is None:
                return [one.number for one in found], ""
            problem = f"its DOI is that of reference {other.number}, which has PMID {other.pmid}"
            return [], f"{problem}; the record was not used"
        return self._find_by_title(record)

    def _find_by_title(self, record: Reference) -> tuple[list[int], str]:
        title = normal_title(bare_title(record.title))
        if len(title) < MIN_TITLE:
            return [], ""
        found = [one for one in self._titles.get(title, []) if _is_compatible(one, record)]
        if len(found) > 1:
            numbers = ", ".join(str(one.number) for one in found)
            problem = f"its title and its year or page match references {numbers}"
            return [], f"{problem}; add their PMIDs or DOIs to tell them apart"
        return [one.number for one in found], ""


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _is_compatible(reference: Reference, record: Reference) -> bool:
    if _differ(reference.pmid, record.pmid) or _differ(doi_key(reference.doi), doi_key(record.doi)):
        return False
    if reference.year and record.year and abs(reference.year - record.year) <= _YEAR_SLACK:
        return True
    return first_page(reference.pages) == first_page(record.pages) != ""


def _name(record: Reference) -> str:
    """The name of a record in messages."""
    title = record.title or record.text
    return f"PMID {record.pmid}" if record.pmid else record.doi or f"“{title[:60]}”"
