"""Repairs of damage from the conversion, where only one reading is possible.

The evidence may be anywhere in the source: intact tags for a damaged one, the hyphenated form
for a word that lost its hyphen. Uncertain cases stay as printed and become findings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from poi_search.article import Finding, Repair

_GREEK = "α-ωΑ-Ω"
# `[name_start ARG]content[/name]`, `[name=arg]content[/name]`: a tag of some converter.
_TAG = re.compile(
    r"\[(?P<open>(?P<name>[a-z]{2,20}?)(?P<args>(?:_start|_begin)?(?:[ =_][^\[\]]{0,40})?))\]"
    r"(?P<content>[^\[\]]{1,200})\[/(?P=name)(?:_end)?\]"
)
# Letters and signs that a bracket of a tag may have been read as.
_BRACKET = r"[\[\](){}Il1|!]"
_GLUED_GREEK = re.compile(rf"(?<=[\w)]-) +(?=[{_GREEK}](?![{_GREEK}a-z]))")
_NUMBERED_GREEK = re.compile(
    rf"(?P<digit>(?P<hyphen>-)?\b\d) (?P<letter>[{_GREEK}])(?=[ ,.;:)/]|$)"
)
_JOINED_GREEK = re.compile(rf"(?<=[A-Za-z])\d[{_GREEK}](?!\w)")
_GREEK_THEN_SPACE = re.compile(rf"(?<=[-\d][{_GREEK}]) +(?=[,.;:)])")
_GREEK_THEN_HYPHEN = re.compile(rf"(?<=\s)([{_GREEK}]) +(?=-[a-z]{{3}})")
_DOUBLED = re.compile(r"(?<!\w)([A-Za-z]{1,6}\d{4,})\1(?!\w)")
_HYPHENATED = re.compile(
    r"(?<![\w-])([^\WA-Z]*+[A-Z][^\WA-Z0-9]*+[A-Z0-9]\w*+)-([a-z]{4,}+)(?![\w-])"
)
_SUSPECT = re.compile(r"(?<![\w-])(?:[A-Z]{2,}s)([a-z]{4,})(?![\w-])")
_CLOSING = re.compile(r"/([a-z]{2,20})")
_IN_WORD = re.compile(r"[\w-]")
_WORD = re.compile(r"(?<![\w-])\w++(?![\w-])")
_LEFT_TAG = re.compile(
    r"\[/?[a-z]+(?:_start|_begin|_end)[^\[\]]*\]|(?<![a-z])[a-z]++[ _]start [0-9A-F]{6}"
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source, counted from 1, without its line end."""

    number: int
    text: str


@dataclass(slots=True)
class Mender:
    """Replaces text in lines and records each repair."""

    repairs: list[Repair] = field(default_factory=list)

    def replace(
        self,
        pattern: re.Pattern[str],
        new: str | Callable[[re.Match[str]], str],
        line: SourceLine,
        rule: str,
        certain: Callable[[re.Match[str]], bool] = lambda match: True,
    ) -> SourceLine:
        """The line with every certain match replaced; each is recorded with its word."""
        pieces: list[str] = []
        at = 0
        for match in pattern.finditer(line.text):
            if not certain(match):
                continue
            replaced = match.expand(new) if isinstance(new, str) else new(match)
            before, after = _word_ends(line.text, match.start(), match.end())
            printed = before + match[0] + after
            self.repairs.append(Repair(line.number, printed, before + replaced + after, rule))
            pieces += [line.text[at : match.start()], replaced]
            at = match.end()
        if not pieces:
            return line
        return SourceLine(line.number, "".join([*pieces, line.text[at:]]))


def mend(lines: tuple[SourceLine, ...], mender: Mender) -> list[SourceLine]:
    """The lines with the certain damage mended; `mender` records the repairs."""
    source = "\n".join(line.text for line in lines)
    rule = "a converter's tag removed, its content kept"
    mended = [mender.replace(_TAG, r"\g<content>", line, rule) for line in lines]
    _mend_tags(mended, source, mender)
    whole = "\n".join(line.text for line in mended)
    glued = _find_glued_forms(whole)
    joined = set(_JOINED_GREEK.findall(whole))
    mended = [_join_greek(line, joined, mender) for line in mended]
    rule = "a lost hyphen restored: the hyphenated word occurs elsewhere in the source"
    return [
        line
        if glued.keys().isdisjoint(_WORD.findall(line.text))
        else mender.replace(
            _WORD, lambda word: glued[word[0]], line, rule, lambda one: one[0] in glued
        )
        for line in mended
    ]


