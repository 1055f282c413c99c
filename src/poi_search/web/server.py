"""The production server: waitress, until the process is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

from waitress.server import create_server

from poi_search.library import Library
from poi_search.web import create_app

THREADS = 8


def serve(library: Library, host: str, port: int, say: Callable[[str], object]) -> None:
    """Serves until SIGINT or SIGTERM; says the address as soon as it can be opened.

    Raises `OSError` where the address cannot be listened on.
    """
    server = create_server(create_app(library), host=host, port=port, threads=THREADS)
    shown = f"[{host}]" if ":" in host else host
    signal.signal(signal.SIGTERM, _stop)
    say(f"Serving {library.home} on http://{shown}:{server.effective_port}")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
