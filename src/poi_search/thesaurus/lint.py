"""Checks of a thesaurus: findings on errors and oddities that a person can act on."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from poi_search.article import Finding
from poi_search.text.analysis import fold, stems, tokenize
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.stemming import stem
from poi_search.thesaurus import ANY_CASE, Concept, ConceptSource, Thesaurus, ThesaurusError
from poi_search.thesaurus.collisions import collisions, concept_finding
from poi_search.thesaurus.forms import content, term_key
from poi_search.thesaurus.home_topics import PREFIX

_NAMED = 12
_FRAGMENT = 4
"""A term of this many words may be a phrase rather than a name."""
_CONNECTING = frozenset(map(stem, ("derived", "human")))


def lint(
    thesaurus: Thesaurus,
    found: Collection[str] | None = None,
    general: ConceptSource | None = None,
    own: Sequence[Concept] = (),
) -> list[Finding]:
    """Findings on ids that neither topics nor the `general` terminology know, on cycles, and on
    duplicate, empty and colliding terms. Of the concepts that are among `own`, as a home has them,
    only names that are written there count, not those of the concept that they add to.

    Given the ids of the concepts `found` in a corpus, also on the concepts that never occur.
    """
    findings = [
        *_unknown_ids(thesaurus, general),
        *_cycles(thesaurus),
        *_terms(thesaurus.concepts.values(), {concept.id: concept.names for concept in own}),
        *collisions(thesaurus, tuple(own)),
    ]
    if found is not None:
        unseen = [c for c in thesaurus.concepts.values() if c.id not in found]
        own = [concept for concept in unseen if concept.topic.startswith(PREFIX)]
        shipped = [concept for concept in unseen if not concept.topic.startswith(PREFIX)]
        findings += [*_unseen(own, PREFIX), *_unseen(shipped, "thesaurus")]
    return findings


def _unseen(concepts: Sequence[Concept], place: str) -> Iterator[Finding]:
    if concepts:
        names = ", ".join(concept.label for concept in concepts[:_NAMED])
        more = f" and {len(concepts) - _NAMED} more" if len(concepts) > _NAMED else ""
        count = f"{len(concepts)} concept{'s do' if len(concepts) > 1 else ' does'}"
        yield Finding("notice", place, f"{count} not occur in the corpus: {names}{more}")


def verify(
    thesaurus: Thesaurus, table: Path, articles: Iterable[Iterable[str]] = ()
) -> list[Finding]:
    """Compare ids and labels with a MeSH table: tab-separated, with id, label and entry terms
    (separated by |). Given the texts of `articles`, also find terms that look like a fragment of
    one of them.

    Raises `ThesaurusError` for a table that cannot be read.
    """
    rows = _rows(table)
    labels = {row[0]: row[1] for row in rows}
    findings = list(_fragments(thesaurus, rows, articles))
    for concept in thesaurus.concepts.values():
        ids = [i for i in (concept.id, *concept.also) if i.startswith("mesh:")]
        for mesh_id in ids:
            label = labels.get(mesh_id.removeprefix("mesh:"))
            if label is None:
                findings.append(
                    concept_finding("error", concept, f"{mesh_id} is not in {table.name}")
                )
            elif mesh_id == concept.id and label != concept.label:
                findings.append(
                    concept_finding(
                        "error", concept, f"{mesh_id} is labelled {label!r} in {table.name}"
                    )
                )
    return findings


def _fragments(
    thesaurus: Thesaurus, rows: Sequence[Sequence[str]], articles: Iterable[Iterable[str]]
) -> Iterator[Finding]:
    """Long terms that stand verbatim in a single article and in no entry of the table."""
    known = {stems(name) for row in rows for name in (row[1], *"|".join(row[2:3]).split("|"))}
    folded = [f" {'  '.join(map(fold, texts))} " for texts in articles]
    for concept in thesaurus.concepts.values():
        if not concept.id.startswith(("mesh:", "local:")):
            continue  # other sources have names that the table lacks
        own = set(stems(concept.label))
        for term in concept.terms:
            key = term_key(term)
            if len(term.split()) < _FRAGMENT or key in known or own.issuperset(_told(term)):
                continue
            if sum(f" {fold(term)} " in text for text in folded) == 1:
                message = f"{term!r} is a phrase of one article, and no entry term"
                yield concept_finding("warning", concept, message)


def _told(term: str) -> set[str]:
    """The words of a term that say more than how it is connected."""
    return {token.stem for token in content(tokenize(term), sentence=False)} - _CONNECTING


def _rows(table: Path) -> Sequence[Sequence[str]]:
    try:
        opened = gzip.open if table.suffix == ".gz" else open
        with opened(table, "rt", encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return [row for row in rows if len(row) > 1]
    except (OSError, UnicodeDecodeError, EOFError, csv.Error, zlib.error) as error:
        raise ThesaurusError(
            f"{table}: {error}. Give a tab-separated table with the id in the first column."
        ) from None


def _unknown_ids(thesaurus: Thesaurus, general: ConceptSource | None) -> Iterator[Finding]:
    for concept in thesaurus.concepts.values():
        for key in ("broader", "related"):
            for other in getattr(concept, key):
                known = thesaurus.concept(other) or (general and general.concept(other))
                if not known:
                    yield concept_finding(
                        "error", concept, f"{key} names {other}, which is not a concept"
                    )
                elif other == concept.id:
                    yield concept_finding("error", concept, f"{key} names the concept itself")


def _cycles(thesaurus: Thesaurus) -> Iterator[Finding]:
    for concept in thesaurus.concepts.values():
        below = thesaurus.narrower(concept.id)
        for above in concept.broader:
            if above in below:
                yield concept_finding(
                    "error", concept, f"it is both broader and narrower than {above}"
                )


def _terms(concepts: Iterable[Concept], written: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    seen: dict[tuple[tuple[str, ...], str], tuple[str, str]] = {}
    for concept in concepts:
        for term, key in concept.names_with_keys().items():
            words = term_key(term)
            if not words:
                message = f"{term!r} in {key} has no letters or digits"
                yield concept_finding("error", concept, message)
                continue
            if FUNCTION_WORDS.issuperset((term.lower() if key in ANY_CASE else term).split()):
                message = f"{term!r} in {key} has only words such as 'the', which name nothing"
                yield concept_finding("error", concept, message)
            mark = (words, "" if key in ANY_CASE else term)
            if mark not in seen:
                seen[mark] = (concept.id, term)
                continue
            if term not in written.get(concept.id, concept.names):
                continue
            other, known = seen[mark]
            if other != concept.id:
                yield concept_finding("error", concept, f"{term!r} in {key} is also in {other}")
            else:
                message = f"{term!r} in {key} matches the same as {known!r}"
                yield concept_finding("notice", concept, message)
        if not concept.names:
            yield concept_finding("error", concept, "it has no terms")
