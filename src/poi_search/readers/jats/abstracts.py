"""Abstracts of all kinds, and keywords."""

from __future__ import annotations

from poi_search.article import Paragraph, Prose
from poi_search.readers.drafts import Draft
from poi_search.readers.jats.context import Context
from poi_search.readers.jats.flow import Flow, read_title
from poi_search.readers.markup import Node, plain
from poi_search.readers.matter import names_keywords

_TITLES = {
    "graphical": "Graphical abstract",
    "teaser": "Teaser",
    "toc": "Summary for the table of contents",
    "key-points": "Key points",
    "highlights": "Highlights",
    "author-highlights": "Highlights",
    "author-summary": "Author summary",
    "summary": "Summary",
    "executive-summary": "Summary",
    "plain-language-summary": "Plain language summary",
    "short": "Short abstract",
    "web-summary": "Summary",
    "editor": "Editor's summary",
    "synopsis": "Synopsis",
}


def read_abstracts(meta: Node, context: Context) -> list[Draft]:
    """The abstract, with the anchor `abstract`, and others, with anchors made from their titles."""
    drafts: list[Draft] = []
    for node in meta.elements("abstract", "trans-abstract"):
        kind, printed = node.get("abstract-type"), read_title(node.first("title"), context)
        main = node.name == "abstract" and kind in ("", "section", "full", "structured", "normal")
        if main and not any(draft.anchor == "abstract" for draft in drafts):
            draft = Draft(context.slugs.slug("abstract"), title=printed or "Abstract")
        else:
            title = printed or _TITLES.get(kind, kind.replace("-", " ").capitalize()) or "Abstract"
            if node.name == "trans-abstract" and node.get("lang"):
                title = f"{title} ({node.get('lang')})"
            draft = Draft(context.slugs.slug(title), title=title)
        Flow(draft, context).read(node.elements())
        if not draft.blocks and (text := plain(node, "title", "label")):
            Flow(draft, context).paragraph(Prose(text), node.line)
        context.record(node, *(block.anchor for block in draft.blocks))
        if draft.blocks:
            drafts.append(draft)
    return drafts


def read_keywords(meta: Node, context: Context) -> Draft | None:
    """All keywords as one paragraph, with the anchor `keywords`; other groups with their title."""
    texts: list[str] = []
    title = ""
    for group in _keyword_groups(meta):
        words = [_keyword(word) for word in group.elements("kwd", "compound-kwd", "nested-kwd")]
        joined = ", ".join(word for word in words if word) or plain(group, "title", "label")
        heading = plain(group.first("title")).rstrip(": ")
        plainly = not heading or names_keywords(heading) or "author" in heading.lower()
        title = title or (heading if plainly else "")
        if joined:
            texts.append(joined if plainly else f"{heading}: {joined}")
            context.record(group, "keywords")
    if not texts:
        return None
    paragraph = Paragraph("keywords", Prose("; ".join(texts)))
    return Draft(context.slugs.slug("keywords"), title=title or "Keywords", blocks=[paragraph])


def _keyword_groups(meta: Node) -> list[Node]:
    groups = [one for one in meta.elements("kwd-group") if not is_abbreviations(one)]
    return [inner for one in groups for inner in (list(one.elements("kwd-group")) or [one])]


def is_abbreviations(group: Node) -> bool:
    kind = f"{group.get('kwd-group-type')} {plain(group.first('title'))}"
    return "abbreviation" in kind.lower()


def _keyword(node: Node) -> str:
    if node.name == "compound-kwd":
        return " – ".join(plain(part) for part in node.elements("compound-kwd-part"))
    return plain(node).rstrip(",;")
