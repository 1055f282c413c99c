"""What names mean in questions to a library whose articles define short forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from poi_search.thesaurus import Thesaurus
from poi_search.thesaurus.forms import Form, Key, short_form
from poi_search.thesaurus.mentions import Lexicon

Mentioned = Callable[[Iterable[str]], frozenset[str]]
"""Those of some concepts that an article of the library mentions."""
CERTAIN = ("terms", "case")
"""The keys of names that have no other meaning."""

_FORMS_KEPT = 16_384


def question_lexicon(
    defined: Sequence[tuple[Key, Form]], lexicon: Lexicon, mentioned: Mentioned
) -> Lexicon:
    """The lexicon of questions, with the forms that articles define.

    A short form that an article defines means that too, and what the thesaurus knows it as only if
    an article mentions it: SCF is no stem cell factor in a library on supercritical fluids.
    """
    short = {key: short_form(form.term) for key, form in defined if form.case}
    known = [
        (key, form)
        for key, written in short.items()
        for form in lexicon.forms(key)
        if short_form(form.term) == written
    ]
    here = mentioned({form.concept for _, form in known})
    kept = [(key, form) for key, form in known if form.concept in here]
    return lexicon.without(known).preceded_by([*kept, *defined])


class LibraryLexicon(Lexicon):
    """A lexicon of questions in which a word with several meanings stands for a concept only if the
    library does not use it for something else: GC is no granulosa cell in a library that has it,
    but nothing on these cells or what they are related to.

    `mentions` says whether the library names a concept, `prints` whether it has a word.
    """

    def __init__(
        self,
        base: Lexicon,
        thesaurus: Thesaurus,
        mentions: Callable[[str], bool],
        prints: Callable[[str], bool],
    ) -> None:
        super().__init__((), base)
        self._thesaurus, self._mentions, self._prints = thesaurus, mentions, prints
        self._strange = lru_cache(_FORMS_KEPT)(self._is_strange)

    def forms(self, key: Key) -> list[Form]:
        found = super().forms(key)
        if len(key) > 1 or not found:
            return found
        kept = [form for form in found if not self._strange(form.concept, form.term)]
        return found if len(kept) == len(found) or not self._prints(key[0]) else kept

    def _is_strange(self, concept_id: str, term: str) -> bool:
        """Whether a name has other meanings, and nothing of the library is on this one."""
        concept = self._thesaurus.concepts.get(concept_id)
        if concept is None or concept.names_with_keys().get(term, "terms") in CERTAIN:
            return False
        return not any(map(self._mentions, (concept.id, *concept.related)))
