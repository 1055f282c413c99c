"""The lexer of questions: text → tokens with their offsets, in one pass that never fails.

The meaning of a sign depends on its position: the hyphen of IL-6, the colon of 10:1, the
star of 5*10^6 and the brackets of [18F]FDG are plain text. Signs without a meaning are blanked
in a copy of the text (see `Words`); if they were probably meant as syntax, a notice says so.
"""

from __future__ import annotations

import re

from poi_search.query.chunks import OPERATORS, SIGNS, chunk_end, parentheses_in_words
from poi_search.query.fields import (
    CONCEPT,
    FIELDS,
    OTHER_TAGS,
    TAGS,
    TEXT_FIELDS,
    is_proximity,
    tag_name,
    tag_notice,
)
from poi_search.query.foreign import (
    AFTER_PART,
    CONCEPT_FIELDS,
    WIDE_FIELDS,
    foreign_field,
    foreign_sign,
    idle_signs_in_quote,
)
from poi_search.query.tokens import QUOTES, QuestionToken, TokenKind, blank_signs, quote_part
from poi_search.query.typed_identifiers import (
    TypedIdentifier,
    lead_length,
    next_doi,
    prefix_length,
    read_identifier,
)
from poi_search.query.word_signs import read_signs

_QUOTE = re.compile(f"[{QUOTES}]")
_LINK = re.compile(r"(?:[a-z][a-z0-9+.]{1,9}://|www\.|(?:doi:\s?)?10\.[0-9]{4,9}/)", re.IGNORECASE)
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):", re.IGNORECASE | re.ASCII)
_TAG = re.compile(rf"\[([^\[\](){QUOTES}]{{1,60}})\](?!\w)")
_NAMELIKE = re.compile(r"[a-z][a-z /-]{0,24}")
_RANGE = re.compile(rf"[\[{{][^\[\]{{}}(){QUOTES}]{{1,40}}[\]}}]")
_NUMBER = re.compile(r"-[0-9]+(?:[.,][0-9]+)*(?:%|°[CF]?)?")


