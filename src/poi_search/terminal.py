"""What the command line prints: results, units, findings, counts; and its progress bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from poi_search.article import Finding
from poi_search.building import Outcome
from poi_search.building import Progress as Tell
from poi_search.evaluation import Report
from poi_search.library import Library
from poi_search.results import HitView, Results, UnitView
from poi_search.units import table_anchor

_STYLES = {"typed": "bold", "synonym": "underline"}
_SEVERITIES = {"error": "bold red", "warning": "yellow", "notice": ""}


def console() -> Console:
    """Made when something is printed, so that it prints to where output goes now."""
    return Console(highlight=False, soft_wrap=False)


@contextmanager
def progress(quiet: bool) -> Iterator[Tell | None]:
    """A bar on a terminal (file at hand, rate, time left); nothing where output is piped."""
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


def built(outcome: Outcome) -> str:
    counts = outcome.generation.manifest["counts"]
    told = "Built" if outcome.built else "Up to date:"
    articles = len(outcome.generation.manifest["articles"])
    return f"{told} {outcome.generation.name}: {_plural(articles, 'article')}, {_kinds(counts)}."


def print_results(results: Results) -> None:
    to = console()
    for correction in results.query.corrections:
        to.print(
            Text(f"Nothing contains {correction.from_!r}. Searched {correction.to!r} instead.")
        )
    for notice in results.query.notices:
        to.print(Text(notice))
    for concept in results.query.concepts:
        source = concept.id if concept.source == "thesaurus" else concept.source
        to.print(Text(f"{concept.matched} → {concept.label} ({source})", style="dim"))
    if not results.total:
        to.print(Text("Nothing found."))
        for part in results.query.parts:
            to.print(Text(f"  {part.text} alone: {part.count}"))
        return
    shown = len(results.results)
    to.print(
        Text(
            f"{results.total} found, {shown} shown\n"
            if shown < results.total
            else f"{results.total} found\n"
        )
    )
    for rank, hit in enumerate(results.results, 1):
        _print_hit(to, rank, hit)


def print_units(views: Sequence[UnitView]) -> None:
    to = console()
    for view in views:
        to.print(Text(f"{view.id}  {view.title}", style="bold"))
        if view.section and view.section.path:
            to.print(Text(" › ".join(view.section.path), style="dim"))
        if view.table:
            to.print(Text(view.table.caption, style="dim"))
            for position, cell in enumerate(view.table.cells):
                head = view.table.header[position] if position < len(view.table.header) else ""
                to.print(Text(f"  {head}: {cell}" if head else f"  {cell}"))
        else:
            to.print(Text(view.text))
        for note in view.notes:
            to.print(Text(f"Note: {note.text}", style="italic"))
        for citation in view.citations:
            to.print(Text(f"  [{citation.number}] {citation.label}  {citation.id}"))
        if view.reference:
            for name in ("pubmed", "doi", "scholar"):
                address = getattr(view.reference.links, name)
                if address:
                    to.print(
                        Text(f"  {name}: {address}", no_wrap=True, overflow="ignore"),
                        soft_wrap=True,
                    )
            for link in view.reference.cited_by:
                to.print(Text(f"  cited in {link.label}  {link.id}"))
        to.print()


def resolve(library: Library, unit_id: str) -> list[UnitView]:
    """The unit of this id; for a table's id all of its rows, for a section's its passages."""
    view = library.unit(unit_id)
    if view:
        return [view]
    article, _, anchor = unit_id.partition("/")
    detail = library.detail(article)
    if not detail:
        return []
    for section in detail.sections:
        if section.anchor == anchor:
            found = [library.unit(f"{article}/{inside}") for inside in section.anchors]
            return [view for view in found if view]
    rows = [a for a in detail.anchors if table_anchor(a) == anchor]
    return [view for view in (library.unit(f"{article}/{row}") for row in rows) if view]


def print_findings(findings: Sequence[Finding]) -> None:
    to = console()
    for finding in findings:
        line = Text(f"{finding.severity}: ", style=_SEVERITIES[finding.severity])
        line.append(f"{finding.place}: {finding.message}", style="not bold default")
        to.print(line, soft_wrap=True)
    counts = Counter(finding.severity for finding in findings)
    to.print(
        Text(", ".join(_plural(counts[name], name) for name in ("error", "warning", "notice")))
    )


def print_stats(library: Library) -> None:
    to = console()
    to.print(Text(f"{library.home}", style="bold"))
    state = "older than the corpus" if library.stale() else "current"
    to.print(Text(f"generation {library.generation}, built {library.built}, {state}"))
    for view in library.articles():
        to.print(Text(f"\n{view.id}  {view.title}", style="bold"))
        source = " ".join(str(part) for part in (view.journal, view.year, view.doi) if part)
        to.print(Text(f"  {source}\n  {_kinds(view.counts)}"))


def print_report(report: Report) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("type", "queries", "nDCG@10", "MAP", "recall@20", "MRR"):
        table.add_column(name, justify="left" if name == "type" else "right")
    for name, scores in (*report.by_type.items(), ("all", report.all)):
        values = (scores.ndcg, scores.average_precision, scores.recall, scores.reciprocal_rank)
        table.add_row(name, str(scores.queries), *(f"{value:.3f}" for value in values))
    console().print(table)


def _print_hit(to: Console, rank: int, hit: HitView) -> None:
    place = " › ".join(hit.section.path) if hit.section else ""
    to.print(Text.assemble(f"{rank:>2}. ", (hit.title, "bold"), f"  {hit.id}"))
    if place and place != hit.title:
        to.print(Text(f"    {place}", style="dim"))
    body = Text(hit.snippet.text)
    for (start, end), kind in zip(hit.snippet.marks, hit.snippet.kinds, strict=True):
        body.stylize(_STYLES[kind], start, end)
    to.print(Padding(body, (0, 0, 0, 4)))
    if hit.citations:
        cited = "; ".join(f"[{c.number}] {c.label}" for c in hit.citations)
        to.print(Padding(Text(cited, style="dim"), (0, 0, 0, 4)))
    to.print()


def _kinds(counts: dict[str, int]) -> str:
    names = {
        "section": "passage",
        "table": "table row",
        "figure": "figure",
        "reference": "reference",
    }
    total = sum(counts.values())
    parts = [_plural(counts[kind], name) for kind, name in names.items() if counts.get(kind)]
    return f"{_plural(total, 'unit')} ({', '.join(parts)})"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
