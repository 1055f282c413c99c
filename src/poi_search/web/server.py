"""The production server: waitress, run until the process is told to stop."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Callable
from types import FrameType

from flask import Flask
from waitress.server import create_server

from poi_search.library import Library
from poi_search.web import create_app

THREADS = 8


class ServerError(Exception):
    """An address that cannot be listened on: which, why, and what to do."""


def serve(
    library: Library,
    host: str,
    port: int,
    say: Callable[[str], object],
    meanwhile: Callable[[], None] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; report the address as soon as it accepts requests, and
    then run `meanwhile` in parallel.

    Raises `ServerError` if the address cannot be listened on.
    """
    app = create_app(library)
    try:
        server = create_server(app, host=host, port=port, threads=THREADS)
    except (OSError, ValueError) as error:
        raise ServerError(_refusal(host, port, error)) from error
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, _stop)
    # A name such as localhost may stand for several addresses.
    places = getattr(server, "effective_listen", None) or [(host, server.effective_port)]
    try:
        say(f"Serving {library.home} on {' and '.join(_address(*place) for place in places)}")
        threading.Thread(target=_visit_first, args=(app,), daemon=True).start()
        if meanwhile:
            threading.Thread(target=meanwhile, daemon=True).start()
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _visit_first(app: Flask) -> None:
    """Request pages with data prepared on first use, so that no visitor waits for it."""
    visitor = app.test_client()
    for address in ("/", "/api/suggest?q=a"):
        visitor.get(address)


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _refusal(host: str, port: int, error: OSError | ValueError) -> str:
    address = _address(host, port)
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            other = port + 1 if port < 65535 else 8000
            remedy = f"Stop it, or choose another port, as in --port {other}."
            return f"{address} is in use by another program. {remedy}"
        case errno.EACCES:
            return f"{address} needs special rights. Choose a port from 1024 up, as in --port 8000."
        case errno.EADDRNOTAVAIL:
            return f"{address} is not an address of this machine. Choose another --host."
        case None:
            return f"{host} cannot be resolved to an address. Choose another --host."
    return f"Cannot listen on {address}: {error}"


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)  # a second signal has no effect
    raise KeyboardInterrupt
