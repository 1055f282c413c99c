"""The web interface: pages for people (`pages`), JSON and downloads for programs (`api`)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask, Response

    from poi_search.library import Library

_PACKAGE = Path(__file__).resolve().parents[1]
_CLONE = _PACKAGE.parents[1]

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_YEAR = 365 * 24 * 3600


def create_app(library: Library, *, testing: bool = False) -> Flask:
    """The web application of an open library, without side effects outside the application."""
    # Imported here so that other modules can be used without waiting for the import of Flask.
    from flask import Flask  # noqa: PLC0415

    from poi_search.web import api, files, pages  # noqa: PLC0415

    app = Flask(
        __name__,
        template_folder=str(folder("templates")),
        static_folder=str(folder("static")),
        static_url_path="/static",
    )
    app.config.update(TESTING=testing, SEND_FILE_MAX_AGE_DEFAULT=_YEAR, MAX_CONTENT_LENGTH=65536)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["library"] = library
    versions = {path.name: _digest(path) for path in folder("static").iterdir()}
    app.extensions["look"] = _digest(*folder("templates").iterdir(), *folder("static").iterdir())
    app.jinja_env.globals["asset"] = lambda name: f"/static/{name}?v={versions.get(name, '')}"
    app.after_request(_add_security_headers)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(files.blueprint)
    return app


def folder(name: str) -> Path:
    """The path of `templates` or `static`: in the installed package, else in the clone."""
    for parent in (_PACKAGE, _CLONE):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(
        f"The folder '{name}' is missing from {_PACKAGE} and {_CLONE}; install poi-search again."
    )


def _digest(*paths: Path) -> str:
    content = b"".join(path.read_bytes() for path in sorted(paths) if path.is_file())
    return hashlib.sha256(content).hexdigest()[:10]


def _add_security_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    return response
