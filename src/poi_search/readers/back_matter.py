"""One rule for all formats: statements on interests, funding, data and ethics come last.

Some publishers print them as sections of the text, some as notes, some as metadata. Here they
become sections of their own below the article's text, where they can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from poi_search.article import Article, Block, LedgerLine, Paragraph, Prose, Section
from poi_search.readers.matter import STATEMENTS, classify, is_declarations

_METHODS = re.compile(
    r"method|material|experiment|procedure|patient|participant|subject|design", re.I
)
_ANYWHERE = ("conflict of interest", "funding")
_LAST = ("acknowledgments", "author-contributions", *STATEMENTS)

_DECLARATIONS = "declarations"


def arrange_back_matter(article: Article) -> Article:
    """The article with its statements as sections after all others, each kind once."""
    stated: dict[str, list[tuple[str, Block]]] = {}
    titles: dict[str, str] = {}
    renamed: dict[str, str] = {}
    kept: list[Section] = []
    for section, kind in _with_kinds(article.sections):
        if kind:
            renamed[section.anchor] = _slug(kind)
            titles.setdefault(kind, section.title)
            stated.setdefault(kind, []).extend((block.anchor, block) for block in section.blocks)
        else:
            kept.append(section)
    for statement in article.statements:
        if statement.name in STATEMENTS:
            block = Paragraph("", Prose(statement.text))
            stated.setdefault(statement.name, []).append((statement.name, block))
    if not stated:
        return article
    sections = [
        _section(
            kind, titles.get(kind) or kind.capitalize().replace("-", " "), stated[kind], renamed
        )
        for kind in _LAST
        if kind in stated
    ]
    return replace(
        article,
        sections=(*kept, *sections),
        statements=tuple(one for one in article.statements if one.name not in STATEMENTS),
        ledger=tuple(_rename(line, renamed) for line in article.ledger),
    )


def _with_kinds(sections: tuple[Section, ...]) -> Iterator[tuple[Section, str]]:
    """The sections with the kind of statement that each is; those of the text have ''.

    What the methods say of ethics and data is part of the text.
    """
    above: list[Section] = []
    taken = {section.anchor for section in sections if not section.number}
    for section, after in zip(sections, (*sections[1:], None), strict=True):
        while above and above[-1].level >= section.level:
            above.pop()
        kind = classify(section.title) if section.number else ""
        if kind not in _ANYWHERE and any(_METHODS.search(one.title) for one in above):
            kind = ""
        above.append(section)
        plain = all(isinstance(block, Paragraph) for block in section.blocks)
        leaf = after is None or after.level <= section.level
        if is_declarations(section.title) and not section.blocks and not leaf:
            yield section, _DECLARATIONS
            continue
        last = kind in _LAST and kind not in taken
        yield section, kind if last and plain and leaf and section.blocks else ""


def _section(
    kind: str, title: str, blocks: list[tuple[str, Block]], renamed: dict[str, str]
) -> Section:
    anchor = _slug(kind)
    placed: list[Block] = []
    for before, block in blocks:
        if isinstance(block, Paragraph) and not _is_repeated(block, placed):
            placed.append(structs.replace(block, anchor=f"{anchor}-p{len(placed) + 1}"))
        renamed |= dict.fromkeys(_places(before, kind), placed[-1].anchor)
    return Section(anchor, "", "", title, 1, tuple(placed))


def _slug(kind: str) -> str:
    return kind.replace(" ", "-")


def _places(anchor: str, kind: str) -> tuple[str, ...]:
    """What the ledger calls a block of the text, or a statement."""
    return (f"metadata:statements:{kind}", f"metadata:{kind}") if anchor == kind else (anchor,)


def _is_repeated(block: Paragraph, placed: list[Block]) -> bool:
    return any(isinstance(one, Paragraph) and one.prose.text == block.prose.text for one in placed)


def _rename(line: LedgerLine, renamed: dict[str, str]) -> LedgerLine:
    if not renamed.keys() & set(line.where):
        return line
    where = dict.fromkeys(renamed.get(one, one) for one in line.where)
    if _DECLARATIONS in where:
        return replace(line, where=(), reason="a heading of statements only")
    return replace(line, where=tuple(where))
