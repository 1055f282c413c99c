"""Where the words of a question end: at spaces, quotes, and signs that are not part of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from poi_search.query.tokens import QUOTES

OPERATORS: Final = {"AND": "and", "OR": "or", "NOT": "not"}
SIGNS: Final = {"&&": "and", "||": "or"}


def parentheses_in_words(text: str) -> dict[int, int]:
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


def chunk_end(
    text: str, at: int, closed: Mapping[int, int], is_tag: Callable[[int], bool], *, link: bool
) -> int:
    """The end of the word that begins at `at`. Parentheses inside it are part of it if they
    close before the next space (`closed`): NF(kappa)B."""
    position = at
    while position < len(text):
        character = text[position]
        if character == "(" and text[at:position] not in OPERATORS:
            end = closed.get(position, 0)
            if not end:
                break
            position = end
            continue
        if character.isspace() or character in QUOTES or character in "()":
            break
        if character == "[" and position > at and is_tag(position):
            break
        if not link and text[position : position + 2] in SIGNS:
            break
        position += 1
    return max(position, at + 1)
