"""Files of other formats that are named as text: they are refused with what they are."""

from __future__ import annotations

import re

from poi_search.article import ReadError

# How much of a file is looked at.
_HEAD = 5000
_LEAD = rb"^(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*>\s*+|<!--(?:(?!-->)[^\x00]){0,2000}-->\s*+){0,4}"
_HTML = re.compile(_LEAD + rb"(?:<!doctype html|<html\b.{0,4000}<head\b)", re.I | re.S)
_JATS = re.compile(_LEAD + rb"(?:<!doctype article\b|<article\s[^>]*>\s*<)", re.I)
_XML = re.compile(_LEAD + rb"<(?:\?xml\s|pmc-articleset\b|[\w:-]+\s[^>]{0,300}xmlns\b)")
_PDF = re.compile(rb"%PDF-\d")
_FORMATS = (
    (_HTML, "HTML", ".html"),
    (_JATS, "JATS XML", ".xml"),
    (_XML, "XML", ".xml"),
    (_PDF, "PDF", ".pdf"),
)
_OFFICE = re.compile(rb"PK\x03\x04|\{\\rtf|\xd0\xcf\x11\xe0")


def refuse_other_format(source: bytes, name: str) -> None:
    """Raise ReadError, with the remedy, if the content of the text file `name` is no text."""
    head = source[:_HEAD]
    for pattern, kind, suffix in _FORMATS:
        if pattern.match(head):
            raise ReadError(name, "", f"it is not text but {kind}", f"Name it {suffix}")
    if _OFFICE.match(head):
        problem = "it is not text but a document of a word processor"
        raise ReadError(name, "", problem, "Save it as plain text, in UTF-8")