def _mend_tags(lines: list[SourceLine], source: str, mender: Mender) -> None:
    """Replace a tag whose brackets were read as letters by the content of the whole ones.

    Only if all whole ones have the same content, one or two characters, and the mended word
    occurs undamaged elsewhere in the source.
    """
    contents: dict[tuple[str, str], set[str]] = {}
    for match in _TAG.finditer(source):
        contents.setdefault((match["open"], match["name"]), set()).add(match["content"].strip())
    closing: dict[str, dict[int, None]] = defaultdict(dict)
    for index, line in enumerate(lines):
        for after in _CLOSING.finditer(line.text):
            for end in range(2, len(after[1]) + 1):
                closing[after[1][:end]][index] = None
    for (opening, name), held in contents.items():
        content = next(iter(held))
        if len(held) > 1 or len(content) > 2:
            continue
        spaced = re.escape(opening).replace("_", "[_ ]?").replace(r"\ ", r"[_ ]")
        damaged = re.compile(
            rf"(?<![\w-])(?P<before>[\w-]*?){_BRACKET}{spaced}{_BRACKET}\S{{1,2}}?"
            rf"{_BRACKET}/{re.escape(name)}{_BRACKET}"
        )
        for index in closing[name]:
            lines[index] = _mend_tag(lines[index], damaged, content, source, mender)


def _mend_tag(
    line: SourceLine, damaged: re.Pattern[str], content: str, source: str, mender: Mender
) -> SourceLine:
    def mend_word(match: re.Match[str]) -> str:
        return match["before"] + content

    def is_certain(match: re.Match[str]) -> bool:
        return _begins_word(mend_word(match), source)

    rule = "a damaged tag restored from the intact tags of its kind in the source"
    return mender.replace(damaged, mend_word, line, rule, is_certain)


def _begins_word(start: str, source: str) -> bool:
    """Whether a word of the source begins with `start`."""
    at = source.find(start)
    while at > 0 and _IN_WORD.match(source, at - 1):
        at = source.find(start, at + 1)
    return at >= 0


def _join_greek(line: SourceLine, joined: set[str], mender: Mender) -> SourceLine:
    """Greek letters and article numbers: `TGF- β`, `interferon- γ ,`, `IL-1 α`, `e123e123`."""

    def is_certain(match: re.Match[str]) -> bool:
        return bool(match["hyphen"]) or match["digit"][-1] + match["letter"] in joined

    if not line.text.isascii():
        rule = "a Greek letter joined to its hyphen"
        line = mender.replace(_GLUED_GREEK, "", line, rule)
        numbered = "a Greek letter joined to its number"
        line = mender.replace(_NUMBERED_GREEK, r"\g<digit>\g<letter>", line, numbered, is_certain)
        line = mender.replace(_GREEK_THEN_HYPHEN, r"\1", line, rule)
        rule = "no space between a Greek letter and a stop"
        line = mender.replace(_GREEK_THEN_SPACE, "", line, rule)
    return mender.replace(
        _DOUBLED, r"\1", line, "an article number that was printed twice in a row"
    )


def _find_glued_forms(whole: str) -> dict[str, str]:
    """Glued form → hyphenated form, for the hyphenated words of the source."""
    forms = Counter((match[1], match[2]) for match in _HYPHENATED.finditer(whole))
    return {first + second: f"{first}-{second}" for first, second in forms}


def find_damage(lines: Iterable[SourceLine]) -> list[Finding]:
    """Findings for text that looks damaged but cannot be mended with certainty."""
    found: list[Finding] = []
    for line in lines:
        for match in _SUSPECT.finditer(line.text):
            message = f"“{match[0]}” may be two words glued together; kept as printed"
            found.append(Finding("notice", f"line {line.number}", message))
        for match in _LEFT_TAG.finditer(line.text):
            message = f"“{match[0]}” looks like a damaged tag of the conversion; kept as printed"
            found.append(Finding("warning", f"line {line.number}", message))
    return found


def _word_ends(text: str, start: int, end: int) -> tuple[str, str]:
    """The text between a span and the nearest white space on each side."""
    before = re.search(r"\S{0,60}$", text[max(0, start - 60) : start])
    after = re.match(r"\S{0,60}", text[end : end + 60])
    return before[0] if before else "", after[0] if after else ""
