"""What is read from the samples as text, to compare it with what should be: `tests/data/read/`.

`python tests/described.py` describes the samples again; look at the difference before it is
committed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from poi_search.article import Article, Block, Figure, Paragraph, Prose
from poi_search.export import export, formats
from poi_search.export.citation import copy_citation, quotation
from poi_search.index.entries import Indexer
from poi_search.index.units import detail, units
from poi_search.query import weights
from poi_search.query.syntax import parse
from poi_search.query.understand import Understander
from poi_search.readers import read_article
from poi_search.readers.records import read_records
from poi_search.references.identifiers import (
    doi_url,
    find_doi,
    identifiers_of_address,
    normal_doi,
    normal_pmcid,
    normal_pmid,
    pubmed_url,
    take_identifiers,
)
from poi_search.references.name_lists import list_end, parse_names
from poi_search.references.names import (
    family_name,
    full_name,
    inverted_full_name,
    inverted_name,
    is_organisation,
    parse_full_name,
    parse_name,
    short_name,
)
from poi_search.references.page_ranges import full_pages, page_ranges
from poi_search.references.printed_entries import parse_entry
from poi_search.text.function_words import is_sentence
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.forms import question_forms
from poi_search.thesaurus.mentions import Lexicon

DATA = Path(__file__).parent / "data"
DESCRIBED = DATA / "read"
CONCEPTS = (
    Concept(
        "msc", "Mesenchymal stem cells", ("mesenchymal stem cell",), ("MSC",), related=("cord",)
    ),
    Concept("ucmsc", "UCMSC", ("umbilical cord mesenchymal stem cell",), ("UCMSC",)),
    Concept("cord", "Umbilical cord", ("umbilical cord",)),
    Concept("blood", "Cord blood", ("blood of the cord",)),
    Concept("hormone", "Hormone", ("anti-Mullerian hormone",), ("AMH",)),
    Concept("handling", "Handling", ("materials handling",), ("AMH",)),
)
_FIELDS: dict[object, str] = {
    weights.TEXT: "TEXT",
    weights.NOT_NAMES: "NOT_NAMES",
    weights.NOT_PLACES: "NOT_PLACES",
    weights.CONCEPT: "CONCEPT",
}
_INDEXED = ("abstract-p1", "s1-p1", "f9", "t2-r1", "t5-r2", "t5-notes", "s2.1-p1", "ref-1", "ref-2")
_APART = ("sections", "references", "ledger", "repairs", "findings")


def samples() -> list[Path]:
    return sorted(
        path
        for path in (
            *DATA.glob("*.txt"),
            *DATA.glob("*.*ml"),
            *DATA.glob("records*"),
            *(DATA / "pdftext").iterdir(),
        )
        if path.suffix in (".xml", ".html", ".md", ".txt", ".nbib", ".ris")
    )


def described(path: Path) -> str:
    if path.name in _OF_LINES:
        texts = path.read_text(encoding="utf-8").split("\n")[:-1]
        lines = [line for text in texts for line in ("", f"# {text}", *_OF_LINES[path.name](text))]
    elif path.stem.startswith("records"):
        lines = [_short(_filled(one)) for one in read_records(path.read_bytes(), path.name)]
    else:
        article = read_article(path)
        lines = [*_lines(article), *(_indexed(article) if path.stem == "jats-rare" else ())]
    return "".join(f"{line}\n" for line in lines)


def _question(text: str) -> Iterator[str]:
    """Its tree, the notices about it, what is asked, and the engine's query."""
    lexicon = Lexicon(question_forms(CONCEPTS))
    parsed = parse(text)
    found = Understander(Thesaurus(CONCEPTS), lexicon, is_sentence(text)).understand(parsed.tree)
    yield from (_written(parsed.tree), *parsed.notices, *map(_written, found.asks))
    yield _written(found.query)


def _entry(text: str) -> Iterator[str]:
    """A printed reference in its parts."""
    yield _short(_filled(replace(parse_entry(1, text), text="")))


def _name(text: str) -> Iterator[str]:
    """A name as in a list and as printed in full, in parts and in each form."""
    for name in (parse_name(text), parse_full_name(text)):
        forms = (short_name, inverted_name, inverted_full_name, full_name, family_name)
        yield " | ".join((_short(_filled(name)), *(form(name) for form in forms)))
    yield f"{is_organisation(text)}" if text else ""


def _name_list(text: str) -> Iterator[str]:
    found = parse_names(text)
    yield _short(_filled(found)) if found else "none"
    yield text[: list_end(text)]


