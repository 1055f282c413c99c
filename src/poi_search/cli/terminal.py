"""The output of the command line: results, units, findings, counts and a progress bar.

Lines break only between words: ids and addresses stay whole, however narrow the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.text import Text

from poi_search.article import Finding
from poi_search.cli.repeat_lines import also_in_line, repeats_line
from poi_search.cli.unit_lines import print_body
from poi_search.cli.unit_places import headings_above, pdf_page
from poi_search.cli.wrapping import say
from poi_search.index.build import Outcome
from poi_search.index.build import Progress as Tell
from poi_search.index.coverage import describe_coverage
from poi_search.index.units import table_anchor
from poi_search.library import Library
from poi_search.references.identifiers import doi_url
from poi_search.references.publication_notices import notice_line
from poi_search.results import CitationLink, HitView, Results, UnitView
from poi_search.search.filters import left_out
from poi_search.search.reason_texts import FindConcept, in_words
from poi_search.search.reasons import guesses
from poi_search.search.unit_notes import (
    notes_on_hit,
    retracted,
    retraction_lines,
    retraction_lines_on_hit,
)
from poi_search.thesaurus import GENERAL

_STYLES = {"typed": "bold", "synonym": "underline"}
_SEVERITIES = {"error": "bold red", "warning": "yellow", "notice": ""}
ENDLESS = 1_000_000
_UNDER_RANK = 5


def console() -> Console:
    """A console for the current standard output."""
    return Console(highlight=False)


@contextmanager
def progress(quiet: bool) -> Iterator[Tell | None]:
    """A progress bar on a terminal (current file, rate, time left); None if output is piped."""
    to = Console(stderr=True)
    if quiet or not to.is_terminal:
        yield None
        return
    columns = (
        TextColumn("Indexing {task.description}"),
        BarColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=to, transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(file: str, done: int, total: int) -> None:
            bar.update(task, description=file, completed=done, total=total)

        yield report


def build_report(outcome: Outcome) -> str:
    counts = outcome.generation.manifest["counts"]
    told = "Built" if outcome.built else "Up to date:"
    articles = len(outcome.generation.manifest["articles"])
    return f"{told} {outcome.generation.name}: {plural(articles, 'article')}, {_kinds(counts)}."


def print_results(results: Results, find: FindConcept = lambda _: None) -> None:
    """The results, with the reasons for each hit; `find` looks up a concept that they name."""
    to = console()
    for correction in results.query.corrections:
        say(to, f"Nothing contains {correction.from_!r}; searched for {correction.to!r} instead.")
    for notice in results.query.notices:
        say(to, notice)
    if results.query.absent:
        named = " or ".join(repr(part.text) for part in results.query.absent)
        say(to, f"Nothing here mentions {named}.")
    for excluded in results.query.excluded:
        say(to, left_out(excluded))
    for concept in results.query.concepts:
        source = concept.id if concept.source in ("thesaurus", GENERAL) else concept.source
        say(to, f"{concept.matched} → {concept.label} ({source})", style="dim")
    if not results.total:
        _print_nothing(to, results)
        return
    shown = len(results.results)
    say(to, f"{results.total} found" + (f", {shown} shown" if shown < results.total else ""))
    if results.repeats:
        say(to, repeats_line(results), style="dim")
    fragments = False
    for rank, hit in enumerate(results.results, 1):
        to.print()
        if hit.fragment and not fragments:
            fragments = True
            say(to, "What follows mentions only a part of a name that was asked for.")
            to.print()
        _print_hit(to, rank, hit, find)
    if results.withheld:
        to.print()
        _print_withheld(to, results.withheld)


def _print_withheld(to: Console, count: int) -> None:
    say(to, f"Only a part of a name: {plural(count, 'result')}; list them with --fragments.")


def _print_nothing(to: Console, results: Results) -> None:
    say(to, "Nothing found.")
    if results.query.without_filters:
        count = plural(results.query.without_filters, "result")
        say(to, f"Without the filters: {count}.", 2)
    else:
        for part in results.query.parts:
            say(to, f"{part.text} alone: {part.count}", 2)
    if results.withheld:
        _print_withheld(to, results.withheld)


def print_units(views: Sequence[UnitView], library: Library) -> None:
    """Print units in full; headings that consecutive units share are printed once."""
    to, above = console(), ("", "")
    for position, view in enumerate(views):
        if position:
            to.print()
        say(to, " · ".join(filter(None, (view.id, pdf_page(view)))), style="dim")
        say(to, view.title, style="bold")
        under = (
            headings_above(view),
            f"{view.table.label}. {view.table.caption}" if view.table else "",
        )
        for text, before in zip(under, above, strict=True):
            if text != before:
                say(to, text, style="dim")
        above = under
        print_body(to, view)
        for note in view.notes:
            say(to, f"Note: {note.text}", style="italic")
        for line in retraction_lines(view.citations):
            say(to, line, style="italic")
        for citation in view.citations:
            cited = library.unit(citation.id)
            printed = cited.text.split("\n")[0] if cited else citation.label
            printed = f"[{citation.number}] {printed}{_status(citation)} {citation.id}"
            say(to, printed, 4, hang=-2)


def resolve(library: Library, unit_id: str) -> list[UnitView]:
    """The unit with this id, the rows of a table, or the units of a section and its subsections."""
    view = library.unit(unit_id)
    if view:
        return [view]
    article, _, anchor = unit_id.partition("/")
    detail = library.detail(article)
    if not detail:
        return []
    inside: list[str] = []
    level = 0
    for section in detail.sections:
        if level and section.level <= level:
            break
        if level or section.anchor == anchor:
            level = level or section.level
            inside += section.anchors
    if anchor and not inside:
        inside = [one for one in detail.anchors if table_anchor(one) == anchor]
    return [view for view in (library.unit(f"{article}/{one}") for one in inside) if view]


def print_findings(findings: Sequence[Finding]) -> None:
    to = console()
    if not to.is_terminal:
        to.width = ENDLESS  # for programs, each finding is on one line
    for finding in findings:
        line = Text(f"{finding.severity}: ", style=_SEVERITIES[finding.severity])
        line.append(f"{finding.place}: {finding.message}", style="not bold default")
        say(to, line, 2, hang=-2)
    counts = Counter(finding.severity for finding in findings)
    say(to, ", ".join(plural(counts[name], name) for name in ("error", "warning", "notice")))


def print_stats(library: Library) -> None:
    to = console()
    older = "older than the corpus or the thesaurus"
    state = "by another version" if library.is_of_another_version() else older
    state = f"{state}: run poi-search index" if library.stale() else "up to date"
    say(to, str(library.home), style="bold")
    say(to, f"index {library.generation}, built {library.built}, {state}")
    articles = library.articles()
    for view in articles:
        to.print()
        say(to, view.id, style="bold")
        say(to, view.title, 2)
        source = " ".join(str(part) for part in (view.journal, view.year) if part)
        printed = (", ".join(view.authors), source, doi_url(view.doi))
        known = describe_coverage(view.coverage) if view.coverage else ""
        for part in filter(None, (*printed, _kinds(view.counts), known)):
            say(to, part, 2)
    if len(articles) > 1:
        total: Counter[str] = Counter()
        for view in articles:
            total.update(view.counts)
        to.print()
        say(to, f"{plural(len(articles), 'article')}, {_kinds(total)}")


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _print_hit(to: Console, rank: int, hit: HitView, find: FindConcept) -> None:
    title = Text.assemble(f"{rank:>3}  ", (hit.title, "bold"))
    say(to, title, _UNDER_RANK, hang=-_UNDER_RANK)
    group = hit.table.group if hit.table else ""
    where = filter(None, (hit.id, pdf_page(hit), headings_above(hit), group))
    say(to, " · ".join(where), _UNDER_RANK, style="dim")
    body = Text(hit.snippet.text)
    for (start, end), kind in zip(hit.snippet.marks, hit.snippet.kinds, strict=True):
        body.stylize(_STYLES[kind], start, end)
    say(to, body, _UNDER_RANK)
    why = [in_words(reason, find) for reason in hit.why if reason.how != "filter"]
    if why:
        say(to, f"why: {'; '.join(why)}", _UNDER_RANK, style="dim")
    for guess in guesses(hit.why):
        say(to, f"{guess}.", _UNDER_RANK, style="dim")
    notes = notes_on_hit(hit)
    for note in notes:
        say(to, f"Note: {note.text}", _UNDER_RANK, style="italic")
    if left := len(hit.notes) - len(notes):
        more = f"{left} {'more ' if notes else ''}editorial {'note' if left == 1 else 'notes'}"
        say(to, f"{more}: poi-search show {hit.id}", _UNDER_RANK, style="dim")
    for notice in hit.reference.notices if hit.reference else ():
        say(to, f"{notice_line(notice)}.", _UNDER_RANK, style="italic")
    for line in retraction_lines_on_hit(hit):
        say(to, line, _UNDER_RANK, style="italic")
    if hit.citations:
        cited = "; ".join(f"[{c.number}] {c.label}{_status(c)}" for c in hit.citations)
        say(to, f"cites {cited}", _UNDER_RANK, style="dim")
    if also_in := also_in_line(hit):
        say(to, also_in, _UNDER_RANK, style="dim")


def _status(link: CitationLink) -> str:
    return f" ({retracted(link.retracted)})" if link.retracted else ""


def _kinds(counts: dict[str, int]) -> str:
    names = {
        "section": "passage",
        "table": "table row",
        "figure": "figure",
        "reference": "reference",
    }
    total = sum(counts.values())
    parts = [plural(counts[kind], name) for kind, name in names.items() if counts.get(kind)]
    return f"{plural(total, 'unit')} ({', '.join(parts)})"
