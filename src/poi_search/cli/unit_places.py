"""Where is a unit: under which headings, and on which page of a PDF?"""

from __future__ import annotations

from poi_search.results import UnitView


def headings_above(view: UnitView) -> str:
    """The headings above a unit, except one that its title already includes."""
    path = view.section.path if view.section else ()
    return " › ".join(path[:-1] if path and view.title.startswith(path[-1]) else path)


def pdf_page(view: UnitView) -> str:
    return f"p. {view.page}" if view.page else ""
