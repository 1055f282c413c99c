"""Human genes: one line each of the table of HGNC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from csv import DictReader

from .source_concepts import SourceConcept

NAME = "HGNC"
_KINDS = frozenset(
    ("gene with protein product", "RNA, micro", "RNA, long non-coding", "RNA, ribosomal")
)
"""Kinds of genes that articles name; pseudogenes, regions and phenotypes are left out."""
_PRODUCTS = frozenset(("D12",))
"""A gene stands for what it makes, a protein or RNA, which MeSH has among the chemicals."""


def gene_concepts(lines: Iterable[str]) -> Iterator[SourceConcept]:
    """The approved genes of a table with a line of titles."""
    for row in DictReader(lines, delimiter="\t"):
        if row["Status"] == "Approved" and row["Locus type"] in _KINDS:
            yield SourceConcept(
                row["HGNC ID"].lower(),
                row["Approved symbol"],
                NAME,
                _PRODUCTS,
                (row["Approved name"],),
                row["Approved symbol"],
                (*_parts(row["Alias symbols"]), *_parts(row["Previous symbols"])),
            )


def _parts(cell: str | None) -> list[str]:
    return cell.split(", ") if cell else []
