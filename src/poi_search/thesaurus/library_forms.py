"""What names mean in questions to a library whose articles define short forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from poi_search.thesaurus.forms import Form, Key, short_form
from poi_search.thesaurus.mentions import Lexicon

Mentioned = Callable[[Iterable[str]], frozenset[str]]
"""Those of some concepts that an article of the library mentions."""


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
