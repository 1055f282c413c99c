"""How well concepts are recognized, measured on sentences that people have judged.

Each line of a file of judgments has a text, the id of a concept, and whether the text names it:
`{"text": "…", "concept": "mesh:D006107", "found": true}`. Each text is read as an article of its
own. A narrower concept counts, as it does in a search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from poi_search.article import Article, Paragraph, Prose, Section
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import ConceptId, Thesaurus, ThesaurusError
from poi_search.thesaurus.abbreviations import AbbreviationReader, find_definitions
from poi_search.thesaurus.mentions import Lexicon, text_lexicon


class JudgedText(msgspec.Struct, frozen=True):
    """A text, and whether it names the concept."""

    text: str
    concept: ConceptId
    found: bool


@dataclass(frozen=True, slots=True)
class Recognition:
    """The judged texts, and those of them that are misjudged."""

    judged: Sequence[JudgedText]
    missed: Sequence[JudgedText]
    invented: Sequence[JudgedText]

    @property
    def precision(self) -> float:
        """The share of the recognized concepts that are named."""
        right = self._named - len(self.missed)
        return _share(right, right + len(self.invented))

    @property
    def recall(self) -> float:
        """The share of the named concepts that are recognized."""
        return _share(self._named - len(self.missed), self._named)

    @property
    def _named(self) -> int:
        return sum(each.found for each in self.judged)


def load_judged(path: Path, thesaurus: Thesaurus) -> list[JudgedText]:
    """The judged texts of a file with a JSON object per line; empty lines are ignored.

    Raises `ThesaurusError` for a file that cannot be read, an invalid line and an unknown concept.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # JSON Lines are separated by \n only
    except (OSError, UnicodeDecodeError) as error:
        raise ThesaurusError(f"{path} cannot be read: {error}. It must be UTF-8 text.") from None
    return list(_read(path, lines, thesaurus))


def _read(path: Path, lines: Sequence[str], thesaurus: Thesaurus) -> Iterator[JudgedText]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            judged = msgspec.json.decode(line, type=JudgedText)
        except msgspec.DecodeError as error:
            raise ThesaurusError(f"{path}, line {number}: {error}.") from None
        if judged.concept not in thesaurus.concepts:
            problem = f"{judged.concept} is not a concept of the thesaurus"
            raise ThesaurusError(f"{path}, line {number}: {problem}.")
        yield judged


def measure(judged: Sequence[JudgedText], thesaurus: Thesaurus) -> Recognition:
    """Which of the concepts are recognized."""
    lexicon = text_lexicon(thesaurus)
    reader = AbbreviationReader(thesaurus, lexicon)
    missed: list[JudgedText] = []
    invented: list[JudgedText] = []
    for each in judged:
        recognized = each.concept in _concepts(each.text, thesaurus, lexicon, reader)
        if recognized != each.found:
            (missed if each.found else invented).append(each)
    return Recognition(judged, missed, invented)


def _concepts(
    text: str, thesaurus: Thesaurus, lexicon: Lexicon, reader: AbbreviationReader
) -> set[str]:
    """The concepts that a text names, and those broader than them."""
    section = Section("s1", "1", "", "", 1, (Paragraph("s1-p1", Prose(text)),))
    article = Article("text", "", sections=(section,))
    own = reader.own(article, find_definitions(article))
    mentions = lexicon.extended(own.forms, own.replaced).find(text, tokenize(text))
    own_broader = {concept.id: concept.broader for concept in own.concepts}
    named = {mention.concept for mention in mentions}
    named |= {above for concept in named for above in own_broader.get(concept, ())}
    return named | {above for concept in named for above in thesaurus.broader(concept)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
