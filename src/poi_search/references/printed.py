"""Printed forms taken apart: author names as in reference lists, and page ranges.

Reference lists print 'Van Balkom BWM' and '320–6'; programs want a family name with
initials, and a first and a last page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Literal

from poi_search.article import Reference

DASHES = "-‐‑‒–—−"

_PARTICLE = re.compile(
    r"al|bin|d[aeiou]|d[ae]l|dell[ao]|de[nrs]|dos|el|ibn|l[ae]|san|st|te[nr]|v[ao]n|vom|y|zu[mr]?"
)
_GROUP_WORD = re.compile(
    r"academy|agency|alliance|association|authority|authors|board|cent(?:er|re)s?|clinic|coalition"
    r"|collaborat(?:ion|ive|ors)|college|commission|committee|conference|consortium|council"
    r"|department|directorate|division|federation|force|foundation|group|hospital|initiative"
    r"|institut(?:es?|ions?)|investigators|laboratory|ministry|network|office|organi[sz]ation|panel"
    r"|party|program(?:me)?|project|registry|researchers|services?|societ(?:y|ies)|study|team|trial"
    r"|trialists|union|university|workgroup|workshop"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd|[4-9]th)\.?$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,5}$")


@dataclass(frozen=True, slots=True)
class Name:
    """An author. `given` holds initials or given names; a group has only `family` and `group`."""

    family: str
    given: str = ""
    suffix: str = ""
    group: bool = False


def parse_name(printed: str) -> Name:
    """'Van Balkom BWM', 'Smith JA Jr' or 'Smith, Jane A.' as a `Name`.

    What has no initials and no comma cannot be split with certainty and counts as a group:
    it is then shown as printed.
    """
    text = " ".join(printed.split())
    if "," in text:
        return _with_comma(text)
    words = text.split(" ")
    suffix = words.pop().rstrip(".") if len(words) > 2 and _SUFFIX.match(words[-1]) else ""
    cut = len(words)
    while cut > 1 and _is_initials(words[cut - 1]):
        cut -= 1
    family = words[:cut]
    if cut == len(words) or _names_a_group(family):
        return Name(text, group=True)
    return Name(" ".join(family), " ".join(words[cut:]), suffix)


def _with_comma(text: str) -> Name:
    family, *rest = (part.strip() for part in text.split(","))
    rest = [part for part in rest if part]
    if not family or not rest or _names_a_group(text.replace(",", " ").split()):
        return Name(text.strip(" ,"), group=True)
    suffix = next((part for part in rest if _SUFFIX.match(part)), "")
    given = " ".join(part for part in rest if part != suffix)
    if not given:  # 'Smith JA, Jr'
        before = parse_name(family)
        return Name(before.family, before.given, suffix.rstrip("."), before.group)
    return Name(family, given, suffix.rstrip("."))


def _is_initials(word: str) -> bool:
    return word.isupper() and _INITIALS.match(word) is not None


def _names_a_group(words: list[str]) -> bool:
    plain = [word.strip("().,;:").lower() for word in words]
    if any(_GROUP_WORD.fullmatch(word) for word in plain):
        return True
    return any(word.islower() and not _PARTICLE.fullmatch(word) for word in words)


def spaced_initials(given: str) -> str:
    """'BWM' as 'B. W. M.', 'J-P' as 'J.-P.'; given names in full stay as they are."""
    spaced = []
    for word in given.split():
        if not _is_initials(word):
            spaced.append(word)
            continue
        parts = re.split(r"(-)", word.replace(".", ""))
        letters = (p if p == "-" else " ".join(f"{c}." for c in p) for p in parts)
        spaced.append("".join(letters))
    return " ".join(spaced)


def closed_initials(given: str) -> str:
    """'Bas W. M.' as 'BWM', 'B.-W.' as 'BW': the form that reference lists print."""
    words = re.split(rf"[\s.{re.escape(DASHES)}]+", given)
    letters = (word if _is_initials(word) else word[:1].upper() for word in words)
    return "".join(letters)


_PAGE = re.compile(r"(?P<prefix>\D*)(?P<digits>\d+)(?P<rest>.*)$")


def page_ranges(pages: str) -> list[tuple[str, str]]:
    """'320–6, 330' as [('320', '326'), ('330', '')]; what has no range has no last page."""
    return [_page_range(part.strip()) for part in re.split(r"[,;]", pages) if part.strip()]


def _page_range(part: str) -> tuple[str, str]:
    first, *last = (
        piece.strip() for piece in re.split(f"[{re.escape(DASHES)}]+", part, maxsplit=1)
    )
    if not last or not last[0]:
        return first, ""
    return first, _whole(first, last[0])


def _whole(first: str, last: str) -> str:
    """The last page with the digits that it shares with the first: ('S12', '8') gives 'S18'."""
    begin, end = _PAGE.match(first), _PAGE.match(last)
    if not begin or not end or end["prefix"] not in ("", begin["prefix"]):
        return last
    missing = len(begin["digits"]) - len(end["digits"])
    if missing < 0 or (missing == 0 and end["prefix"]):
        return last
    digits = begin["digits"][:missing] + end["digits"]
    if int(digits) < int(begin["digits"]):
        return last
    return begin["prefix"] + digits + end["rest"]


def full_pages(pages: str, dash: str) -> str:
    """'320–6, 330' as '320-326, 330': every range in full."""
    return ", ".join(
        f"{first}{dash}{last}" if last else first for first, last in page_ranges(pages)
    )


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, spaces single."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def tidied(reference: Reference) -> Reference:
    """The reference with every text in it as `one_line`."""
    texts = {
        field.name: one_line(value)
        for field in fields(reference)
        if isinstance(value := getattr(reference, field.name), str)
    }
    authors = tuple(filter(None, map(one_line, reference.authors)))
    headings = tuple(filter(None, map(one_line, reference.headings)))
    return replace(reference, **texts, authors=authors, headings=headings)  # type: ignore[arg-type]


def author_names(reference: Reference) -> list[Name]:
    return [parse_name(name) for name in reference.authors]


def entry_kind(reference: Reference) -> Literal["article", "book", "other"]:
    """What kind of thing it is, as far as the print tells."""
    if reference.journal:
        return "article"
    return "book" if reference.publisher else "other"
