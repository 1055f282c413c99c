"""Labels: the words that announce a part of an article, on a separate line or before its text.

A label must match as a whole, because running text may begin with the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from poi_search.readers.matter import main_part
from poi_search.readers.pdftext.headings import bare_name, is_body_name

_I = re.IGNORECASE


class ArticlePart(Enum):
    """A part of an article; the value is the anchor of its label."""

    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    ABBREVIATIONS = "abbreviations"
    SECTION = "section"
    BACK = "back matter that is searched"
    REFERENCES = "references"
    MATTER = "metadata"


@dataclass(frozen=True, slots=True)
class Label:
    """The part that a label announces, and the kind of its metadata; `name` as printed."""

    part: ArticlePart
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """The part opened by a label or heading; `known_matter` counts the metadata before it.

    With `once` it takes only one block, because it was printed inside a section.
    """

    part: ArticlePart | None = None
    kind: str = ""
    once: bool = False
    known_matter: int = 0


_MAIN_PARTS = ("abstract", "keywords", "references")
_NAMES: dict[ArticlePart, re.Pattern[str]] = {
    part: re.compile(pattern, _I)
    for part, pattern in {
        ArticlePart.ABBREVIATIONS: r"(?:list of |non-?standard )?abbreviations?(?: used| list)?"
        r"(?: in this (?:article|paper))?",
        ArticlePart.BACK: r"acknowledge?ments?|authors?['’]?s?['’]? contributions?(?: statement)?"
        r"|contributions?(?: of authors?)?|contributors|credit authorship contribution statement"
        r"|(?:credit )?author(?:ship)? contributions?(?: statement)?",
    }.items()
}
_COI_NAME = (
    r"(?:(?:potential |declaration of )?(?:conflicts? of interests?|(?:competing|conflicting)"
    r" (?:financial )?interests?)|declaration of (?:competing |conflicting )?interests?"
    r"|disclosures?)"
)
_STATEMENT = r"(?: statement| disclosure| information| declaration)?s?"

_MATTER: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, _I)
    for name, pattern in {
        "funding": rf"(?:funding|grant (?:information|support)|financial (?:support|disclosure)"
        rf"|sources? of (?:funding|support)|funding sources?|role of (?:the )?funding source)"
        rf"{_STATEMENT}",
        "conflict of interest": rf"{_COI_NAME}{_STATEMENT}|authors?['’]? disclosures?",
        "data availability": r"(?:data(?:set)?s? (?:availability|sharing|access(?:ibility)?)"
        r"|availability of (?:data(?: and materials?)?|supporting data)"
        r"|code availability|data and code availability)(?: statement)?",
        "ethics": r"(?:ethic(?:s|al) (?:approval|statement)"
        r"(?: and (?:consent to participate|informed consent))?"
        r"|institutional review board statement|informed consent(?: statement)?|patient consent"
        r"|consent (?:for publication|to participate)(?: statement)?|human and animal rights)",
        "author information": r"author(?:s['’]?|['’]s)? (?:information|details|affiliations?"
        r"|notes?)|affiliations?|orcid(?: ids?)?|authors and affiliations|biograph(?:y|ies)",
        "correspondence": r"(?:\*\s*)?(?:correspondence|corresponding authors?|authors? for"
        r" correspondence|address for"
        r" correspondence|reprints?(?: requests)?|address correspondence(?: to)?)(?: to)?",
        "how to cite": r"(?:how to )?cite this article(?: as)?|(?:open access )?citation"
        r"|to cite this article|please cite this article as|how to cite",
        "copyright": r"copyright|open access|rights and permissions|licen[cs]e",
        "publisher's note": r"publisher['’]?s note|disclaimer(?:/publisher['’]?s note)?",
        "supplementary material": r"supplement(?:ary|al) (?:materials?|information|data|files?)"
        r"|supporting information|additional (?:information|files?)|electronic supplementary"
        r" material|appendix [a-z]\. supplementary data",
        "declarations": r"declarations?|footnotes?|notes|additional declarations",
        "editors": r"(?:academic |handling |section |associate )?editors?|edited by|reviewed by"
        r"|reviewers?|specialty section|peer review(?: file| information)?"
        r"|provenance and peer review",
        "highlights": r"highlights|key ?points|key messages|graphical abstract|significance"
        r" statement|in brief|article highlights",
        "declaration of generative AI": r"(?:declaration of )?(?:the )?(?:use of )?(?:generative )?"
        r"(?:ai|artificial intelligence)(?: and ai-assisted technologies.*| tools.*| statement)?",
    }.items()
}
_RUN_IN = re.compile(
    r"(?P<label>[^\W\d_][^:.—–\ue000]{2,60}?)\s*(?:[:—]|\.(?=\s)|–(?=\s))\s*(?P<rest>\S.*)$"
)
_BARE_ABSTRACT = re.compile(r"(?P<label>abstract|ABSTRACT)\s+(?=[A-Z])(?P<rest>.{150,})$")
_ARTICLE_TYPES = re.compile(
    r"(?:(?:systematic |mini[- ]?|literature |narrative |invited |scoping )?review(?: article)?s?"
    r"|open(?: access)?|original (?:article|research|paper)|research(?: article| paper)?|article"
    r"|editorial|commentary|perspective|case report|short communication|letter"
    r"|meta[- ]analysis|systematic review and meta[- ]analysis|article info(?:rmation)?"
    r"|check for updates?|crossmark|access this article online|full length article)",
    re.IGNORECASE,
)


def read_label(text: str) -> Label | None:
    """The label on a line, disregarding its number, colon and marks."""
    name = bare_name(text)
    if (main := main_part(name)) in _MAIN_PARTS:
        return Label(ArticlePart(main), name)
    for part, names in _NAMES.items():
        if names.fullmatch(name):
            return Label(part, name)
    kinds = (kind for kind, names in _MATTER.items() if names.fullmatch(name))
    return next((Label(ArticlePart.MATTER, name, kind) for kind in kinds), None)


def read_run_in_label(text: str) -> tuple[Label | None, str]:
    """The label printed before the text of its part, and that text."""
    for match in filter(None, (_RUN_IN.match(text), _BARE_ABSTRACT.match(text))):
        label = read_label(match["label"])
        if label is not None and label.part is not ArticlePart.REFERENCES:
            return label, match["rest"]
    return None, text


def names_part(text: str) -> bool:
    """Whether a line names a part that is common to articles of any subject."""
    return is_body_name(text) or read_label(text) is not None


def is_article_type(text: str) -> bool:
    return _ARTICLE_TYPES.fullmatch(bare_name(text)) is not None
