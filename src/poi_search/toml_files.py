"""TOML files that people write: decoded into typed structs, with errors that they can act on.

A struct says which keys a file may have. `Meta(title=…, examples=[…])` on a type says in words
what a value should be and shows one; both appear in the error.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, inspect

from poi_search.article import ReadError

T = TypeVar("T", bound=Struct)

Text = Annotated[str, Meta(pattern=r"\S", title="text", examples=["…"])]
"""A text that is not empty."""

_MESSAGE = re.compile(
    r"(?:Object contains unknown field `(?P<unknown>.*?)`"
    r"|Object missing required field `(?P<missing>.*?)`"
    r"|.*?)(?: - at `\$(?P<path>[^`]*)`)?",
    re.DOTALL,
)
_STEP = re.compile(r"\.(\w+)|\[([0-9]+)\]")


def read_toml(path: Path, kind: type[T]) -> T:
    """The file at `path` as a `kind`, which should forbid unknown fields.

    Raises FileNotFoundError if there is no such file, and ReadError, which names the key, if
    the file is not TOML or does not fit `kind`.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise ReadError(path.name, "", problem, "Check that it is readable") from error
    except UnicodeDecodeError as error:
        raise ReadError(path.name, "", "it is not UTF-8 text", "Save it as UTF-8") from error
    except (ValueError, RecursionError) as error:  # besides TOMLDecodeError: numbers, nesting
        raise ReadError(path.name, "", f"it is not valid TOML: {error}", "Correct it") from error
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise _read_error(path.name, table, kind, str(error)) from None


def _read_error(file: str, table: Any, kind: type[Struct], message: str) -> ReadError:
    """What msgspec found wrong with `table`: where, what, and how it should be written."""
    found = _MESSAGE.fullmatch(message)
    where, unknown, missing = found.group("path", "unknown", "missing") if found else ("", "", "")
    value, expected = table, inspect.type_info(kind)
    place, key, of_key = "", "", expected
    for name, index in _STEP.findall(where or ""):
        if name:
            value, expected = value[name], _keys(expected)[name]
            place, key, of_key = _below(place, name), name, expected
        else:
            value, expected = value[int(index)], _item(expected)
            place += f" {int(index) + 1}{_id(value)}"
    if unknown:
        return ReadError(
            file, _below(place, unknown), *_explain_unknown_key(unknown, _keys(expected))
        )
    if missing:
        remedy = _remedy(missing, _keys(expected)[missing])
        return ReadError(file, _below(place, missing), "it is missing", remedy)
    problem = f"it is {_quote_value(value)}, not {_describe(expected)[0]}"
    return ReadError(file, place, problem, _remedy(key, of_key))


def _below(place: str, key: str) -> str:
    """'licence.name' for a key of a table, 'note 3, anchor' for one of a table in a list."""
    if not place:
        return key
    return f"{place}, {key}" if " " in place.rpartition(", ")[2] else f"{place}.{key}"


def _id(value: Any) -> str:
    return f" ({value['id']})" if isinstance(value, dict) and "id" in value else ""


def _explain_unknown_key(key: str, known: Collection[str]) -> tuple[str, str]:
    nearest = get_close_matches(key, known, 1)
    meant = f"Did you mean {nearest[0]}? " if nearest else ""
    return "the key is unknown", f"{meant}Known keys: {', '.join(known)}"


def _remedy(key: str, kind: inspect.Type) -> str:
    bare = _bare(kind)
    if isinstance(bare, inspect.StructType):
        return f"Write it as a table: [{key}]"
    if isinstance(bare, inspect.VarTupleType) and isinstance(bare.item_type, inspect.StructType):
        return f"Begin each with [[{key}]]"
    return f"Write it as {key} = {_describe(kind)[1]}"


def _describe(kind: inspect.Type) -> tuple[str, str]:
    """What a value of the type is, in words, and one as it is written in TOML."""
    match kind:
        case inspect.UnionType():
            return _describe(_without_none(kind))
        case inspect.Metadata(extra_json_schema={"title": title, "examples": [example]}):
            return title, _quote_value(example)
        case inspect.StrType():
            return "text", '"…"'
        case inspect.StructType():
            return "a table", "{…}"
        case inspect.VarTupleType(item_type=item):
            name, example = _describe(item)
            return f"a list of {name.removeprefix('a ')}s", f"[{example}]"
        case _:
            raise TypeError(f"a value of type {kind} has no description")


def _keys(kind: inspect.Type) -> dict[str, inspect.Type]:
    bare = _bare(kind)
    fields = bare.fields if isinstance(bare, inspect.StructType) else ()
    return {field.encode_name: field.type for field in fields}


def _item(kind: inspect.Type) -> inspect.Type:
    bare = _bare(kind)
    return bare.item_type if isinstance(bare, inspect.VarTupleType) else bare


def _bare(kind: inspect.Type) -> inspect.Type:
    if isinstance(kind, inspect.Metadata):
        return _bare(kind.type)
    return _bare(_without_none(kind)) if isinstance(kind, inspect.UnionType) else kind


def _without_none(kind: inspect.UnionType) -> inspect.Type:
    return next(each for each in kind.types if not isinstance(each, inspect.NoneType))


def _quote_value(value: Any) -> str:
    """A value about as TOML writes it, cut if it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"
