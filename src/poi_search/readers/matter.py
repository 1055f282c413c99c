"""Recognizing the parts of an article by their headings, for any format."""

from __future__ import annotations

import re

from poi_search.text.typography import DASH_SIGNS, SPACE_BEFORE

UNITS = frozenset({"acknowledgments", "author-contributions", "abbreviations"})
STATEMENTS = ("conflict of interest", "funding", "ethics", "data availability")
"""The statements of an article about itself, in the order in which they are shown."""
_RULES = (
    (r"acknowledge?ments?\b.*|ack|agradecim\w+", "acknowledgments"),
    (r"(?:credit )?(?:the )?author(?:s'?|'s)? (?:\w+ )?contribut\w*.*|contributions?|con"
     r"|contributions? of (?:the )?authors?|contributorship.*|credit .*statement|authorship.*"
     r"|contribui(?:ção|ções) d.* autor.*|contribuci(?:ón|ones) de .*autor.*",
     "author-contributions"),
    (r"(?:list of )?abbreviations?\b.*|acronyms\b.*|glossary\b.*|nomenclature|abbr"
     r"|list of symbols", "abbreviations"),
    (r".*\bconflicts? of interests?\b.*|.*\bcompeting (?:financial )?interests?\b.*|conflicts?"
     r"|declarations? of (?:competing )?interests?|disclosures?(?: statements?| summary)?"
     r"|duality of interests?|(?:author )?financial disclosures?|coi-?statement"
     r"|statement of interests?|conflitos? de interesses?|conflictos? de inter[eé]s\w*",
     "conflict of interest"),
    (r"(?:sources? of )?funding\b.*|financial (?:support|statement|assistance).*|grants?"
     r"|grant (?:support|information|sponsor).*|supported.by|funded.by|sources? of support"
     r"|financial-disclosure|financia(?:mento|miento|ción|ção)\b.*", "funding"),
    (r".*\bdata (?:and \w+ )*(?:availability|accessibility|sharing|deposition|access|archiving)"
     r"(?: statement)?|availability of .*|accession (?:numbers?|codes?)|code availability.*"
     r"|data availability.*|data-availability|associated data|data statement",
     "data availability"),
    (r"ethic(?:s|al)\b.*|.*\bethical (?:approval|standards|statement|considerations)"
     r"|institutional review board.*|(?:patients?'? |informed )*consent\b.*"
     r"|(?:statement of )?human and animal rights.*", "ethics"),
    (r"publisher'?s'? note|disclaimers?(?:/publisher'?s note)?", "publisher's note"),
    (r"provenance\b.*|peer.?review\b.*|reviewed.?by|edited.?by|reviewer information",
     "peer review"),
    (r"pre-?publication history", "pre-publication history"),
    (r"copyright.*|licen[cs]e|rights and permissions|open access", "copyright"),
    (r"(?:about the )?authors?(?:'s?)? (?:information|details|note|biograph\w*)|about the authors?"
     r"|biograph(?:y|ies)|bio|contributor information|orcid\b.*", "about the authors"),
    (r"(?:how to )?cite this article.*|citation information", "citation"),
)  # fmt: skip
_KEYWORDS = (
    r"(?:author )?key[ -]{0,2}words?(?: and phrases)?|index terms|palavras?[ -]chave"
    r"|palabras?[ -]clave|mots?[ -]cl[ée]s?|descriptor\w*|descritor\w*|schl(?:ü|ue)sselw\w+"
    r"|parole chiave"
)
_PARTS = (
    (r"(?:\d+\.?\s*)?(?:references?|bibliography|literature(?: cited)?|works cited"
     r"|cited literature|references? (?:list|cited|and notes)|notes and references)(?: \(\d+\))?",
     "references"),
    (r"(?:structured |main )?abstract|summary", "abstract"),
    (r"graphical abstract|(?:author|plain[- ]language|lay|executive) summary|highlights|synopsis"
     r"|key (?:points|messages)|elife digest|significance(?: statement)?|impact statement"
     r"|teaser|toc abstract", "second abstract"),
    (_KEYWORDS, "keywords"),
    (r"(?:1\W+)?introduction\b.*|background", "introduction"),
    (r"append(?:ix|ices)\b.*", "appendix"),
)  # fmt: skip
_DECLARATIONS = re.compile(
    r"(?:\d+\.?\s*)?(?:declarations?|statements and declarations|additional (?:information|infos?)"
    r"|end ?notes|notes|article information|article notes|other information)",
    re.IGNORECASE,
)
_COMPILED_PARTS = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _PARTS)
_NAMES_KEYWORDS = re.compile(_KEYWORDS, re.IGNORECASE)
_KEYWORD_LABEL = re.compile(
    rf"{SPACE_BEFORE}key ?-?words?(?: and phrases)?\s*[:.{DASH_SIGNS}]\s*", re.IGNORECASE
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _RULES)
_LIST_LABEL = re.compile(r"^\s*(?:list of )?abbreviations?(?: used)?\s*[:.]\s*", re.IGNORECASE)
# What is printed between a short form and its long form, the most specific first.
_DEFINING = {
    sign: re.compile(rf"(?P<short>[^\s=:][^=:{sign}]{{0,29}}?)\s*{sign}\s*(?P<long>\S.{{1,150}})")
    for sign in ("=", ":", "–", "—", ",")
}
_BETWEEN = re.compile(rf"{SPACE_BEFORE};\s*|\.\s+(?=\S+\s*[,:=])")
_CLOSELY_BETWEEN = re.compile(rf"{SPACE_BEFORE}[,;]\s+|\.\s+(?=\S+\s*[,:=])")
# `*p < 0.05`, `#P=0.01 vs. control`: what the marks in a table mean.
_SIGNIFICANCE = re.compile(
    r"(?<![^\s(,;.])[*†‡§¶#]{0,4}[,:=]?\s?(?:[a-z]\s)?[Pp](?:[ -]values?)?\s?[<=>≤]\s?0?[.·]\d{1,6}"
    r"(?:\s(?:vs\.?|versus|compared (?:with|to))\s[^.;,]{1,80})?[.;,]?"
)
_NEXT_SENTENCE = re.compile(r"(?<=[a-z)\d]{2})\.\s+(?=[A-Z*†‡§¶#])")
_MIN_LETTERS = 2
# In a list, nearly every part is a definition.
_SURE = 0.8


