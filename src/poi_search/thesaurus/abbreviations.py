"""What the short forms of an article mean: as it defines them in lists, in table notes and in the
text, and as it uses those that have several meanings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from poi_search.article import Abbreviation, Article, Block, Figure, Finding, Paragraph, Table
from poi_search.text.analysis import fold, stems, tokenize
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.ambiguous import GENE_WORDS, AmbiguousForms
from poi_search.thesaurus.definitions import inline_definitions
from poi_search.thesaurus.forms import Form, Key, is_numeral, short_form, singular
from poi_search.thesaurus.mentions import Lexicon

_SYMBOL = 4
"""A symbol of so many letters with a number among them hardly means two things."""
_ALIKE = 85
"""The percentage of letters that agree in different spellings of a long form."""


@dataclass(frozen=True, slots=True)
class Own:
    """What an article adds to the thesaurus: concepts that it defines, and forms.

    The short forms `replaced` mean what the article says, and nothing else in it.
    """

    concepts: tuple[Concept, ...] = ()
    forms: tuple[tuple[Key, Form], ...] = ()
    replaced: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def find_definitions(article: Article) -> tuple[Abbreviation, ...]:
    """Every abbreviation that the article defines, printed lists first, each pair once."""
    found: dict[tuple[str, str], Abbreviation] = {}
    for listed in article.abbreviations:
        found.setdefault((listed.short, fold(listed.long)), listed)
    for section in article.sections:
        for block in section.blocks:
            for anchor, text in _prose(block):
                for short, long in inline_definitions(text):
                    found.setdefault((short, fold(long)), Abbreviation(short, long, anchor))
    return tuple(found.values())


def _prose(block: Block) -> Iterator[tuple[str, str]]:
    """The running text of a block, each piece with the anchor of its unit."""
    match block:
        case Paragraph():
            yield block.anchor, block.prose.text
        case Figure():
            yield block.anchor, block.caption.text
        case Table():
            yield block.anchor, block.caption.text
            if block.notes:
                yield block.notes.anchor, block.notes.prose.text


class AbbreviationReader:
    """Reads the short forms of articles, with a thesaurus and the lexicon of its terms."""

    def __init__(self, thesaurus: Thesaurus, lexicon: Lexicon) -> None:
        self._thesaurus, self._lexicon = thesaurus, lexicon
        self._ambiguous = AmbiguousForms(thesaurus, lexicon)

    def own(
        self,
        article: Article,
        defined: Sequence[Abbreviation],
        readings: Mapping[str, str] | None = None,
    ) -> Own:
        """What the article's short forms mean in it, by what it defines. `readings` gives the
        concepts of those whose printed definition is wrong.

        A definition replaces what the thesaurus knows, and is reported if the two differ.
        """
        corrected = {short_form(short): concept for short, concept in (readings or {}).items()}
        concepts: dict[str, Concept] = {}
        forms: list[tuple[Key, Form]] = []
        meant: dict[str, dict[str, None]] = {short: {c: None} for short, c in corrected.items()}
        printed = {short_form(short): short for short in readings or ()}
        findings: list[Finding] = []
        for pair in defined:
            short = short_form(pair.short)
            if short in corrected:
                continue
            known = self._lexicon.readings(pair.short)
            long = self._meant(pair, known)
            if not long:
                concept = _own_concept(article.id, pair, self._ending(pair.long)[:1])
                concept = _same(concept, concepts.values()) or concept
                concepts.setdefault(concept.id, concept)
                forms.append((stems(pair.long), Form(concept.id, pair.long, False)))
                long = (concept.id,)
            else:
                # What the article says in full stands for the concept, whatever its layer.
                general = (each for each in long if each not in self._thesaurus.concepts)
                forms += [(stems(pair.long), Form(each, pair.long, False)) for each in general]
            if self._thesaurus.concepts.keys() & known and not set(long) & set(known):
                findings.append(_contradiction(pair, known, self._thesaurus))
            meant.setdefault(short, {}).update(dict.fromkeys(long))
            printed.setdefault(short, pair.short)
        replaced = []
        for short, readings_of in meant.items():
            forms += [self._form(concept, printed[short]) for concept in readings_of]
            if set(self._lexicon.readings(printed[short])) - set(readings_of):
                replaced.append(short)
        forms += self._ambiguous.used(tuple(_texts(article)), set(meant))
        kept = tuple((key, form) for key, form in forms if key)
        return Own(tuple(concepts.values()), kept, tuple(replaced), tuple(findings))

    def _form(self, concept: str, short: str) -> tuple[Key, Form]:
        """A short form of the article. If it is a number as well (IV), it needs its words."""
        short = singular(short)
        known = self._lexicon.forms(stems(short)) if is_numeral(short) else []
        beside = next((f.beside for f in known if f.concept == concept and f.beside), ())
        return stems(short), Form(concept, short, True, beside)

    def _meant(self, pair: Abbreviation, known: Sequence[str]) -> tuple[str, ...]:
        """The concepts of the thesaurus that a definition names: those of the long form; but the
        `known` ones of the short form, if the long form is broader ('mesenchymal stem cells'),
        narrows them down ('human placental mesenchymal stem cells'), is one of their terms in
        other letters ("adenosine 5'-triphosphate"), or is new for a certain symbol."""
        long = self._lexicon.readings(pair.long)
        if long:
            above = set(long)
            agreed = [c for c in known if not above.isdisjoint(self._thesaurus.broader(c))]
            return tuple(agreed) or long
        ending = self._ending(pair.long)
        return tuple(
            concept
            for concept in known
            if concept in ending
            or self._is_symbol(concept, pair.short)
            or any(_are_alike(name, pair.long) for name in self._names(concept))
        ) or self._gene(pair)

    def _gene(self, pair: Abbreviation) -> tuple[str, ...]:
        """The gene that has an ambiguous symbol, if the long form says that it is one."""
        if GENE_WORDS.isdisjoint(stems(pair.long)):
            return ()
        return self._ambiguous.genes(stems(pair.short))

    def _is_symbol(self, concept_id: str, short: str) -> bool:
        """Whether a short form is certain to be the symbol that the general layer knows: with a
        number in it, whatever its long form is called."""
        general = concept_id not in self._thesaurus.concepts
        return general and len(short) >= _SYMBOL and not short_form(short).isalpha()

    def _names(self, concept_id: str) -> tuple[str, ...]:
        concept = self._thesaurus.concept(concept_id)
        return concept.names if concept else ()

    def _ending(self, long: str) -> tuple[str, ...]:
        """The concepts named at the end of a long form, the longest name first."""
        tokens = tokenize(long)
        mentions = self._lexicon.find(long, tokens)
        at_end = [mention for mention in mentions if mention.end == tokens[-1].end]
        return tuple(m.concept for m in sorted(at_end, key=lambda mention: mention.start))


def _texts(article: Article) -> Iterator[str]:
    """All texts of an article in which it may name a concept."""
    yield article.title
    for section in article.sections:
        yield section.title
        for block in section.blocks:
            yield from (text for _, text in _prose(block))
            if isinstance(block, Table):
                yield from block.header
                yield from (cell.text for row in block.rows for cell in row.cells)
    for listed in article.abbreviations:
        yield listed.long
    for reference in article.references:
        yield reference.title


def _own_concept(article_id: str, pair: Abbreviation, broader: tuple[str, ...]) -> Concept:
    slug = fold(pair.long).replace(" ", "-")
    return Concept(
        id=f"local:own/{slug}",
        label=pair.long,
        terms=(pair.long,),
        case=(pair.short,),
        broader=broader,
        source=article_id,
    )


def _same(concept: Concept, others: Iterable[Concept]) -> Concept | None:
    """The concept that has the same short form and almost the same long form, such as a plural."""
    for other in others:
        same = short_form(other.case[0]) == short_form(concept.case[0])
        if same and _are_alike(other.label, concept.label):
            return other
    return None


def _are_alike(one: str, other: str) -> bool:
    """Whether two long forms are one, spelled differently."""
    return fuzz.ratio(fold(one), fold(other)) >= _ALIKE


def _contradiction(pair: Abbreviation, known: Sequence[str], thesaurus: Thesaurus) -> Finding:
    concepts = (thesaurus.concepts[each] for each in known if each in thesaurus.concepts)
    meant = " and ".join(f"{concept.label} ({concept.id})" for concept in concepts)
    return Finding(
        "notice",
        pair.anchor,
        f"{pair.short} is expanded as “{pair.long}”; the thesaurus knows {pair.short} as {meant}. "
        f"In this article it means “{pair.long}” only.",
    )
