"""The parts of a unit in the terminal: its text, and what is known of a reference."""

from __future__ import annotations

from rich.console import Console

from poi_search.cli.wrapping import say
from poi_search.references.links import outward_links
from poi_search.references.publication_notices import notice_line
from poi_search.results import ReferenceView, UnitView


def print_body(to: Console, view: UnitView) -> None:
    """The text of a unit: the cells of a row under each other, a reference with its links."""
    if view.table:
        if view.table.group:
            say(to, view.table.group, 2, style="dim")
        for position, cell in enumerate(view.table.cells):
            head = view.table.header[position] if position < len(view.table.header) else ""
            say(to, f"{head}: {cell}" if head else cell, 2)
        return
    for paragraph in filter(None, view.text.split("\n")):
        say(to, paragraph)
    if view.reference:
        print_reference(to, view.reference)


def print_reference(to: Console, reference: ReferenceView) -> None:
    """What is known of a reference besides its text: notices, notes, links, where it is cited."""
    for notice in reference.notices:
        say(to, f"{notice_line(notice)}.", 4, hang=-2, style="italic")
    for name, text in (("note", reference.note), ("headings", "; ".join(reference.headings))):
        if text:
            say(to, f"{name}: {text}", 4, hang=-2)
    for name, address in outward_links(reference):
        say(to, f"{name}: {address}", 2)
    for told, units in (("cited in", reference.cited_by), ("also in", reference.same_as)):
        for link in units:
            say(to, f"{told} {link.label} {link.id}", 4, hang=-2)
