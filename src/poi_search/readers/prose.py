"""Marked-up text → Prose: superscripts, citation links and ranges as plain text.

A reader walks its elements and writes into a `ProseWriter`; `prose` then returns the text with
its citations. Shared by the readers of JATS and HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from poi_search.article import Prose
from poi_search.readers.markers import MARKER_BRACKETS, Mark, Numbering, cite
from poi_search.readers.markup import squeeze
from poi_search.text.typography import DASH

_SUPERSCRIPTS = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_RAISED = re.compile(r"[\d+=()−–-]+n?|n")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_SEPARATORS = re.compile(rf"(?:[\s,;]|{DASH})+")


@dataclass(slots=True)
class _Piece:
    text: str
    raised: int = 0  # the superscript element it is in; 0 for none
    ids: tuple[str, ...] | None = None  # the references named by a citation link
    name: str = ""  # what a link without text prints


class ProseWriter:
    """Collects the pieces of one paragraph, caption or cell in order."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._raised = 0
        self._groups = 0

    def text(self, text: str) -> None:
        self._pieces.append(_Piece(text, self._raised))

    def cite(self, text: str, ids: tuple[str, ...], name: str = "") -> None:
        """Add a citation link that prints `text` and names the references `ids`.

        Without text, it becomes part of an adjacent link, or else prints `name`.
        """
        self._pieces.append(_Piece(text, self._raised, ids, name))

    def is_open(self) -> bool:
        """Whether a square bracket is open, so that a number does not need its own."""
        text = "".join(piece.text for piece in self._pieces[-12:])
        return text.rfind("[") > text.rfind("]")

    def touches_word(self) -> bool:
        """Whether the text ends in a letter, a digit or a closing sign, without a space."""
        last = "".join(piece.text for piece in self._pieces[-2:])[-1:]
        return last.isalnum() or last in tuple(")]%")

    def ends_word(self, listed: bool = False) -> bool:
        """Whether the text ends in a word or a sentence, so that a number may be a marker; two
        letters suffice for several numbers (`listed`), which are no power."""
        last = squeeze("".join(piece.text for piece in self._pieces[-2:]))
        if listed and re.search(r"[^\W\d_]{2}$", last):
            return True
        return re.search(r"[^\W\d_][a-z]{3}$|[^\W\d][.,;:!?)\]”’\"]$", last) is not None

    @contextmanager
    def superscript(self) -> Iterator[None]:
        outer = self._raised
        self._groups += 1
        self._raised = outer or self._groups
        yield
        self._raised = outer

    def prose(self, numbering: Numbering) -> tuple[Prose, tuple[str, ...]]:
        """The text with its citations, and the texts of links without a matching reference."""
        text, marks = _lay_out(
            _separate_links(_lower_superscripts(_merge_silent_links(self._pieces)))
        )
        return cite(text, marks, numbering)


def raise_text(text: str) -> str:
    """A superscript in plain text: '5' → '⁵', 'high' → '^high'; 'th' and '*' are unchanged."""
    bare = squeeze(text)
    if _RAISED.fullmatch(bare):
        return bare.translate(_SUPERSCRIPTS)
    if not any(char.isalnum() for char in bare) or bare in _ORDINALS:
        return text
    return f"^{bare}"


def _merge_silent_links(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without silent links: merged into a neighbour (a range), or with their name."""
    solid = [piece for piece in pieces if piece.text.strip() or piece.ids is not None]
    added: dict[int, tuple[str, ...]] = {}
    silent: set[int] = set()
    for index, piece in enumerate(solid):
        if piece.ids is None or piece.text:
            continue
        before = index - 1
        while before > 0 and id(solid[before]) in silent:
            before -= 1
        for other in (*solid[max(before, 0) : before + 1], *solid[index + 1 : index + 2]):
            if other.ids is not None and other.text:
                added[id(other)] = (*added.get(id(other), ()), *piece.ids)
                silent.add(id(piece))
                break
    return [
        _Piece(
            piece.text or piece.name,
            piece.raised,
            None if piece.ids is None else (*piece.ids, *added.get(id(piece), ())),
        )
        for piece in pieces
        if id(piece) not in silent
    ]


def _lower_superscripts(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without superscripts: citations in square brackets, others as characters."""
    groups = _group(pieces)
    lowered: list[_Piece] = []
    index = 0
    while index < len(groups):
        group = groups[index]
        if not group[0].raised:
            lowered += group
            index += 1
            continue
        end = _citing_run(groups, index)
        if end == index:
            lowered.append(_Piece(raise_text("".join(piece.text for piece in group))))
            index += 1
            continue
        run = [piece for group in groups[index:end] for piece in group]
        is_open = bool(lowered) and lowered[-1].text.rstrip()[-1:] in tuple(MARKER_BRACKETS)
        lowered += [_Piece(one.text, 0, one.ids) for one in run] if is_open else _bracket(run)
        index = end
    return lowered


def _group(pieces: list[_Piece]) -> list[list[_Piece]]:
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if not piece.text and piece.ids is None:
            continue
        if groups and piece.raised and groups[-1][0].raised == piece.raised:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _citing_run(groups: list[list[_Piece]], start: int) -> int:
    """The end of the superscripts from `start` that form one citation marker; else `start`."""
    end = start
    for index in range(start, len(groups)):
        group = groups[index]
        text = "".join(piece.text for piece in group)
        if not group[0].raised:
            if text.strip():
                break
        elif any(piece.ids is not None for piece in group):
            end = index + 1
        elif not _SEPARATORS.fullmatch(text) or index == start:
            break
    return end


def _bracket(run: list[_Piece]) -> list[_Piece]:
    text = "".join(piece.text for piece in run).strip()
    flat = [_Piece(piece.text, 0, piece.ids) for piece in run]
    if text[:1] in MARKER_BRACKETS:
        return flat
    # A power before the marker (`10<sup>5,[3]</sup>`) is rare; a separator at its edges is not.
    while flat and flat[-1].ids is None and _SEPARATORS.fullmatch(flat[-1].text or " "):
        flat.pop()
    return [_Piece("["), *flat, _Piece("]")]


def _separate_links(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with a comma between adjacent links: '1' '2' would read as twelve."""
    result: list[_Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        if (
            before
            and before.ids is not None
            and piece.ids is not None
            and before.text[-1:].isdigit()
            and piece.text[:1].isdigit()
        ):
            result.append(_Piece(","))
        result.append(piece)
    return result


def _lay_out(pieces: list[_Piece]) -> tuple[str, list[Mark]]:
    """The text with single spaces, and the links with their places in it."""
    parts: list[str] = []
    marks: list[Mark] = []
    length, space = 0, False
    for piece in pieces:
        words = squeeze(piece.text)
        bare = piece.text.replace("\u200b", "")
        if not words:
            space = space or bool(bare)
            continue
        space = space or bare[0].isspace()
        if space and length:
            parts.append(" ")
            length += 1
        parts.append(words)
        if piece.ids is not None:
            marks.append(Mark(length, length + len(words), piece.ids))
        length += len(words)
        space = bare[-1].isspace()
    return "".join(parts), marks
