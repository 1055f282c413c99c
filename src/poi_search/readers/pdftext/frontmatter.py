"""Title, authors and the other facts of an article, from the blocks of its front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from poi_search.article import Affiliation, Author, Dated, Finding, Licence, Reference, Severity
from poi_search.article import Statement as ArticleStatement
from poi_search.readers.pdftext.blocks import Block, is_ended
from poi_search.readers.pdftext.headings import bare_name, is_article_type
from poi_search.readers.pdftext.journal import cited_as
from poi_search.readers.pdftext.lines import Line
from poi_search.readers.pdftext.markup import without_superscripts
from poi_search.readers.pdftext.parts import Parts, Passage, Statement
from poi_search.readers.pdftext.people import (
    has_icons,
    parse_affiliations,
    parse_author_line,
    parse_dates,
)
from poi_search.references.identifiers import find_doi
from poi_search.references.names import full_name

_LICENCE = re.compile(
    r"\bCC[ -]?BY(?P<short>(?:-(?:NC|ND|SA))*)(?P<version>[ -]?\d\.\d)?"
    r"|Creative Commons Attribution(?P<long>[-A-Za-z ]*?) (?:\(.{1,20}\) )?(?P<before>\d\.\d )?"
    r"(?:International |Unported )?(?:Public )?Licen[cs]e,?(?: version)?(?P<after> ?\d\.\d)?",
)
_SHORT_CODES = (("NonCommercial", "-NC"), ("Non-Commercial", "-NC"), ("NoDeriv", "-ND"),
                ("No-Deriv", "-ND"), ("ShareAlike", "-SA"), ("Share-Alike", "-SA"))  # fmt: skip
_LICENCE_URL = re.compile(r"https?://creativecommons\.org/licenses/[\w./-]+[\w/]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The metadata fields of an article, and the field each line went to."""

    title: str
    authors: tuple[Author, ...]
    affiliations: tuple[Affiliation, ...]
    correspondence: str
    citation: Reference
    doi: str
    licence: Licence
    dates: tuple[Dated, ...]
    statements: tuple[ArticleStatement, ...]
    where: dict[int, str]


def read_front_matter(parts: Parts, front: list[Block], lines: list[Line]) -> FrontMatter:
    """Every fact from the statements and the blocks not told apart; the rest is set aside."""
    citation = cited_as(_joined(parts.statements, "how to cite"), lines)
    _choose(parts, front, citation.title)
    texts = " ".join(statement.text for statement in parts.statements)
    affiliations = _affiliations(parts.statements)
    correspondence = re.sub(
        r"^[\W_]*(?:correspondence|corresponding author)s?(?: to)?\s*[:.]?\s*",
        "",
        _joined(parts.statements, "correspondence"),
        flags=re.IGNORECASE,
    )
    copyright_text = _joined(parts.statements, "copyright")
    authors = parse_author_line(parts.authors.text) if parts.authors else ()
    authors = tuple(_corresponding(author, correspondence) for author in authors)
    if parts.authors and has_icons(parts.authors.text):
        message = "a raised letter after an author's marks was taken as the picture of an icon"
        _note(parts, "notice", message, parts.authors.lines[0])
    if not authors:
        _note(parts, "warning", "no line of authors was recognised")
    own_doi = next((find_doi(s.text) for s in parts.statements if s.kind == "doi"), "")
    return FrontMatter(
        title=without_superscripts(parts.title.text) if parts.title else citation.title,
        authors=authors,
        affiliations=affiliations,
        correspondence=correspondence,
        citation=citation,
        doi=own_doi or citation.doi,
        licence=_licence(copyright_text or texts),
        dates=tuple(d for s in parts.statements if s.kind == "dates" for d in parse_dates(s.text)),
        statements=_statements(parts.statements),
        where=_where(parts),
    )


# An abstract without a heading is at least so long.
_ABSTRACT = 200


