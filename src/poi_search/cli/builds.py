"""How does a command build the index and report on it?"""

from __future__ import annotations

from pathlib import Path

import click

from poi_search.checking import topic_errors
from poi_search.cli import errors, terminal
from poi_search.cli.command import warn_of_encoder
from poi_search.home import find_home
from poi_search.index.build import Outcome
from poi_search.index.generations import IndexDamaged
from poi_search.library import Library, LibraryError

_SHOWN = 10


def build(home: Path | None, *, force: bool = False, quiet: bool = False) -> Outcome:
    """Build the index, show progress, and report the files that failed."""
    if not quiet:
        warn_of_encoder(home)
    with terminal.progress(quiet) as shown:
        outcome = Library.build(home, force=force, progress=shown)
    _print_failures(outcome)
    if not quiet:
        _print_passed_over(outcome)
    if errors_found := topic_errors(find_home(home)):
        told = terminal.plural(errors_found, "error")
        click.echo(
            f"There {'is' if errors_found == 1 else 'are'} {told} in thesaurus/, which"
            " poi-search check lists.",
            err=True,
        )
    return outcome


def library_of_another_version(home: Path | None) -> Library | None:
    """The library to serve while its index is rebuilt, if another version built it."""
    try:
        library = Library.open(home)
    except (LibraryError, IndexDamaged):
        return None
    return library if library.is_of_another_version() else None


def rebuild(home: Path) -> None:
    """Build the index of a running server, which picks it up, or keeps the old one on failure."""
    try:
        outcome = Library.build(home)
    except errors.KNOWN_ERRORS as error:
        click.echo(f"Error: {errors.message(error)}", err=True)
        return
    _print_failures(outcome)
    click.echo(terminal.build_report(outcome), err=True)


def _print_failures(outcome: Outcome) -> None:
    for failure in outcome.failures:
        click.echo(f"Error: {failure}", err=True)


def _print_passed_over(outcome: Outcome) -> None:
    """Name what a new generation lacks: files, parts of files, records that matched nothing."""
    findings = outcome.generation.manifest["findings"] if outcome.built else []
    for finding in findings[:_SHOWN]:
        click.echo(f"{finding['place']}: {finding['message']}", err=True)
    if len(findings) > _SHOWN:
        click.echo(f"{len(findings) - _SHOWN} more like these: poi-search check", err=True)
