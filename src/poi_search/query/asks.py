"""What a question asks for: each thing by itself, and what answers it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from poi_search.engine.nodes import Fields, Query
from poi_search.query import tree

STAR = "*"

How = Literal["words", "quoted", "prefix", "fuzzy"]


class Ask(Struct, frozen=True, gc=False):
    """One thing asked for: the text typed (at `span` of the question) and what answers it.

    `pieces` match in sequence: stems, or printed forms if `how` is not 'words'; one that ends with
    a star is the beginning of a form. `part_of` is the index of the ask for the longer name that
    this is a part of, else -1. Words are looked for in `fields`, or only in the part of a unit
    that the field `within` names. `label` is that of a name which the thesaurus does not have.
    `beside` if it is the concept of a name whose words are asked for as well.
    """

    text: str
    span: tree.Span
    pieces: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    how: How = "words"
    part_of: int = -1
    distance: int = 0
    fields: Fields = ()
    within: str = ""
    label: str = ""
    beside: bool = False

    @property
    def is_starred(self) -> bool:
        """Whether one of several pieces is only the beginning of a form."""
        return (self.how == "quoted" or bool(self.within)) and any(
            piece.endswith(STAR) for piece in self.pieces
        )


class Understanding(Struct, frozen=True, gc=False):
    """The engine's query and everything that was asked for.

    `named` matches the units that name what is asked for; the others that `query` matches name only
    parts of it ('fibrosis' of cystic fibrosis). It is None if there are no such parts.
    """

    query: Query
    asks: tuple[Ask, ...]
    named: Query | None = None
