"""Reader for the text of an article converted from the PDF of a journal.

General rules only: marked or numbered headings, front matter anywhere, paragraphs cut by page
breaks and floats, tables in columns, `[1–3]` and raised citations, a numbered reference list.
"""

from __future__ import annotations

from poi_search.article import (
    Article,
    Figure,
    Finding,
    LedgerLine,
    Prose,
    ReadError,
    Reference,
    Table,
)
from poi_search.readers.pdftext.blocks import Joiner, split_blocks
from poi_search.readers.pdftext.build import Builder, Built
from poi_search.readers.pdftext.entries import Entry, linked, read_entries
from poi_search.readers.pdftext.frontmatter import FrontMatter, read_front_matter
from poi_search.readers.pdftext.lines import Line, read_lines
from poi_search.readers.pdftext.notation import known_notation
from poi_search.readers.pdftext.parts import Float, Parts
from poi_search.readers.pdftext.prose import citing_style
from poi_search.readers.pdftext.repair import SourceLine, mend
from poi_search.readers.pdftext.sort import Sorter
from poi_search.references.entries import parse_entry

SUFFIXES = (".txt", ".md")


def read(source: bytes, name: str, article_id: str) -> Article:
    """The article in `source`, the content of the file `name`, as UTF-8 text.

    Raises ReadError if it is not UTF-8, or holds nothing that can be found.
    """
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        remedy = "Save the file as UTF-8 text"
        raise ReadError(name, f"line {line}", "it is not UTF-8 text", remedy) from error
    return read_text(text, name, article_id)


def read_text(text: str, name: str = "text", identifier: str = "article") -> Article:
    """The article in `text`. Raises ReadError if there is nothing in it that can be found."""
    source = _source_lines(text, name)
    mended = mend(source)
    lines = read_lines(mended.lines)
    joiner = Joiner(lines)
    sorter = Sorter(split_blocks(lines, joiner), joiner)
    parts = sorter.run()
    front = read_front_matter(parts, sorter.front, lines)
    entries, entry_findings = read_entries(parts.entry_lines)
    raw = {line.number: line.raw for line in lines}
    references = tuple(
        linked(parse_entry(entry.number or 0, entry.text), " ".join(raw[at] for at in entry.lines))
        for entry in entries
    )
    known = frozenset(reference.number for reference in references)
    built = Builder(parts, citing_style(_running_texts(parts), known)).build()
    if not any(section.blocks for section in built.sections) and not references:
        problem = "no paragraph, table, figure or reference was found in it"
        raise ReadError(name, "", problem, "Check that it is the text of an article")
    findings = [
        *mended.findings,
        *joiner.findings,
        *parts.findings,
        *entry_findings,
        *built.findings,
        *_citing_findings(built, references),
        *_reference_findings(references),
    ]
    ledger = _ledger(lines, parts, front, entries, built)
    findings += [
        Finding("warning", f"line {line.line}", "not understood, and found nowhere")
        for line in ledger
        if not line.where and line.reason == _UNKNOWN
    ]
    cited = front.citation
    return Article(
        id=identifier,
        title=front.title,
        authors=front.authors,
        affiliations=front.affiliations,
        correspondence=front.correspondence,
        journal=cited.journal,
        year=cited.year,
        volume=cited.volume,
        issue=cited.issue,
        pages=cited.pages,
        doi=front.doi,
        licence=front.licence,
        dates=front.dates,
        statements=front.statements,
        abbreviations=tuple(built.abbreviations),
        sections=tuple(built.sections),
        references=references,
        ledger=ledger,
        repairs=(*mended.repairs, *joiner.repairs),
        findings=tuple(findings),
    )


_UNKNOWN = "not understood"


# No paragraph is so long, in characters: such a line is no text of an article.
MAX_LINE = 50_000


def _source_lines(text: str, name: str) -> tuple[SourceLine, ...]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            problem = f"it has {len(line)} characters, more than any paragraph"
            remedy = "Check that this is the text of an article"
            raise ReadError(name, f"line {number}", problem, remedy)
    source = (SourceLine(n, line.replace("\f", "")) for n, line in enumerate(lines, 1))
    return known_notation(tuple(source))


def _running_texts(parts: Parts) -> list[str]:
    texts = [passage.text for passage in parts.abstract]
    for chapter in parts.chapters:
        for item in chapter.items:
            texts.append(item.text)
            if isinstance(item, Float):
                texts += [cell for line in item.rows for cell in line.cells or (line.text,)]
    return texts


def _ledger(
    lines: list[Line], parts: Parts, front: FrontMatter, entries: list[Entry], built: Built
) -> tuple[LedgerLine, ...]:
    """What became of every non-blank line, in order."""
    references = {number: f"ref-{entry.number}" for entry in entries for number in entry.lines}
    ledger: list[LedgerLine] = []
    for line in {line.number: line for line in lines}.values():
        where = list(built.where.get(line.number, ()))
        for known in (references, front.where):
            if line.number in known:
                where.append(known[line.number])
        reason = "" if where else line.debris or parts.aside.get(line.number, _UNKNOWN)
        ledger.append(LedgerLine(line.number, tuple(where), reason))
    return tuple(ledger)


def _proses(built: Built) -> list[Prose]:
    """Every text that may cite."""
    found: list[Prose] = []
    for section in built.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                found.append(block.caption)
                found += [cell for row in block.rows for cell in row.cells]
                found += [block.notes.prose] if block.notes else []
            elif isinstance(block, Figure):
                found.append(block.caption)
            else:
                found.append(block.prose)
    return found


def _citing_findings(built: Built, references: tuple[Reference, ...]) -> list[Finding]:
    numbers = {reference.number for reference in references}
    cited: set[int] = set()
    for prose in _proses(built):
        for citation in prose.citations:
            cited.update(citation.numbers)
    if not references:
        return [Finding("error", "references", "no reference list was found")]
    if not cited:
        return [Finding("warning", "references", "no citation marker names a reference")]
    return [
        Finding("notice", f"ref-{number}", "this reference is never cited")
        for number in sorted(numbers - cited)
    ]


def _reference_findings(references: tuple[Reference, ...]) -> list[Finding]:
    return [
        Finding("notice", f"ref-{one.number}", "its parts could not be told apart; kept as printed")
        for one in references
        if not (one.names and one.title and one.year)
    ]
