"""The forms in which concepts are named, and whether printed words are such a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from poi_search.text.analysis import GREEK_NAMES, Token, fold, stems, tokenize
from poi_search.text.everyday_words import EVERYDAY_WORDS
from poi_search.text.function_words import FUNCTION_WORDS, content_mask
from poi_search.text.stemming import stem
from poi_search.thesaurus import Concept

Key = tuple[str, ...]
"""The stems of a term, in sequence."""

_ROMAN = re.compile(r"[IVX]{2,}")
_NUMBERED = frozenset(
    map(stem, "type stage phase grade class group level part chapter table factor collagen".split())
)
_INNER_CAPITAL = re.compile(r"\w[A-ZΑ-Ω]")
_SENTENCE_END = re.compile(r"[.?!;:]\s|\n")
_NEAR = 3
"""How many words on either side are beside a name."""
_LONG_WORD = 6
"""A word in capitals of this length is no short form."""
_PLAIN_WORD = 5
_FEW_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name a concept: a term as written.

    If `case`, its capitals must match. If `beside` is not empty, one of these stems must be near.
    If `family`, a number or Greek letter may follow directly: TGF-β1 is a TGF-β.
    """

    concept: str
    term: str
    case: bool
    beside: tuple[str, ...] = ()
    family: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """`tokens[at:at + size]` of a text, which may be a form."""

    text: str
    tokens: Sequence[Token]
    at: int
    size: int

    @property
    def printed(self) -> str:
        return self.text[self.tokens[self.at].start : self.tokens[self.at + self.size - 1].end]

    @property
    def named(self) -> Sequence[Token]:
        return self.tokens[self.at : self.at + self.size]


def text_forms(concepts: Iterable[Concept]) -> Iterator[tuple[Key, Form]]:
    """The forms in which concepts are found in any text."""
    every = tuple(concepts)
    families = _families(every)
    for concept in every:
        for term, case, beside in _certain_names(concept):
            if key := stems(term):
                yield key, Form(concept.id, term, case, beside, (concept.id, key) in families)


def supported_forms(concept: Concept) -> Iterator[tuple[Key, Form]]:
    """Its ambiguous forms, for articles that name the concept otherwise."""
    for term in concept.ambiguous:
        if (key := stems(term)) and not is_numeral(term):
            yield key, Form(concept.id, term, _has_capitals(term))


def question_forms(concepts: Iterable[Concept]) -> Iterator[tuple[Key, Form]]:
    """The forms for questions: also ambiguous names and everyday words, and names without the
    function words within them ('stem cells umbilical cord')."""
    every = tuple(concepts)
    for key, form in text_forms(every):
        everyday = bool(form.beside) and not form.case
        yield key, Form(form.concept, form.term, form.case, () if everyday else form.beside)
    for concept in every:
        for term in concept.ambiguous:
            if key := stems(term):
                yield key, Form(concept.id, term, True)
        for term in concept.asked:
            if key := stems(term):
                # 'causes' asks for causes, 'can it cause this' does not.
                yield key, Form(concept.id, term, term.endswith("s") or _has_capitals(term))
        for term in (*concept.terms, *concept.asked):
            if key := _without_inner_words(term):
                yield key, Form(concept.id, term, False)


def content(tokens: Sequence[Token], *, sentence: bool) -> list[Token]:
    """The tokens that carry meaning; pieces of compound names always do."""
    mask = content_mask([token.exact for token in tokens], sentence)
    return [
        token
        for at, (token, counts) in enumerate(zip(tokens, mask, strict=True))
        if counts or token.tight or (at + 1 < len(tokens) and tokens[at + 1].tight)
    ]


def is_numeral(name: str) -> bool:
    """Whether a name is a Roman numeral as well."""
    return bool(_ROMAN.fullmatch(name))


def singular(word: str) -> str:
    """A short form without its plural s."""
    return word[:-1] if word.endswith("s") and word[-2:-1].isupper() else word


def is_form(form: Form, place: Place, *, any_case: bool) -> bool:
    """Whether what is printed there is this form.

    With `any_case`, short forms in small letters count unless they are everyday words.
    """
    printed = place.printed
    if form.case:
        small = any_case and printed.lower() not in EVERYDAY_WORDS and _has_capitals(form.term)
        if not _same_letters(printed, form.term.lower() if small else form.term):
            return False
    elif not _is_printed_as(form.term, printed, place):
        return False
    if _counts_something(place, printed) or not _is_whole(form, place, printed):
        return False
    return not form.beside or _has_beside(form.beside, place)


def _certain_names(concept: Concept) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    beside = {name: tuple(map(stem, words)) for name, words in concept.beside}
    for term in concept.terms:
        yield term, _has_capitals(term) and term.lower() in EVERYDAY_WORDS, ()
    for term in concept.case:
        yield term, True, ()
    for term, near in beside.items():
        yield term, _has_capitals(term), near


def _families(concepts: Sequence[Concept]) -> set[tuple[str, Key]]:
    """The forms to which a narrower concept adds a number or Greek letter, each with its concept:
    TGF-β, because TGF-β1 is narrower."""
    members: dict[str, list[Key]] = {}
    for concept in concepts:
        for above in (concept.id, *concept.broader):
            members.setdefault(above, []).extend(map(stems, (*concept.terms, *concept.case)))
    return {
        (concept, key[:-1])
        for concept, keys in members.items()
        for key in keys
        if len(key) > 1 and _counts(key[-1])
    }


