"""The folder `corpus/`: which files are articles, and which are records of or notes on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from poi_search import readers
from poi_search.article import Article, Finding, ReadError, Reference
from poi_search.checksums import checksum
from poi_search.index import notes
from poi_search.readers.conversions import Conversions
from poi_search.references.matching import attach

RECORDS = (".nbib", ".ris")
NOTES = ".notes.toml"
PDF = ".pdf"
_ABOUT = ("readme", "licence", "license")
_PUBMED_XML = re.compile(rb"<PubmedArticleSet[\s>]")


@dataclass(frozen=True, slots=True)
class Source:
    """The file of an article; `digest` also covers the files that belong to it."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article with its editorial notes, and the records that match none of its references."""

    article: Article
    notes: tuple[notes.Note, ...]
    unmatched: tuple[Finding, ...]


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of the corpus, by name; hidden files are skipped.

    Files that cannot be opened are included, so that reading them reports the error.
    """
    return {
        _printable(path.name): _checksum(path)
        for path in sorted(folder.iterdir())
        if (path.is_file() or not path.exists()) and not path.name.startswith(".")
    }


def _checksum(path: Path) -> str:
    try:
        return checksum(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _printable(name: str) -> str:
    """A name in printable form, even if its bytes are not valid text."""
    return name.encode(errors="backslashreplace").decode()


def converter(folder: Path) -> dict[str, str]:
    """What converts the PDFs of the corpus, to be recorded; nothing if there are none."""
    if not any(path.suffix.lower() == PDF for path in folder.iterdir()):
        return {}
    return {"converter": readers.formats_by_suffix()[PDF].converter()}


def pdf_of(file: Path) -> Path | None:
    """The PDF of an article that was read from `file`: the file itself, or one beside it."""
    beside = (file.with_suffix(suffix) for suffix in (PDF, PDF.upper()))
    candidates = (file, *beside) if file.suffix.lower() == PDF else beside
    return next((path for path in candidates if path.is_file()), None)


def sources(folder: Path, known: Mapping[str, str]) -> list[Source]:
    """The articles of the corpus, in the order of their names.

    A PDF beside a file of the same name, which says more about the article, is only shown.
    """
    record_digest = "".join(known[path.name] for path in record_files(folder, known))
    formats = readers.formats_by_suffix()
    converted = "".join(converter(folder).values())
    marked_up = {Path(name).stem for name in known if _is_article(name) and not _is_pdf(name)}
    found = []
    for path in sorted(folder.iterdir()):
        if path.name not in known or path.suffix.lower() not in formats:
            continue
        if _is_pdf(path.name) and path.stem in marked_up:
            continue
        if path.name.lower() in ("readme.md", "readme.txt", "licence.txt", "license.txt"):
            continue
        if not _is_records(path):
            beside = "".join(known.get(path.stem + suffix, "-") for suffix in (".toml", NOTES))
            digest = known[path.name] + beside + record_digest
            found.append(Source(path, digest + converted if _is_pdf(path.name) else digest))
    return found


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(PDF)


def _is_article(name: str) -> bool:
    return Path(name).suffix.lower() in readers.formats_by_suffix()


def strays(folder: Path, known: Mapping[str, str]) -> Iterator[Finding]:
    """Findings on files that are neither articles nor records and belong to none."""
    stems = {source.path.stem for source in sources(folder, known)}
    readable = {*readers.formats_by_suffix(), *RECORDS}
    for name in known:
        path = folder / name
        if not path.exists() and not path.is_symlink():
            yield Finding("warning", name, "Not read: its name is not valid text. Rename it.")
            continue
        stem = name.removesuffix(NOTES) if name.endswith(NOTES) else path.stem
        if path.suffix == ".toml" and stem not in stems:
            yield Finding("warning", name, f"There is no article {stem} for this file.")
        elif path.suffix.lower() not in (*readable, ".toml") and path.stem.lower() not in _ABOUT:
            message = f"Not read: the name must end in {', '.join(sorted(readable))}."
            yield Finding("warning", name, message)
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith("."):
            message = "Not read: it is a folder. Move its articles up into corpus/."
            yield Finding("warning", _printable(path.name), message)


def record_files(folder: Path, known: Mapping[str, str]) -> list[Path]:
    """The PubMed records and RIS files next to the articles."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.name in known and (path.suffix.lower() in RECORDS or _is_records(path))
    ]


def read_records(path: Path) -> tuple[Reference, ...]:
    """The records of one file. Raises `ReadError` if it cannot be read."""
    # Imported here, as the parsers of markup that it needs take long to import.
    from poi_search.readers import records  # noqa: PLC0415

    try:
        source = path.read_bytes()
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise ReadError(path.name, "", problem, "Check that it is readable") from error
    return records.read_records(source, path.name)


def read(
    source: Source, known: tuple[Reference, ...] = (), conversions: Conversions | None = None
) -> SourceArticle:
    """The article of a source, with its records and notes attached. Raises `ReadError`."""
    article = readers.read_article(source.path, conversions)
    references, found = attach(article.references, known)
    odd = tuple(finding for finding in found if finding.severity != "notice")
    kept, unfit = notes.load(source.path.with_name(source.path.stem + NOTES), article)
    findings = (*article.findings, *odd, *unfit)
    unmatched = tuple(finding for finding in found if finding.severity == "notice")
    return SourceArticle(
        replace(article, references=references, findings=findings), kept, unmatched
    )


def _is_records(path: Path) -> bool:
    if path.suffix.lower() != ".xml":
        return False
    try:
        with path.open("rb") as file:
            return _PUBMED_XML.search(file.read(4096)) is not None
    except OSError:
        return False  # the reader will report why
