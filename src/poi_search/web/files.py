"""The PDFs of articles, from the corpus of the home."""

from __future__ import annotations

from flask import Blueprint, Response, abort, send_file

from poi_search.web.current import library

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<article_id>.pdf")
def pdf(article_id: str) -> Response:
    """The PDF of an article. Only files that the index knows are served."""
    path = library().pdf(article_id)
    if path is None:
        abort(404, f"This library has no PDF of “{article_id}”.")
    response = send_file(path, mimetype="application/pdf", conditional=True, max_age=0)
    response.headers["Content-Disposition"] = "inline"
    return response
