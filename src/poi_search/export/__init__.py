"""References for other programs, in any of the formats in `formats/`.

Text is written as UTF-8 with its diacritics. No field can contain a line break or a control
character, so nothing in a reference can end a record or start another.
"""

from __future__ import annotations

from collections.abc import Mapping

from poi_search.export import formats
from poi_search.export.formats import References
from poi_search.export.tidy import tidy

__all__ = ["export"]


def export(references: References, format: str, keys: Mapping[str, str] | None = None) -> str:
    """The references in `format`, one of `formats.NAMES`, without repetitions.

    `keys` maps unit ids to the keys of their records, for a format that has keys. Made by
    `make_keys` from the whole library, they are the same in every export of a paper; by default
    they are made from these references only. Raises ValueError for an unknown format.
    """
    chosen = formats.load(format)
    once = [(unit_id, tidy(reference)) for unit_id, reference in dict(references).items()]
    if not keys and chosen.make_keys:
        keys = chosen.make_keys(once)
    return chosen.write(once, keys or {})
