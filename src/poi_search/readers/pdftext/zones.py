"""Where a pass over an article is: its zone, and the part that text goes into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from poi_search.readers.pdftext.labels import Part


class Zone(Enum):
    FRONT = auto()
    BODY = auto()
    REFERENCES = auto()
    BACK = auto()


@dataclass(frozen=True, slots=True)
class Opening:
    """The part that a label or a heading opened, and how much matter was known by then.

    With `once` it takes one block only: it was printed amid the text of a section.
    """

    part: Part | None = None
    kind: str = ""
    once: bool = False
    known_matter: int = 0
