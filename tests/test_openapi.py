"""The API conforms to its description, whatever it is sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from shelf import SmallLibrary

from poi_search import __version__
from poi_search.export import formats
from poi_search.web import openapi
from poi_search.web.api import blueprint

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis")


def small_app() -> Flask:
    app = Flask("described")
    app.extensions["library"] = SmallLibrary()
    app.register_blueprint(blueprint)
    return app


# What depends on another parameter or on the library cannot be expressed in a schema, nor can
# it express that empty values, as sent by forms, count as not given.
BEYOND_A_SCHEMA = ("year_from", "id", "article")

schema = schemathesis.openapi.from_wsgi("/openapi.json", small_app())


@schema.parametrize()
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_responses_match_the_description(case: schemathesis.Case[Any]) -> None:
    response: Response = case.call()
    told = response.json() if response.status_code == 400 else {}
    sent = parse_qsl(urlsplit(response.request.url or "").query, keep_blank_values=True)
    unsaid = {
        positive_data_acceptance: told.get("parameter") in BEYOND_A_SCHEMA,
        negative_data_rejection: any(not value.strip() for _, value in sent),
    }
    case.validate_response(
        response, excluded_checks=[check for check, wanted in unsaid.items() if wanted]
    )
    assert response.status_code < 500


def test_the_description_is_valid() -> None:
    schema.validate()
    about = schema.raw_schema["info"]
    assert (about["title"], about["version"]) == ("poi-search", __version__)


def test_every_address_is_described() -> None:
    rules = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in small_app().url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert rules - {"/api"} == set(openapi.document()["paths"])


def test_the_description_of_parameters_matches_their_validation() -> None:
    search = openapi.document()["paths"]["/api/search"]["get"]
    described = {parameter["name"]: parameter for parameter in search["parameters"]}
    assert described["per_page"]["schema"] == {
        "type": "integer", "minimum": 1, "maximum": 100, "default": 10,
    }  # fmt: skip
    assert described["kind"]["schema"]["items"]["enum"] == [
        "figure", "reference", "section", "table",
    ]  # fmt: skip
    assert described["kind"]["explode"] is True
    assert described["year_from"]["schema"] == {
        "type": "integer", "minimum": 1000, "maximum": 9999,
    }  # fmt: skip
    assert all(parameter["description"] for parameter in described.values())


def test_every_export_format_is_described() -> None:
    export = openapi.document()["paths"]["/export"]["get"]
    described = {parameter["name"]: parameter["schema"] for parameter in export["parameters"]}
    assert described["format"]["enum"] == ["bibtex", "csl-json", "ris"] == list(formats.NAMES)
    assert set(export["responses"]["200"]["content"]) == {
        "application/x-bibtex",
        "application/vnd.citationstyles.csl+json",
        "application/x-research-info-systems",
    }
