"""The records in PubMed XML; the PubMed DTD of the National Library of Medicine describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from poi_search.article import NoticeKind, PublicationNotice, Reference, WorkKind
from poi_search.readers.markup import Node, plain
from poi_search.references.identifiers import normal_doi, normal_pmcid, normal_pmid
from poi_search.references.publication_notices import (
    RETRACTED,
    bare_title,
    cited_notice,
    noticed_work,
    with_retraction,
)

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_KINDS: Mapping[str, WorkKind] = {
    "Preprint": "preprint", "Dataset": "data", "Journal Article": "article", "Review": "article",
    "Letter": "article", "Editorial": "article", "Comment": "article", "Case Reports": "article",
}  # fmt: skip
_NOTICES: Mapping[str, NoticeKind] = {
    "RetractionIn": "retraction", "RetractedandRepublishedIn": "retraction",
    "PartialRetractionIn": "partial retraction", "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction", "ExpressionOfConcernIn": "concern",
}  # fmt: skip
_NOTICES_OF: Mapping[str, NoticeKind] = {
    "RetractionOf": "retraction", "RetractedandRepublishedFrom": "retraction",
    "PartialRetractionOf": "partial retraction", "ErratumFor": "correction",
    "CorrectedandRepublishedFrom": "correction", "ExpressionOfConcernFor": "concern",
}  # fmt: skip


def from_xml(root: Node) -> tuple[Reference, ...]:
    """The records of all articles and books, and one for each work that a notice is on."""
    kinds = {"PubmedArticle": _from_article, "PubmedBookArticle": _from_book}
    nodes = [root] if root.name in kinds else root.walk(*kinds)
    return tuple(record for node in nodes for record in kinds[node.name](node))


def _from_book(node: Node) -> Iterator[Reference]:
    """A book, or the chapter of one if it has a title of its own."""
    empty = Node("", {}, node.line, ())
    document = node.first("BookDocument") or empty
    book = document.first("Book") or empty
    ids = {one.get("IdType"): plain(one) for one in document.walk("ArticleId")}
    title, chapter = plain(book.first("BookTitle")), plain(document.first("ArticleTitle"))
    publisher = book.first("Publisher") or empty
    yield Reference(
        0,
        "",
        pmid=normal_pmid(plain(document.first("PMID"))),
        doi=normal_doi(ids.get("doi", "")),
        title=(chapter or title).rstrip("."),
        journal=title if chapter else "",
        year=year_in(_date(book.first("PubDate")))
        or year_in(_date(document.first("ContributionDate"))),
        kind="chapter" if chapter else "book",
        edition=plain(book.first("Edition")),
        place=plain(publisher.first("PublisherLocation")),
        publisher=plain(publisher.first("PublisherName")),
        abstract=_abstract(document),
    )


def _date(node: Node | None) -> str:
    """A date in its parts, apart also where the file has no space between them."""
    return " ".join(map(plain, node.elements())) if node else ""


def _abstract(node: Node) -> str:
    """The parts of an abstract with their labels; those of more than one word may have acronyms."""
    parts = node.first("Abstract")
    texts = (
        (one.get("Label"), plain(one)) for one in (parts.elements("AbstractText") if parts else ())
    )
    labels = ((name if " " in name else name.capitalize(), text) for name, text in texts)
    return " ".join(f"{label}: {text}" if label else text for label, text in labels)


def _from_article(node: Node) -> Iterator[Reference]:
    """The record of an article, and one for each work that it is a notice on."""
    empty = Node("", {}, node.line, ())
    citation = node.first("MedlineCitation") or empty
    article = citation.first("Article") or empty
    issue = article.find("JournalIssue") or empty
    data = node.first("PubmedData") or empty
    ids = {
        one.get("IdType"): plain(one) for one in (data.first("ArticleIdList") or empty).elements()
    }
    location = next(
        (plain(one) for one in article.elements("ELocationID") if one.get("EIdType") == "doi"), ""
    )
    types = [plain(one) for one in article.walk("PublicationType")]
    published = _date(issue.first("PubDate"))
    record = Reference(
        0,
        "",
        pmid=normal_pmid(plain(citation.first("PMID"))),
        doi=normal_doi(ids.get("doi", "")) or normal_doi(location),
        pmcid=normal_pmcid(ids.get("pmc", "")),
        title=bare_title(plain(article.first("ArticleTitle")).rstrip(".")),
        year=year_in(published),
        pages=plain(article.find("MedlinePgn")),
        kind=pubmed_kind(types),
        abstract=_abstract(article),
        headings=tuple(map(_mesh, citation.walk("MeshHeading"))),
        notices=with_retraction(_notices(citation, _NOTICES), RETRACTED in types),
    )
    yield record
    for other in _notices(citation, _NOTICES_OF):
        yield noticed_work(record, published, other)


def _notices(citation: Node, kinds: Mapping[str, NoticeKind]) -> list[PublicationNotice]:
    """The notices that a record links to, or those that it links to as a notice."""
    listed = citation.first("CommentsCorrectionsList")
    return [
        cited_notice(
            kinds[link.get("RefType")],
            plain(link.first("RefSource")),
            pmid=normal_pmid(plain(link.first("PMID"))),
        )
        for link in (listed.elements("CommentsCorrections") if listed else ())
        if link.get("RefType") in kinds
    ]


def _mesh(node: Node) -> str:
    return "/".join(plain(one) for one in node.elements("DescriptorName", "QualifierName"))


def year_in(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[0]) if match else None


def pubmed_kind(types: list[str]) -> WorkKind:
    return next((_KINDS[name] for name in types if name in _KINDS), "other")
