"""Makes any list of tokens well formed, so that the parser behind it cannot fail.

Whatever is incomplete (an unmatched parenthesis, an operator without an operand, a tag or a
field without a value) becomes plain words or is blanked, with a notice.
"""

from __future__ import annotations

from typing import Final

from poi_search.query.fields import EXAMPLES
from poi_search.query.lexer import Lexer
from poi_search.query.tokens import QuestionToken, quote_part

_OPERATORS: Final = ("and", "or", "not")
_WORDS: Final = ("word", "prefix", "fuzzy")


def make_well_formed(lexer: Lexer) -> tuple[list[QuestionToken], int]:
    """The lexer's tokens, repaired, and the depth to which parentheses are nested."""
    tokens, depth = _drop_stray_parentheses(lexer)
    before: list[QuestionToken] = []
    while tokens != before:  # a dropped sign may leave another one without its operand
        before = tokens
        tokens = _resolve_operators(lexer, _drop_incomplete(lexer, tokens))
    return tokens, depth


def _drop_stray_parentheses(lexer: Lexer) -> tuple[list[QuestionToken], int]:
    """Drop unmatched parentheses; return the other tokens and how deep they are nested."""
    opened: list[int] = []
    stray: set[int] = set()
    for place, token in enumerate(lexer.tokens):
        if token.kind == "open":
            opened.append(place)
        elif token.kind == "close":
            if opened:
                opened.pop()
            else:
                stray.add(place)
    unclosed = set(opened)
    for place in sorted(stray | unclosed):
        token = lexer.tokens[place]
        lexer.blank(token.start, token.end)
        around = quote_part(lexer.text[token.start : token.end + 24])
        before = quote_part(lexer.text[max(0, token.start - 24) : token.end])
        lexer.notices.append(
            f"The parenthesis opened at {around} is never closed, so it was ignored."
            if place in unclosed
            else f"The parenthesis closed at {before} was never opened, so it was ignored."
        )
    kept = [each for place, each in enumerate(lexer.tokens) if place not in stray | unclosed]
    return kept, _depth(kept)


def _depth(tokens: list[QuestionToken]) -> int:
    depth = deepest = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        deepest = max(deepest, depth)
    return deepest


def _drop_incomplete(lexer: Lexer, tokens: list[QuestionToken]) -> list[QuestionToken]:
    """Drop empty groups, signs with nothing to apply to, and tags without a value."""
    kept: list[QuestionToken] = []
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        before = kept[-1] if kept else None
        if token.kind == "close" and before is not None and before.kind == "open":
            _drop_group(lexer, kept, token)
        elif token.kind == "field" and not _is_value(token, following):
            kept.append(_field_as_word(lexer, token))
        elif token.kind == "minus" and not _is_value(token, following):
            lexer.blank(token.start, token.end)
        elif token.kind == "tag" and not (before is not None and _takes_tag(before)):
            part = quote_part(lexer.text[token.start : token.end])
            lexer.notices.append(f"There is nothing before the tag {part} for it to limit.")
            lexer.blank(token.start, token.end)
        else:
            kept.append(token)
    return kept


def _is_value(sign: QuestionToken, following: QuestionToken | None) -> bool:
    if following is None or following.start != sign.end:
        return False
    kinds = ("open", "quote", "raw", *_WORDS)
    return following.kind in (kinds if sign.kind == "field" else (*kinds, "field", "identifier"))


def _takes_tag(token: QuestionToken) -> bool:
    return token.kind in ("quote", "close", "identifier", *_WORDS)


def _drop_group(lexer: Lexer, kept: list[QuestionToken], close: QuestionToken) -> None:
    opening = kept.pop()
    lexer.notices.append("Empty parentheses were ignored.")
    lexer.blank(opening.start, opening.end)
    lexer.blank(close.start, close.end)
    while kept and kept[-1].end == opening.start and kept[-1].kind in ("minus", "field"):
        opening = kept.pop()
        if opening.kind == "minus":
            lexer.blank(opening.start, opening.end)
        else:
            kept.append(_field_as_word(lexer, opening))


def _field_as_word(lexer: Lexer, token: QuestionToken) -> QuestionToken:
    typed = quote_part(lexer.text[token.start : token.end])
    lexer.notices.append(
        f"{typed} has no valid value, so it was searched as a plain word. Write the value right"
        f" after the colon: {EXAMPLES[token.text]}."
    )
    lexer.blank(token.end - 1, token.end)
    return QuestionToken("word", token.start, token.end - 1)


def _resolve_operators(lexer: Lexer, tokens: list[QuestionToken]) -> list[QuestionToken]:
    """Turn operators that are not between operands into plain words."""
    kept: list[QuestionToken] = []
    place = 0
    while place < len(tokens):
        end = place
        while end < len(tokens) and tokens[end].kind in _OPERATORS:
            end += 1
        if end == place:
            kept.append(tokens[place])
            place += 1
            continue
        left = bool(kept) and kept[-1].kind != "open"
        right = tokens[end] if end < len(tokens) and tokens[end].kind != "close" else None
        kept.extend(_resolve_run(lexer, tokens[place:end], left, right))
        place = end
    return kept


def _resolve_run(
    lexer: Lexer, run: list[QuestionToken], left: bool, right: QuestionToken | None
) -> list[QuestionToken]:
    """What remains of a run of operators, given whether there are operands on either side."""
    stray: list[QuestionToken] = []
    while not left and run and run[0].kind != "not":
        stray, run = [*stray, run[0]], run[1:]
    why = "there is nothing before it to combine"
    kinds = [token.kind for token in run]
    if right is not None and right.kind == "minus":
        kinds.append("not")
    if len(set(kinds)) == 1 and kinds[0] != "not" and len(run) > 1 and right is not None:
        typed = lexer.text[run[0].start : run[-1].end]
        lexer.notices.append(f"{quote_part(typed)} was read as one {kinds[0].upper()}.")
        return [word for token in stray for word in _operator_as_word(lexer, token)] + run[:1]
    fits = len(kinds) < 2 or (len(kinds) == 2 and kinds[0] != "not" and kinds[1] == "not")
    if right is None or not fits:
        stray, run = stray + run, []
        why = "operators cannot be combined like this"
    if not stray:
        return run
    typed = quote_part(lexer.text[stray[0].start : stray[-1].end])
    if right is None:
        why = "there is nothing after it to combine"
    lexer.notices.append(f"{typed} was not read as an operator: {why}.")
    return [word for token in stray for word in _operator_as_word(lexer, token)] + run


def _operator_as_word(lexer: Lexer, token: QuestionToken) -> list[QuestionToken]:
    if lexer.text[token.start].isalpha():
        return [QuestionToken("word", token.start, token.end)]
    lexer.blank(token.start, token.end)
    return []
