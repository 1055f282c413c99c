"""The texts of converted files, carried from one generation to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from poi_search.index.store import Generation, GenerationDraft
from poi_search.readers.conversions import Conversion


@dataclass(frozen=True, slots=True)
class KeptConversions:
    """What the current generation keeps, if there is one; what is used goes into the new one."""

    before: Generation | None
    draft: GenerationDraft
    _written: set[str] = field(default_factory=set)

    def find(self, checksum: str) -> Conversion | None:
        try:
            return self.before.find_conversion(checksum) if self.before else None
        except msgspec.DecodeError:  # of another version
            return None

    def keep(self, conversion: Conversion) -> None:
        if conversion.checksum not in self._written:
            self._written.add(conversion.checksum)
            self.draft.write_conversion(conversion)

    def carry_over(self, checksum: str) -> None:
        """Keep the conversion of a file that need not be read again."""
        found = self.find(checksum)
        if found:
            self.keep(found)
