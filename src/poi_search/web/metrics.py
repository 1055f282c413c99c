"""Metrics for Prometheus: the number and duration of requests, and the size of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from flask import Blueprint, Response, current_app, g, request
from flask.blueprints import BlueprintSetupState
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client import generate_latest as exposition
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

EXTENSION = "poi_search_metrics"
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)

ReadState = Callable[[], tuple[int, str]]
"""Returns the number of units in the index, and the name of its generation."""


class Metrics:
    """The metrics of one app, in a separate registry."""

    def __init__(self, read_state: ReadState) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "poi_search_requests",
            "Requests answered.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "poi_search_request_seconds",
            "Time from a request to its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_IndexFigures(read_state))

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one response. All non-standard methods share one series."""
        self.requests.labels(route, method if method in _METHODS else "other", status).inc()
        self.seconds.labels(route).observe(seconds)

    def exposition(self) -> bytes:
        """All metrics in the text format of Prometheus."""
        return exposition(self.registry)


class _IndexFigures(Collector):
    """Collects metrics of the index when they are read, so that they are always current."""

    def __init__(self, read_state: ReadState) -> None:
        self._read_state = read_state

    def describe(self) -> Iterator[Metric]:
        """Empty, so that registering the collector does not read the index."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        units, generation = self._read_state()
        yield GaugeMetricFamily("poi_search_index_units", "Units in the index.", value=units)
        yield InfoMetricFamily(
            "poi_search_index", "The generation of the index.", value={"generation": generation}
        )


def watch(bp: Blueprint, read_state: ReadState) -> None:
    """Count every request of the app in which `bp` is registered."""

    @bp.record
    def set_up(state: BlueprintSetupState) -> None:
        state.app.extensions[EXTENSION] = Metrics(read_state)

    @bp.before_app_request
    def start() -> None:
        g.poi_search_started = perf_counter()

    @bp.after_app_request
    def count(response: Response) -> Response:
        started = g.get("poi_search_started", perf_counter())
        route = request.url_rule.rule if request.url_rule else "unknown"
        metrics: Metrics = current_app.extensions[EXTENSION]
        metrics.observe(route, request.method, response.status_code, perf_counter() - started)
        return response


def answer() -> Response:
    """The response of `/metrics`."""
    metrics: Metrics = current_app.extensions[EXTENSION]
    return Response(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
