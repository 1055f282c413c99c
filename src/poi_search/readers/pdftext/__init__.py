"""Reader for the text of a journal article converted from PDF.

The rules are general: marked or numbered headings, front matter anywhere, paragraphs cut by page
breaks and floats, tables in columns, `[1–3]` and raised citations, a numbered reference list.
"""

from __future__ import annotations

from dataclasses import replace

from poi_search.article import Article, ReadError
from poi_search.readers.pdftext.assembly import Assembly
from poi_search.readers.pdftext.block_sorter import BlockSorter
from poi_search.readers.pdftext.blocks import split_blocks
from poi_search.readers.pdftext.brackets import read_brackets
from poi_search.readers.pdftext.citing_style import find_citing_style
from poi_search.readers.pdftext.hyphens import LineJoiner
from poi_search.readers.pdftext.journal_line import mark_journal_lines
from poi_search.readers.pdftext.ligatures import mend_ligatures
from poi_search.readers.pdftext.lines import read_lines
from poi_search.readers.pdftext.margin_numbers import without_margin_numbers
from poi_search.readers.pdftext.masthead import read_masthead
from poi_search.readers.pdftext.notation import read_notation
from poi_search.readers.pdftext.other_formats import refuse_other_format
from poi_search.readers.pdftext.reference_lines import read_references
from poi_search.readers.pdftext.repair import Mender, SourceLine, find_damage, mend
from poi_search.readers.pdftext.side_by_side import find_columns

# A longer line, in characters, is not the text of an article.
MAX_LINE = 50_000

SUFFIXES = (".txt", ".md")


def read(source: bytes, name: str, article_id: str) -> Article:
    """The article in `source`, the UTF-8 content of the file `name`.

    Raises ReadError if it is of another format, not UTF-8, or has nothing that can be searched.
    """
    refuse_other_format(source, name)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        remedy = "Save the file as UTF-8 text"
        raise ReadError(name, f"line {line}", "it is not UTF-8 text", remedy) from error
    return read_text(text, name, article_id)


def read_text(text: str, name: str = "text", identifier: str = "article") -> Article:
    """The article in `text`. Raises ReadError if it contains nothing that can be searched."""
    mender = Mender()
    source = _source_lines(text, name)
    source = tuple(mend_ligatures(list(source), mender))
    wraps = LineJoiner(line.text for line in source)
    unwrapped = [SourceLine(one.number, wraps.unwrap(one.text, one.number)) for one in source]
    mended = mend(read_brackets(read_notation(tuple(unwrapped))), mender)
    lines = mark_journal_lines(read_lines(mended))
    joiner = LineJoiner(line.text for line in lines if not line.debris)
    sorter = BlockSorter(split_blocks(lines, joiner), joiner)
    manuscript = sorter.sort()
    article = read_masthead(manuscript, sorter.front, lines, identifier)
    references = read_references(manuscript, joiner, {line.number: line.raw for line in lines})
    known = frozenset(reference.number for reference in references)
    assembly = Assembly(manuscript, find_citing_style(manuscript.texts(), known))
    sections = assembly.sections()
    if not any(section.blocks for section in sections) and not references:
        problem = "no paragraph, table, figure or reference was found in it"
        raise ReadError(name, "", problem, "Check that it is the text of an article")
    found = (
        *find_columns(source),
        *wraps.findings,
        *find_damage(mended),
        *joiner.findings,
        *manuscript.findings,
    )
    return replace(
        article,
        abbreviations=tuple(assembly.abbreviations),
        sections=sections,
        references=references,
        ledger=manuscript.ledger.entries(lines),
        repairs=(*wraps.repairs, *mender.repairs, *joiner.repairs),
        findings=(*found, *manuscript.ledger.lost(lines)),
    )


def _source_lines(text: str, name: str) -> tuple[SourceLine, ...]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = without_margin_numbers(lines)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            problem = f"it has {len(line)} characters, more than any paragraph"
            remedy = "Check that this is the text of an article"
            raise ReadError(name, f"line {number}", problem, remedy)
    return tuple(SourceLine(n, line.replace("\f", "")) for n, line in enumerate(lines, 1))