def _choose(parts: Parts, front: list[Block], cited_title: str) -> None:
    """The title among the blocks, then the authors after it; the others are set aside.

    Whole paragraphs are the abstract, if none was printed under that name.
    """
    labelled = bool(parts.abstract)
    candidates = [block for block in front if not is_article_type(block.text)]
    title = (
        next((b for b in candidates if _same(b.text, cited_title)), None)
        or next((b for b in candidates if b.head.level and len(b.text.split()) > 2), None)
        or next((b for b in candidates if len(b.text.split()) > 3 and not _people(b)), None)
        or next((b for b in candidates if not _people(b)), None)
    )
    if title is not None:
        parts.title = Passage(title.text, [*title.numbers])
    after = candidates[candidates.index(title) + 1 :] if title else candidates
    for block in after:
        if _people(block) and (parts.authors is None or block.text[:1] in ",;"):
            parts.authors = Passage(block.text, [*block.numbers])
        elif _people(block) and parts.authors and parts.authors.lines[-1] + 2 >= block.numbers[0]:
            parts.authors.text += f", {block.text}"
            parts.authors.lines += block.numbers
    used = {
        *(parts.title.lines if parts.title else ()),
        *(parts.authors.lines if parts.authors else ()),
    }
    for block in front:
        if block.numbers[0] in used:
            continue
        below = parts.title is not None and block.numbers[0] > parts.title.lines[-1]
        if below and not labelled and len(block.text) > _ABSTRACT and is_ended(block.text):
            parts.abstract.append(Passage(block.text, [*block.numbers]))
            continue
        reason = "front matter that names no field"
        parts.aside.update(dict.fromkeys(block.numbers, reason))
        if len(block.text) > 60:
            _note(parts, "notice", "front matter not recognised, set aside", block.numbers[0])


def _people(block: Block) -> bool:
    return bool(parse_author_line(block.text))


def _same(text: str, cited: str) -> bool:
    letters = [re.sub(r"\W+", "", part).lower() for part in (bare_name(text), cited)]
    return len(letters[1]) > 10 and letters[0] == letters[1]


def _joined(statements: list[Statement], kind: str) -> str:
    return " ".join(without_superscripts(s.text) for s in statements if s.kind == kind).strip()


def _affiliations(statements: list[Statement]) -> tuple[Affiliation, ...]:
    return tuple(
        one for s in statements if s.kind == "affiliations" for one in parse_affiliations(s.text)
    )


def _corresponding(author: Author, correspondence: str) -> Author:
    named = full_name(author.name) in correspondence
    return replace(author, corresponding=True) if named else author


def _licence(text: str) -> Licence:
    """The licence named in the copyright notice; only its text where none is recognised."""
    match = _LICENCE.search(text)
    if match is None:
        return Licence(text=text if "©" in text else "")
    code = match["short"] or ""
    for word, short in _SHORT_CODES:
        if match["long"] and word.lower() in match["long"].lower():
            code += short
    version = (match["version"] or match["after"] or match["before"] or "").strip(" -")
    url = _LICENCE_URL.search(text)
    name = f"CC BY{code}" + (f" {version}" if version else "")
    return Licence(name=name, url=url[0] if url else "", text=text)


_FIELDS = {"doi", "dates", "affiliations", "correspondence"}


def _statements(statements: list[Statement]) -> tuple[ArticleStatement, ...]:
    kinds = dict.fromkeys(s.kind for s in statements if s.kind not in _FIELDS)
    return tuple(ArticleStatement(kind, _joined(statements, kind)) for kind in kinds)


def _where(parts: Parts) -> dict[int, str]:
    where = {number: f"metadata:{s.kind}" for s in parts.statements for number in s.lines}
    for field, passage in (("title", parts.title), ("authors", parts.authors)):
        if passage is not None:
            where |= dict.fromkeys(passage.lines, f"metadata:{field}")
    return where


def _note(parts: Parts, severity: Severity, message: str, line: int = 0) -> None:
    place = f"line {line}" if line else "front matter"
    parts.findings.append(Finding(severity, place, message))
