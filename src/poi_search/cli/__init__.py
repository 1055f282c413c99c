"""The command line: `poi-search`, and `python -m poi_search`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from poi_search import __version__
from poi_search.cli import builds, errors, terminal
from poi_search.export import formats
from poi_search.home import find_home
from poi_search.library import Library
from poi_search.results import Kind, SearchRequest
from poi_search.text.typography import one_line

HOME_HELP = "The folder that contains corpus/ and index/."
_BY_ANOTHER_VERSION = "The index was built by another version."
KINDS = Kind.__args__  # type: ignore[attr-defined]  # the values of the Literal


class Command(click.Command):
    """A command that takes --home and reports known errors in one line with exit code 1."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_home_option())

    def invoke(self, context: click.Context) -> Any:
        given = context.params.pop("home", None)
        context.obj = given or (context.parent.params.get("home") if context.parent else None)
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise  # the reader has closed the pipe: click exits quietly
        except errors.KNOWN_ERRORS as error:
            raise click.ClickException(errors.message(error)) from None


def _home_option() -> click.Option:
    return click.Option(
        ["--home"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=HOME_HELP,
    )


class Commands(click.Group):
    command_class = Command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=click.Path(path_type=Path), metavar="DIR", help=HOME_HELP)
@click.version_option(__version__, prog_name="poi-search")
def main(home: Path | None) -> None:
    """Search a review article and its references, with biomedical synonyms.

    \b
    Example:
      poi-search search mir21 granulosa
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may lack some characters


def _open(context: click.Context) -> Library:
    """Open the library; warn on stderr if the index is out of date."""
    library = Library.open(context.obj)
    if library.stale():
        other = library.is_of_another_version()
        state = _BY_ANOTHER_VERSION if other else "The index is older than the corpus."
        click.echo(f"{state} Run: poi-search index", err=True)
    return library


@main.command()
@click.option("--force", is_flag=True, help="Rebuild even if nothing has changed.")
@click.option("--quiet", is_flag=True, help="Print only errors.")
@click.pass_context
def index(context: click.Context, force: bool, quiet: bool) -> None:
    """Build the index from corpus/.

    \b
    Example:
      poi-search index --force
    """
    outcome = builds.build(context.obj, force=force, quiet=quiet)
    if not quiet:
        click.echo(terminal.build_report(outcome))
    if outcome.failures:
        sys.exit(1)


@main.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--kind", "kind", multiple=True, type=click.Choice(KINDS), help="Only this kind.")
@click.option("--limit", default=10, type=click.IntRange(1, 100), help="Hits to show (default 10).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as /api/search returns it.")
@click.option("--no-synonyms", is_flag=True, help="Search only for the words as typed.")
@click.option("--no-meaning", is_flag=True, help="Order the hits by words alone.")
@click.option(
    "--fragments",
    is_flag=True,
    help="List all that mentions only a part of a name.",
)
@click.pass_context
def search(  # noqa: PLR0913, PLR0917  # one per option
    context: click.Context,
    query: tuple[str, ...],
    kind: tuple[Kind, ...],
    limit: int,
    as_json: bool,
    no_synonyms: bool,
    no_meaning: bool,
    fragments: bool,
) -> None:
    """Search passages, table rows, captions and references.

    Put -- before a query that has a word beginning with a hyphen.

    \b
    Example:
      poi-search search mir21 granulosa --kind reference
      poi-search search -- granulosa -rat
    """
    request = SearchRequest(
        q=" ".join(query),
        kind=kind,
        per_page=limit,
        synonyms="off" if no_synonyms else "on",
        meaning="off" if no_meaning else "on",
        fragments="on" if fragments else "off",
    )
    results = _open(context).search(request)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(results)))
    else:
        terminal.print_results(results)


@main.command()
@click.argument("unit_id", metavar="ID")
@click.pass_context
def show(context: click.Context, unit_id: str) -> None:
    """Show a passage, row, table, section or reference in full.

    Passages come with the references they cite, references with the places that cite them.

    \b
    Example:
      poi-search show shi-2022/s3.2-p1
    """
    library = _open(context)
    views = terminal.resolve(library, unit_id)
    if not views:
        raise click.ClickException(
            f"{one_line(unit_id)}: there is no such unit. An id is article/anchor, such as "
            "shi-2022/s3.2-p1 or shi-2022/t1; `poi-search stats` lists the articles."
        )
    terminal.print_units(views, library)


@main.command()
@click.option("--host", default="127.0.0.1", help="Address to listen on (default 127.0.0.1).")
@click.option("--port", default=8000, type=click.IntRange(0, 65535), help="Port (default 8000).")
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Serve the web pages and the JSON API.

    Builds the index first if it is missing or out of date. An index of the previous version is
    served while the new one is built.

    \b
    Example:
      poi-search serve --port 8080
    """
    from poi_search.web import server  # noqa: PLC0415  # only this command needs it

    library = builds.library_of_another_version(context.obj)
    if library:
        click.echo(f"{_BY_ANOTHER_VERSION} It serves while a new one is built.", err=True)
    else:
        builds.build(context.obj)
    rebuild = partial(builds.rebuild, library.home) if library else None
    try:
        server.serve(library or _open(context), host, port, click.echo, rebuild)
    except server.ServerError as error:
        raise click.ClickException(str(error)) from None


@main.command("export")
@click.argument("query", nargs=-1)
@click.option(
    "--format", "form", required=True, type=click.Choice(formats.NAMES), help="Output format."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE."
)
@click.pass_context
def export_(context: click.Context, query: tuple[str, ...], form: str, output: Path | None) -> None:
    """Export the references that a query finds; without a query, all of them.

    \b
    Example:
      poi-search export exosomes --format ris -o exosomes.ris
    """
    from poi_search.export import export, selection  # noqa: PLC0415  # only this command needs it

    library = _open(context)
    references = selection.found_references(library, SearchRequest(q=" ".join(query)))
    make_keys = formats.load(form).make_keys
    keys = make_keys(selection.all_references(library)) if make_keys else None
    text = export(references, form, keys)
    count = terminal.plural(len(references), "reference")
    if output:
        output.write_text(text, encoding="utf-8", newline="")
        click.echo(f"{output}: {count}")
    else:
        click.echo(text.encode(), nl=bool(text) and not text.endswith("\n"))
        click.echo(f"{count}.", err=True)


@main.command()
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
        terminal.print_recognition(check_concepts(concepts))
        return
    findings = check_all(find_home(context.obj), mesh)
    terminal.print_findings(findings)
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


@main.command()
@click.argument("judgments", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def evaluate(context: click.Context, judgments: Path) -> None:
    """Measure the ranking on judged queries: nDCG@10, MAP, recall@20 and MRR by type.

    \b
    Example:
      poi-search evaluate tests/data/judgments.jsonl
    """
    from poi_search import evaluation  # noqa: PLC0415  # only this command needs it

    rank = _ranker(_open(context))
    try:
        report = evaluation.evaluate(evaluation.load_judgments(judgments), rank)
    except evaluation.JudgmentsError as error:
        raise click.ClickException(str(error)) from None
    terminal.print_report(report)


@main.command()
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
