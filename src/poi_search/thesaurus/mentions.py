"""Mentions of concepts in a text: the longest known term at each position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from poi_search.text.analysis import Token
from poi_search.text.typography import APOSTROPHE_SIGNS, DASH, DASH_SIGNS
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.forms import Form, Key, has_capitals, is_counter, singular, text_forms
from poi_search.thesaurus.printed_names import PrintedName, is_form

_BRIDGE = re.compile(
    rf"[\s{DASH_SIGNS}/{APOSTROPHE_SIGNS}*]{{0,3}}|\){DASH}|[{APOSTROPHE_SIGNS}]s |[.,]"
)


_LINKS = frozenset("of from the a an in for by to with on at into within their its your".split())
"""Words allowed between the words of a name in a question; 'vs' and 'and' are not."""


_MOLECULE = re.compile(
    r"\b(?:growth|necrosis|inhibitory|stimulating|differentiation|cell|inducible"
    r"|binding|releasing|morphogenetic|activating|regulatory) (?:factor|hormone|protein)\b"
    r"|against decapentaplegic",
    re.IGNORECASE,
)

_SHORTEST_INSIDE = 3
"""Shorter short forms do not count inside a longer name: the E2 of prostaglandin E2."""


class Mention(NamedTuple):
    """`text[start:end]` names a concept; `inner` if it is inside a longer name."""

    concept: str
    start: int
    end: int
    inner: bool = False


class Lexicon:
    """Terms by their stems. `extended` returns a lexicon with further terms added to these."""

    def __init__(
        self,
        forms: Iterable[tuple[Key, Form]] = (),
        base: Lexicon | None = None,
        replaced: Iterable[str] = (),
    ) -> None:
        self._base = base
        self._replaced = frozenset(replaced)
        self._forms: dict[Key, list[Form]] = {}
        self._longest: dict[str, int] = {}
        for key, form in forms:
            self._forms.setdefault(key, []).append(form)
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def extended(self, forms: Iterable[tuple[Key, Form]], replaced: Iterable[str] = ()) -> Lexicon:
        """A lexicon with these forms as well, in which the short forms `replaced` mean nothing
        but what these forms say."""
        return Lexicon(forms, self, replaced)

    def preceded_by(self, forms: Iterable[tuple[Key, Form]]) -> Lexicon:
        """A lexicon with these forms before its own, in one table that is fast to look up."""
        first, whole = Lexicon(forms), Lexicon()
        both = {key: own + self._forms.get(key, []) for key, own in first._forms.items()}
        whole._forms = self._forms | both
        whole._longest = self._longest | {
            stem: max(size, self._longest.get(stem, 0)) for stem, size in first._longest.items()
        }
        return whole

    def words(self) -> set[str]:
        """All stems that are part of a term."""
        keys = (key for key, forms in self._forms.items() if not all(f.unlike for f in forms))
        own = {piece for key in keys for piece in key}
        return own | self._base.words() if self._base else own

    def forms(self, key: Key) -> list[Form]:
        """The forms with these stems, those of the base lexicon last."""
        own = self._forms.get(key, [])
        if self._base is None:
            return own
        base = self._base.forms(key)
        if self._replaced:
            base = [form for form in base if self._replaced.isdisjoint(short_forms(form.term))]
        return own + base

    def longest(self, stem: str) -> int:
        """The number of stems in the longest term that begins with this one."""
        own = self._longest.get(stem, 0)
        return max(own, self._base.longest(stem)) if self._base else own

    def find(
        self, text: str, tokens: Sequence[Token], *, inner: bool = True, any_case: bool = False
    ) -> list[Mention]:
        """Mentions in reading order, the longest term at each position.

        With `inner`, mentions inside longer ones are included. With `any_case`, capitals need not
        match (for questions without any).
        """
        return _Search(self, text, tokens, any_case).mentions(inner)


def text_lexicon(thesaurus: Thesaurus) -> Lexicon:
    """The lexicon in which any text is looked up."""
    return Lexicon(text_forms(thesaurus.concepts.values()))


def short_forms(term: str) -> set[str]:
    """The words of a term and the whole of it, as `short_form` writes them."""
    return {short_form(word) for word in (term, *re.split(r"[\s/]+", term))}


def short_form(word: str) -> str:
    """A short form without hyphens and spaces, and without a plural s."""
    return singular(re.sub(r"[\W_]", "", word))


class _Search:
    """The search of one text for the terms of a lexicon."""

    def __init__(
        self, lexicon: Lexicon, text: str, tokens: Sequence[Token], any_case: bool
    ) -> None:
        self._lexicon, self._text, self._tokens, self._any_case = lexicon, text, tokens, any_case
        self._stems = [token.stem for token in tokens]
        self._most = [lexicon.longest(stem) for stem in self._stems]

    def mentions(self, inner: bool) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while at < len(self._tokens):
            size, forms = self._best(at)
            named = [form for form in forms if not form.unlike]
            if named:
                found += self._mentions(named, at, size, False)
                if inner and size > 1:
                    molecule = any(_MOLECULE.search(form.term) for form in named)
                    found += self._inside(at, at + size, molecule)
            elif forms:
                unlike = {form.concept for form in forms}
                within = self._inside(at, at + size, False)
                found += [m._replace(inner=False) for m in within if m.concept not in unlike]
            at += size or 1
        return found

    def _best(self, at: int) -> tuple[int, list[Form]]:
        """The longest term here, shortened if a longer one begins inside it and ends after it."""
        size, forms = self._longest(at, len(self._tokens))
        for later in range(at + 1, at + size):
            if self._most[later] > size:
                other, _ = self._longest(later, len(self._tokens))
                if other > size and later + other > at + size:
                    return self._longest(at, later)
        return size, forms

    def _inside(self, low: int, high: int, molecule: bool) -> list[Mention]:
        """Mentions within a longer one. In the name of a molecule, a word counts only as its kind:
        'growth factor' in 'nerve growth factor 1', but not 'nerve'."""
        found: list[Mention] = []
        at = low
        while at < high:
            size, forms = self._longest(at, high - (at == low))
            kept = [f for f in forms if not f.case or len(f.term) >= _SHORTEST_INSIDE]
            if molecule and not all(is_counter(t.exact) for t in self._tokens[at + size : high]):
                kept = [form for form in kept if has_capitals(form.term)]
            found += self._mentions([form for form in kept if not form.unlike], at, size, True)
            at += size or 1
        return found

    def _longest(self, at: int, stop: int) -> tuple[int, list[Form]]:
        for size in range(min(self._most[at], stop - at), 0, -1):
            forms = self._lexicon.forms(tuple(self._stems[at : at + size]))
            if not forms or not (size == 1 or _is_one_name(self._text, self._tokens, at, size)):
                continue
            name = PrintedName(self._text, self._tokens, at, size)
            fitting = [form for form in forms if is_form(form, name, any_case=self._any_case)]
            if fitting:
                return size, fitting
        return 0, []

    def _mentions(
        self, forms: Iterable[Form], at: int, size: int, inner: bool
    ) -> Iterable[Mention]:
        for concept in dict.fromkeys(form.concept for form in forms):
            start, end = self._tokens[at].start, self._tokens[at + size - 1].end
            yield Mention(concept, start, end, inner)


def _is_one_name(text: str, tokens: Sequence[Token], at: int, size: int) -> bool:
    """Whether the tokens are separated only by spaces, hyphens, slashes or function words.

    A name does not cross a comma.
    """
    for left, right in pairwise(tokens[at : at + size]):
        gap = text[left.end : right.start]
        if gap != " " and not (
            _BRIDGE.fullmatch(gap)
            or _is_skippable(gap)
            or (gap == ", " and left.exact.isdigit() and right.exact.isdigit())
        ):
            return False
    return True


def _is_skippable(gap: str) -> bool:
    return bool(gap.strip()) and all(word.lower() in _LINKS for word in gap.split())
