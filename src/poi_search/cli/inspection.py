"""The commands that look at a library itself: `check`, `evaluate`, `stats` and `terms`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from poi_search.cli import measures, terminal
from poi_search.cli.command import Command, open_library
from poi_search.cli.meaning_lines import print_meanings
from poi_search.home import find_home
from poi_search.library import Library
from poi_search.results import SearchRequest


@click.command(cls=Command)
@click.option(
    "--mesh",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also check MeSH ids and labels against this table (id, label, …; .tsv or .tsv.gz).",
)
@click.option(
    "--concepts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Instead measure which concepts are recognized in judged sentences (text, concept, found;"
    " a JSON object per line).",
)
@click.pass_context
def check(context: click.Context, mesh: Path | None, concepts: Path | None) -> None:
    """Check the corpus, its citations, the thesaurus and the index.

    \b
    Example:
      poi-search check
    """
    from poi_search.checking import check_all, check_concepts  # noqa: PLC0415  # only here needed

    if concepts:
        measures.print_recognition(check_concepts(find_home(context.obj), concepts))
        return
    findings = check_all(find_home(context.obj), mesh)
    terminal.print_findings(findings)
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


@click.command(cls=Command)
@click.argument("judgments", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def evaluate(context: click.Context, judgments: Path) -> None:
    """Measure the ranking on judged queries: nDCG@10, MAP, recall@20 and MRR by type.

    \b
    Example:
      poi-search evaluate tests/data/judgments.jsonl
    """
    from poi_search import evaluation  # noqa: PLC0415  # only this command needs it

    rank = _ranker(open_library(context))
    try:
        report = evaluation.evaluate(evaluation.load_judgments(judgments), rank)
    except evaluation.JudgmentsError as error:
        raise click.ClickException(str(error)) from None
    measures.print_report(report)


@click.command(cls=Command)
@click.pass_context
def stats(context: click.Context) -> None:
    """Show what is in the library.

    \b
    Example:
      poi-search stats
    """
    terminal.print_stats(Library.open(context.obj))


def _ranker(library: Library) -> Callable[[str], list[str]]:
    def rank(question: str) -> list[str]:
        hits = library.search(SearchRequest(q=question, per_page=1000)).results
        return [hit.anchor for hit in hits]

    return rank


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def terms(context: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """Show what a word or phrase is known as, from which source, and where it occurs.

    \b
    Example:
      poi-search terms early menopause
    """
    found = open_library(context).meanings(" ".join(words))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)))
    else:
        print_meanings(found)
