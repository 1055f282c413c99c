"""Title, authors and other metadata of an article, from its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from poi_search.article import Article, Author, Licence, Reference, Statement
from poi_search.readers.licences import read_licence
from poi_search.readers.pdftext.blocks import TextBlock, is_ended
from poi_search.readers.pdftext.byline import (
    has_icons,
    parse_affiliations,
    parse_author_line,
    parse_dates,
)
from poi_search.readers.pdftext.headings import bare_name
from poi_search.readers.pdftext.journal import (
    find_citation,
    first_doi,
    stated_year,
    top_texts,
    without_authors,
)
from poi_search.readers.pdftext.lines import PrintedLine
from poi_search.readers.pdftext.manuscript import Manuscript, Passage
from poi_search.readers.pdftext.part_labels import is_article_type
from poi_search.readers.pdftext.plain_text import without_superscripts
from poi_search.references.names import full_name

# Kinds of metadata with fields in Article; the others are statements.
_FIELDS = frozenset({"doi", "dates", "affiliations", "correspondence"})
_CORRESPONDENCE = re.compile(
    r"^[\W_]*(?:correspondence|corresponding author)s?(?: to)?\s*[:.]?\s*", re.IGNORECASE
)
# Of journals that publish each revision: `[version 2; referees: 2 approved]`.
_VERSION = re.compile(r"\s\[v(?:ersion )?\d[^\[\]]*\]$")
# How long an abstract without a heading must be, and unknown matter to be reported.
_ABSTRACT = 200
_NOTABLE = 60


def read_masthead(
    manuscript: Manuscript, front: list[TextBlock], lines: list[PrintedLine], identifier: str
) -> Article:
    """The article's metadata, without sections and references.

    Blocks of the `front` that are still unknown are identified or set aside.
    """
    citation = find_citation(_text_of(manuscript, "how to cite"), lines)
    _sort_front(manuscript, front, citation)
    _record_fields(manuscript)
    correspondence = _CORRESPONDENCE.sub("", _text_of(manuscript, "correspondence"))
    printed = without_superscripts(manuscript.title.text) if manuscript.title else ""
    title = _VERSION.sub("", printed) or citation.title
    dates = tuple(one for text in _texts(manuscript, "dates") for one in parse_dates(text))
    top = top_texts(manuscript, lines)
    authors = _authors(manuscript, correspondence)
    return Article(
        id=identifier,
        title=title,
        authors=authors,
        affiliations=tuple(
            one for text in _texts(manuscript, "affiliations") for one in parse_affiliations(text)
        ),
        correspondence=correspondence,
        journal=without_authors(citation.journal, authors),
        year=citation.year or stated_year(dates, [*top, _text_of(manuscript, "copyright")]),
        volume=citation.volume,
        issue=citation.issue,
        pages=citation.pages,
        doi=citation.doi or first_doi([*top, *_texts(manuscript, "doi")]),
        licence=_licence(manuscript),
        dates=dates,
        statements=_statements(manuscript),
    )


def _record_fields(manuscript: Manuscript) -> None:
    """Note in the ledger which fields the lines of the front matter went to."""
    for matter in manuscript.matter:
        manuscript.ledger.record(matter.lines, f"metadata:{matter.kind}")
    for field, passage in (("title", manuscript.title), ("authors", manuscript.authors)):
        manuscript.ledger.record(passage.lines if passage else (), f"metadata:{field}")


def _sort_front(manuscript: Manuscript, front: list[TextBlock], cited: Reference) -> None:
    """Find the title and, after it, the authors; set the other blocks aside.

    Whole paragraphs become the abstract if none has that heading.
    """
    labelled = bool(manuscript.abstract)
    candidates = [block for block in front if not is_article_type(block.text)]
    title = _choose_title(candidates, cited)
    if title is not None:
        manuscript.title = Passage(title.text, [*title.numbers])
    after = candidates[candidates.index(title) + 1 :] if title else candidates
    used = [title, *(block for block in after if _add_authors(manuscript, block))]
    left = [block for block in front if block not in used]
    for block, following in zip_longest(left, left[1:]):
        at = block.numbers[0]
        below = title is not None and at > title.numbers[-1]
        cut = following is not None and following.text[:1].islower()
        long = len(block.text) > _ABSTRACT and (cut or is_ended(block.text))
        goes_on = block.text[:1].islower() and bool(manuscript.abstract)
        if below and not labelled and (long or goes_on):
            _add_abstract(manuscript, block)
            continue
        manuscript.ledger.set_aside(block.numbers, "front matter not recognised")
        if len(block.text) > _NOTABLE:
            message = "front matter not recognised, set aside"
            manuscript.report("notice", f"line {at}", message)


def _add_abstract(manuscript: Manuscript, block: TextBlock) -> None:
    """Add a paragraph, or the rest of one, to an abstract without a heading."""
    before = manuscript.abstract[-1] if manuscript.abstract else None
    if before is not None and block.text[:1].islower():
        before.text += f" {block.text}"
        before.lines += block.numbers
    else:
        manuscript.abstract.append(Passage(block.text, [*block.numbers]))


def _choose_title(every: list[TextBlock], cited: Reference) -> TextBlock | None:
    """The title as cited, else a marked heading, else the first block that is not a byline; never
    the name of the journal."""
    blocks = [block for block in every if not _is_same(block.text, cited.journal)]
    plain = [block for block in blocks if not _is_byline(block)]
    ranks = (
        (block for block in blocks if _is_same(block.text, cited.title)),
        (block for block in blocks if block.head.level and len(block.text.split()) > 2),
        (block for block in plain if len(block.text.split()) > 3),
        plain,
    )
    return next((block for rank in ranks for block in rank), None)


def _is_same(text: str, cited: str) -> bool:
    letters = [re.sub(r"\W+", "", part).lower() for part in (bare_name(text), cited)]
    return len(letters[1]) > 10 and letters[0] == letters[1]


def _is_byline(block: TextBlock) -> bool:
    return bool(parse_author_line(block.text))


def _add_authors(manuscript: Manuscript, block: TextBlock) -> bool:
    """Take a line of authors at most two lines after the one before; whether it was taken."""
    authors = manuscript.authors
    if not _is_byline(block) or (authors and block.numbers[0] > authors.lines[-1] + 2):
        return False
    if authors is None:
        manuscript.authors = Passage(block.text, [*block.numbers])
    else:
        authors.text += f", {block.text}"
        authors.lines += block.numbers
    return True


def _authors(manuscript: Manuscript, correspondence: str) -> tuple[Author, ...]:
    printed = manuscript.authors
    authors = parse_author_line(printed.text) if printed else ()
    if printed and has_icons(printed.text):
        message = "a superscript letter after an author's marks was taken for an icon"
        manuscript.report("notice", f"line {printed.lines[0]}", message)
    if not authors:
        manuscript.report("warning", "front matter", "no line of authors was recognised")
    return tuple(
        replace(
            author, corresponding=author.corresponding or full_name(author.name) in correspondence
        )
        for author in authors
    )


def _licence(manuscript: Manuscript) -> Licence:
    """The licence in the copyright notice or in any metadata; only its text if unknown."""
    every = " ".join(matter.text for matter in manuscript.matter)
    licence = read_licence(_text_of(manuscript, "copyright") or every)
    return licence if licence.name or "©" in licence.text else Licence()


def _statements(manuscript: Manuscript) -> tuple[Statement, ...]:
    kinds = dict.fromkeys(one.kind for one in manuscript.matter if one.kind not in _FIELDS)
    return tuple(Statement(kind, _text_of(manuscript, kind)) for kind in kinds)


def _texts(manuscript: Manuscript, kind: str) -> Iterator[str]:
    return (matter.text for matter in manuscript.matter if matter.kind == kind)


def _text_of(manuscript: Manuscript, kind: str) -> str:
    return without_superscripts(" ".join(_texts(manuscript, kind))).strip()