def is_declarations(heading: str) -> bool:
    """Whether a heading only gathers statements: 'Declarations', 'Additional information'."""
    return _DECLARATIONS.fullmatch(heading.strip(" .:")) is not None


def main_part(heading: str) -> str:
    """'references', 'abstract', 'second abstract', 'keywords', 'introduction' or 'appendix'.

    '' for any other heading; `classify` recognizes the other parts.
    """
    text = heading.strip(" .:")
    return next((name for pattern, name in _COMPILED_PARTS if pattern.fullmatch(text)), "")


def names_keywords(heading: str) -> bool:
    """Whether a heading mentions keywords."""
    return _NAMES_KEYWORDS.search(heading) is not None


def is_keyword_line(text: str) -> bool:
    """Whether a line is of the form 'Keywords: a, b'."""
    return _KEYWORD_LABEL.match(text) is not None


def split_keywords(line: str) -> list[str]:
    """The keywords in a line, with or without a label before them."""
    text = _KEYWORD_LABEL.sub("", line, count=1)
    signs = r"[;·|•]" if re.search(r"[;·|•]", text) else r",(?=\s)"
    return [word for part in re.split(signs, text) if (word := part.strip().strip(" .,"))]


def classify(heading: str) -> str:
    """The unit of `UNITS`, or the statement, that a heading announces; else ''."""
    text = heading.replace("’", "'").strip(" .:")
    if len(text) > 100:
        return ""
    return next((name for pattern, name in _COMPILED if pattern.fullmatch(text)), "")


def classify_note(text: str) -> str:
    """`classify` for a note that starts with its heading: 'Competing interests: none.'"""
    lead = re.match(r"([^.:]{4,60})[.:]", text)
    if lead and (name := classify(lead[1])):
        return name
    if re.match(r"(?:The )?authors? (?:have |has )?declared? .{0,60}(?:interest|conflict)", text):
        return "conflict of interest"
    return ""


def split_definitions(text: str) -> list[tuple[str, str]]:
    """The pairs in 'MSC = mesenchymal stem cell, POI = …', also with ':', ',' or a dash for '='.

    Definitions are separated by semicolons or commas. A part that is not a definition continues the
    previous one, unless it has brackets: 'Tc17 = cytotoxic T, regulatory cells (Treg)'. Commas
    count as defining signs only if nearly every part has one.
    """
    bare = _SIGNIFICANCE.sub("", _LIST_LABEL.sub("", text))
    sign = next((sign for sign in _DEFINING if sign in bare), ",")
    by_semicolon = sign == "," or bare.count(";") >= bare.count(sign) - 1 > 0
    parts: list[str] = []
    for part in re.split(_BETWEEN if by_semicolon else _CLOSELY_BETWEEN, bare):
        if sign in part:
            parts.append(part)
        elif parts and "(" not in part:
            parts[-1] += f", {part}"
    pairs = [_DEFINING[sign].fullmatch(part.strip().rstrip(".")) for part in parts]
    found = [
        (pair["short"].strip(), _NEXT_SENTENCE.split(pair["long"], maxsplit=1)[0].strip(" .;,"))
        for pair in pairs
        if pair
    ]
    if sign == "," and len(found) < _SURE * len(parts):
        return []
    return [pair for pair in found if sum(map(str.isalpha, pair[0])) >= _MIN_LETTERS]
