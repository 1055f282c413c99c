"""Citations of an article whose markers are not links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from msgspec import structs

from poi_search.article import Block, Figure, Paragraph, Prose, Section, Table
from poi_search.readers.citations import parse_markers


def mark_citations(sections: tuple[Section, ...], highest: int) -> tuple[Section, ...]:
    """The sections with `[1–3]` read as citations, unless they already have citations.

    A number above `highest`, the length of the reference list, is not a citation.
    """
    if not highest or any(prose.citations for prose in prose_texts(sections)):
        return sections
    return change_prose(
        sections, lambda prose: Prose(prose.text, parse_markers(prose.text, highest))
    )


def change_prose(
    sections: tuple[Section, ...], change: Callable[[Prose], Prose]
) -> tuple[Section, ...]:
    """The sections with each text that may contain citations changed."""
    return tuple(
        replace(section, blocks=tuple(_change_block(block, change) for block in section.blocks))
        for section in sections
    )


def prose_texts(sections: Iterable[Section]) -> Iterator[Prose]:
    """All texts that may contain citations: paragraphs, captions, cells and notes."""
    return (prose for _, prose in anchored_texts(sections))


def anchored_texts(sections: Iterable[Section]) -> Iterator[tuple[str, Prose]]:
    """These texts with the anchors of what they are the text of."""
    for section in sections:
        for block in section.blocks:
            yield block.anchor, block.prose if isinstance(block, Paragraph) else block.caption
            if isinstance(block, Table):
                yield from ((row.anchor, cell) for row in block.rows for cell in row.cells)
                if block.notes:
                    yield block.notes.anchor, block.notes.prose


def _change_block(block: Block, change: Callable[[Prose], Prose]) -> Block:
    if isinstance(block, Paragraph):
        return structs.replace(block, prose=change(block.prose))
    if isinstance(block, Figure):
        return structs.replace(block, caption=change(block.caption))
    notes = structs.replace(block.notes, prose=change(block.notes.prose)) if block.notes else None
    rows = tuple(
        replace(row, cells=tuple(change(cell) for cell in row.cells)) for row in block.rows
    )
    return structs.replace(block, caption=change(block.caption), rows=rows, notes=notes)