def _counts(piece: str) -> bool:
    return piece.isdigit() or piece in GREEK_NAMES


def _without_inner_words(term: str) -> Key:
    """The stems of a term without function words between its first and last word; () if there
    are none. A term that begins or ends with one is another thing without it: 'instead of stem
    cells'."""
    tokens = tokenize(term)
    kept = content(tokens, sentence=False)
    if not 1 < len(kept) < len(tokens) or kept[0] != tokens[0] or kept[-1] != tokens[-1]:
        return ()
    return tuple(token.stem for token in kept)


def _has_capitals(term: str) -> bool:
    """Whether capitals distinguish a term, as they do a short form, from a word."""
    return bool(_INNER_CAPITAL.search(term)) or (len(term) <= 2 and term[:1].isupper())


def _same_letters(printed: str, term: str) -> bool:
    """Whether two forms are equal except for hyphens, spaces and a plural s.

    A term in small letters may begin a sentence.
    """
    shown, wanted = (re.sub(r"[\W_]", "", t) for t in (printed, term))
    if wanted.islower():
        shown = shown[:1].lower() + shown[1:]
    return shown in (wanted, wanted + "s")


def _is_printed_as(term: str, printed: str, place: Place) -> bool:
    """Whether a term that is found in any case may be printed like this.

    A symbol is recognized by its letters, not by its stem: NaNO3 is not NANOS3. A word is not
    recognized in capitals, where it is a short form: MICE, MoM.
    """
    symbols = _symbols(term)
    if symbols:
        return all(
            not symbol or _is_symbol_printed(symbol, place.text[token.start : token.end])
            for symbol, token in zip(symbols, place.named, strict=False)
        )
    if len(place.named) > 1 or printed[1:] == printed[1:].lower():
        return True
    return _is_shouted(place)


@lru_cache(maxsize=32768)
def _symbols(term: str) -> tuple[str, ...]:
    """The pieces of a term that are part of a symbol, as written but without a plural s, else '';
    () if none is."""
    tokens = tokenize(term)
    pieces = tuple(_symbol(term, tokens, at) for at in range(len(tokens)))
    return pieces if any(pieces) else ()


def _symbol(term: str, tokens: Sequence[Token], at: int) -> str:
    token = tokens[at]
    printed = term[token.start : token.end]
    joined = at + 1 < len(tokens) and tokens[at + 1].start == token.end
    return singular(printed) if joined or _INNER_CAPITAL.search(printed) else ""


@lru_cache(maxsize=8192)
def _is_symbol_printed(symbol: str, printed: str) -> bool:
    """Whether the letters are those of the symbol. Three letters or fewer need its capitals or the
    usual ones: FSH, fsh and Fsh, but no other mixture (MSc is not MSC)."""
    if singular(printed) == symbol:
        return True
    letters, wanted = fold(printed), fold(symbol)
    usual = printed.islower() or printed[1:].islower() or singular(printed).isupper()
    return letters in (wanted, f"{wanted}s") and (usual or len(wanted) > _FEW_LETTERS)


def _is_shouted(place: Place) -> bool:
    """Whether everything around a word in capitals is in capitals as well."""
    text, token = place.text, place.tokens[place.at]
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, token.start)]
    after = _SENTENCE_END.search(text, token.end)
    around = text[before[-1] if before else 0 : after.start() if after else len(text)]
    if around != around.upper():
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", around) if word != place.printed]
    return any(len(w) >= _LONG_WORD or w.lower() in FUNCTION_WORDS for w in words)


def _counts_something(place: Place, printed: str) -> bool:
    """Whether a Roman numeral counts something: type IV, phase IV."""
    return place.at > 0 and is_numeral(printed) and place.tokens[place.at - 1].stem in _NUMBERED


def _is_whole(form: Form, place: Place, printed: str) -> bool:
    """Whether a form is no piece of a longer written name, as E2 is of E2F1.

    A number after a plain word is that of a footnote.
    """
    tokens, first, end = place.tokens, place.at, place.at + place.size
    if first and tokens[first - 1].end == tokens[first].start:
        return False
    if end == len(tokens) or tokens[end].start != tokens[end - 1].end:
        return True
    following = place.text[tokens[end].start : tokens[end].end]
    if form.family and _counts(tokens[end].exact):
        return True
    word = printed.rsplit(" ", 1)[-1]
    return following.isdigit() and len(word) >= _PLAIN_WORD and word.isalpha() and word.islower()


def _has_beside(wanted: tuple[str, ...], place: Place) -> bool:
    """Whether one of these stems is near in the same sentence, or nothing else is there."""
    tokens, end = place.tokens, place.at + place.size
    if place.size == len(tokens):
        return True
    before = tokens[max(0, place.at - _NEAR) : place.at]
    near = [t for t in before if not _ends_between(place.text, t.end, tokens[place.at].start)]
    after = tokens[end : end + _NEAR]
    near += [t for t in after if not _ends_between(place.text, tokens[end - 1].end, t.start)]
    return any(token.stem in wanted for token in near)


def _ends_between(text: str, start: int, end: int) -> bool:
    return _SENTENCE_END.search(text, start, end) is not None
