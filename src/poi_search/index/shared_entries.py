"""What the reference lists of a library have in common: the same papers, the same journals.

The articles are compared before the first entry is written, as an entry bears what it shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from poi_search.article import Article
from poi_search.index.units import Unit, reference_url
from poi_search.references.journal_names import (
    Journal,
    PrintedJournal,
    find_journals,
    journal_key,
)
from poi_search.references.same_papers import ListedPaper, group_papers
from poi_search.results import UnitLink, UnitView

JOURNAL, JOURNAL_FORM, PAPER = "journal", "journal.form", "paper.first"
"""The keywords: the name by which a journal goes, its names in the form for comparison, and for a
paper that several entries list the id of the first of them."""

_MOST_LINKS = 50


@dataclass(frozen=True, slots=True)
class SharedEntries:
    """`journals` has the journal of each printed name; `papers` has the links to all entries of a
    paper, by the id of each."""

    journals: Mapping[str, Journal] = field(default_factory=dict)
    papers: Mapping[str, Sequence[UnitLink]] = field(default_factory=dict)

    def attach(self, unit: Unit) -> Unit:
        """The unit; a reference with links to the other entries of its paper."""
        view = unit.view
        if not view.reference or view.id not in self.papers:
            return unit
        others = [link for link in self.papers[view.id] if link.id != view.id][:_MOST_LINKS]
        reference = structs.replace(view.reference, same_as=tuple(others))
        return replace(unit, view=structs.replace(view, reference=reference))

    def keywords(self, view: UnitView) -> dict[str, Sequence[str]]:
        """What a unit is found by in a filter, if it is a reference."""
        if not view.reference:
            return {}
        printed = view.reference.journal
        journal = self.journals.get(printed) or Journal(printed, (journal_key(printed),))
        same = self.papers.get(view.id)
        return {
            JOURNAL: (journal.name,),
            JOURNAL_FORM: journal.forms,
            PAPER: (same[0].id,) if same else (),
        }


class EntryComparison:
    """Collects the entries of all reference lists."""

    def __init__(self) -> None:
        self._listed: list[ListedPaper] = []
        self._journals: dict[str, PrintedJournal] = {}
        self._links: dict[str, UnitLink] = {}

    def add(self, article: Article) -> None:
        for each in article.references:
            unit_id = f"{article.id}/ref-{each.number}"
            self._listed.append(ListedPaper.of(unit_id, article.id, each))
            if each.journal:
                self._journals[unit_id] = PrintedJournal(each.journal, each.year, each.volume)
            url, label = reference_url(article.id, each.number), f"{article.title} [{each.number}]"
            self._links[unit_id] = UnitLink(unit_id, url, label)

    def shared(self) -> SharedEntries:
        groups = group_papers(self._listed)
        printed = [
            [self._journals[unit_id].name for unit_id in group if unit_id in self._journals]
            for group in groups.by_identifier
        ]
        papers = {
            unit_id: links
            for group in groups.every
            for links in [[self._links[each] for each in group]]
            for unit_id in group
        }
        return SharedEntries(find_journals(self._journals.values(), printed), papers)
