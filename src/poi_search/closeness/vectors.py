"""The vectors of all units of a generation, kept by content so that a text is encoded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from poi_search.lru import LruCache

if TYPE_CHECKING:
    from poi_search.closeness import Encoder

KEY_BYTES = 16
_QUESTIONS_CACHED = 512


@dataclass(frozen=True, slots=True)
class Vectors:
    """`values` has a row per unit, in the order of the index; `keys` has that of its text."""

    keys: NDArray[np.uint8]
    values: NDArray[np.float16]


class VectorWriter:
    """Collects the vectors of a generation; those of texts that were there before are reused."""

    def __init__(self, encoder: Encoder, before: Vectors | None) -> None:
        self._encoder = encoder
        self._known: dict[bytes, NDArray[np.float16]] = {}
        if before is not None:
            keys = (key.tobytes() for key in before.keys)
            self._known = dict(zip(keys, before.values, strict=True))
        self._keys: list[bytes] = []

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            key = blake2b(text.encode(), digest_size=KEY_BYTES).digest()
            if key not in self._known:
                self._known[key] = self._encoder.encode(text).astype(np.float16)
            self._keys.append(key)

    def vectors(self) -> Vectors:
        keys = np.frombuffer(b"".join(self._keys), dtype=np.uint8).reshape(-1, KEY_BYTES)
        return Vectors(keys, np.stack([self._known[key] for key in self._keys]))


class Closeness:
    """How close each unit is to a question in meaning. `units` lists their ids in order."""

    def __init__(self, encoder: Encoder, values: NDArray[np.float16], units: Iterable[str]) -> None:
        self._encoder, self._values = encoder, values
        self._rows = {unit: row for row, unit in enumerate(units)}
        self._asked = LruCache(_QUESTIONS_CACHED)

    def similarities(self, question: str, units: Sequence[str]) -> NDArray[np.float32]:
        """The similarity of each of these units, between -1 and 1."""
        asked = self._asked.get(question, lambda: self._encoder.encode(question))
        rows = [self._rows[unit] for unit in units]
        return np.asarray(self._values[rows], dtype=np.float32) @ asked
