"""What the current application serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from poi_search.library import Library


def library() -> Library:
    """The library of the application that answers the current request."""
    served: Library = current_app.extensions["library"]
    return served
