"""Whether the words printed at a name of a text are a form of a concept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from poi_search.text.analysis import Token, fold, tokenize
from poi_search.text.capitals import is_shouted
from poi_search.text.everyday_words import EVERYDAY_WORDS
from poi_search.text.function_words import FUNCTION_WORDS
from poi_search.text.stemming import singular_form, stem
from poi_search.thesaurus.forms import (
    INNER_CAPITAL,
    Form,
    has_capitals,
    is_counter,
    is_numeral,
    singular,
)
from poi_search.thesaurus.other_senses import is_in_other_sense

_NUMBERED = frozenset(
    map(
        stem,
        "type stage phase grade class group level part chapter table figure fig factor collagen"
        " complex nerve layer region zone cluster category subtype segment generation scale tier"
        " appendix section family".split(),
    )
)
_NUMERAL = re.compile(r"[IVX]+")
_SENTENCE_END = re.compile(r"[.?!;:]\s|\n")
_RECEPTOR = re.compile(r"R[ANBαβγ\d]?\b")
"""What makes the receptor of a member of a family: IL4R."""
_MARKER = re.compile(r"(?:v\d{1,2}|s|high|low|hi|lo|bright|dim|pos|neg)\b")
"""What may follow a marker of cells directly: CD44v9, CD44s, CD24high."""
_YEAR = r"\(?(?:19|20)\d\d\b"
_AUTHOR = re.compile(rf",? (?:et al\b|and colleagues\b|{_YEAR}|(?:and|&) [A-Z][\w-]+,? {_YEAR})")
_NEAR = 3
"""How many content words on either side are beside a name."""
_REACH = 8
"""And how many words in all."""
_PLAIN_WORD = 5
_FEW_LETTERS = 3


class PrintedName:
    """`tokens[at:at + size]` of a text, which may be a form; `is_whole` if the text is a name."""

    __slots__ = ("at", "is_whole", "printed", "size", "start", "text", "tokens")

    def __init__(
        self, text: str, tokens: Sequence[Token], at: int, size: int, is_whole: bool = False
    ) -> None:
        self.text, self.tokens, self.at, self.size = text, tokens, at, size
        self.is_whole = is_whole
        self.start = tokens[at].start
        self.printed = text[self.start : tokens[at + size - 1].end]

    @property
    def named(self) -> Sequence[Token]:
        return self.tokens[self.at : self.at + self.size]


def is_form(form: Form, name: PrintedName, any_case: bool) -> bool:
    """Whether what is printed there is this form.

    With `any_case`, short forms in small letters count unless they are everyday words.
    """
    printed = name.printed
    if form.case:
        small = any_case and printed.lower() not in EVERYDAY_WORDS and has_capitals(form.term)
        if not _same_letters(printed, form.term.lower() if small else form.term):
            same = form.term.islower() and _same_letters(printed.lower(), form.term)
            if not (same and is_shouted(name.text, name.start, name.named[0].end)):
                return False
    elif not _is_printed_as(form.term, printed, name):
        return False
    if _counts_something(name, printed) or not _is_whole(form, name, printed):
        return False
    if form.beside and form.term.endswith("s") and form.term.islower() and printed[-1:] != "s":
        return False  # 'controls' are people, 'control' is not
    if is_in_other_sense(form.concept, name.text, name.start, name.start + len(printed)):
        return False
    return not form.beside or _is_numbered(form, name) or _has_beside(form, name)


def is_same_words(form: Form, name: PrintedName) -> bool:
    """Whether the words printed are those of the form, apart from plurals and spelling: 'found' is
    no form of foundation."""
    return _singular_forms(form.term) == tuple(singular_form(t.exact) for t in name.named)


def are_same_words(term: str, text: str) -> bool:
    """Whether two names have the same words, apart from plurals and spelling."""
    return _singular_forms(term) == _singular_forms(text)


def is_of_author(name: PrintedName) -> bool:
    """Whether a name with a capital is that of an author: Hare et al., Wolf (2002)."""
    after = name.tokens[name.at + name.size - 1].end
    return name.printed[:1].isupper() and bool(_AUTHOR.match(name.text, after))


@lru_cache(maxsize=32768)
def _singular_forms(term: str) -> tuple[str, ...]:
    return tuple(singular_form(token.exact) for token in tokenize(term))


@lru_cache(maxsize=8192)
def _same_letters(printed: str, term: str) -> bool:
    """Whether two forms are equal except for hyphens, spaces and a plural s.

    A term in small letters may begin a sentence.
    """
    shown, wanted = (re.sub(r"[\W_]", "", t) for t in (printed, term))
    if shown[:1].isupper() and shown[1:].islower() and not wanted.isalpha():
        return shown.casefold() == wanted.casefold()  # Brg1 is the BRG1 of mice
    if wanted.islower():
        shown = shown[:1].lower() + shown[1:]
    return shown in (wanted, wanted + "s")


def _is_printed_as(term: str, printed: str, name: PrintedName) -> bool:
    """Whether a term that is found in any case may be printed like this.

    A symbol is recognized by its letters, not by its stem: NaNO3 is not NANOS3. A word is not
    recognized in capitals, where it is a short form: MICE, MoM.
    """
    symbols = _symbols(term)
    if symbols:
        return all(
            not symbol or _is_symbol_printed(symbol, name.text[token.start : token.end])
            for symbol, token in zip(symbols, name.named, strict=False)
        )
    if len(name.named) > 1 or printed[1:] == printed[1:].lower():
        return True
    return is_shouted(name.text, name.start, name.named[0].end)


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
    return singular(printed) if joined or INNER_CAPITAL.search(printed) else ""


@lru_cache(maxsize=8192)
def _is_symbol_printed(symbol: str, printed: str) -> bool:
    """Whether the letters are those of the symbol. Three letters or fewer need its capitals or the
    usual ones: FSH, fsh and Fsh, but no other mixture (MSc is not MSC)."""
    if singular(printed) == symbol:
        return True
    if printed[:1].islower() and printed[1:].isupper():
        return False  # eGFR is not EGFR
    letters, wanted = fold(printed), fold(symbol)
    usual = printed.islower() or printed[1:].islower() or singular(printed).isupper()
    return letters in (wanted, f"{wanted}s") and (usual or len(wanted) > _FEW_LETTERS)


def _counts_something(name: PrintedName, printed: str) -> bool:
    """Whether a Roman numeral is used as one: type IV, DSM-IV, topoisomerase IV, III or IV."""
    if not is_numeral(printed):
        return False
    tokens, at = name.tokens, name.at
    before = tokens[at - 1] if at else None
    near = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]]
    return any(_NUMERAL.fullmatch(name.text[t.start : t.end]) for t in near) or (
        before is not None
        and (tokens[at].tight or before.stem in _NUMBERED or before.exact.endswith("ase"))
    )


def _is_whole(form: Form, name: PrintedName, printed: str) -> bool:
    """Whether a form is no piece of a longer written name, as E2 is of E2F1.

    A number after a plain word is that of a footnote.
    """
    tokens, first, end = name.tokens, name.at, name.at + name.size
    if first and tokens[first - 1].end == tokens[first].start:
        return False
    if end == len(tokens) or tokens[end].start != tokens[end - 1].end:
        return True
    following = name.text[tokens[end].start : tokens[end].end]
    if form.family and is_counter(tokens[end].exact):
        return not _RECEPTOR.match(name.text, tokens[end].end)
    if printed[-1].isdigit() and _MARKER.match(name.text, tokens[end].start):
        return True
    word = printed.rsplit(" ", 1)[-1]
    return following.isdigit() and len(word) >= _PLAIN_WORD and word.isalpha() and word.islower()


def _is_numbered(form: Form, name: PrintedName) -> bool:
    """Whether a number makes a name certain: IL-31 is an interleukin."""
    after = name.tokens[name.at + name.size : name.at + name.size + 1]
    return form.family and bool(after) and after[0].tight and is_counter(after[0].exact)


def _has_beside(form: Form, name: PrintedName) -> bool:
    """Whether one of the words of a form is near in the same sentence, or nothing else is there in
    a question or in a text that is a name."""
    tokens, end = name.tokens, name.at + name.size
    if name.size == len(tokens):
        return form.alone or name.is_whole
    before = _near(name.text, tokens[max(0, name.at - _REACH) : name.at + 1][::-1])
    after = _near(name.text, tokens[end - 1 : end + _REACH])
    return any(token.stem in form.beside for token in (*before, *after))


def _near(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that follow the first, up to the third content word or the end of the sentence."""
    left = _NEAR
    for last, token in pairwise(tokens):
        start, end = min(last.end, token.end), max(last.start, token.start)
        if not left or _SENTENCE_END.search(text, start, end):
            return
        yield token
        left -= token.exact not in FUNCTION_WORDS
