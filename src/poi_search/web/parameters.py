"""The HTTP parameters of every address, validated in one place.

The types here validate requests and are the source of `/openapi.json`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct, inspect
from msgspec.structs import asdict
from werkzeug.datastructures import MultiDict

from poi_search.export import formats
from poi_search.results import Kind, SearchRequest, Sort
from poi_search.toml_files import bare_type
from poi_search.web.problems import Problem

LONGEST_QUESTION = 512
MOST_VALUES = 50

Text = Annotated[str, Meta(max_length=LONGEST_QUESTION)]
Name = Annotated[str, Meta(max_length=200)]
Year = Annotated[int, Meta(ge=1000, le=9999)]
SectionName = Annotated[
    str,
    Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,99}$", examples=["3.4", "abstract"]),
]
if TYPE_CHECKING:
    FormatName = str
else:
    FormatName = Literal[formats.NAMES]
_MANY = Meta(max_length=MOST_VALUES)


class _Question(Struct, frozen=True, kw_only=True):
    """A question and its filters."""

    q: Annotated[
        Text, Meta(description="The question, in the query language.", examples=["mir21 granulosa"])
    ] = ""
    kind: Annotated[tuple[Kind, ...], _MANY, Meta(description="Only units of these kinds.")] = ()
    article: Annotated[
        tuple[Name, ...], _MANY, Meta(description="Only units of these articles, by id.")
    ] = ()
    section: Annotated[
        tuple[SectionName, ...],
        _MANY,
        Meta(description="Only units in these sections and their subsections: a number or a name."),
    ] = ()
    journal: Annotated[
        tuple[Name, ...],
        _MANY,
        Meta(description="Only references from these journals, by any of the names printed."),
    ] = ()
    year_from: Annotated[Year | None, Meta(description="Only this year or later.")] = None
    year_to: Annotated[Year | None, Meta(description="Only this year or earlier.")] = None
    cites: Annotated[
        Annotated[int, Meta(ge=1, le=99_999)] | None,
        Meta(description="Only units that cite the reference with this number."),
    ] = None
    synonyms: Annotated[
        Literal["on", "off"], Meta(description="Whether to search for synonyms too.")
    ] = "on"
    spelling: Annotated[Literal["on", "off"], Meta(description="Whether to correct spelling.")] = (
        "on"
    )
    meaning: Annotated[
        Literal["on", "off"],
        Meta(description="Whether an encoder, if there is one, has a say in the order."),
    ] = "on"
    without: Annotated[
        tuple[Name, ...], _MANY, Meta(description="Ids of concepts to ignore in the question.")
    ] = ()
    fragments: Annotated[
        Literal["on", "off"],
        Meta(
            description="Whether to list all that mentions only a part of a name. Otherwise it is "
            "left out if nothing mentions the name, or if it has only a common word of it."
        ),
    ] = "off"
    repeats: Annotated[
        Literal["on", "off"],
        Meta(
            description="Whether each entry of a paper that is in several reference lists is a "
            "result; otherwise one of them, which names the others, stands for all."
        ),
    ] = "off"
    sort: Annotated[Sort, Meta(description="The order of the results.")] = "relevance"


class SearchParameters(_Question, frozen=True, kw_only=True):
    """The parameters of a search."""

    page: Annotated[int, Meta(ge=1, le=100_000, description="The page of results, from 1.")] = 1
    per_page: Annotated[int, Meta(ge=1, le=100, description="The number of results per page.")] = 10


class ExportParameters(_Question, frozen=True, kw_only=True):
    """The parameters of an export: the references found by a question, given ids, or all."""

    format: Annotated[FormatName, Meta(description="The format of the file.")]
    id: Annotated[
        tuple[Name, ...],
        _MANY,
        Meta(
            description="Ids of references, instead of a question; the id of a passage, row or "
            "caption selects the references it cites.",
            examples=[["shi-2022/ref-35"]],
        ),
    ] = ()
    cited: Annotated[
        Literal["on", "off"],
        Meta(description="Whether to add the references cited by the passages found."),
    ] = "off"


class SuggestParameters(Struct, frozen=True):
    """The parameters of a suggestion."""

    q: Annotated[Text, Meta(description="The text typed so far.", examples=["prem"])] = ""
    limit: Annotated[int, Meta(ge=1, le=20, description="The maximum number of suggestions.")] = 8


class EvidenceParameters(Struct, frozen=True):
    """The parameters of evidence: which concepts are compared."""

    rows: Annotated[
        tuple[Name, ...],
        _MANY,
        Meta(
            description="Ids of concepts, one for each row; by default the sources of cells.",
            examples=[["local:umbilical-cord-msc"]],
        ),
    ] = ()
    columns: Annotated[
        tuple[Name, ...],
        _MANY,
        Meta(
            description="Ids of concepts, one for each column; by default the mechanisms.",
            examples=[["mesh:D017209"]],
        ),
    ] = ()


class AboutParameters(Struct, frozen=True):
    """The parameters of the pages about the corpus."""

    article: Annotated[Name, Meta(description="Only this article, by id.")] = ""
    page: Annotated[int, Meta(ge=1, le=100_000, description="The page, from 1.")] = 1


class NoParameters(Struct, frozen=True):
    """An address without parameters."""


P = TypeVar("P", bound=Struct)
Arguments = MultiDict[str, str]


def parameters(kind: type[P], args: Arguments) -> P:
    """The parameters in a query string; empty values count as not given.

    Raises Problem for an unknown name, an invalid value, a repeated parameter that takes a single
    value, and a missing parameter that is required.
    """
    known = {field.name: field for field in parameter_types(kind)}
    values: dict[str, Any] = {}
    for name in args:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise Problem(name[:80], f"There is no such parameter here. Known: {listed}.")
        value = _value(known[name], args.getlist(name))
        if value is not None:
            values[name] = value
    for name, field in known.items():
        if field.required and name not in values:
            raise Problem(name, f"Required: {_requirement(field.type)}.")
    return kind(**values)


def search_request(args: Arguments) -> SearchRequest:
    """The search in a query string. Raises Problem, see `parameters`."""
    return _request(parameters(SearchParameters, args))


def export_request(args: Arguments) -> tuple[ExportParameters, SearchRequest]:
    """The export in a query string, and its search. Raises Problem."""
    stated = parameters(ExportParameters, args)
    request = _request(stated)
    if stated.id and request != SearchRequest():
        raise Problem("id", "Select references either by id or by a question, not both.")
    return stated, request


@cache
def parameter_types(kind: type[Struct]) -> tuple[inspect.Field, ...]:
    """The names, types, defaults and constraints of the parameters in `kind`."""
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{kind} is not a struct of parameters")
    return info.fields


def _request(stated: _Question) -> SearchRequest:
    low, high = stated.year_from, stated.year_to
    if low is not None and high is not None and low > high:
        raise Problem("year_from", f"{low} is after year_to, which is {high}.")
    fields = asdict(stated)
    return SearchRequest(**{name: fields[name] for name in _SEARCH_FIELDS if name in fields})


_SEARCH_FIELDS = SearchRequest.__struct_fields__
_MOST_DIGITS = 9


def _value(field: inspect.Field, stated: list[str]) -> Any:
    """The value of a parameter from all its occurrences; None if they are empty."""
    kind = bare_type(field.type)
    if len(stated) > MOST_VALUES:
        raise Problem(field.name, f"{len(stated)} values; at most {MOST_VALUES} are allowed.")
    given = [value for value in stated if value.strip()]
    if not given:
        return None
    if isinstance(kind, inspect.VarTupleType):
        return tuple(_single(field.name, kind.item_type, value) for value in dict.fromkeys(given))
    if len(given) > 1:
        raise Problem(field.name, f"Given {len(given)} times; it takes a single value.")
    return _single(field.name, kind, given[0])


def _single(name: str, kind: inspect.Type, value: str) -> Any:
    """One value of a parameter, converted to its type."""
    kind = bare_type(kind)
    match kind:
        case inspect.IntType(ge=low, le=high):
            plain = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
            good = plain and (low or 0) <= int(value) <= (high or int(value))
            result: Any = int(value) if good else None
        case inspect.LiteralType(values=allowed):
            result, good = value, value in allowed
        case inspect.StrType(max_length=longest, pattern=pattern):
            if longest is not None and len(value) > longest:
                raise Problem(name, f"{len(value)} characters; at most {longest} are allowed.")
            result, good = value, not pattern or re.fullmatch(pattern, value) is not None
        case _:
            raise TypeError(f"parameter {name} has an unsupported type: {kind}")
    if not good:
        raise Problem(name, f"“{_one_line(value)}” is not valid; expected {_requirement(kind)}.")
    return result


def _one_line(value: str) -> str:
    line = "".join(c if c.isprintable() else "�" for c in value)
    return line if len(line) <= 40 else f"{line[:40]}…"


def _requirement(kind: inspect.Type) -> str:
    match bare_type(kind):
        case inspect.IntType(ge=low, le=high):
            return f"a whole number from {low} to {high}"
        case inspect.LiteralType(values=values):
            return f"one of {', '.join(map(str, values))}"
        case inspect.StrType(pattern=pattern) if pattern:
            return "a number such as 3.4, or a name"
        case _:
            return "text"
