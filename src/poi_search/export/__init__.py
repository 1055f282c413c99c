"""References for other programs, in any of the formats in `formats/`.

Text goes out as UTF-8 with its diacritics. No field can hold a line break or a control
character, so that nothing printed in a reference can end a record or begin another.
"""

from __future__ import annotations

from collections.abc import Mapping

from poi_search.export import formats
from poi_search.export.formats import References
from poi_search.export.tidy import tidy

__all__ = ["export"]


def export(references: References, format: str, keys: Mapping[str, str] | None = None) -> str:
    """The references in `format`, one of `formats.NAMES`; a reference given twice comes once.

    `keys` name the records, by unit id, in a format that has keys: made by `make_keys` over
    the whole library, so that a paper has the same key in every export. Without them keys are
    made for these references alone. Raises ValueError for an unknown format.
    """
    chosen = formats.load(format)
    once = [(unit_id, tidy(reference)) for unit_id, reference in dict(references).items()]
    if not keys and chosen.make_keys:
        keys = chosen.make_keys(once)
    return chosen.write(once, keys or {})
