"""Pages that are about an article, or about nothing, and do not contain its text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poi_search.article import ReadError
from poi_search.readers.html.metadata import Meta
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import main_part

_RUNNING = 25
_LEAST = 60
"""Words of running text in the body that make an article, if something speaks against it."""
_PREVIEW = 400
_FEW = 2
_ERROR = re.compile(
    r"\b(?:40[0-9]|50[0-9])\b|not found|access denied|forbidden|just a moment|attention required"
    r"|(?:not|are you) a robot|captcha|unavailable|checking your browser|security (?:check|verif)"
    r"|verif\w{1,6} (?:that )?you|\berror\b|enable (?:cookies|javascript)"
    r"|cookies? (?:required|disabled|absent)",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(r"\b(?:sign|log)[ -]?(?:in|on)\b|authenticat", re.IGNORECASE)
_RESULTS = re.compile(
    r"\bsearch(?:\s|$)(?:.{0,30}results?)?|\bresults? for\b|\b\d+ results\b|table of contents",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:get|check|buy|rent|purchase|view) .{0,20}\baccess|access (?:this|the full|options|through)"
    r"|(?:buy|rent|purchase) (?:now|this|article|pdf|instant)|preview of subscription"
    r"|to continue reading|already a subscriber|log ?in to (?:read|view)|subscribe to (?:view|"
    r"read)",
    re.IGNORECASE,
)
_FULL = "Save the page that shows the full text, or use the article's PDF or JATS"


def check_text(
    name: str, root: Node, meta: Meta, abstracts: Iterable[Node], body: Iterable[Node]
) -> None:
    """Raise ReadError, with the reason, if a page does not contain the text of an article."""
    abstracts, body = list(abstracts), list(body)
    if not body and not abstracts:
        raise ReadError(name, "", "the page does not contain the text of an article", _FULL)
    words = sum(map(_running_words, body))
    if words >= _PREVIEW:
        return
    headline = " ".join((plain(root.find("title")), plain(root.find("h1"))))
    states_article = bool(meta.first("doi") or meta.first("journal"))
    problem = remedy = ""
    if not states_article:
        problem, remedy = _kind_of_page(headline)
    page = root.first("body") or root
    if not problem and _OFFER.search(plain(page, "script", "style")):
        problem = "the page offers access to the article, but does not contain its full text"
        remedy = "Open the full text with your access to the journal, and save that page"
    if not problem and words < _LEAST and not _reads_as_text(body):
        if sum(map(_running_words, abstracts)) >= _RUNNING:
            problem, remedy = "the page contains only the abstract of the article", _FULL
        elif states_article:
            problem, remedy = "the page describes the article, but lacks its text", _FULL
    if problem:
        raise ReadError(name, "", problem, remedy)


def _reads_as_text(body: Iterable[Node]) -> bool:
    """Whether the body has an introduction, citations, or at least a few sentences."""
    inner = [one for node in body for one in (node, *node.walk("p", "xref"))]
    if any(main_part(plain(one.first("title"))) == "introduction" for one in inner):
        return True
    if any(one.name == "xref" and one.get("ref-type") == "bibr" for one in inner):
        return True
    texts = [plain(one) for one in inner if one.name == "p"]
    return sum(len(text.split()) > 2 and text.endswith(".") for text in texts) > _FEW


def _kind_of_page(headline: str) -> tuple[str, str]:
    again = "Open the article in a browser, and save the page again"
    if _ERROR.search(headline):
        return f"the page reports an error (“{headline[:60].strip()}”)", again
    if _SIGN_IN.search(headline):
        return "the page asks to sign in", again
    if _RESULTS.search(headline):
        return "the page lists articles", "Open the article itself, and save that page"
    return "", ""


def _running_words(node: Node) -> int:
    """The words in the paragraphs of an element that are long enough to be running text."""
    paragraphs = [node] if node.name == "p" else node.walk("p")
    counts = (len(plain(one).split()) for one in paragraphs)
    return sum(count for count in counts if count >= _RUNNING)
