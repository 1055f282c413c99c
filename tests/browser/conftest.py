"""A browser on the real library. No page may contact another host or report an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from browser.serving import browser_path, chromium, serving
from poi_search.library import Library

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def address(library: Library) -> Iterator[str]:
    with serving(library) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium here: install it, or name one in $POI_SEARCH_BROWSER")
    with chromium(path) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a path in a new context with the given options; check for errors at the end."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    host = urlsplit(address).netloc

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != host:
            wrong.append(f"request to {url}")

    def said(message: ConsoleMessage, expected: str) -> None:
        refused = message.location["url"] == expected and "Failed to load" in message.text
        if message.type == "error" and not refused:  # error pages are not failures here
            wrong.append(message.text)

    def opened(path: str, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked(request.url))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda message: said(message, address + path))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []
