"""Names that a question does not read as the concept they are listed for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from poi_search.article import Finding, Severity
from poi_search.text.analysis import tokenize
from poi_search.thesaurus import ANY_CASE, Concept, Thesaurus
from poi_search.thesaurus.forms import Form, Key, question_forms, term_key
from poi_search.thesaurus.mentions import Lexicon

_SIGN = re.compile(r"[,;:()\[\]]")


def collisions(thesaurus: Thesaurus, own: tuple[Concept, ...] = ()) -> Iterator[Finding]:
    """Findings on names that are another concept without their function words, and on those that,
    typed as they are listed, are not found or are read as another concept. Of the concepts that
    are among `own` only the names written there count."""
    written = {concept.id: concept for concept in own}
    forms = tuple(question_forms(thesaurus.concepts.values()))
    yield from _without_function_words(thesaurus, forms, written)
    reader = _Reader(thesaurus, forms)
    for concept in thesaurus.concepts.values():
        for name, key in written.get(concept.id, concept).names_with_keys().items():
            problem = _problem(concept, name, key, reader)
            if problem:
                yield concept_finding(problem[0], concept, f"{name!r} in {key} {problem[1]}")


def concept_finding(severity: Severity, concept: Concept, message: str) -> Finding:
    """A finding on a concept, with its topic file."""
    return Finding(severity, f"{concept.topic} {concept.id}", f"{concept.label}: {message}")


def _without_function_words(
    thesaurus: Thesaurus, forms: Sequence[tuple[Key, Form]], written: Mapping[str, Concept]
) -> Iterator[Finding]:
    terms = {term_key(name): c.id for c in thesaurus.concepts.values() for name in c.names}
    for key, form in forms:
        other = terms.get(key, form.concept)
        if other != form.concept and key != term_key(form.term):
            concept = thesaurus.concepts[form.concept]
            keys = written.get(concept.id, concept).names_with_keys()
            if form.term in keys:
                listed = f"{form.term!r} in {keys[form.term]}"
                message = f"without its function words, {listed} is a term of {other}"
                yield concept_finding("error", concept, message)


def _problem(concept: Concept, name: str, key: str, reader: _Reader) -> tuple[Severity, str] | None:
    """What is wrong with the reading of a name. One that needs a word next to it may be read as
    its concept with any of them."""
    read: list[str] = []
    for beside in ("", *dict(concept.beside).get(name, ())):
        read = reader.read(name, beside)
        if concept.id in read:
            others = [o for o in read if o != concept.id and not reader.has(o, name, key)]
            return ("warning", f"is also read as {' and '.join(others)}") if others else None
    if read:
        return "error", f"is read as {' and '.join(read)}"
    if not term_key(name):
        return None
    why = "; a name ends at a sign such as a comma" if _SIGN.search(name) else ""
    return "error", f"is never found as it is written{why}"


class _Reader:
    """Reads names as questions."""

    def __init__(self, thesaurus: Thesaurus, forms: Sequence[tuple[Key, Form]]) -> None:
        self._concepts, self._lexicon = thesaurus.concepts, Lexicon(forms)

    def read(self, name: str, beside: str) -> list[str]:
        """The concepts that a name as a whole is read as, with this word after it."""
        text = f"{name} {beside}".strip()
        tokens = tokenize(text)
        if not tokens:
            return []
        end = [token for token in tokens if token.end <= len(name)][-1].end
        any_case = not any(char.isupper() for char in text)
        mentions = self._lexicon.find(text, tokens, inner=False, any_case=any_case)
        return [m.concept for m in mentions if (m.start, m.end) == (tokens[0].start, end)]

    def has(self, concept_id: str, name: str, key: str) -> bool:
        """Whether a concept lists this name too, a mistake that is reported elsewhere."""
        listed = self._concepts[concept_id].names_with_keys().items()
        return _mark(name, key) in (_mark(other, its_key) for other, its_key in listed)


def _mark(name: str, key: str) -> tuple[Key, str]:
    """What a name has in common with the same name of another concept."""
    return term_key(name), "" if key in ANY_CASE else name
