"""References as BibTeX in UTF-8, with keys and with titles whose capitals are protected."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from poi_search.article import Name, Reference, WorkKind
from poi_search.export.formats import Format, Keys, References
from poi_search.export.tidy import tidy
from poi_search.references.names import family_name, spaced_initials
from poi_search.references.page_ranges import full_pages
from poi_search.references.publication_notices import notice_line

# Styles treat a DOI as verbatim: nothing in it is escaped, but braces etc. are percent-encoded.
_DOI_SAFE = "/:;()<>_.-&#$%+,'"
_URL_SAFE = "/:;?=()_.-&#$%+,~@!*'"

_TYPES: Mapping[WorkKind, str] = {
    "article": "article", "chapter": "incollection", "book": "book", "thesis": "phdthesis",
    "conference": "inproceedings", "software": "misc", "data": "misc", "web": "misc",
    "preprint": "article", "other": "misc",
}  # fmt: skip
_IN_BOOK = ("chapter", "conference")


def bibtex(references: References, keys: Keys) -> str:
    """The entries, each under `keys[unit id]`."""
    library = Library()
    library.add([_entry(keys[unit_id], reference) for unit_id, reference in references])
    return write_string(library)


def bibtex_keys(references: References) -> Keys:
    """Keys by unit id: 'Li2020', or 'Li2020a', 'Li2020b' in order where several collide.

    BibTeX ignores the case of keys, so no two keys differ only in case.
    """
    stems = {unit_id: _stem(tidy(reference)) for unit_id, reference in references}
    shared = Counter(stem.lower() for stem in stems.values())
    used = {stem for stem, count in shared.items() if count == 1}
    endings = {stem: _letters() for stem, count in shared.items() if count > 1}
    keys = {}
    for unit_id, stem in stems.items():
        keys[unit_id] = stem
        if (folded := stem.lower()) in endings:
            ending = next(e for e in endings[folded] if folded + e not in used)
            used.add(folded + ending)
            keys[unit_id] = stem + ending
    return keys


def _letters() -> Iterator[str]:
    """a, b, … z, aa, ab, …"""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    yield from alphabet
    for front in _letters():
        yield from (front + letter for letter in alphabet)


# Letters that Unicode does not decompose into a plain letter and an accent.
_UNACCENTED = str.maketrans("øØłŁđĐðı", "oOlLdDdi") | {
    ord(letter): pair for letter, pair in (("ß", "ss"), ("æ", "ae"), ("Æ", "Ae"), ("œ", "oe"))
}


def _stem(reference: Reference) -> str:
    name = next(iter((*reference.names, *reference.editors)), None)
    words = (family_name(name) if name else reference.title or reference.text).split()
    word = "".join(words if name and not name.body else words[:2])
    plain = unicodedata.normalize("NFKD", word.translate(_UNACCENTED))
    return (re.sub(r"[^A-Za-z0-9]", "", plain) or "Anonymous") + str(reference.year or "")


def _entry(key: str, reference: Reference) -> Entry:
    untitled = "" if reference.title else reference.text
    notices = [f"{notice_line(notice)}." for notice in reference.notices]
    fields = {
        "author": _authors(reference),
        "editor": " and ".join(map(_name, reference.editors)),
        "title": _title(reference.title),
        "booktitle" if reference.kind in _IN_BOOK else "journal": _tex(reference.journal),
        "year": str(reference.year or ""),
        "volume": _tex(reference.volume),
        "number": _tex(reference.issue),
        "pages": _tex(full_pages(reference.pages, "--")),
        "edition": _tex(reference.edition),
        "address": _tex(reference.place),
        "school" if reference.kind == "thesis" else "publisher": _tex(reference.publisher),
        "url": quote(reference.url, safe=_URL_SAFE),
        "urldate": reference.accessed,
        "doi": quote(reference.doi, safe=_DOI_SAFE),
        "pmid": _tex(reference.pmid),
        "pmcid": _tex(reference.pmcid),
        "abstract": _tex(reference.abstract),
        "keywords": _tex(", ".join(reference.headings)),
        # No field says that a work is retracted; every style prints a note.
        "note": _tex(" ".join(filter(None, (reference.note, untitled, *notices)))),
    }
    present = [Field(name, value) for name, value in fields.items() if value]
    return Entry(_TYPES[reference.kind], key, present)


def _authors(reference: Reference) -> str:
    names = [_name(name) for name in reference.names]
    return " and ".join([*names, "others"] if reference.et_al and names else names)


def _name(name: Name) -> str:
    family = _tex(family_name(name))
    if name.body or re.search(r",|\band\b", family, re.IGNORECASE):
        family = f"{{{family}}}"
    suffix, given = _tex(name.suffix.rstrip(".")), _tex(spaced_initials(name.given))
    return ", ".join(filter(None, (family, suffix, given)))


# A lone brace would unbalance the field even when escaped, so braces become commands.
_COMMANDS = {
    "{": r"{\lbrace}",
    "}": r"{\rbrace}",
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}
_ESCAPES = str.maketrans({c: rf"\{c}" for c in "&%$#_"} | _COMMANDS)


def _tex(text: str) -> str:
    return text.translate(_ESCAPES)


def _title(title: str) -> str:
    """The title with braces around words whose capitals a style must keep.

    In a title in title case (Like This One) only capitals inside words are protected.
    """
    words = title.split()
    long_words = [word for word in words[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    title_case = len(long_words) > 2 and capitals > 0.7 * len(long_words)
    shown, opening = [], True
    for word in words:
        shown.append(_title_word(word, lone_capital=not (opening or title_case)))
        opening = word.endswith((":", ".", "?", "!"))
    return " ".join(shown)


def _title_word(word: str, lone_capital: bool) -> str:
    core = word.strip("()[]{},.;:?!\"'“”‘’")
    capitals = [place for place, letter in enumerate(core) if letter.isupper()]
    if not capitals or (capitals == [0] and len(core) > 1 and not lone_capital):
        return _tex(word)
    before, after = word.split(core, 1)
    return f"{_tex(before)}{{{_tex(core)}}}{_tex(after)}"


FORMAT = Format("BibTeX", "application/x-bibtex", "bib", bibtex, bibtex_keys)
