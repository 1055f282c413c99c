"""JATS XML, as distributed by PubMed Central, Europe PMC and publishers → Article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from poi_search.article import LEFT_OUT, Abbreviation, Article, Finding, Paragraph, ReadError
from poi_search.readers.drafts import Draft
from poi_search.readers.jats.abstracts import read_abstracts, read_keywords
from poi_search.readers.jats.back import Matter
from poi_search.readers.jats.context import Context
from poi_search.readers.jats.floats import float_anchors
from poi_search.readers.jats.front import read_front, read_front_matter
from poi_search.readers.jats.references import read_references
from poi_search.readers.jats.sections import place_floats, read_body
from poi_search.readers.markup import Node, parse_xml, plain
from poi_search.readers.matter import classify, split_definitions
from poi_search.readers.untagged import mark_citations

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".xml", ".nxml")

_PARTS = ("front", "body", "back", "floats-group", "floats-wrap")


def read(source: bytes, name: str, article_id: str) -> Article:
    """The article in `source`, the content of the file `name`; ReadError if there is none.

    Sections are in reading order: abstracts, keywords, the body, the back matter.
    """
    root = parse_xml(source, name)
    article = read_tree(_article(root, name), name, article_id)
    others = [] if root.name == "article" else list(root.outermost("article"))[1:]
    left_out = tuple(_left_out(one) for one in others)
    return replace(article, findings=(*left_out, *article.findings)) if others else article


def _left_out(article: Node) -> Finding:
    """The finding for an article after the first in one file, which is not read."""
    title = plain(article.find("article-title")) or "without a title"
    message = f"Only the first article is read, not {title!r} in line {article.line}."
    return Finding("warning", LEFT_OUT, f"{message} Save each in a file of its own.")


def read_tree(root: Node, name: str, article_id: str) -> Article:
    """The article in an `article` element; readers of other formats convert to it."""
    front = root.first("front") or Node("front", {}, root.line, ())
    lists = [one for part in root.elements("body", "back") for one in part.outermost("ref-list")]
    references, numbering, names = read_references(lists)
    anchors = float_anchors(list(root.elements(*_PARTS)))
    linked = any(one.get("ref-type") == "bibr" for one in root.walk("xref"))
    context = Context(numbering, names, anchors, bare_markers=bool(references) and not linked)
    article = read_front(front, article_id, context)
    if not article.title:
        problem = "the article has no title"
        raise ReadError(name, f"line {front.line}", problem, "Add the title to the file")
    for one in lists:
        context.record(one, *(f"ref-{number}" for number in _numbers(one, context)))
    return _assemble(replace(article, references=references), root, front, context)


def _numbers(ref_list: Node, context: Context) -> list[int]:
    """The numbers of the first and the last reference of a list."""
    found = [context.numbering.by_id.get(ref.get("id"), 0) for ref in ref_list.walk("ref")]
    return sorted({found[0], found[-1]} - {0}) if found else []


def _article(root: Node, name: str) -> Node:
    if root.name == "article":
        return root
    found = root.find("article")
    if found is not None and found.first("front", "body") is not None:
        return found
    problem = f"the file does not contain a JATS article: its root element is <{root.name}>"
    remedy = "Use the full text in JATS, for example from PubMed Central"
    raise ReadError(name, f"line {root.line}", problem, remedy)


def _assemble(article: Article, root: Node, front: Node, context: Context) -> Article:
    meta = front.first("article-meta") or front
    drafts = read_abstracts(meta, context)
    keywords = read_keywords(meta, context)
    drafts += [keywords] if keywords else []
    matter = Matter(context)
    body: list[Draft] = []
    for node in root.elements("body"):
        body += read_body(node, context)
    body = place_floats(list(root.elements("floats-group", "floats-wrap")), body, context)
    matter.abbreviations += _abbreviations(body)
    read_front_matter(front, matter)
    for back in root.elements("back"):
        for node in back.elements():
            matter.read(node)
    _set_aside(root, context)
    drafts += [*body, *matter.drafts]
    sections = tuple(draft.section() for draft in drafts)
    return replace(
        article,
        sections=mark_citations(sections, len(article.references)),
        statements=matter.statements,
        abbreviations=tuple(matter.abbreviations),
        ledger=tuple(sorted(context.ledger, key=lambda line: line.line)),
        findings=tuple(context.findings),
    )


def _abbreviations(body: list[Draft]) -> Iterator[Abbreviation]:
    """The abbreviations listed in a section of the body rather than in the back matter."""
    for draft in body:
        if classify(draft.title) == "abbreviations":
            for block in draft.blocks:
                if isinstance(block, Paragraph):
                    for short, long in split_definitions(block.prose.text):
                        yield Abbreviation(short, long, block.anchor)


def _set_aside(root: Node, context: Context) -> None:
    """Set aside whatever else is in the same file: reviews, responses, further fronts."""
    for node in root.elements():
        if node.name in ("sub-article", "response"):
            kind = node.get("article-type") or node.get("response-type") or "part"
            context.set_aside(node, f"another article in the same file ({kind})")
        elif node.name not in _PARTS:
            context.set_aside(node, "about the file, not the article's text")
