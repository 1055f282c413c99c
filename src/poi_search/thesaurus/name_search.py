"""The search of a text for names: the longest at each position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from poi_search.text.analysis import Token
from poi_search.text.typography import APOSTROPHE_SIGNS, DASH, DASH_SIGNS
from poi_search.thesaurus.forms import Form, Key, has_capitals, is_counter
from poi_search.thesaurus.other_senses import is_of_institution
from poi_search.thesaurus.printed_names import PrintedName, is_form, is_of_author, is_same_words

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


class Names(Protocol):
    """Forms by their stems."""

    def forms(self, key: Key) -> Sequence[Form]: ...

    def longest(self, stem: str) -> int: ...


class NameSearch:
    """The search of one text for names."""

    def __init__(
        self,
        names: Names,
        text: str,
        tokens: Sequence[Token],
        any_case: bool,
        is_whole: bool = False,
    ) -> None:
        self._names, self._text, self._tokens, self._any_case = names, text, tokens, any_case
        self._is_whole = is_whole
        self._stems = [token.stem for token in tokens]
        self._most = [names.longest(stem) for stem in self._stems]

    def mentions(self, inner: bool) -> list[Mention]:
        found: list[Mention] = []
        at = 0
        while at < len(self._tokens):
            size, forms = self._best(at) if self._most[at] else (0, [])
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
            kept = [form for form in forms if self._counts_inside(form)]
            if molecule and not all(is_counter(t.exact) for t in self._tokens[at + size : high]):
                kept = [form for form in kept if has_capitals(form.term)]
            found += self._mentions([form for form in kept if not form.unlike], at, size, True)
            at += size or 1
        return found

    def _longest(self, at: int, stop: int) -> tuple[int, list[Form]]:
        for size in range(min(self._most[at], stop - at), 0, -1):
            forms = self._names.forms(tuple(self._stems[at : at + size]))
            if not forms or not (size == 1 or _is_one_name(self._text, self._tokens, at, size)):
                continue
            name = PrintedName(self._text, self._tokens, at, size, self._is_whole)
            fitting = [form for form in forms if self._fits(form, name)]
            if fitting:
                return size, fitting
        return 0, []

    def _fits(self, form: Form, name: PrintedName) -> bool:
        return is_form(form, name, self._any_case)

    def _counts_inside(self, form: Form) -> bool:
        return not form.case or len(form.term) >= _SHORTEST_INSIDE

    def _mentions(
        self, forms: Iterable[Form], at: int, size: int, inner: bool
    ) -> Iterable[Mention]:
        for concept in dict.fromkeys(form.concept for form in forms):
            start, end = self._tokens[at].start, self._tokens[at + size - 1].end
            yield Mention(concept, start, end, inner)


class GeneralSearch(NameSearch):
    """The search for names of the general layer, which nobody has checked one by one: their words
    count only as printed, and a symbol within a longer name is a piece of it."""

    def __init__(
        self,
        names: Names,
        text: str,
        tokens: Sequence[Token],
        any_case: bool,
        known: Sequence[Mention],
    ) -> None:
        """Begin a search in which no name begins within one of the `known` ones."""
        super().__init__(names, text, tokens, any_case)
        starts = [token.start for token in tokens]
        for _, start, end, inner in known:
            if not inner:
                inside = range(bisect_right(starts, start), bisect_left(starts, end))
                self._most[inside.start : inside.stop] = [0] * len(inside)

    def _fits(self, form: Form, name: PrintedName) -> bool:
        return (
            super()._fits(form, name)
            and is_same_words(form, name)
            and not is_of_author(name)
            and not is_of_institution(self._text, name.start, name.start + len(name.printed))
        )

    def _counts_inside(self, form: Form) -> bool:
        return not form.case


def _is_one_name(text: str, tokens: Sequence[Token], at: int, size: int) -> bool:
    """Whether the tokens are separated only by spaces, hyphens, slashes or function words.

    A name does not cross a comma, nor a full stop but that of an initial: E. coli. A number in it
    may be in brackets without a space, as databases write an index: beta(2)-microglobulin.
    """
    for left, right in pairwise(tokens[at : at + size]):
        gap = text[left.end : right.start]
        if gap != " " and not (
            _BRIDGE.fullmatch(gap)
            or _is_skippable(gap)
            or (gap == ". " and len(left.exact) == 1 and text[right.start].islower())
            or (gap == ", " and left.exact.isdigit() and right.exact.isdigit())
            or (gap == "(" and right.exact.isdigit() and text[right.end : right.end + 1] == ")")
        ):
            return False
    return True


def _is_skippable(gap: str) -> bool:
    return bool(gap.strip()) and all(word.lower() in _LINKS for word in gap.split())
