"""Mentions of concepts in a text: the longest known term at each position."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache

from poi_search.text.analysis import Token, tokenize
from poi_search.text.capitals import is_everyday
from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.coordinated_names import coordinated_names
from poi_search.thesaurus.forms import Form, Key, short_forms, text_forms
from poi_search.thesaurus.layers import GeneralLayer
from poi_search.thesaurus.name_search import GeneralSearch, Mention, NameSearch

__all__ = ["Lexicon", "Mention", "text_lexicon"]

_KEPT = 16384
"""As many look-ups of general names stay in memory."""


class Lexicon:
    """Terms by their stems: those of topics and articles, and below them the `general` layer.

    `extended` returns a lexicon with further terms added to these.
    """

    def __init__(
        self,
        forms: Iterable[tuple[Key, Form]] = (),
        base: Lexicon | None = None,
        replaced: Iterable[str] = (),
        general: GeneralLayer | None = None,
    ) -> None:
        self._base = base
        self.general: GeneralLayer | None = general or (base.general if base else None)
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

    def without(self, forms: Iterable[tuple[Key, Form]]) -> Lexicon:
        """A lexicon without these of its own forms."""
        left_out: dict[Key, list[Form]] = {}
        for key, form in forms:
            left_out.setdefault(key, []).append(form)
        whole = Lexicon()
        kept = {
            key: [form for form in self._forms.get(key, []) if form not in some]
            for key, some in left_out.items()
        }
        whole._forms, whole._longest = self._forms | kept, self._longest
        return whole

    def above(self, general: GeneralLayer | None) -> Lexicon:
        """The terms of this lexicon, with that layer below them."""
        whole = Lexicon(general=general)
        whole._forms, whole._longest = self._forms, self._longest
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

    def readings(self, name: str) -> tuple[str, ...]:
        """The concepts that a name as a whole stands for."""
        tokens = tokenize(name)
        if not tokens:
            return ()
        whole = (tokens[0].start, tokens[-1].end)
        found = NameSearch(self, name, tokens, any_case=False, is_whole=True).mentions(inner=False)
        found += self.find_general(name, tokens, found, inner=False)
        return tuple(m.concept for m in found if (m.start, m.end) == whole)

    def find(
        self, text: str, tokens: Sequence[Token], *, inner: bool = True, any_case: bool = False
    ) -> list[Mention]:
        """Mentions in reading order, the longest term at each position.

        With `inner`, mentions inside longer ones are included. With `any_case`, capitals need not
        match (for questions without any).
        """
        known = self.find_edited(text, tokens, inner=inner, any_case=any_case)
        more = self.find_general(text, tokens, known, inner=inner, any_case=any_case)
        if more and known:
            known = [each for each in known if not self._is_word_of(each, more, text, tokens)]
        more += self._coordinated(text, tokens, (*known, *more))
        return sorted((*known, *more), key=_in_reading_order) if more else known

    def _is_word_of(
        self, short: Mention, longer: Sequence[Mention], text: str, tokens: Sequence[Token]
    ) -> bool:
        """Whether what looks like a short form is an everyday word of a longer name that is spelled
        with small letters: the AIDS of 'Hearing AIDS'."""
        printed = text[short.start : short.end]
        if not printed.isupper() or not is_everyday(printed.lower()):
            return False
        return any(
            each.start <= short.start
            and short.end <= each.end
            and each.end - each.start > len(printed)
            and not any(printed in name for name in self._names_at(each, tokens))
            for each in longer
        )

    def _names_at(self, mention: Mention, tokens: Sequence[Token]) -> Iterable[str]:
        """The names of the general layer that stand where a mention is."""
        inside = [t for t in tokens if mention.start <= t.start and t.end <= mention.end]
        key = tuple(token.stem for token in inside)
        forms = self._below.forms(key) if self._below else ()
        return (form.term for form in forms if form.concept == mention.concept)

    def find_edited(
        self, text: str, tokens: Sequence[Token], *, inner: bool = True, any_case: bool = False
    ) -> list[Mention]:
        """The same, only of terms of topics and articles."""
        return NameSearch(self, text, tokens, any_case).mentions(inner)

    def find_general(
        self,
        text: str,
        tokens: Sequence[Token],
        known: Sequence[Mention],
        *,
        inner: bool = True,
        any_case: bool = False,
    ) -> list[Mention]:
        """The same, only of names of the general layer, none of them within the `known` ones."""
        if self._below is None or _is_whole_text(known, tokens):
            return []
        found = GeneralSearch(self._below, text, tokens, any_case, known).mentions(inner)
        return _beside(found, known)

    def _coordinated(
        self, text: str, tokens: Sequence[Token], known: Sequence[Mention]
    ) -> list[Mention]:
        """Those printed without the beginning of their name, if nothing is known to be there."""
        listed = [Mention(*each) for each in coordinated_names(text, self.readings)]
        if not listed:
            return []
        starts = {token.start for token in tokens}
        taken = {each.start for each in known}
        return [each for each in listed if each.start in starts and each.start not in taken]

    @cached_property
    def _below(self) -> _NamesBelow | None:
        return _NamesBelow(self, self.general, self._replaced) if self.general else None


def text_lexicon(thesaurus: Thesaurus) -> Lexicon:
    """The lexicon in which any text is looked up."""
    return Lexicon(text_forms(thesaurus.concepts.values()))


def _in_reading_order(mention: Mention) -> tuple[int, int, bool]:
    return mention.start, -mention.end, mention.inner


def _beside(mentions: Iterable[Mention], known: Sequence[Mention]) -> list[Mention]:
    """Those of the general mentions that are apart from all `known` ones, or contain them."""
    spans = [(each.start, each.end) for each in known if not each.inner]
    return [each for each in mentions if all(_goes_with(each, span) for span in spans)]


def _is_whole_text(known: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether one of the mentions leaves nothing of the text."""
    return any(m.start == tokens[0].start and m.end == tokens[-1].end for m in known[:1])


def _goes_with(mention: Mention, known: tuple[int, int]) -> bool:
    start, end = known
    if mention.end <= start or end <= mention.start:
        return True
    return mention.start <= start and end <= mention.end and known != mention[1:3]


class _NamesBelow:
    """The general names that a lexicon has no form for."""

    def __init__(self, lexicon: Lexicon, general: GeneralLayer, replaced: Collection[str]) -> None:
        self._lexicon, self._general, self._replaced = lexicon, general, replaced
        self.longest = general.longest
        self.forms = lru_cache(_KEPT)(self._forms)

    def _forms(self, key: Key) -> Sequence[Form]:
        found = self._general.forms(key)
        if found and not all(form.unlike for form in self._lexicon.forms(key)):
            return ()
        if found and self._replaced:
            return [f for f in found if short_forms(f.term).isdisjoint(self._replaced)]
        return found
