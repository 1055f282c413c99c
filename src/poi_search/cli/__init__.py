"""The command line: `poi-search`, and `python -m poi_search`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from poi_search import __version__
from poi_search.cli import terminal
from poi_search.export import formats
from poi_search.home import HomeError, find_home
from poi_search.index.build import CorpusError
from poi_search.index.generations import BuildFailed, BuildRunning, IndexDamaged
from poi_search.library import Library, LibraryError, QuestionError
from poi_search.results import Kind, SearchRequest
from poi_search.text.typography import one_line
from poi_search.thesaurus import ThesaurusError

KINDS = Kind.__args__  # type: ignore[attr-defined]  # the values of the Literal
_KNOWN_ERRORS = (
    HomeError,
    LibraryError,
    CorpusError,
    ThesaurusError,
    BuildFailed,
    BuildRunning,
    IndexDamaged,
    QuestionError,
    OSError,
)


class Command(click.Command):
    """A command whose known errors end in one line and exit code 1, and that takes --home."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_home_option())

    def invoke(self, context: click.Context) -> Any:
        given = context.params.pop("home", None)
        context.obj = given or (context.parent.params.get("home") if context.parent else None)
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise  # whoever reads has enough: click ends quietly
        except _KNOWN_ERRORS as error:
            raise click.ClickException(_told(error)) from None


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _home_option() -> click.Option:
    return click.Option(
        ["--home"],
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The folder that has corpus/ and index/.",
    )


class Commands(click.Group):
    command_class = Command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home", type=click.Path(path_type=Path), metavar="DIR", help="The folder with corpus/."
)
@click.version_option(__version__, prog_name="poi-search")
def main(home: Path | None) -> None:
    """Search a review article and its references, with biomedical synonyms.

    \b
    Example:
      poi-search search mir21 granulosa
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may not know every letter


def _open(context: click.Context) -> Library:
    """The library; said on stderr if what it answers may be out of date."""
    library = Library.open(context.obj)
    if library.stale():
        click.echo("The index is older than the corpus. Run: poi-search index", err=True)
    return library


@main.command()
@click.option("--force", is_flag=True, help="Build even if nothing has changed.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def index(context: click.Context, force: bool, quiet: bool) -> None:
    """Build the index from corpus/.

    \b
    Example:
      poi-search index --force
    """
    with terminal.progress(quiet) as shown:
        outcome = Library.build(context.obj, force=force, progress=shown)
    for failure in outcome.failures:
        click.echo(f"Error: {failure}", err=True)
    if not quiet:
        click.echo(terminal.built(outcome))
    if outcome.failures:
        sys.exit(1)


@main.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--kind", "kind", multiple=True, type=click.Choice(KINDS), help="Only this kind.")
@click.option("--limit", default=10, type=click.IntRange(1, 100), help="How many hits (10).")
@click.option("--json", "as_json", is_flag=True, help="Print the object of the JSON endpoint.")
@click.option("--no-synonyms", is_flag=True, help="Search the words as typed.")
@click.pass_context
def search(  # one per option
    context: click.Context,
    query: tuple[str, ...],
    kind: tuple[Kind, ...],
    limit: int,
    as_json: bool,
    no_synonyms: bool,
) -> None:
    """Find passages, table rows and references.

    Put -- before words that begin with a hyphen.

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
    """Show a unit, a table or a reference in full, with its citations or what cites it.

    \b
    Example:
      poi-search show shi-2022/s3.2-p1
    """
    library = _open(context)
    views = terminal.resolve(library, unit_id)
    if not views:
        raise click.ClickException(
            f"{one_line(unit_id)}: no such unit. An id is article/anchor, such as "
            "shi-2022/s3.2-p1 or shi-2022/t1; `poi-search stats` names the articles."
        )
    terminal.print_units(views, library)


@main.command()
@click.option("--host", default="127.0.0.1", help="Address to listen on (127.0.0.1).")
@click.option("--port", default=8000, type=click.IntRange(0, 65535), help="Port (8000).")
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Serve the pages and the JSON, after building the index if it is missing or old.

    \b
    Example:
      poi-search serve --port 8080
    """
    from poi_search.web import server  # noqa: PLC0415  # only this command needs it

    with terminal.progress(False) as shown:
        outcome = Library.build(context.obj, progress=shown)
    for failure in outcome.failures:
        click.echo(f"Error: {failure}", err=True)
    try:
        server.serve(_open(context), host, port, click.echo)
    except server.ServerError as error:
        raise click.ClickException(str(error)) from None


@main.command("export")
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(formats.NAMES),
    help="The format to write.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Not to the terminal."
)
@click.pass_context
def export_(context: click.Context, query: tuple[str, ...], form: str, output: Path | None) -> None:
    """Write the references that a query finds, or all of them.

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
    help="Also verify MeSH ids and labels against this table (id, label, …; .tsv or .tsv.gz).",
)
@click.pass_context
def check(context: click.Context, mesh: Path | None) -> None:
    """Check the corpus, its citations, the thesaurus and the current generation.

    \b
    Example:
      poi-search check
    """
    from poi_search.checking import check_all  # noqa: PLC0415  # only this command needs it

    findings = check_all(find_home(context.obj), mesh)
    terminal.print_findings(findings)
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


@main.command()
@click.argument("judgments", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def evaluate(context: click.Context, judgments: Path) -> None:
    """Measure the ranking on judged queries: nDCG@10, MAP, recall@20, MRR, by type.

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
    """Say what is in the library.

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


if __name__ == "__main__":
    main()