def _identifiers(text: str) -> Iterator[str]:
    """What is found in a text, what it is if it states one, and what is left of it."""
    taken, rest = take_identifiers(text)
    yield " | ".join((find_doi(text), normal_doi(text), normal_pmid(text), normal_pmcid(text)))
    yield " | ".join((doi_url(text), pubmed_url(text)))
    yield f"{_written(taken)} {rest!r}"
    yield _written(identifiers_of_address(text))


def _pages(text: str) -> Iterator[str]:
    yield f"{page_ranges(text)} {full_pages(text, '-')}"


_OF_LINES = {
    "questions.txt": _question,
    "entries.txt": _entry,
    "names.txt": _name,
    "name-lists.txt": _name_list,
    "identifiers.txt": _identifiers,
    "pages.txt": _pages,
}


def _written(value: object) -> str:
    """A value as its constructor would be called, without the fields that have their default."""
    if isinstance(value, tuple):
        named = _FIELDS.get(value)
        return named or f"({' '.join(map(_written, value))})"
    fields: Sequence[Any] = ()
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.fields(value)
    elif dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
    if not fields:
        return repr(value)
    given = [
        f"{field.name}={_written(inner)}"
        for field in fields
        if (inner := getattr(value, field.name)) != field.default
    ]
    return f"{type(value).__name__}({', '.join(given)})"


def _lines(article: Article) -> Iterator[str]:
    for name, value in _filled(article).items():
        if name not in _APART:
            for one in value if isinstance(value, list) else [value]:
                yield f"{name}: {_short(one)}"
    for section in article.sections:
        yield ""
        yield f"# {section.anchor} | {section.number} | {section.label} | {section.title}"
        yield f"level: {section.level}"
        for block in section.blocks:
            yield from _block(block)
    yield ""
    for reference in article.references:
        yield f"ref-{reference.number}: {_short(_filled(reference))}"
    yield ""
    for line in article.ledger:
        yield f"line {line.line}: {' '.join(line.where)}{line.reason and f'({line.reason})'}"
    for odd in (*article.repairs, *article.findings):
        yield f"{type(odd).__name__.lower()}: {_short(_filled(odd))}"


def _indexed(article: Article) -> Iterator[str]:
    """Some units of an article, what they are found by, and its references in every format."""
    indexer = Indexer(Lexicon(question_forms(CONCEPTS)), Thesaurus(CONCEPTS))
    for order, unit in enumerate(units(article)):
        if unit.view.anchor not in _INDEXED:
            continue
        entry = indexer.entry(unit, order, ["anti-Mullerian hormone"] if order == 1 else [])
        yield ""
        yield f"{unit.view.title}: {_short(_filled(unit.view))}"
        yield f"within {unit.within}, {unit.parts}, {unit.markers}"
        for name, words in entry.terms.items():
            yield f"{name}: {' '.join(word or '·' for word in words)}"
        yield f"{entry.keywords} {entry.numbers}"
        yield _short(_filled(msgspec.json.decode(entry.payload) | {"view": None}))
    yield from ("", _short(_filled(detail(article, units(article)))))
    items = [(f"a/ref-{one.number}", one) for one in article.references]
    for name in formats.NAMES:
        yield from ("", *export(items, name).splitlines())
    yield ""
    for one in article.references:
        yield copy_citation(one)
    yield quotation("Cells\n die.", article, "s1-p1")


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"{block.anchor}: {block.heading and f'<{block.heading}> '}{_prose(block.prose)}"
        return
    yield f"{block.anchor}: {block.label} | {_prose(block.caption)}"
    if isinstance(block, Figure):
        return
    yield f"    {' | '.join(block.header)}"
    for row in block.rows:
        cells = " | ".join(map(_prose, row.cells))
        yield f"    {row.anchor}: {cells}{row.group and f' ({row.group})'}"
    if block.notes:
        yield from _block(block.notes)


def _prose(prose: Prose) -> str:
    """The text with what each marker cites after it: `[1–3]{1 2 3}`."""
    text = prose.text
    for citation in reversed(prose.citations):
        numbers = " ".join(map(str, citation.numbers))
        text = f"{text[: citation.end]}{{{numbers}}}{text[citation.end :]}"
    return text


def _filled(value: object) -> dict[str, object]:
    """The fields that are not empty."""
    fields = msgspec.to_builtins(value)
    return {name: _without_empty(inner) for name, inner in fields.items() if _is_filled(inner)}


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_empty(inner) for name, inner in value.items() if _is_filled(inner)}
    return [_without_empty(one) for one in value] if isinstance(value, list | tuple) else value


def _is_filled(value: object) -> bool:
    return any(map(_is_filled, value.values())) if isinstance(value, dict) else bool(value)


def _short(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


if __name__ == "__main__":
    DESCRIBED.mkdir(exist_ok=True)
    for sample in samples():
        (DESCRIBED / f"{sample.name}.txt").write_text(described(sample), encoding="utf-8")
