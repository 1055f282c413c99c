"""Parsing and formatting the names of persons and bodies.

A name is split only where the print shows how: at a comma, by initials, by a lowercase particle,
or because the caller knows that given names come first. Any other name is treated as a body, whose
name is always shown as printed.
"""

from __future__ import annotations

import re
import unicodedata

from poi_search.article import Name
from poi_search.text.typography import DASH

PARTICLES = frozenset(
    "van von vom der den de del della dello degli dei di du da das do dos des d d' la las le"
    " lo los el al bin ben ibn abu ter te ten ze zu zum zur san st st. y e i af av auf 't t'"
    " o'".split()
)
# Words in the names of bodies that are rare in the titles of papers.
_ORGANISATION = re.compile(
    r"academy|agency|alliance|association|authority|cent(?:er|re)s?|clinic|coalition|college"
    r"|collaborat(?:ion|ions|ive|ors)|commission|committee|consort(?:ium|ia)|council|department"
    r"|directorate|division|federation|foundation|groups?|hospital|institut(?:es?|ions?)"
    r"|investigators|laboratory|members|ministry|network|office|organi[sz]ations?|panel"
    r"|researchers|societ(?:y|ies)|taskforce|team|trialists|union|university|workgroup"
)
_UNDERTAKING = re.compile(
    r"authors|board|conference|force|initiative|party|program(?:me)?|project|registry|services?"
    r"|study|trial|workshop"
)
# Words of either list that are also family names.
_ALSO_SURNAMES = frozenset(("board", "force", "college", "party", "union", "center"))
LONGEST_BODY = 14
"""The maximum number of words in the name of a body that could also be a title."""
SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd|[4-9]th)\.?")
_INITIALS = re.compile(rf"(?:[^\W\d_]\.?{DASH}?){{1,5}}")
_DOTTED = re.compile(rf"(?:[^\W\d_]{{1,2}}\.{DASH}?)+")
_PART = re.compile(rf"[\s.]+(?:{DASH}\s*)?")


def parse_name(printed: str) -> Name:
    """A name as printed in a list: 'Van Balkom BWM', 'Smith, Jane A., Jr', 'J. A. Smith'."""
    text = " ".join(printed.split()).strip(",; ")
    if "," in text:
        return _parse_inverted(text)
    words, suffix = _without_suffix(text.split())
    if _is_east_asian(text) and len(words) == 2:
        return Name(*words)
    cut = len(words)
    while cut > 1 and _is_initials(words[cut - 1]):
        cut -= 1
    if cut < len(words) and not (cut > 1 and is_body(words[:cut])):
        return tagged_name(" ".join(words[:cut]), " ".join(words[cut:]), suffix)
    first = next((at for at, word in enumerate(words) if not _DOTTED.fullmatch(word)), 0)
    if cut == len(words) and first and not is_body(words[first:]):
        return tagged_name(" ".join(words[first:]), " ".join(words[:first]), suffix)
    return Name(body=text)


def parse_full_name(printed: str) -> Name:
    """A name printed in full: 'Maria van der Berg', 'Berg, Maria', 'John Smith Jr.'"""
    text = " ".join(printed.split()).strip(",; ")
    words, suffix = _without_suffix(re.sub(r",(?=\s(?:Jr|Sr|I{2,3}|IV)\b)", "", text).split())
    if "," in " ".join(words):
        return _parse_inverted(text)
    if len(words) < 2:
        return Name(body=text) if text.isupper() and len(text) > 1 else Name(text)
    if _is_east_asian(text):
        return Name(words[0], " ".join(words[1:]))
    if is_body(words):
        return Name(body=text)
    small = (at for at, word in enumerate(words) if at and _is_particle(word))
    cut = next(small, len(words) - 1)
    # 'y' joins two family names.
    cut -= words[cut] in ("y", "e", "i") and cut > 1
    return tagged_name(" ".join(words[cut:]), " ".join(words[:cut]), suffix)


def tagged_name(family: str, given: str = "", suffix: str = "") -> Name:
    """A name whose parts the source marks; a lowercase particle is separated."""
    family, given, suffix = (
        " ".join(part.split()).strip(",; ") for part in (family, given, suffix)
    )
    words, own = _without_suffix(family.split(), 1)
    suffix = suffix or own
    if not given and len(words) > 1 and is_body(words):
        return Name(body=family)
    cut = next((at for at, word in enumerate(words) if not _is_small(word)), 0)
    if not words:
        return Name(given, suffix=suffix)
    return Name(" ".join(words[cut:]), given, " ".join(words[:cut]), suffix)


