"""The folder `corpus/`: which files are articles, which are records or notes about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from poi_search import readers
from poi_search.article import Article, Finding, ReadError, Reference
from poi_search.checksums import checksum
from poi_search.index import notes
from poi_search.readers import records
from poi_search.references.matching import attach

RECORDS = (".nbib", ".ris")
NOTES = ".notes.toml"
_ABOUT = ("readme", "licence", "license")
_PUBMED_XML = re.compile(rb"<PubmedArticleSet[\s>]")


@dataclass(frozen=True, slots=True)
class Source:
    """An article's file with what belongs to it; `digest` covers them all."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Read:
    """An article with the editorial notes on it, and the records that none of its references
    matches."""

    article: Article
    notes: tuple[notes.Note, ...]
    unmatched: tuple[Finding, ...]


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of the corpus by name; hidden files are passed over.

    A file that cannot be opened is there too, so that it is named when it is to be read.
    """
    return {
        _shown(path.name): _checksum(path)
        for path in sorted(folder.iterdir())
        if (path.is_file() or not path.exists()) and not path.name.startswith(".")
    }


def _checksum(path: Path) -> str:
    try:
        return checksum(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _shown(name: str) -> str:
    """A name as it can be written anywhere, though its bytes may be no text."""
    return name.encode(errors="backslashreplace").decode()


def sources(folder: Path, known: Mapping[str, str]) -> list[Source]:
    """The articles of the corpus in the order of their names."""
    record_digest = "".join(known[path.name] for path in record_files(folder, known))
    found = []
    for path in sorted(folder.iterdir()):
        if path.name not in known or path.suffix.lower() not in readers.formats_by_suffix():
            continue
        if path.name.lower() in ("readme.md", "readme.txt", "licence.txt", "license.txt"):
            continue
        if not _is_records(path):
            beside = "".join(known.get(path.stem + suffix, "-") for suffix in (".toml", NOTES))
            found.append(Source(path, known[path.name] + beside + record_digest))
    return found


def strays(folder: Path, known: Mapping[str, str]) -> Iterator[Finding]:
    """Files that are neither article nor record nor belong to one."""
    stems = {source.path.stem for source in sources(folder, known)}
    readable = {*readers.formats_by_suffix(), *RECORDS}
    for name in known:
        path = folder / name
        if not path.exists() and not path.is_symlink():
            yield Finding("warning", name, "Not read: its name is no text. Give it another.")
            continue
        stem = name.removesuffix(NOTES) if name.endswith(NOTES) else path.stem
        if path.suffix == ".toml" and stem not in stems:
            yield Finding("warning", name, f"No article {stem} stands beside this file.")
        elif path.suffix.lower() not in (*readable, ".toml") and path.stem.lower() not in _ABOUT:
            message = f"Not read: the name must end in {', '.join(sorted(readable))}."
            yield Finding("warning", name, message)
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith("."):
            message = "Not read: it is a folder. Put its articles beside the others."
            yield Finding("warning", _shown(path.name), message)


def record_files(folder: Path, known: Mapping[str, str]) -> list[Path]:
    """PubMed records and RIS files dropped beside the articles."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.name in known and (path.suffix.lower() in RECORDS or _is_records(path))
    ]


def read_records(path: Path) -> tuple[Reference, ...]:
    """The records of one file. Raises `ReadError` for a file that cannot be read."""
    try:
        source = path.read_bytes()
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise ReadError(path.name, "", problem, "Check that it is readable") from error
    return records.read_records(source, path.name)


def read(source: Source, known: tuple[Reference, ...] = ()) -> Read:
    """The article of a source with its records and notes. Raises `ReadError`."""
    article = readers.read_article(source.path)
    references, found = attach(article.references, known)
    odd = tuple(finding for finding in found if finding.severity != "notice")
    kept, unfit = notes.load(source.path.with_name(source.path.stem + NOTES), article)
    findings = (*article.findings, *odd, *unfit)
    unmatched = tuple(finding for finding in found if finding.severity == "notice")
    return Read(replace(article, references=references, findings=findings), kept, unmatched)


def _is_records(path: Path) -> bool:
    if path.suffix.lower() != ".xml":
        return False
    try:
        with path.open("rb") as file:
            return _PUBMED_XML.search(file.read(4096)) is not None
    except OSError:
        return False  # whoever reads it will say why not
