"""Figures for Prometheus: how many requests, how long they took, what the index holds."""

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
"""How many units the index holds, and the name of its generation."""


class Metrics:
    """The figures of one app, in a registry of its own."""

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
        """Counts one answer; a method of no standard is not given a series of its own."""
        self.requests.labels(route, method if method in _METHODS else "other", status).inc()
        self.seconds.labels(route).observe(seconds)

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format."""
        return exposition(self.registry)


class _IndexFigures(Collector):
    """Asked when the figures are read, so that they are those of the current generation."""

    def __init__(self, read_state: ReadState) -> None:
        self._read_state = read_state

    def describe(self) -> Iterator[Metric]:
        """Nothing: the index need not be open when this is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        units, generation = self._read_state()
        yield GaugeMetricFamily("poi_search_index_units", "Units in the index.", value=units)
        yield InfoMetricFamily(
            "poi_search_index", "The generation of the index.", value={"generation": generation}
        )


def watch(bp: Blueprint, read_state: ReadState) -> None:
    """Counts every request of the app that `bp` is registered with."""

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
    """The answer of `/metrics`."""
    metrics: Metrics = current_app.extensions[EXTENSION]
    return Response(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
