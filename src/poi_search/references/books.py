"""Books, and chapters of books, in the styles of reference lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from poi_search.article import Name, Reference
from poi_search.references.name_lists import NameList, parse_names
from poi_search.references.quoted_titles import QUOTED
from poi_search.references.style_parts import (
    END,
    INITIALS_FIRST,
    YEAR,
    author_splits,
    candidates,
)
from poi_search.references.year_second import split_at_year
from poi_search.text.typography import DASH_SIGNS

# A full stop within the name of a place: `St. Louis`.
_SAINT = r"(?:\b(?:St|Ste|Ft|Mt)\.\s)?"
_BOOK_TAIL = re.compile(
    rf"(?<![^.;:])(?P<place>\s?{_SAINT}[^.;:]++):\s*+(?P<publisher>[^.;:]+)[;,]\s*+{YEAR}"
    rf"(?:[.,:]\s*+(?:pp?\.?\s*+(?P<pages>\d+\s*+[{DASH_SIGNS}]\s*+\d+|\d+)"
    rf"|(?P<range>\d+\s*+[{DASH_SIGNS}]\s*+\d+))?)?{END}"
)
_BRACKETED_BOOK_TAIL = re.compile(rf"\s\((?P<publisher>[^(),]+(?:, [^(),\d]+)?), {YEAR}\){END}")
# AMA prints no place: `8th ed. Publisher; 2018.`
_PLACELESS_TAIL = re.compile(
    rf"(?<=(?:st|nd|rd|th)\sed\.)\s(?P<publisher>[^.;:]{{2,80}});\s*+{YEAR}"
    rf"(?::(?P<pages>\d+\s*+[{DASH_SIGNS}]\s*+\d+|\d+))?{END}"
)
# What is between a chapter and its book: `In: `, `In `, and `in ` after a quoted title.
_IN = re.compile(
    r"(?<=[.?!,”\"’'])\s[Ii]n:\s|(?<=[”\"’'],)\sin\s(?=[A-Z])|(?<=[.?!])\sIn\s(?=[A-Z“])|(?<=[”\"’'])\sin\s(?=[A-Z])"
)
_IN_COMMAS = re.compile(r"(?<![”\"’']),$")
_EDITORS = re.compile(
    r"(?<!\dst)(?<!\dnd)(?<!\drd)(?<!\dth),?\s\(?(?:[Ee]ds?|[Ee]ditors?|EDs?)\b\.?\)?[.,:;]?\s?"
)
_EDITED_BY = re.compile(r"[.,;]\s(?:[Ee]dited by|[Ee]ds? by)\s")
_EDITION = re.compile(r"[.,]?\s\(?(\d{1,2}(?:st|nd|rd|th))\s[Ee]d(?:n|ition)?\b\.?\)?[.,;]?")
_EDITION_FIRST = re.compile(
    r"(\d{1,2}(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r"\s(?:ed|edn|edition)\b\.?,\s",
    re.IGNORECASE,
)
_BOOK_END = re.compile(r"\.\s|;\s|\s\(|,\s(?:[Vv]ol\.|pp?\.|\d)")
_PAGES = re.compile(
    rf"(?:\bpp?\.?\s?|(?<=\d\d\d\d)[:;]\s?|\),\s)(\d{{1,5}}\s?[{DASH_SIGNS}]\s?\d{{1,5}}|\d{{1,5}})(?!\d)"
)
_YEAR = re.compile(r"(?<![\d–-])((?:1[89]|20)\d\d)(?=[a-z]?[:;.,)\s]|[a-z]?$)")
_VOLUME = re.compile(r"\b[Vv]ol\.?\s?(\d{1,4})")
_PUBLISHED = re.compile(
    r"(?P<place>" + _SAINT + r"[^.;:()\d]{2,60}):\s(?P<publisher>[^.;:()\d,]{2,80})(?=[;,.)]|$)"
)
_NAMES_END = re.compile(r"\s\(|,\spp?\.|\.\s(?=[A-Z][a-z]{3})|;\s")
_THESIS = re.compile(r"\[[^\[\]]{0,40}(?:thesis|dissertation)\]", re.IGNORECASE)
_MOST_SPLITS = 12


@dataclass(frozen=True, slots=True)
class Container:
    """A book with the chapter of an entry: its title, editors, and what follows them."""

    title: str
    editors: tuple[Name, ...]
    rest: str
    is_edited: bool = True


def chapter(text: str) -> Reference | None:
    """`Abel A. Title. In: Cain C, ed. Book. 3rd ed. Place: Publisher; 2015:100-120.`"""
    between = _IN.search(text)
    if between is None:
        return None
    work = _work(text[: between.start()].strip())
    in_commas = _IN_COMMAS.search(text[: between.start()]) is not None
    book = _container(text[between.end() :], in_commas)
    # Without a colon or editors, it may be a journal: `In Vitro Cell Dev Biol`.
    sure = between[0].rstrip().endswith(":") or (book is not None and book.is_edited)
    if work is None or book is None or not (sure or between[0].strip() == "in"):
        return None
    authors, title, year = work
    dates = _YEAR.findall(book.rest)
    if not title or not (year or dates):
        return None
    edition, pages = _EDITION.search(book.rest), _PAGES.search(book.rest)
    volume, published = _VOLUME.search(book.rest), _PUBLISHED.search(_EDITION.sub(". ", book.rest))
    return Reference(
        0,
        "",
        names=authors.names,
        et_al=authors.et_al,
        title=title,
        journal=book.title,
        year=year or int(dates[-1]),
        volume=volume[1] if volume else "",
        pages=re.sub(r"\s", "", pages[1]) if pages else "",
        kind="chapter",
        editors=book.editors,
        edition=edition[1] if edition else "",
        place=published["place"].strip(" ,") if published else "",
        publisher=published["publisher"].strip() if published else "",
    )


def _work(text: str) -> tuple[NameList, str, int | None] | None:
    """The authors and the title of a chapter, and its year if that is between them."""
    dated = split_at_year(text)
    if dated is not None:
        return dated[0], _bare_title(dated[2]), dated[1]
    quoted = QUOTED.search(f"{text} ")
    if quoted is not None:
        authors = parse_names(text[: quoted.start()].rstrip(" ,.:"))
        return (authors, _bare_title(quoted["title"]), None) if authors else None
    splits = (
        _initials_first_splits(text) if INITIALS_FIRST.match(text) else author_splits(f"{text} ")
    )
    found = next(((names, _bare_title(rest)) for names, rest in splits if rest.strip()), None)
    return (*found, None) if found else None


def _initials_first_splits(text: str) -> Iterator[tuple[NameList, str]]:
    """`A.B. Abel, C. Cain, Title,`: each way to split it into authors and the rest."""
    items = text.split(", ")
    ends = list(accumulate(len(item) + 2 for item in items[:-1]))
    for count in candidates(ends, text):
        authors = parse_names(", ".join(items[:count]))
        if authors is not None:
            yield authors, ", ".join(items[count:])


def _bare_title(text: str) -> str:
    return text.strip().rstrip(",").strip("“”\"‘’'").rstrip(" ,.").strip('“”"')


def _container(text: str, in_commas: bool) -> Container | None:
    """The book in the second half of an entry; `in_commas`: only commas separate its parts."""
    edited = _EDITED_BY.search(text)
    if edited is not None:
        names, rest = _leading_names(text[edited.end() :])
        return _named(text[: edited.start()], names, rest)
    marked = _EDITORS.search(text)
    if marked is None:
        end = _BOOK_END.search(text)
        found = _named(text[: end.start()], (), text[end.start() :]) if end else None
        return replace(found, is_edited=False) if found else None
    before, after = text[: marked.start()], text[marked.end() :]
    first = parse_names(before.rstrip(" ,"))
    if first is not None:
        ends = re.compile(r",\s") if in_commas else _BOOK_END
        end = ends.search(after)
        return _named(after[: end.start()], first.names, after[end.start() :]) if end else None
    title, names = _trailing_names(before)
    if names:
        # MDPI: `Book; Editors, Eds.; Publisher: Place, Year`
        return _named(title, names, _PUBLISHED.sub(_swap, after) if "; " in before else after)
    names, rest = _leading_names(after)
    return _named(before, names, rest)


def _swap(match: re.Match[str]) -> str:
    return f"{match['publisher'].strip()}: {match['place'].strip(' ;')}"


def _named(title: str, editors: tuple[Name, ...], rest: str) -> Container | None:
    title, edition = _without_edition(title.strip())
    rest = f", {edition} ed. {rest}" if edition else rest
    volume = _VOLUME.search(title)
    bare = _bare_title(title[: volume.start()] if volume else title)
    more = f"{title[volume.start() :]} {rest}" if volume else rest
    fits = bare[:1].isalnum() and 2 < len(bare) <= 200
    return Container(bare, editors, more) if fits else None


def _trailing_names(text: str) -> tuple[str, tuple[Name, ...]]:
    """The title of a book and the editors after it: `Soil Science, J. B. Dixon and S. B. Weed`."""
    for separator in ("; ", ". ", ", "):
        places = [match.end() for match in re.finditer(re.escape(separator), text)]
        for place in places[:_MOST_SPLITS]:
            names = parse_names(text[place:])
            if names is not None:
                return text[: place - len(separator)], names.names
    return text, ()


def _leading_names(text: str) -> tuple[tuple[Name, ...], str]:
    """The editors at the beginning of a text, () if they cannot be told, and what follows."""
    end = _NAMES_END.search(text)
    names = parse_names(text[: end.start()]) if end else None
    return (names.names, text[end.start() :]) if names and end else ((), text)


def book(text: str) -> Reference | None:
    """`Abel A, Cain C. Title. 2nd ed. New York: Publisher; 2010.`, `… (Publisher, 2010).`"""
    tails = (_BOOK_TAIL, _BRACKETED_BOOK_TAIL, _PLACELESS_TAIL)
    tail = next(filter(None, (pattern.search(text) for pattern in tails)), None)
    if tail is None:
        return None
    for authors, is_edited, rest in _authors_or_editors(text[: tail.start()]):
        title, edition = _without_edition(rest.strip().rstrip("."))
        if title and "In: " not in rest:
            groups = tail.groupdict()
            thesis = _THESIS.search(title)
            return Reference(
                0,
                "",
                names=() if is_edited else authors.names,
                editors=authors.names if is_edited else (),
                et_al=authors.et_al,
                title=_THESIS.sub("", title).strip(),
                year=int(tail["year"]),
                pages=groups.get("pages") or groups.get("range") or "",
                kind="thesis" if thesis else "book",
                edition=edition,
                place=(groups.get("place") or "").strip(),
                publisher=tail["publisher"].strip(),
            )
    return None


def _authors_or_editors(head: str) -> Iterator[tuple[NameList, bool, str]]:
    """Each way to split off the names, and whether they are those of editors: `Hand C, ed.`"""
    marked = _EDITORS.search(head)
    editors = parse_names(head[: marked.start()].rstrip(" ,")) if marked else None
    if marked and editors:
        yield editors, True, head[marked.end() :]
    for authors, rest in author_splits(head):
        yield authors, False, rest


def _without_edition(title: str) -> tuple[str, str]:
    """'Cells. 5th ed' → 'Cells', '5th'."""
    edition = _EDITION.search(title)
    if edition is None or edition.end() < len(title):
        return title, ""
    return title[: edition.start()].rstrip(" .,"), edition[1]


def book_in_list(text: str) -> Reference | None:
    """`A. B. Abel, C. Cain, Title, Publisher, Place, 2010.`, `A. Abel, Title [thesis], …, 2011.`"""
    tail = re.search(rf",\s{YEAR}{END}", text)
    if tail is None or not INITIALS_FIRST.match(text):
        return None
    for authors, rest in _initials_first_splits(text[: tail.start()]):
        title, _, after = rest.partition(", ")
        edition = _EDITION_FIRST.match(after)
        publisher = after[edition.end() :] if edition else after
        thesis = _THESIS.search(title)
        if edition is None and len(title.split()) < 2:
            return None  # rather the last author than a title of one word
        if publisher and not any(map(str.isdigit, title)):
            return Reference(
                0,
                "",
                names=authors.names,
                et_al=authors.et_al,
                title=_THESIS.sub("", title).strip(),
                year=int(tail["year"]),
                kind="thesis" if thesis else "book",
                edition=edition[1] if edition else "",
                publisher=publisher.partition(", ")[0],
            )
    return None
