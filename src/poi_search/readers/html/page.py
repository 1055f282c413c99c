"""A page of HTML → JATS elements → Article."""

from __future__ import annotations

from dataclasses import replace

from poi_search.article import Article, LedgerLine
from poi_search.readers.html.clean import clean
from poi_search.readers.html.completed_references import complete_references
from poi_search.readers.html.floats import fill_tables
from poi_search.readers.html.inline import InlineConverter
from poi_search.readers.html.metadata import Meta, read_front
from poi_search.readers.html.outline import is_float, outline
from poi_search.readers.html.page_blocks import BlockReader
from poi_search.readers.html.page_parts import (
    PagePart,
    all_blocks,
    is_references,
    parts_of,
    settle_lists,
)
from poi_search.readers.html.parts import PartSorter, unwrap
from poi_search.readers.html.references import read_items, reference_list
from poi_search.readers.html.refusals import check_text
from poi_search.readers.html.region import article_part
from poi_search.readers.html.stated_works import align, list_of_works, works_of_head
from poi_search.readers.html.titles import article_title
from poi_search.readers.jats import read_tree
from poi_search.readers.markup import Node, parse_html, plain
from poi_search.references.matching import normal_title


def read_page(source: bytes, name: str, article_id: str) -> Article:
    """The article on the page `source`, the content of the file `name`.

    Raises ReadError for a page without a title or without the text of an article.
    """
    root = parse_html(source, name)
    body = clean(root.first("body") or root)
    page = article_part(body)
    meta = Meta(root)
    title = article_title(meta, root, body)
    tree = outline(page)
    unwrap(tree, {normal_title(title), normal_title(meta.first("journal"))} - {""})
    blocks = _list_blocks(tree) or _list_blocks(outline(body))
    listed = reference_list(read_items(blocks))
    works = works_of_head(root)
    if listed.node.first("ref") is None:
        listed.node = list_of_works(works, page.line)
    reader = BlockReader(InlineConverter(listed.targets, listed.printed))
    sorter = PartSorter(reader, title)
    sorter.sort(tree)
    check_text(name, root, meta, sorter.abstracts, sorter.body)
    body_nodes, floats = _place_tables(sorter, reader, blocks)
    front = read_front(meta, root, page, title, [*sorter.abstracts, *reader.keywords])
    parts = (
        front,
        Node("body", {}, page.line, tuple(body_nodes)),
        Node("back", {}, page.line, (*sorter.back, listed.node)),
        Node("floats-group", {}, page.line, tuple(floats)),
    )
    article = read_tree(Node("article", {}, root.line, parts), name, article_id)
    for number, work in align(works, article.references).items():
        listed.stated.setdefault(number, []).append(work)
    references = complete_references(
        article.references, listed.tagged, listed.stated, listed.slanted
    )
    aside = (LedgerLine(line, (), reason) for line, reason in (*reader.aside, *listed.aside))
    ledger = sorted((*article.ledger, *aside), key=lambda line: line.line)
    return replace(article, references=references, ledger=tuple(ledger))


def _list_blocks(tree: PagePart) -> list[Node]:
    """The blocks of the reference lists in an outline."""
    settle_lists(tree)
    lists = (part for part in parts_of(tree) if is_references(part))
    return [block for part in lists for block in all_blocks(part)]


def _place_tables(
    sorter: PartSorter, reader: BlockReader, list_blocks: list[Node]
) -> tuple[list[Node], list[Node]]:
    """The body with the tables that stand elsewhere on the page, and floats without a place."""
    apart = [one for one in list_blocks if one.name == "table" or is_float(one)]
    floats = [*sorter.floats, *reader.read(apart)]
    tables = [one for one in floats if one.first("table") and plain(one.first("label"))]
    loose = [one for one in sorter.floats if not any(one is table for table in tables)]
    return fill_tables(sorter.body, tables), [*loose, *tables]
