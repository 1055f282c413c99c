"""A server of the library on a free port, and a browser to visit it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright
from waitress.server import create_server

from poi_search.library import Library
from poi_search.web import create_app

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]


def browser_path() -> str | None:
    """`$POI_SEARCH_BROWSER`, else the Chromium of the system."""
    stated = os.environ.get("POI_SEARCH_BROWSER")
    return stated or next((path for path in map(shutil.which, _NAMES) if path), None)


@contextmanager
def serving(library: Library) -> Iterator[str]:
    """Serve the library for the duration of the context, and return its address."""
    server = create_server(create_app(library), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(5)


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()
