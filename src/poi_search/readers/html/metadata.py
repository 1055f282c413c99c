"""The metadata of a web page, from its `meta` elements and its text, as a JATS `front`."""

from __future__ import annotations

import re
from html import unescape

from poi_search.readers.html.linked_data import article_facts, without_markup
from poi_search.readers.markup import Node, plain, squeeze
from poi_search.references.identifiers import (
    find_doi,
    identifiers_of_address,
    normal_pmcid,
    normal_pmid,
)
from poi_search.text.typography import SPACE_BEFORE

_LICENCE = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/", re.IGNORECASE)
_FIELDS = {
    "title": ("citation_title", "bepress_citation_title", "dc.title"),
    "journal": (
        "citation_journal_title", "prism.publicationname", "dc.source", "citation_journal_abbrev",
    ),
    "date": (
        "citation_publication_date", "citation_date", "citation_cover_date",
        "citation_online_date", "citation_year", "dc.date", "dc.date.issued",
        "prism.publicationdate", "article:published_time",
    ),
    "volume": ("citation_volume", "prism.volume"),
    "issue": ("citation_issue", "prism.number"),
    "first": ("citation_firstpage", "prism.startingpage", "citation_article_number"),
    "last": ("citation_lastpage", "prism.endingpage"),
    "doi": ("citation_doi", "dc.identifier", "prism.doi", "dc.identifier.doi", "doi"),
    "pmid": ("citation_pmid",),
    "pmcid": ("citation_pmcid",),
    "abstract": (),
    "rights": ("dc.rights", "prism.copyright", "citation_license"),
}  # fmt: skip


class Meta:
    """The `meta` elements of a page: names in lower case, values in order."""

    def __init__(self, root: Node) -> None:
        self._values: list[tuple[str, str, int]] = []
        for node in root.walk("meta"):
            value = unescape(squeeze(node.get("content")))
            names = dict.fromkeys((node.get("name").lower(), node.get("property").lower()))
            for name in names if value else ():
                if name:
                    self._values.append((name.replace("dcterms.", "dc."), value, node.line))
        self._facts = article_facts(root)

    def first(self, field: str) -> str:
        for wanted in _FIELDS[field]:
            for name, value, _ in self._values:
                if name == wanted:
                    return value
        return next(iter(self._facts.get(field, ())), "")

    def all(self, *names: str) -> list[str]:
        found = dict.fromkeys(value for name, value, _ in self._values if name in names)
        return list(found)

    def authors(self) -> list[Node]:
        """A `contrib` for each author, with the institutions and the ORCID that follow the name."""
        contribs: list[tuple[Node, list[Node | str]]] = []
        has_citation = any(name == "citation_author" for name, _, _ in self._values)
        author_name = "citation_author" if has_citation else "dc.creator"
        for name, value, line in self._values:
            if name == author_name:
                contribs.append(
                    (
                        Node("contrib", {"contrib-type": "author"}, line, ()),
                        [_tag("string-name", value, line)],
                    )
                )
            elif contribs and name == "citation_author_institution":
                contribs[-1][1].append(
                    Node("aff", {"id": f"meta {len(self._values)} {value}"}, line, (value,))
                )
            elif contribs and name == "citation_author_orcid":
                attrs = {"contrib-id-type": "orcid"}
                contribs[-1][1].append(Node("contrib-id", attrs, line, (value,)))
        return [Node(one.name, one.attrs, one.line, tuple(inner)) for one, inner in contribs]

    def listed_authors(self) -> list[Node]:
        """The authors in one value of the head, or in its linked data."""
        listed = (re.split(r"[;|]\s*+", value) for value in self.all("citation_authors"))
        names = [name for names in listed for name in names if name] or self._facts.get(
            "authors", []
        )
        return [
            Node("contrib", {"contrib-type": "author"}, 1, (_tag("string-name", name, 1),))
            for name in names
        ]


