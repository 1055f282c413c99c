"""axe-core finds no violation of WCAG 2.2 AA on any page, at any size, light or dark."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from browser.conftest import Visit
from browser.test_browser import ARTICLE, NARROW, PAGES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async tags => (await axe.run(document, {runOnly: tags, resultTypes: ["violations"]}))
  .violations.map(v => [v.id, ...v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))].join(" | "))"""
WIDE = {"width": 1280, "height": 900}


@cache
def axe() -> str:
    """The script of axe-core, from a package on PyPI."""
    found = find_spec("axe_playwright_python")
    assert found is not None and found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*PAGES, "/search?q=POI&sort=bad", "/nowhere"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(visit: Visit, path: str, scheme: str) -> None:
    """Wide, then on a phone. In the dark only colours are checked; nothing else differs."""
    page = visit(path, color_scheme=scheme, viewport=WIDE, reduced_motion="reduce")
    page.evaluate(axe())
    rules = TAGS if scheme == "light" else COLOURS
    assert page.evaluate(RUN, rules) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate(RUN, rules) == []


def test_axe_with_everything_open(visit: Visit) -> None:
    page = visit("/search?q=POI", viewport=WIDE, reduced_motion="reduce")
    page.locator("#q").fill("gran")
    page.locator("[role=option]").first.wait_for()
    page.wait_for_url("**q=gran*")  # the results for the typed text have loaded
    page.locator("#answer:not([aria-busy=true])").wait_for()
    for closed in page.locator("#answer details:not(.chip *)").all():
        closed.evaluate("details => { details.open = true; }")
    page.evaluate(axe())
    assert page.evaluate(RUN, TAGS) == []
    page.goto(f"{ARTICLE}#s3.2-p1")
    page.locator("#s3\\.2-p1 a[data-refs]").first.focus()
    page.locator("#card").wait_for()
    page.evaluate(axe())
    assert page.evaluate(RUN, TAGS) == []
