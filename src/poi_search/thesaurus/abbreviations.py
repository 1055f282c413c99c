"""The abbreviations that an article defines: in lists, in table notes and in the text.

Inline definitions ("granulosa cells (GCs)") are found with the algorithm of Schwartz and
Hearst (Pac Symp Biocomput 2003:451–62), through the `abbreviations` package.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from abbreviations import schwartz_hearst

from poi_search.article import Abbreviation, Article, Finding, Paragraph
from poi_search.text.analysis import fold, stems, tokenize
from poi_search.thesaurus import Concept, Thesaurus
from poi_search.thesaurus.mentions import Form, Lexicon

_SHORT = re.compile(r"(?=.*[A-Z])[\w\-–/+]{2,12}")


@dataclass(frozen=True, slots=True)
class Own:
    """Concepts defined by an article, further forms of known ones, and contradictions."""

    concepts: tuple[Concept, ...] = ()
    forms: tuple[tuple[tuple[str, ...], Form], ...] = ()
    findings: tuple[Finding, ...] = ()


def find_definitions(article: Article) -> tuple[Abbreviation, ...]:
    """Every abbreviation that the article defines, printed lists first, each pair once."""
    found: dict[tuple[str, str], Abbreviation] = {}
    for listed in article.abbreviations:
        found.setdefault((listed.short, fold(listed.long)), listed)
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                for short, long in _inline(block.prose.text):
                    found.setdefault((short, fold(long)), Abbreviation(short, long, block.anchor))
    return tuple(found.values())


def own(article: Article, thesaurus: Thesaurus, lexicon: Lexicon) -> Own:
    """The abbreviations of the article as forms and concepts, which precede the thesaurus.

    If both define the short form but with different meanings, both readings are kept and a
    finding reports it.
    """
    concepts: dict[str, Concept] = {}
    forms: list[tuple[tuple[str, ...], Form]] = []
    findings: list[Finding] = []
    for pair in find_definitions(article):
        long, short = _readings(pair.long, lexicon), _readings(pair.short, lexicon)
        if set(long) & set(short):
            continue
        agreed = [concept for concept in short if concept in _named_in(pair.long, lexicon)]
        if agreed and not long:  # 'human placental mesenchymal stem cells' for a known hPMSC
            forms += [(stems(pair.long), Form(concept, pair.long, False)) for concept in agreed]
            continue
        if not long:
            concept = _concept(article.id, pair)
            concepts[concept.id] = concept
            forms.append((stems(pair.long), Form(concept.id, pair.long, False)))
            forms += [(stems(pair.long), Form(known, pair.long, False)) for known in short]
            long = (concept.id,)
        forms += [(stems(pair.short), Form(meant, pair.short, True)) for meant in long]
        if short:
            findings.append(_contradiction(pair, short, thesaurus))
    kept = tuple((key, form) for key, form in forms if key)
    return Own(tuple(concepts.values()), kept, tuple(findings))


def _inline(text: str) -> Iterable[tuple[str, str]]:
    pairs = schwartz_hearst.extract_abbreviation_definition_pairs(doc_text=text)
    for short, long in pairs.items():
        if _SHORT.fullmatch(short) and len(long) > len(short):
            yield str(short), str(long)


def _readings(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The concepts that `name` as a whole stands for."""
    tokens = tokenize(name)
    if not tokens:
        return ()
    whole = (tokens[0].start, tokens[-1].end)
    mentions = lexicon.find(name, tokens, inner=False)
    return tuple(m.concept for m in mentions if (m.start, m.end) == whole)


def _named_in(name: str, lexicon: Lexicon) -> set[str]:
    return {mention.concept for mention in lexicon.find(name, tokenize(name), inner=False)}


def _concept(article_id: str, pair: Abbreviation) -> Concept:
    slug = fold(pair.long).replace(" ", "-")
    return Concept(
        id=f"local:own/{slug}",
        label=pair.long,
        terms=(pair.long,),
        case=(pair.short,),
        source=article_id,
    )


def _contradiction(pair: Abbreviation, known: Sequence[str], thesaurus: Thesaurus) -> Finding:
    meant = " and ".join(f"{thesaurus.concepts[c].label} ({c})" for c in known)
    return Finding(
        "notice",
        pair.anchor,
        f"{pair.short} is expanded as “{pair.long}”; the thesaurus knows {pair.short} as {meant}. "
        "Both meanings are searched.",
    )