def is_body(words: list[str]) -> bool:
    """Whether the words of a name, at least two, name a body."""
    plain = [word.strip("().,;:").lower() for word in words]
    if len(words) == 2 and not words[0].isupper() and plain[1] in _ALSO_SURNAMES:
        return False
    if any(_ORGANISATION.fullmatch(word) or _UNDERTAKING.fullmatch(word) for word in plain):
        return True
    return any(_is_small(word) and not _is_particle(word) for word in words)


def is_organisation(text: str) -> bool:
    """Whether a text that could also be a title certainly names a body: 'RECOVERY Trial'."""
    words = [word.strip("().,;:") for word in text.split()]
    if not 1 < len(words) <= LONGEST_BODY or not text[0].isupper():
        return False
    if any(_ORGANISATION.fullmatch(word.lower()) for word in words):
        return True
    acronym = any(word.isupper() and len(word) > 2 for word in words[:-1])
    return acronym and len(words) < 4 and _UNDERTAKING.fullmatch(words[-1].lower()) is not None


def family_name(name: Name) -> str:
    """'van der Berg'; for a body, its whole name."""
    return name.body or f"{name.particle} {name.family}".strip()


def short_name(name: Name) -> str:
    """'van der Berg JA Jr', as reference lists print it."""
    parts = (family_name(name), initials(name.given), name.suffix.rstrip("."))
    return " ".join(filter(None, parts))


def inverted_name(name: Name) -> str:
    """'van der Berg, J. A., Jr', as reference managers read it; a body unchanged."""
    parts = (family_name(name), spaced_initials(name.given), name.suffix.rstrip("."))
    return ", ".join(filter(None, parts))


def inverted_full_name(name: Name) -> str:
    """'van der Berg, Jane A., Jr', with the given names in full where known."""
    return ", ".join(filter(None, (family_name(name), name.given, name.suffix.rstrip("."))))


def full_name(name: Name) -> str:
    """'Jane A. van der Berg Jr.'; family name first in East Asian scripts."""
    order = (name.given, family_name(name))
    first, second = reversed(order) if _is_east_asian("".join(order)) else order
    return " ".join(filter(None, (first, second, name.suffix)))


def initials(given: str) -> str:
    """'Bas W. M.', 'B.W.M.' and 'BWM' as 'BWM', 'Jean-Paul' and 'J.-P.' as 'JP'.

    'J-P' is unchanged; so are names in scripts without capitals.
    """
    letters: list[str] = []
    for word in _PART.split(given):
        if _is_initials(word):
            letters.append(word)
        elif not _has_capitals(word):
            letters.append(f" {word}" if letters else word)
        else:
            letters += [part[:1].upper() for part in re.split(DASH, word)]
    return "".join(letters).strip()


def spaced_initials(given: str) -> str:
    """'BWM' and 'Bas W. M.' as 'B. W. M.', 'J-P' as 'J.-P.'"""
    words = (
        _space_letters(word) if _is_initials(word) else word for word in initials(given).split()
    )
    return " ".join(words)


def _space_letters(letters: str) -> str:
    groups = re.split(DASH, letters.replace(".", ""))
    return "-".join(" ".join(f"{letter}." for letter in group) for group in groups)


def _parse_inverted(text: str) -> Name:
    """'Berg, Jane A., Jr' or 'Smith JA, Jr'; the name of a body may contain commas, too."""
    family, *rest = (part.strip() for part in text.split(","))
    suffix = next((part for part in rest if SUFFIX.fullmatch(part)), "")
    given = " ".join(part for part in rest if part and part != suffix)
    words = family.split()
    if not family or not (given or suffix) or (len(words) > 1 and is_body(words)):
        return Name(body=text)
    if not given:
        before = parse_name(family)
        return Name(before.family, before.given, before.particle, suffix, before.body)
    return Name(body=text) if is_body(given.split()) else tagged_name(family, given, suffix)


def _without_suffix(words: list[str], least: int = 2) -> tuple[list[str], str]:
    if len(words) > least and SUFFIX.fullmatch(words[-1]):
        return words[:-1], words[-1]
    return words, ""


def _is_initials(word: str) -> bool:
    return word.isupper() and _INITIALS.fullmatch(word) is not None


def _is_small(word: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", word)
    return letters.islower() and word[:1] not in "(["


def _is_particle(word: str) -> bool:
    return word.lower().replace("\u2019", "'") in PARTICLES and word.islower()


def _has_capitals(text: str) -> bool:
    return text.lower() != text.upper()


def _is_east_asian(text: str) -> bool:
    """Whether all letters are Chinese, Japanese or Korean, so that the family name comes first."""
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and all(
        unicodedata.name(sign, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))
        for sign in letters
    )
