"""The forms in which concepts are named, in texts and in questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec
from msgspec import structs

from poi_search.text.analysis import GREEK_NAMES, Token, tokenize
from poi_search.text.everyday_words import EVERYDAY_WORDS
from poi_search.text.function_words import content_mask
from poi_search.text.stemming import stem
from poi_search.thesaurus import Concept

Key = tuple[str, ...]
"""The stems of a term, in sequence."""

_ROMAN = re.compile(r"[IVX]{2,}")
INNER_CAPITAL = re.compile(r"\w[A-ZΑ-Ω]")


class Form(msgspec.Struct, frozen=True, gc=False):
    """One way to name a concept: a term as written.

    If `case`, its capitals must match. If `beside` is not empty, one of these stems must be near,
    or, if `alone`, nothing else be there: in a question.
    If `family`, a number or Greek letter may follow directly: TGF-β1 is a TGF-β. If `unlike`, it
    is the name of another thing, within which the concept is not named: stroke volume.
    """

    concept: str
    term: str
    case: bool
    beside: tuple[str, ...] = ()
    family: bool = False
    unlike: bool = False
    alone: bool = False


def text_forms(concepts: Iterable[Concept]) -> Iterator[tuple[Key, Form]]:
    """The forms in which concepts are found in any text."""
    every = tuple(concepts)
    families = _families(every)
    for concept in every:
        for term, case, beside in _certain_names(concept):
            if key := term_key(term):
                yield key, Form(concept.id, term, case, beside, (concept.id, key) in families)
        for term in concept.unlike:
            yield term_key(term), Form(concept.id, term, False, unlike=True)


def supported_forms(concept: Concept) -> Iterator[tuple[Key, Form]]:
    """Its ambiguous forms, for articles that name the concept otherwise."""
    for term in concept.ambiguous:
        if (key := term_key(term)) and not is_numeral(term):
            yield key, Form(concept.id, term, needs_capitals(term, "ambiguous"))


def question_forms(concepts: Iterable[Concept]) -> Iterator[tuple[Key, Form]]:
    """The forms for questions: also ambiguous names and everyday words, and names without the
    function words within them ('stem cells umbilical cord')."""
    every = tuple(concepts)
    for key, form in text_forms(every):
        everyday = bool(form.beside) and not has_capitals(form.term)
        beside = () if everyday else form.beside
        yield key, structs.replace(form, beside=beside, alone=bool(form.beside))
    for concept in every:
        for term in concept.ambiguous:
            if key := term_key(term):
                yield key, Form(concept.id, term, True)
        for term in concept.asked:
            if key := term_key(term):
                # 'causes' asks for causes, 'can it cause this' does not.
                yield key, Form(concept.id, term, term.endswith("s") or has_capitals(term))
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


def short_forms(term: str) -> set[str]:
    """The words of a term and the whole of it, as `short_form` writes them."""
    return {short_form(word) for word in (term, *re.split(r"[\s/]+", term))}


def short_form(word: str) -> str:
    """A short form without hyphens and spaces, and without a plural s."""
    return singular(re.sub(r"[\W_]", "", word))


def _certain_names(concept: Concept) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    beside = {name: tuple(map(stem, words)) for name, words in concept.beside}
    for term in concept.terms:
        yield term, needs_capitals(term, "terms"), ()
    for term in concept.case:
        if term not in beside:
            yield term, True, ()
    for term, near in beside.items():
        yield term, term in concept.case or needs_capitals(term, "beside"), near


def _families(concepts: Sequence[Concept]) -> set[tuple[str, Key]]:
    """The forms to which a narrower concept adds a number or Greek letter, each with its concept:
    TGF-β, because TGF-β1 is narrower."""
    members: dict[str, list[Key]] = {}
    for concept in concepts:
        for above in (concept.id, *concept.broader):
            members.setdefault(above, []).extend(map(term_key, (*concept.terms, *concept.case)))
    return {
        (concept, key[:-1])
        for concept, keys in members.items()
        for key in keys
        if len(key) > 1 and is_counter(key[-1])
    }


def is_counter(piece: str) -> bool:
    """Whether a piece of a name counts the members of a family: a number or Greek letter."""
    return piece.isdigit() or piece in GREEK_NAMES


def _without_inner_words(term: str) -> Key:
    """The stems of a term without function words between its first and last word; () if there
    are none. A term that begins or ends with one is another thing without it: 'instead of stem
    cells'."""
    tokens = _tokens(term)
    kept = content(tokens, sentence=False)
    if not 1 < len(kept) < len(tokens) or kept[0] != tokens[0] or kept[-1] != tokens[-1]:
        return ()
    return tuple(token.stem for token in kept)


def has_capitals(term: str) -> bool:
    """Whether capitals distinguish a term, as they do a short form, from a word."""
    return bool(INNER_CAPITAL.search(term)) or (len(term) <= 2 and term[:1].isupper())


def needs_capitals(name: str, key: str) -> bool:
    """Whether a name listed under this key of a topic file counts only with its capitals."""
    if key == "terms":
        return has_capitals(name) and name.lower() in EVERYDAY_WORDS
    return key == "case" or has_capitals(name)


@lru_cache(maxsize=65536)
def _tokens(term: str) -> tuple[Token, ...]:
    return tuple(tokenize(term))


@lru_cache(maxsize=65536)
def term_key(term: str) -> Key:
    """The stems of a term, kept, since the same terms are looked at again and again."""
    return tuple(token.stem for token in _tokens(term))
