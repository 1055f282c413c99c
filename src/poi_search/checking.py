"""`poi-search check`: everything to review before trusting the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from poi_search.article import Finding
from poi_search.index import versions
from poi_search.index.build import fingerprint
from poi_search.index.generations import IndexDamaged
from poi_search.library import Library, LibraryError
from poi_search.search.snapshot import Snapshot
from poi_search.thesaurus import home_topics, lint, recognition
from poi_search.thesaurus.recognition import Recognition


def check_all(home: Path, mesh: Path | None = None) -> list[Finding]:
    """Findings on the thesaurus, the generation, the corpus and each article, in this order."""
    terms, own = home_topics.load_sound(home)
    try:
        snapshot = Library.open(home).snapshot()
    except (IndexDamaged, LibraryError) as error:
        verified = lint.verify(terms, mesh) if mesh else []
        return [*own, *lint.lint(terms), *verified, Finding("error", "index", str(error))]
    found = snapshot.reader.known(("concept", "broader"), terms.concepts)
    return [
        *own,
        *lint.lint(terms, found),
        *(lint.verify(terms, mesh, _texts(snapshot)) if mesh else []),
        *_generation(home, snapshot),
        *_articles(snapshot),
    ]


def _texts(snapshot: Snapshot) -> Iterator[list[str]]:
    """The texts of each article."""
    for article_id in snapshot.details:
        yield [unit.stored.view.text for unit in snapshot.units(article_id)]


def check_concepts(home: Path, judgments: Path) -> Recognition:
    """How well the concepts of the thesaurus are recognized in judged sentences."""
    terms = home_topics.load(home)
    return recognition.measure(recognition.load_judged(judgments, terms), terms)


def _generation(home: Path, snapshot: Snapshot) -> list[Finding]:
    manifest = snapshot.manifest
    findings = [Finding("error", "corpus", failure) for failure in manifest["failures"]]
    findings += [Finding(**finding) for finding in manifest["findings"]]
    if not versions.is_current(manifest):
        message = "the index was built by another version. Run: poi-search index"
        findings.append(Finding("warning", "index", message))
    elif manifest["made_from"] != fingerprint(home):
        message = "the index is older than the corpus or the thesaurus. Run: poi-search index"
        findings.append(Finding("warning", "index", message))
    return findings


def _articles(snapshot: Snapshot) -> list[Finding]:
    findings = []
    for article_id in snapshot.details:
        stored = snapshot.article(article_id)
        if stored is None:
            continue
        for finding in stored.article.findings:
            place = f"{article_id} {finding.place}"
            findings.append(Finding(finding.severity, place, finding.message))
        findings += [
            Finding(
                "notice",
                f"{article_id} line {repair.line}",
                f"repaired {repair.printed!r} to {repair.repaired!r} ({repair.rule})",
            )
            for repair in stored.article.repairs
        ]
    return findings
