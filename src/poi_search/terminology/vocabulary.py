"""A concept as a vocabulary states it, before anything is left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceConcept:
    """`names` are found in any case; `symbols` only by their capitals, of which the first is the
    approved one. `also` and `broader` are ids of concepts that need not exist. `source` is the
    name of the vocabulary."""

    id: str
    label: str
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    source: str = ""
