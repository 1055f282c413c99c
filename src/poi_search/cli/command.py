"""What every command has: the option --home, errors in one line, and the library to open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from poi_search.cli import errors
from poi_search.closeness import encoder_warning
from poi_search.home import find_home
from poi_search.library import Library

BY_ANOTHER_VERSION = "The index was built by another version."
_OLDER = "The index is older than the corpus or the thesaurus."
HOME_HELP = "The folder that contains corpus/ and index/."


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


def open_library(context: click.Context) -> Library:
    """Open the library; warn on stderr if the index is out of date."""
    library = Library.open(context.obj)
    if library.stale():
        state = BY_ANOTHER_VERSION if library.is_of_another_version() else _OLDER
        click.echo(f"{state} Run: poi-search index", err=True)
    return library


def warn_of_encoder(home: Path | None) -> None:
    """Say on stderr if there is an encoder that cannot be used."""
    warning = encoder_warning(find_home(home))
    if warning:
        click.echo(warning, err=True)
