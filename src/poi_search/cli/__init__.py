"""The command line: `poi-search`, and `python -m poi_search`."""

from __future__ import annotations

import io
import sys
from functools import partial
from pathlib import Path

import click
import msgspec

from poi_search import __version__
from poi_search.cli import builds, inspection, terminal
from poi_search.cli.command import (
    BY_ANOTHER_VERSION,
    HOME_HELP,
    Commands,
    open_library,
    warn_of_encoder,
)
from poi_search.export import formats
from poi_search.results import Kind, SearchRequest
from poi_search.text.typography import one_line

_REPEATS = "List each entry of a paper that is in several reference lists."
KINDS = Kind.__args__  # type: ignore[attr-defined]  # the values of the Literal


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
@click.option("--repeats", is_flag=True, help=_REPEATS)
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
    repeats: bool,
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
        repeats="on" if repeats else "off",
    )
    library = open_library(context)
    results = library.search(request)
    if not no_meaning:
        warn_of_encoder(context.obj)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(results)))
    else:
        terminal.print_results(results, library.concept)


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
    library = open_library(context)
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
        click.echo(f"{BY_ANOTHER_VERSION} It serves while a new one is built.", err=True)
    else:
        builds.build(context.obj)
    rebuild = partial(builds.rebuild, library.home) if library else None
    try:
        server.serve(library or open_library(context), host, port, click.echo, rebuild)
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
@click.option("--repeats", is_flag=True, help=_REPEATS)
@click.pass_context
def export_(
    context: click.Context, query: tuple[str, ...], form: str, output: Path | None, repeats: bool
) -> None:
    """Export the references that a query finds; without a query, all of them.

    \b
    Example:
      poi-search export exosomes --format ris -o exosomes.ris
    """
    from poi_search.export import export, selection  # noqa: PLC0415  # only this command needs it

    library = open_library(context)
    request = SearchRequest(q=" ".join(query), repeats="on" if repeats else "off")
    references = selection.found_references(library, request)
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


for _command in (inspection.check, inspection.evaluate, inspection.stats, inspection.terms):
    main.add_command(_command)
