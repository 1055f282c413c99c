"""TOML files written by people, decoded into typed structs with helpful errors.

A struct defines the keys of a file. `Meta(title=…, examples=[…])` on a type describes its values
in words and gives an example; both appear in errors.
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
"""Non-empty text."""

_PLAIN: dict[type[inspect.Type], tuple[str, str]] = {
    inspect.StrType: ("text", '"…"'),
    inspect.BoolType: ("true or false", "true"),
    inspect.StructType: ("a table", "{…}"),
}
_MESSAGE = re.compile(
    r"(?:Object contains unknown field `(?P<unknown>.*?)`"
    r"|Object missing required field `(?P<missing>.*?)`"
    r"|.*?)(?: - at `\$(?P<path>[^`]*)`)?",
    re.DOTALL,
)
_STEP = re.compile(r"\.(\w+)|\[([0-9]+)\]")


def read_toml(path: Path, kind: type[T]) -> T:
    """Read the file at `path` as a `kind`, which should forbid unknown fields.

    Raises FileNotFoundError if there is no such file, and ReadError (which names the key) if the
    file is not TOML or does not match `kind`.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise ReadError(path.name, "", problem, "Check that it is readable") from error
    except UnicodeDecodeError as error:
        raise ReadError(path.name, "", "it is not UTF-8 text", "Save it as UTF-8") from error
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOMLDecodeError, and errors for numbers and nesting
        raise ReadError(path.name, "", f"it is not valid TOML: {error}", "Correct it") from error
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise _read_error(path.name, table, kind, str(error)) from None


def _read_error(file: str, table: Any, kind: type[Struct], message: str) -> ReadError:
    """The error that msgspec found in `table`: where, what, and how to write it instead."""
    found = _MESSAGE.fullmatch(message)
    where, unknown, missing = found.group("path", "unknown", "missing") if found else ("", "", "")
    value, expected = table, inspect.type_info(kind)
    place, key, of_key = "", "", expected
    # The path says "[...]" for a value of a table with free keys, without naming the key.
    for name, index in _STEP.findall((where or "").partition("[...]")[0]):
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
    problem = f"it is {quote_value(value)}, not {_describe(expected)[0]}"
    return ReadError(file, place, problem, _remedy(key, of_key))


def _below(place: str, key: str) -> str:
    """'licence.name' for a key of a table, 'note 3, anchor' for a key of a table in a list."""
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
    bare = bare_type(kind)
    if isinstance(bare, inspect.StructType):
        return f"Write it as a table: [{key}]"
    if isinstance(bare, inspect.VarTupleType) and isinstance(bare.item_type, inspect.StructType):
        return f"Begin each with [[{key}]]"
    return f"Write it as {key} = {_describe(kind)[1]}"


def _describe(kind: inspect.Type) -> tuple[str, str]:
    """A description of the values of a type, and an example in TOML."""
    match kind:
        case inspect.UnionType():
            return _describe(_without_none(kind))
        case inspect.Metadata(extra_json_schema={"title": title, "examples": [example]}):
            return title, quote_value(example)
        case inspect.StrType() | inspect.BoolType() | inspect.StructType():
            return _PLAIN[type(kind)]
        case inspect.VarTupleType(item_type=item):
            name, example = _describe(item)
            return f"a list of {name.removeprefix('a ')}s", f"[{example}]"
        case inspect.DictType(value_type=item):
            name, example = _describe(item)
            return f"a table with {name}", f"{{ name = {example} }}"
        case _:
            raise TypeError(f"a value of type {kind} has no description")


def _keys(kind: inspect.Type) -> dict[str, inspect.Type]:
    bare = bare_type(kind)
    fields = bare.fields if isinstance(bare, inspect.StructType) else ()
    return {field.encode_name: field.type for field in fields}


def _item(kind: inspect.Type) -> inspect.Type:
    bare = bare_type(kind)
    return bare.item_type if isinstance(bare, inspect.VarTupleType) else bare


def bare_type(kind: inspect.Type) -> inspect.Type:
    """The type without its description and without None."""
    if isinstance(kind, inspect.Metadata):
        return bare_type(kind.type)
    return bare_type(_without_none(kind)) if isinstance(kind, inspect.UnionType) else kind


def _without_none(kind: inspect.UnionType) -> inspect.Type:
    return next(each for each in kind.types if not isinstance(each, inspect.NoneType))


def quote_value(value: Any) -> str:
    """A value in roughly TOML notation, truncated if long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"