class Lexer:
    """Splits `text` into `tokens`, with `notices` about what could not be used.

    `clean` is the list of characters of the text, with meaningless signs blanked.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.clean = list(text)
        self.tokens: list[QuestionToken] = []
        self.notices: list[str] = []
        self._closed = parentheses_in_words(text)
        position = 0
        while position < len(text):
            position = position + 1 if text[position].isspace() else self._next(position)

    def blank(self, start: int, end: int) -> None:
        self.clean[start:end] = " " * (end - start)

    def leave_out(self, start: int, end: int) -> None:
        """Blank a word, with the fields and minus signs that apply to it."""
        while self.tokens and self.tokens[-1].end == start:
            if self.tokens[-1].kind not in ("field", "minus"):
                break
            start = self.tokens.pop().start
        self.blank(start, end)

    def plain(self, start: int, end: int) -> None:
        """Read a span as plain words: blank its signs, keep its words."""
        self.clean[start:end] = blank_signs(self.text[start:end])
        for found in re.finditer(r"\S+", "".join(self.clean[start:end])):
            self.add("word", start + found.start(), start + found.end())

    def add(self, kind: TokenKind, start: int, end: int, text: str = "", distance: int = 0) -> int:
        self.tokens.append(QuestionToken(kind, start, end, text, distance))
        return end

    def _next(self, at: int) -> int:
        character = self.text[at]
        if (end := self._after_part(at)) or (end := self._tag(at)):
            return end
        if character in QUOTES:
            return self._quote(at)
        if character in "()":
            return self.add("open" if character == "(" else "close", at, at + 1)
        if sign := SIGNS.get(self.text[at : at + 2]):
            return self.add(sign, at, at + 2)  # type: ignore[arg-type]
        if character in "-!" and (end := self._minus(at)):
            return end
        return self._identifier(at) or self._field(at) or self._foreign(at) or self._chunk(at)

    def _after_part(self, at: int) -> int:
        """Lucene's signs after a closed quote or group, such as "a b"~3 and (a b)^2."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.end != at or last.kind not in ("quote", "close"):
            return 0
        if found := AFTER_PART.match(self.text, at):
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
        if found := self._identifier_in_quote(at, inner.strip()):
            return self.add("identifier", at, closing.end(), ":".join(found))
        if inner.strip():
            for sign in idle_signs_in_quote(inner):
                self.notices.append(
                    f"{quote_part(sign)} has no effect within the quotation marks of"
                    f" {quote_part(inner)}."
                )
            return self.add("quote", at, closing.end(), inner)
        self.notices.append("Empty quotation marks were ignored.")
        self.blank(at, closing.end())
        return closing.end()

    def _identifier_in_quote(self, at: int, inner: str) -> TypedIdentifier | None:
        """The identifier that is all that a quotation contains, other than one in a field."""
        last = self.tokens[-1] if self.tokens else None
        if " " in inner or (last is not None and last.end == at and last.kind == "field"):
            return None
        length = prefix_length(inner, 0)
        return read_identifier(inner[:length], inner[length:])

    def _tag(self, at: int) -> int:
        found = _TAG.match(self.text, at)
        if not found:
            return 0
        name = tag_name(found[1])
        if meaning := TAGS.get(name):
            notice = tag_notice(found[1])
            self.notices += [f"{quote_part(found[0])} {notice}"] if notice else []
            near = is_proximity(found[1])
            return self.add("tag", at, found.end(), CONCEPT if near else meaning)
        attached = at > 0 and not (self.text[at - 1].isspace() or self.text[at - 1] == "(")
        if name not in OTHER_TAGS and not (attached and _NAMELIKE.fullmatch(name)):
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
            return self.add("not", at, after)
        if not (follows.isalnum() or follows in QUOTES or follows == "("):
            return 0
        if number := _NUMBER.match(text, at):
            chunk = self._chunk_end(at, link=False)
            if number.end() == chunk:
                self.notices.append(
                    f"{quote_part(number[0])} was read as a number; to exclude a number, write"
                    f" NOT {number[0][1:]}."
                )
                return self.add("word", at, chunk)
        before = self.tokens[-1] if self.tokens else None
        glued = before is not None and before.end == at and before.kind in ("and", "or", "not")
        begins = at == 0 or text[at - 1].isspace() or text[at - 1] == "(" or glued
        if begins and (follows not in QUOTES or _QUOTE.search(text, after + 1)):
            return self.add("minus", at, after)
        self.blank(at, after)
        return after

    def _field(self, at: int) -> int:
        found = _FIELD.match(self.text, at)
        if found is None:
            return 0
        name = FIELDS[found[1].lower()]
        start = self.add("field", at, found.end(), name)
        if self.text[start : start + 1] in tuple(f"{QUOTES}()") or self._lacks_value(start, name):
            return start
        if name in TEXT_FIELDS:
            return self._chunk(start)
        lucene = _RANGE.match(self.text, start)
        end = lucene.end() if lucene else self._chunk_end(start)
        return self.add("raw", start, end, self.text[start:end])

    def _identifier(self, at: int) -> int:
        """An identifier, with the prefix before it."""
        begin = at + lead_length(self.text, at)
        if not (self.text[begin : begin + 1].isalnum() and self._begins(at)):
            return 0
        start = begin + prefix_length(self.text, begin)
        end = next_doi(self.text, start, self._chunk_end(start))
        found = read_identifier(self.text[begin:start], self.text[start:end])
        return self.add("identifier", at, end, ":".join(found)) if found else 0

    def _foreign(self, at: int) -> int:
        """What means something in other search systems and nothing here."""
        if not self._begins(at):
            return 0
        if found := foreign_sign(self.text, at):
            self.notices.append(found.notice)
            self.blank(at, found.end)
            return found.end
        if not (named := foreign_field(self.text, at)) or _LINK.match(self.text, at):
            return 0
        name, found = named
        self.notices += [found.notice] if found.notice else []
        if name not in WIDE_FIELDS | CONCEPT_FIELDS:
            return 0
        return self._value_of_foreign_field(at, name, found.end)

    def _value_of_foreign_field(self, at: int, name: str, start: int) -> int:
        """Leave out the field; a quotation that names a concept becomes plain words."""
        self.blank(at, start)
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.end == at and last.kind == "minus":
            self.tokens[-1] = QuestionToken("minus", last.start, start)
        closing = _QUOTE.search(self.text, start + 1)
        if name in CONCEPT_FIELDS and self.text[start : start + 1] in (*QUOTES,) and closing:
            self.plain(start, closing.end())
            return closing.end()
        return start

    def _begins(self, at: int) -> bool:
        """Whether a part of the question begins here, not in the middle of a word."""
        if at == 0 or self.text[at - 1].isspace() or self.text[at - 1] in f"({QUOTES}":
            return True
        last = self.tokens[-1] if self.tokens else None
        return last is not None and last.end == at and last.kind in ("minus", "identifier")

    def _lacks_value(self, at: int, name: str) -> bool:
        """Whether the end, a space or another sign is here instead of the value of a field."""
        follows = self.text[at : at + 1]
        if not follows or follows.isspace():
            return True
        sign = follows in "-!" or self.text[at : at + 2] in SIGNS or self._is_tag(at)
        return name in TEXT_FIELDS and sign

    def _chunk_end(self, at: int, *, link: bool = True) -> int:
        return chunk_end(self.text, at, self._closed, self._is_tag, link=link)

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
            return self.add(OPERATORS[text], at, end)  # type: ignore[arg-type]
        if link:
            return self.add("word", at, end)
        if attached and _FIELD.match(text):
            self.clean[at:end] = blank_signs(text)
            return self.add("word", at, end)
        read_signs(self, at, text)
        return end
