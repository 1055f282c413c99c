"""Errors for programs: problem details as in RFC 9457."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from flask import Response

MEDIA_TYPE = "application/problem+json"


class Problem(ValueError):  # noqa: N818 - the term of RFC 9457
    """A parameter that cannot be used: which one, and what is expected."""

    def __init__(self, parameter: str, detail: str) -> None:
        self.parameter, self.detail = parameter, detail
        super().__init__(f"{parameter}: {detail}")


UNAVAILABLE = "The search engine cannot be reached at the moment. Try again in a minute."
RETRY_AFTER = "30"
"""Seconds after which to try again, as a header value."""


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """An error: `type` is a URI that explains this kind of problem, `detail` explains this case."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str = ""


KINDS = {
    400: ("/api#bad-request", "The request is not valid"),
    404: ("/api#not-found", "There is nothing at this address"),
    405: ("/api#read-only", "This address is read-only"),
    500: ("/api#fault", "The server failed"),
    503: ("/api#unavailable", "The search engine cannot be reached"),
}


def problem(status: int, detail: str, parameter: str = "") -> Response:
    """The response that reports a problem."""
    kind, title = KINDS.get(status, ("about:blank", HTTPStatus(status).phrase))
    details = ProblemDetails(kind, title, status, detail, parameter)
    return Response(msgspec.json.encode(details), status, mimetype=MEDIA_TYPE)