def read_front(meta: Meta, root: Node, page: Node, title: str, extra: list[Node]) -> Node:
    """A `front` from the head of the page; `extra` are its abstracts and keywords."""
    line = page.line
    authors = meta.authors() or meta.listed_authors() or _printed_authors(page)
    children: list[Node | str] = [
        *_ids(meta, root),
        Node("title-group", {}, line, (_tag("article-title", title, line),)),
        Node(
            "contrib-group",
            {},
            line,
            tuple(authors),
        ),
        *_date(meta.first("date"), line),
        *(_tag(name, meta.first(name), line) for name in ("volume", "issue")),
        _tag("fpage", meta.first("first"), line),
        _tag("lpage", meta.first("last"), line),
        *_licence(page, meta),
        *extra,
    ]
    if not any(one.name == "abstract" for one in extra):
        stated = next(iter((*meta.all("citation_abstract"), meta.first("abstract"))), "")
        if abstract := without_markup(stated):
            children.append(Node("abstract", {}, line, (_tag("p", abstract, line),)))
    if not any(one.name == "kwd-group" for one in extra):
        words = meta.all("citation_keywords", "citation_keyword")
        words = [word for value in words for word in re.split(rf"{SPACE_BEFORE}[;,]\s+", value)]
        if words:
            children.append(
                Node("kwd-group", {}, line, tuple(_tag("kwd", word, line) for word in words))
            )
    journal = Node("journal-meta", {}, line, (_tag("journal-title", meta.first("journal"), line),))
    return Node("front", {}, line, (journal, Node("article-meta", {}, line, tuple(children))))


def _tag(name: str, text: str, line: int) -> Node:
    return Node(name, {}, line, (text,) if text else ())


def _ids(meta: Meta, root: Node) -> list[Node]:
    addresses = " ".join(
        one.get("href") for one in root.walk("link") if one.get("rel") == "canonical"
    )
    addresses += " ".join(
        meta.all("og:url", "citation_abstract_html_url", "citation_fulltext_html_url")
    )
    found = {
        "doi": find_doi(meta.first("doi")),
        "pmid": normal_pmid(meta.first("pmid")),
        "pmcid": normal_pmcid(meta.first("pmcid")) or identifiers_of_address(addresses).pmcid,
    }
    return [
        Node("article-id", {"pub-id-type": kind}, root.line, (value,))
        for kind, value in found.items()
        if value
    ]


def _printed_authors(page: Node) -> list[Node]:
    """The authors marked in the text of the page."""
    found: dict[str, Node] = {}
    for node in page.walk("a", "span"):
        marked = node.get("rel") == "author" or node.get("itemprop") == "author"
        marked = marked or bool(
            re.search(r"(?:^|\s)(?:author-name|contrib-author)(?:\s|$)", node.get("class"))
        )
        text = plain(node, "sup").strip(" ,;")
        if marked and 3 < len(text) < 60:
            name = _tag("string-name", text, node.line)
            found.setdefault(text, Node("contrib", {}, node.line, (name,)))
    return list(found.values())


def _date(text: str, line: int) -> list[Node]:
    match = re.search(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?", text)
    if match is None:
        return []
    parts = [
        _tag(name, part or "", line)
        for name, part in zip(("year", "month", "day"), match.groups(), strict=True)
    ]
    return [
        Node("pub-date", {"pub-type": "epub"}, line, tuple(part for part in parts if part.children))
    ]


def _licence(page: Node, meta: Meta) -> list[Node]:
    for link in page.walk("a"):
        if _LICENCE.search(link.get("href")):
            text = next(
                (plain(p) for p in page.walk("p") if any(a is link for a in p.walk("a"))),
                plain(link),
            )
            inner = Node("license", {"href": link.get("href")}, link.line, (text,))
            return [Node("permissions", {}, link.line, (inner,))]
    rights = meta.first("rights")
    if not rights:
        return []
    return [Node("permissions", {}, page.line, (Node("license", {}, page.line, (rights,)),))]
