"""`poi-search check`: everything to review before trusting the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from poi_search.article import LEFT_OUT, Article, Finding, Repair
from poi_search.index import versions
from poi_search.index.build import fingerprint
from poi_search.index.generations import IndexDamaged
from poi_search.library import Library, LibraryError
from poi_search.search.snapshot import Snapshot
from poi_search.terminology import open_terminology
from poi_search.thesaurus import home_topics, lint, recognition
from poi_search.thesaurus.home_findings import load_sound
from poi_search.thesaurus.layers import GeneralNames
from poi_search.thesaurus.recognition import Recognition

# What one cause is found in: words in quotation marks.
_QUOTED = re.compile(r"'[^']*+'|\"[^\"]*+\"|“[^”]*+”")
_MANY = 4
_SHOWN = 5


def check_all(home: Path, mesh: Path | None = None) -> list[Finding]:
    """Findings on the thesaurus, the generation, the corpus and each article, in this order."""
    try:
        snapshot = Library.open(home).snapshot()
    except (IndexDamaged, LibraryError) as error:
        general = _terminology(home)
        topics = load_sound(home, general)
        linted = lint.lint(topics.thesaurus, general=general, own=topics.own)
        verified = lint.verify(topics.thesaurus, mesh) if mesh else []
        return [*topics.findings, *linted, *verified, Finding("error", "index", str(error))]
    general = snapshot.generation.open_terminology() or _terminology(home)
    topics = load_sound(home, general)
    terms = topics.thesaurus
    found = snapshot.reader.known(("concept", "broader"), terms.concepts)
    return [
        *topics.findings,
        *(one for one in lint.lint(terms, found, general, topics.own) if mesh or _concerns(one)),
        *(lint.verify(terms, mesh, _texts(snapshot)) if mesh else []),
        *_generation(home, snapshot),
        *_articles(snapshot),
    ]


def _concerns(finding: Finding) -> bool:
    """Whether a finding on topics concerns a home: notices on those that ship do not."""
    return finding.severity != "notice" or finding.place.startswith(home_topics.PREFIX)


def topic_errors(home: Path) -> int:
    """How many errors there are in the topics of a home; 0 if it has none."""
    if not home_topics.topic_paths(home):
        return 0
    general = _terminology(home)
    topics = load_sound(home, general)
    linted = lint.lint(topics.thesaurus, general=general, own=topics.own)
    every = [each for each in (*topics.findings, *linted) if each.severity == "error"]
    return sum(each.place.startswith(home_topics.FOLDER) for each in every)


def _terminology(home: Path) -> GeneralNames | None:
    """The terminology that ships; None if there is no such home."""
    return open_terminology(home / "index") if home.is_dir() else None


def _texts(snapshot: Snapshot) -> Iterator[list[str]]:
    """The texts of each article."""
    for article_id in snapshot.details:
        yield [unit.stored.view.text for unit in snapshot.units(article_id)]


def check_concepts(home: Path, judgments: Path) -> Recognition:
    """How well the concepts of the thesaurus are recognized in judged sentences."""
    topics = home_topics.load(home)
    judged = recognition.load_judged(judgments, topics)
    return recognition.measure(judged, topics, open_terminology(home / "index"))


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
        found = [
            *(one for one in stored.article.findings if one.place != LEFT_OUT),
            *(_repaired(stored.article, each) for each in stored.article.repairs),
        ]
        for finding in each_cause_once(found):
            place = f"{article_id} {finding.place}"
            findings.append(Finding(finding.severity, place, finding.message))
    return findings


def _repaired(article: Article, repair: Repair) -> Finding:
    message = f"repaired {repair.printed!r} to {repair.repaired!r} ({repair.rule})"
    return Finding("notice", article.place_of(repair.line), message)


def each_cause_once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with many of one cause, which differ in what they quote, as one."""
    causes: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        cause = _QUOTED.sub("…", finding.message)
        causes.setdefault((finding.severity, cause), []).append(finding)
    return [one for same in causes.values() for one in _as_one(same)]


def _as_one(same: list[Finding]) -> list[Finding]:
    if len(same) < _MANY and len({one.message for one in same}) == len(same):
        return same
    first = same[0]
    places = list(dict.fromkeys(one.place for one in same if one.place))
    more = ", …" if len(places) > _SHOWN else ""
    where = f": {', '.join(places[:_SHOWN])}{more}" if places else ""
    message = f"{first.message} ({len(same)} like this{where})"
    return [Finding(first.severity, first.place, message)]
