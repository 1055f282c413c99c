"""What may be asked over HTTP: the parameters of every address, checked in one place.

The types here validate the requests and are what `/openapi.json` is made from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct, inspect
from msgspec.structs import asdict
from werkzeug.datastructures import MultiDict

from poi_search.export import formats
from poi_search.results import Kind, SearchRequest, Sort
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
    """A question and its filters, as every face states them."""

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
        tuple[Name, ...], _MANY, Meta(description="Only references from these journals.")
    ] = ()
    year_from: Annotated[Year | None, Meta(description="Only from this year on.")] = None
    year_to: Annotated[Year | None, Meta(description="Only up to this year.")] = None
    cites: Annotated[
        Annotated[int, Meta(ge=1, le=99_999)] | None,
        Meta(description="Only units that cite the reference with this number."),
    ] = None
    synonyms: Annotated[
        Literal["on", "off"], Meta(description="Whether other words for a concept are searched.")
    ] = "on"
    spelling: Annotated[
        Literal["on", "off"], Meta(description="Whether the spelling of words is corrected.")
    ] = "on"
    without: Annotated[
        tuple[Name, ...], _MANY, Meta(description="Concepts not to be searched as such, by id.")
    ] = ()
    sort: Annotated[Sort, Meta(description="The order of the results.")] = "relevance"


class SearchParameters(_Question, frozen=True, kw_only=True):
    """The parameters of a search."""

    page: Annotated[int, Meta(ge=1, le=100_000, description="The page of results, from 1.")] = 1
    per_page: Annotated[int, Meta(ge=1, le=100, description="How many results on a page.")] = 10


class ExportParameters(_Question, frozen=True, kw_only=True):
    """The parameters of an export: references found by a question, or named, or all."""

    format: Annotated[FormatName, Meta(description="The format of the file.")]
    id: Annotated[
        tuple[Name, ...],
        _MANY,
        Meta(
            description="References by id instead of a question; the id of a passage, row or "
            "caption stands for the references that it cites.",
            examples=[["shi-2022/ref-35"]],
        ),
    ] = ()
    cited: Annotated[
        Literal["on", "off"],
        Meta(description="Whether to add the references that the passages found cite."),
    ] = "off"


class SuggestParameters(Struct, frozen=True):
    """The parameters of a suggestion."""

    q: Annotated[Text, Meta(description="What has been typed so far.", examples=["prem"])] = ""
    limit: Annotated[int, Meta(ge=1, le=20, description="At most so many suggestions.")] = 8


class NoParameters(Struct, frozen=True):
    """An address without parameters."""


P = TypeVar("P", bound=Struct)
Arguments = MultiDict[str, str]


def parameters(kind: type[P], args: Arguments) -> P:
    """The parameters stated by a query string; an empty value counts as not given.

    Raises Problem for a name that is not known, a value that is not allowed, a single
    parameter given twice, and a required one that is missing.
    """
    known = {field.name: field for field in parameter_types(kind)}
    values: dict[str, Any] = {}
    for name in args:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise Problem(name[:80], f"No such parameter here; known: {listed}.")
        value = _value(known[name], args.getlist(name))
        if value is not None:
            values[name] = value
    for name, field in known.items():
        if field.required and name not in values:
            raise Problem(name, f"Required: {_allowed(field.type)}.")
    return kind(**values)


def search_request(args: Arguments) -> SearchRequest:
    """The search stated by a query string. Raises Problem, see `parameters`."""
    return _request(parameters(SearchParameters, args))


def export_request(args: Arguments) -> tuple[ExportParameters, SearchRequest]:
    """The export stated by a query string, and the search in it. Raises Problem."""
    stated = parameters(ExportParameters, args)
    request = _request(stated)
    if stated.id and request != SearchRequest():
        raise Problem("id", "References are named by id or found by a question, not both at once.")
    return stated, request


def parameter_types(kind: type[Struct]) -> tuple[inspect.Field, ...]:
    """Names, types, defaults and constraints of the parameters in `kind`."""
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"{kind} is not a struct of parameters")
    return info.fields


def bare_type(kind: inspect.Type) -> inspect.Type:
    """The type without its description and without None."""
    if isinstance(kind, inspect.Metadata):
        return bare_type(kind.type)
    if isinstance(kind, inspect.UnionType):
        return bare_type(next(t for t in kind.types if not isinstance(t, inspect.NoneType)))
    return kind


def _request(stated: _Question) -> SearchRequest:
    low, high = stated.year_from, stated.year_to
    if low is not None and high is not None and low > high:
        raise Problem("year_from", f"{low} is after year_to, which is {high}.")
    fields = asdict(stated)
    return SearchRequest(**{name: fields[name] for name in _SEARCH_FIELDS if name in fields})


_SEARCH_FIELDS = SearchRequest.__struct_fields__
_MOST_DIGITS = 9


def _value(field: inspect.Field, stated: list[str]) -> Any:
    """The value of a parameter from all that was stated for it; None if that was empty."""
    kind = bare_type(field.type)
    if len(stated) > MOST_VALUES:
        raise Problem(field.name, f"{len(stated)} values; at most {MOST_VALUES} are possible.")
    given = [value for value in stated if value.strip()]
    if not given:
        return None
    if isinstance(kind, inspect.VarTupleType):
        return tuple(_single(field.name, kind.item_type, value) for value in dict.fromkeys(given))
    if len(given) > 1:
        raise Problem(field.name, f"Given {len(given)} times, but it can have one value only.")
    return _single(field.name, kind, given[0])


def _single(name: str, kind: inspect.Type, value: str) -> Any:
    """One value of a parameter, as its type wants it."""
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
                raise Problem(name, f"{len(value)} characters; at most {longest} are possible.")
            result, good = value, not pattern or re.fullmatch(pattern, value) is not None
        case _:
            raise TypeError(f"parameter {name} has a type that is not dealt with: {kind}")
    if not good:
        raise Problem(name, f"“{_shown(value)}” cannot be used: {_allowed(kind)}.")
    return result


def _shown(value: str) -> str:
    line = "".join(c if c.isprintable() else "�" for c in value)
    return line if len(line) <= 40 else f"{line[:40]}…"


def _allowed(kind: inspect.Type) -> str:
    match bare_type(kind):
        case inspect.IntType(ge=low, le=high):
            return f"a whole number from {low} to {high}"
        case inspect.LiteralType(values=values):
            return f"one of {', '.join(map(str, values))}"
        case inspect.StrType(pattern=pattern) if pattern:
            return "a number such as 3.4, or a name"
        case _:
            return "a text"
