"""The HTTP API over a small library in memory: responses, errors, caching, exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from shelf import SmallLibrary
from werkzeug.datastructures import MultiDict

from poi_search.library import Library
from poi_search.results import SearchRequest
from poi_search.web import create_app, openapi
from poi_search.web.api import blueprint
from poi_search.web.parameters import SearchParameters, parameter_types, search_request
from poi_search.web.problems import KINDS, Problem

Json = dict[str, Any]


@pytest.fixture
def library() -> SmallLibrary:
    return SmallLibrary()


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(cast(Library, SmallLibrary()))


@pytest.fixture
def client(app: Flask, library: SmallLibrary) -> Iterator[FlaskClient]:
    app.extensions["library"] = library
    with app.test_client() as client:
        yield client


def test_search_returns_results(client: FlaskClient, library: SmallLibrary) -> None:
    answer = client.get("/api/search?q=cell&kind=section&kind=figure&year_from=&page=000000001")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert [hit["id"] for hit in answer.json["results"]] == ["small-2020/s1-p1", "small-2020/f1"]  # type: ignore[index]
    assert library.searches == [SearchRequest(q="cell", kind=("section", "figure"))]


def test_a_unit_an_article_and_all_articles(client: FlaskClient) -> None:
    row: Json = client.get("/api/units/small-2020/t1-r1").json  # type: ignore[assignment]
    assert row["table"]["cells"] == ["oocyte", "large"]
    reference: Json = client.get("/api/units/small-2020/ref-1").json  # type: ignore[assignment]
    assert [unit["id"] for unit in reference["reference"]["cited_by"]] == ["small-2020/s1-p1"]
    listed: Json = client.get("/api/articles").json  # type: ignore[assignment]
    assert [article["counts"]["reference"] for article in listed["articles"]] == [3]
    assert "anchors" not in listed["articles"][0]
    whole: Json = client.get("/api/articles/small-2020").json  # type: ignore[assignment]
    assert whole["anchors"] == ["s1-p1", "f1", "t1-r1", "ref-1", "ref-2", "ref-3"]


def test_suggestions(client: FlaskClient) -> None:
    answer: Json = client.get("/api/suggest?q=sm").json  # type: ignore[assignment]
    assert answer["suggestions"][0]["value"] == "small"


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/api/search?q=x&colour=red", 400, "colour"),
        ("/api/search?kind=book", 400, "kind"),
        ("/api/search?page=0", 400, "page"),
        ("/api/search?page=1.0", 400, "page"),
        ("/api/search?page=0000000001", 400, "page"),  # at most nine digits
        ("/api/search?page=1e2", 400, "page"),
        ("/api/search?page=%D9%A3", 400, "page"),
        ("/api/search?page=" + "9" * 5000, 400, "page"),
        ("/api/search?per_page=101", 400, "per_page"),
        ("/api/search?page=1&page=2", 400, "page"),
        ("/api/search?year_from=2021&year_to=2020", 400, "year_from"),
        ("/api/search?cites=-1", 400, "cites"),
        ("/api/search?section=..%2F..", 400, "section"),
        ("/api/search?synonyms=maybe", 400, "synonyms"),
        ("/api/search?q=" + "x" * 513, 400, "q"),
        ("/api/search?q=too+deep", 400, "q"),
        ("/api/search?" + "kind=table&" * 51, 400, "kind"),
        ("/api/suggest?limit=21", 400, "limit"),
        ("/api/articles?x=1", 400, "x"),
        ("/export", 400, "format"),
        ("/export?format=docx", 400, "format"),
        ("/export?format=ris&id=small-2020/ref-9", 400, "id"),
        ("/export?format=ris&id=small-2020/ref-1&q=x", 400, "id"),
        ("/export?format=ris&page=2", 400, "page"),
        ("/api/units/small-2020/s9-p9", 404, None),
        ("/api/units/%00/%FF", 404, None),
        ("/api/articles/none", 404, None),
        ("/api/nothing", 404, None),
    ],
)
def test_problems(client: FlaskClient, address: str, status: int, parameter: str | None) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    told: Json = json.loads(answer.data)
    assert told["status"] == status
    assert told.get("parameter") == parameter
    assert told["type"] and told["title"] and told["detail"]
    assert len(told["detail"]) < 300


@pytest.mark.parametrize(("letters", "quoted"), [(40, "x" * 40), (41, "x" * 40 + "…")])
def test_a_long_value_is_quoted_in_part(client: FlaskClient, letters: int, quoted: str) -> None:
    told: Json = client.get("/api/search", query_string={"sort": "x" * letters}).get_json(
        force=True
    )
    assert told["detail"].startswith(f"“{quoted}” is not valid")


def test_a_filter_for_one_year(client: FlaskClient, library: SmallLibrary) -> None:
    assert client.get("/api/search?year_from=2020&year_to=2020").status_code == 200
    (request,) = library.searches
    assert (request.year_from, request.year_to) == (2020, 2020)


@pytest.mark.parametrize(
    "address",
    ["/api/search?q=%00", "/api/search?q=%FF%FE", "/api/search?q=%ED%A0%80", "/api/search?%FF=1",
     "/api/search?q=%F0%9F%92%A9%E2%80%AE", "/api/articles/%ED%A0%80", "/export?format=ris&q=%00"],
)  # fmt: skip
def test_strange_bytes_do_not_cause_errors(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in (200, 400, 404)


def test_an_internal_error_is_reported_and_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/api/search?q=broken")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "fire" not in answer.text
    (record,) = caplog.records
    assert record.getMessage() == "GET /api/search failed"
    assert "the disk is on fire" in caplog.text


def test_the_api_is_read_only(client: FlaskClient) -> None:
    for address in ("/api/search", "/export", "/healthz"):
        answer = client.post(address, data={"q": "x"})
        assert answer.status_code == 405
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_head_returns_the_headers_of_get(client: FlaskClient) -> None:
    got, head = client.get("/api/search?q=cell"), client.head("/api/search?q=cell")
    assert head.data == b""
    assert head.headers["ETag"] == got.headers["ETag"]
    assert head.content_type == got.content_type


def test_other_origins_may_read(client: FlaskClient) -> None:
    for address in ("/api/search?q=x", "/api/search?page=0", "/api/nothing"):
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    before = client.options("/api/search", headers={"Access-Control-Request-Method": "GET"})
    assert before.status_code == 200
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Origin" not in client.get("/export?format=ris").headers


def test_etags(client: FlaskClient, library: SmallLibrary) -> None:
    tag = client.get("/api/search?q=cell&kind=table").headers["ETag"]
    assert tag.startswith('"')
    assert client.get("/api/search?kind=table&q=cell").headers["ETag"] == tag
    assert client.get("/api/search?q=cells&kind=table").headers["ETag"] != tag
    assert client.get("/export?format=ris").headers["ETag"] != tag
    made = len(library.searches)
    for wanted in (tag, f'"other", {tag}', f"W/{tag}"):
        again = client.get("/api/search?q=cell&kind=table", headers={"If-None-Match": wanted})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
    assert len(library.searches) == made  # the search was not repeated
    assert client.get("/api/search?q=cell", headers={"If-None-Match": "*"}).status_code == 304
    assert client.get("/api/units/a/b", headers={"If-None-Match": "*"}).status_code == 404
    library.generation = "g2"
    again = client.get("/api/search?q=cell&kind=table", headers={"If-None-Match": tag})
    assert again.status_code == 200


@pytest.mark.parametrize("address", ["/healthz", "/openapi.json", "/opensearch.xml"])
def test_addresses_without_parameters_have_an_etag(client: FlaskClient, address: str) -> None:
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_exports_of_all_of_found_and_of_named_references(client: FlaskClient) -> None:
    def ids(query: str) -> list[str]:
        answer = client.get(f"/export?format=csl-json&{query}")
        assert answer.status_code == 200
        return [item["id"].removeprefix("small-2020/") for item in json.loads(answer.data)]

    assert ids("") == ["ref-1", "ref-2", "ref-3"]
    assert ids("q=vesicles") == ["ref-2"]
    assert ids("q=cell") == ["ref-1", "ref-2"]
    assert ids("q=cell&cited=on") == ["ref-1", "ref-2", "ref-3"]
    assert ids("q=nothing") == []
    assert ids("id=small-2020/ref-3&id=small-2020/ref-1") == ["ref-3", "ref-1"]
    assert ids("id=small-2020/f1") == ["ref-3"]


def test_exports_are_downloads_with_keys_that_do_not_depend_on_the_choice(
    client: FlaskClient,
) -> None:
    one = client.get("/export?format=bibtex&id=small-2020/ref-3")
    assert one.headers["Content-Disposition"] == 'attachment; filename="references.bib"'
    assert one.content_type == "application/x-bibtex; charset=utf-8"
    assert "@book{Li2020b," in one.text
    assert "@article{Li2020a," in client.get("/export?format=bibtex").text


@pytest.mark.parametrize(
    ("form", "content_type", "suffix"),
    [
        ("ris", "application/x-research-info-systems; charset=utf-8", "ris"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "json"),
    ],
)
def test_exports_have_the_media_type_of_their_format(
    client: FlaskClient, form: str, content_type: str, suffix: str
) -> None:
    answer = client.get(f"/export?format={form}")
    assert answer.content_type == content_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="references.{suffix}"'


def test_health_and_metrics(library: SmallLibrary) -> None:
    client = create_app(cast(Library, library)).test_client()  # of which nothing was asked before
    assert client.get("/healthz").json == {
        "status": "ok", "generation": "g1", "built": "2020-01-01T00:00:00Z",
        "stale": False, "units": 6,
    }  # fmt: skip
    client.get("/api/articles/none")
    client.open("/api/articles", method="BREW")
    figures = client.get("/metrics").text
    assert "poi_search_index_units 6.0" in figures
    assert 'poi_search_index_info{generation="g1"} 1.0' in figures
    route = 'route="/api/articles/<article>"'
    assert f'poi_search_requests_total{{method="GET",{route},status="404"}} 1.0' in figures
    assert f"poi_search_request_seconds_count{{{route}}} 1.0" in figures
    assert "BREW" not in figures


def test_metrics_of_two_apps_are_separate(library: SmallLibrary) -> None:
    apps = [Flask("one"), Flask("two")]
    for app in apps:
        app.extensions["library"] = library
        app.register_blueprint(blueprint)
    apps[0].test_client().get("/healthz")
    assert "/healthz" in apps[0].test_client().get("/metrics").text
    assert "/healthz" not in apps[1].test_client().get("/metrics").text


def test_the_opensearch_description(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml", headers={"Host": "books.example:81"})
    assert answer.mimetype == "application/opensearchdescription+xml"
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    urls = ET.fromstring(answer.data).findall("o:Url", space)
    assert (
        urls[0].get("template")
        == "http://books.example:81/search?q={searchTerms}&page={startPage?}"
    )
    shown = client.get("/api/search?q=cell&page=")  # browsers leave out what they do not know
    assert shown.status_code == 200


def test_the_page_that_describes_the_api(library: SmallLibrary) -> None:
    page = create_app(cast(Library, library), testing=True).test_client().get("/api")
    assert page.status_code == 200
    soup = BeautifulSoup(page.data, "html.parser")
    documented = {heading.code.text for heading in soup.select("h2[id]") if heading.code}
    assert documented == {f"GET {path}" for path in openapi.document()["paths"]}
    shown = {row.th.text.strip(): row.text for row in soup.select("tbody tr") if row.th}
    assert "1 to 100; default 10" in shown["per_page"]
    assert "figure, reference, section, table" in shown["kind"]
    anchors = {element["id"] for element in soup.select("[id]")}
    assert {kind.partition("#")[2] for kind, _ in KINDS.values()} <= anchors


def test_the_types_of_parameters_are_inspected_once() -> None:
    assert parameter_types(SearchParameters) is parameter_types(SearchParameters)


def test_the_parameters_are_those_of_a_search() -> None:
    assert set(SearchParameters.__struct_fields__) == set(SearchRequest.__struct_fields__)
    assert search_request(MultiDict()) == SearchRequest()
    with pytest.raises(Problem, match="whole number from 1 to 100"):
        search_request(MultiDict({"per_page": "many"}))
