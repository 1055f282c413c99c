"""Checks of a thesaurus: findings on errors and oddities that a person can act on."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from poi_search.article import Finding
from poi_search.text.analysis import stems
from poi_search.thesaurus import Concept, Thesaurus, ThesaurusError

_NAMED = 12


def lint(thesaurus: Thesaurus, found: Collection[str] | None = None) -> list[Finding]:
    """Findings on unknown ids, cycles, and duplicate or empty terms.

    Given the ids of the concepts `found` in a corpus, also on the concepts that never occur.
    """
    findings = [
        *_unknown_ids(thesaurus),
        *_cycles(thesaurus),
        *_terms(thesaurus.concepts.values()),
    ]
    if found is not None:
        unseen = [c for c in thesaurus.concepts.values() if c.id not in found]
        if unseen:
            names = ", ".join(concept.label for concept in unseen[:_NAMED])
            more = f" and {len(unseen) - _NAMED} more" if len(unseen) > _NAMED else ""
            message = f"{len(unseen)} concepts do not occur in the corpus: {names}{more}"
            findings.append(Finding("notice", "thesaurus", message))
    return findings


def verify(thesaurus: Thesaurus, table: Path) -> list[Finding]:
    """Compare ids and labels with a MeSH table: tab-separated, with id and label first.

    Raises `ThesaurusError` for a table that cannot be read.
    """
    labels = _labels(table)
    findings = []
    for concept in thesaurus.concepts.values():
        ids = [i for i in (concept.id, *concept.also) if i.startswith("mesh:")]
        for mesh_id in ids:
            label = labels.get(mesh_id.removeprefix("mesh:"))
            if label is None:
                findings.append(
                    _concept_finding("error", concept, f"{mesh_id} is not in {table.name}")
                )
            elif mesh_id == concept.id and label != concept.label:
                findings.append(
                    _concept_finding(
                        "error", concept, f"{mesh_id} is labelled {label!r} in {table.name}"
                    )
                )
    return findings


def _labels(table: Path) -> Mapping[str, str]:
    try:
        opened = gzip.open if table.suffix == ".gz" else open
        with opened(table, "rt", encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return {row[0]: row[1] for row in rows if len(row) > 1}
    except (OSError, UnicodeDecodeError, EOFError, csv.Error, zlib.error) as error:
        raise ThesaurusError(
            f"{table}: {error}. Give a tab-separated table with the id in the first column."
        ) from None


def _unknown_ids(thesaurus: Thesaurus) -> Iterator[Finding]:
    for concept in thesaurus.concepts.values():
        for key in ("broader", "related"):
            for other in getattr(concept, key):
                if other not in thesaurus.concepts:
                    yield _concept_finding(
                        "error", concept, f"{key} names {other}, which is not a concept"
                    )
                elif other == concept.id:
                    yield _concept_finding("error", concept, f"{key} names the concept itself")


def _cycles(thesaurus: Thesaurus) -> Iterator[Finding]:
    for concept in thesaurus.concepts.values():
        below = thesaurus.narrower(concept.id)
        for above in concept.broader:
            if above in below:
                yield _concept_finding(
                    "error", concept, f"it is both broader and narrower than {above}"
                )


def _terms(concepts: Iterable[Concept]) -> Iterator[Finding]:
    seen: dict[tuple[tuple[str, ...], str], tuple[str, str]] = {}
    for concept in concepts:
        for terms, case in ((concept.terms, False), (concept.case, True)):
            for term in terms:
                key = stems(term)
                if not key:
                    yield _concept_finding("error", concept, f"{term!r} has no letters or digits")
                    continue
                mark = (key, term if case else "")
                if mark not in seen:
                    seen[mark] = (concept.id, term)
                    continue
                other, known = seen[mark]
                if other != concept.id:
                    yield _concept_finding("error", concept, f"{term!r} is also in {other}")
                else:
                    yield _concept_finding(
                        "notice", concept, f"{term!r} matches the same as {known!r}"
                    )
        if not concept.names:
            yield _concept_finding("error", concept, "it has no terms")


def _concept_finding(severity: str, concept: Concept, message: str) -> Finding:
    return Finding(
        severity,  # type: ignore[arg-type]  # one of the three, from above
        f"{concept.topic} {concept.id}",
        f"{concept.label}: {message}",
    )
