"""The lexer of questions: text → tokens with their offsets, in one pass that never fails.

The meaning of a sign depends on its position: the hyphen of IL-6, the colon of 10:1, the
star of 5*10^6 and the brackets of [18F]FDG are plain text. Signs without a meaning are blanked
in a copy of the text (see `Words`); if they were probably meant as syntax, a notice says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from poi_search.query.fields import FIELDS, TAGS, TEXT_FIELDS, tag_name
from poi_search.text.typography import QUOTE_SIGNS

TokenKind = Literal[
    "word", "prefix", "fuzzy", "quote", "raw", "open", "close", "and", "or", "not", "minus",
    "field", "tag",
]  # fmt: skip
QUOTES: Final = QUOTE_SIGNS
OPERATORS: Final = {"AND": "and", "OR": "or", "NOT": "not"}
SIGNS: Final = {"&&": "and", "||": "or"}

_SPECIAL = re.compile(rf"[{QUOTES}()\[\]{{}}:*~^!|&+<>=\\-]")
_QUOTE = re.compile(f"[{QUOTES}]")
_LINK = re.compile(r"(?:[a-z][a-z0-9+.]{1,9}://|www\.|(?:doi:\s?)?10\.[0-9]{4,9}/)", re.IGNORECASE)
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE | re.ASCII)
_TAG = re.compile(rf"\[([^\[\](){QUOTES}]{{1,60}})\](?!\w)")
_NAMELIKE = re.compile(r"[a-z][a-z /-]{0,24}")
_RANGE = re.compile(rf"[\[{{][^\[\]{{}}(){QUOTES}]{{1,40}}[\]}}]")
_NUMBER = re.compile(r"-[0-9]+(?:[.,][0-9]+)*(?:%|°[CF]?)?")
_BOOSTS = re.compile(r"(?<!10)(?:\^[0-9]++(?:\.[0-9]++)?)+")
_DISTANCE = re.compile(r"[0-9]*+(?:\.[0-9]++)?")
_LETTER = re.compile(r"[^\W\d]")
_TIMES = re.compile(r"[0-9)]\*+[0-9(]")
_AFTER_PART = re.compile(r"[\^~][0-9]*(?:\.[0-9]+)?|\*")


@dataclass(frozen=True, slots=True)
class QuestionToken:
    """`text` is the word or the text inside the quotes; for a field or tag, what it stands for."""

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    distance: int = 0


def quote_part(text: str) -> str:
    """A part of the question as quoted in a notice: short and printable."""
    text = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def blank_signs(text: str) -> str:
    """The text at its full length, with every sign of the grammar replaced by a space."""
    return _SPECIAL.sub(" ", text)


def _closed_in_a_word(text: str) -> dict[int, int]:
    """The end of each parenthesis that closes before the next space or quote, by its start."""
    closed: dict[int, int] = {}
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == "(":
            opened.append(place)
        elif character == ")" and opened:
            closed[opened.pop()] = place + 1
        elif character.isspace() or character in QUOTES:
            opened.clear()
    return closed


class Lexer:
    """Splits `text` into `tokens`, with `notices` about what could not be used.

    `clean` is the list of characters of the text, with meaningless signs blanked.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.clean = list(text)
        self.tokens: list[QuestionToken] = []
        self.notices: list[str] = []
        self._closed = _closed_in_a_word(text)
        position = 0
        while position < len(text):
            position = position + 1 if text[position].isspace() else self._next(position)

    def blank(self, start: int, end: int) -> None:
        self.clean[start:end] = " " * (end - start)

    def plain(self, start: int, end: int) -> None:
        """Read a span as plain words: blank its signs, keep its words."""
        self.clean[start:end] = blank_signs(self.text[start:end])
        for found in re.finditer(r"\S+", "".join(self.clean[start:end])):
            self._add("word", start + found.start(), start + found.end())

    def _add(self, kind: TokenKind, start: int, end: int, text: str = "", distance: int = 0) -> int:
        self.tokens.append(QuestionToken(kind, start, end, text, distance))
        return end

    def _next(self, at: int) -> int:
        character = self.text[at]
        if (end := self._after_part(at)) or (end := self._tag(at)):
            return end
        if character in QUOTES:
            return self._quote(at)
        if character in "()":
            return self._add("open" if character == "(" else "close", at, at + 1)
        if sign := SIGNS.get(self.text[at : at + 2]):
            return self._add(sign, at, at + 2)  # type: ignore[arg-type]
        if character in "-!" and (end := self._minus(at)):
            return end
        return self._field(at) or self._chunk(at)

    def _after_part(self, at: int) -> int:
        """Lucene's signs after a closed quote or group, such as "a b"~3 and (a b)^2."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.end != at or last.kind not in ("quote", "close"):
            return 0
        if found := _AFTER_PART.match(self.text, at):
            part = quote_part(self.text[at : found.end()])
            self.notices.append(f"{part} after a phrase or a group has no effect here.")
            self.blank(at, found.end())
            return found.end()
        return 0

    def _quote(self, at: int) -> int:
        closing = _QUOTE.search(self.text, at + 1)
        if closing is None:
            part = quote_part(self.text[at : at + 30])
            self.notices.append(
                f"The quotation opened at {part} is never closed: its words were searched as plain"
                " words, not as a phrase."
            )
            self.blank(at, at + 1)
            return at + 1
        inner = self.text[at + 1 : closing.start()]
        if inner.strip():
            return self._add("quote", at, closing.end(), inner)
        self.notices.append("Empty quotation marks were ignored.")
        self.blank(at, closing.end())
        return closing.end()

    def _tag(self, at: int) -> int:
        found = _TAG.match(self.text, at)
        if not found:
            return 0
        name = tag_name(found[1])
        if meaning := TAGS.get(name):
            return self._add("tag", at, found.end(), meaning)
        attached = at > 0 and not (self.text[at - 1].isspace() or self.text[at - 1] == "(")
        if not attached or not _NAMELIKE.fullmatch(name):
            return 0
        self.notices.append(
            f"{quote_part(found[0])} is not a known field, so its words were searched everywhere."
            " Known tags: [au], [ti], [ta], [dp], [tiab], [mh]."
        )
        self.blank(at, found.end())
        return found.end()

    def _minus(self, at: int) -> int:
        """`-word`, `-"phrase"`, `-(group)`, and the same with `!`; `!` alone is NOT."""
        text, after = self.text, at + 1
        follows = text[after] if after < len(text) else " "
        if text[at] == "!" and follows.isspace() and after < len(text):
            return self._add("not", at, after)
        if not (follows.isalnum() or follows in QUOTES or follows == "("):
            return 0
        if number := _NUMBER.match(text, at):
            chunk = self._chunk_end(at, link=False)
            if number.end() == chunk:
                self.notices.append(
                    f"{quote_part(number[0])} was read as a number; to exclude a number, write"
                    f" NOT {number[0][1:]}."
                )
                return self._add("word", at, chunk)
        before = self.tokens[-1] if self.tokens else None
        glued = before is not None and before.end == at and before.kind in ("and", "or", "not")
        begins = at == 0 or text[at - 1].isspace() or text[at - 1] == "(" or glued
        if begins and (follows not in QUOTES or _QUOTE.search(text, after + 1)):
            return self._add("minus", at, after)
        self.blank(at, after)
        return after

    def _field(self, at: int) -> int:
        found = _FIELD.match(self.text, at)
        if found is None:
            return 0
        name = FIELDS[found[1].lower()]
        start = self._add("field", at, found.end(), name)
        if self.text[start : start + 1] in tuple(f"{QUOTES}()") or self._lacks_value(start, name):
            return start
        if name in TEXT_FIELDS:
            return self._chunk(start)
        lucene = _RANGE.match(self.text, start)
        end = lucene.end() if lucene else self._chunk_end(start, link=True)
        return self._add("raw", start, end, self.text[start:end])

    def _lacks_value(self, at: int, name: str) -> bool:
        """Whether the end, a space or another sign is here instead of the value of a field."""
        follows = self.text[at : at + 1]
        if not follows or follows.isspace():
            return True
        sign = follows in "-!" or self.text[at : at + 2] in SIGNS or self._is_tag(at)
        return name in TEXT_FIELDS and sign

    def _chunk_end(self, at: int, *, link: bool) -> int:
        """The end of the word that begins at `at`. Parentheses inside it are part of it if they
        close before the next space: NF(kappa)B."""
        text, position = self.text, at
        while position < len(text):
            character = text[position]
            if character == "(" and text[at:position] not in OPERATORS:
                closed = self._closed.get(position, 0) if position > at else 0
                if not closed:
                    break
                position = closed
                continue
            if character.isspace() or character in QUOTES or character in "()":
                break
            if character == "[" and position > at and self._is_tag(position):
                break
            if not link and text[position : position + 2] in SIGNS:
                break
            position += 1
        return max(position, at + 1)

    def _is_tag(self, at: int) -> bool:
        found = _TAG.match(self.text, at)
        name = tag_name(found[1]) if found else ""
        return name in TAGS or bool(_NAMELIKE.fullmatch(name))

    def _chunk(self, at: int) -> int:
        """One word with the signs attached to it: an operator, `word*`, `word~`, or plain text."""
        link = bool(_LINK.match(self.text, at))
        end = self._chunk_end(at, link=link)
        text = self.text[at:end]
        if text == "!":
            self.blank(at, end)
            return end
        glued = bool(self.tokens) and self.tokens[-1].end == at
        attached = glued and self.tokens[-1].kind in ("field", "minus")
        if text in OPERATORS and not attached:
            return self._add(OPERATORS[text], at, end)  # type: ignore[arg-type]
        if link:
            return self._add("word", at, end)
        if attached and _FIELD.match(text):
            self.clean[at:end] = blank_signs(text)
            return self._add("word", at, end)
        boosts = [found for found in _BOOSTS.finditer(text) if found.end() == len(text)]
        if boosts and _LETTER.search(text, 0, boosts[0].start()):
            self.notices.append(f"The weight {quote_part(boosts[0][0])} has no effect here.")
            self.blank(at + boosts[0].start(), end)
            text = text[: boosts[0].start()]
        word, tilde, number = text.rpartition("~")
        if "*" in text and not _TIMES.search(text):
            self._star(at, text)
        elif tilde and _LETTER.search(word) and _DISTANCE.fullmatch(number):
            self._tilde(at, word, number)
        else:
            self._add("word", at, at + len(text))
        return end

    def _star(self, at: int, text: str) -> None:
        stem = text[:-1]
        if "*" not in stem and text[-1] == "*" and sum(c.isalpha() for c in stem) >= 2:
            self._add("prefix", at, at + len(text), stem)
            return
        self.notices.append(
            f"The star in {quote_part(text)} was ignored: a star goes at the end of a word, after"
            " at least two letters, as in ovar*."
        )
        self.plain(at, at + len(text))

    def _tilde(self, at: int, word: str, number: str) -> None:
        letters = sum(c.isalnum() for c in word)
        if letters < 3:
            self.notices.append(
                f"{quote_part(f'{word}~{number}')} was searched as a plain word: a word needs at"
                " least three letters to be matched by similar spellings."
            )
            self.plain(at, at + len(word) + 1 + len(number))
            return
        usual = 1 if letters < 8 else 2
        distance = int(number) if number in ("1", "2") else usual
        if number not in ("", "1", "2"):
            self.notices.append(
                f"{quote_part(f'{word}~{number}')} was read as {word}~{distance}: only one or two"
                " letters may differ."
            )
        self._add("fuzzy", at, at + len(word) + 1 + len(number), word, distance)
