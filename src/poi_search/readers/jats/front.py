"""The front of a JATS article: its metadata and the notes in its front matter."""

from __future__ import annotations

import re

from poi_search.article import Article, Dated, Licence
from poi_search.readers.jats.abstracts import is_abbreviations
from poi_search.readers.jats.back import Matter
from poi_search.readers.jats.context import Context
from poi_search.readers.jats.flow import read_title
from poi_search.readers.jats.people import read_affiliations, read_authors
from poi_search.readers.licences import read_licence
from poi_search.readers.markup import Node, plain
from poi_search.references.identifiers import normal_doi, normal_pmcid, normal_pmid
from poi_search.references.links import web_address

_KEPT = {
    "article-id": "ids",
    "contrib-group": "authors",
    "aff": "affiliations",
    "aff-alternatives": "affiliations",
    "volume": "volume",
    "issue": "issue",
    "fpage": "pages",
    "lpage": "pages",
    "page-range": "pages",
    "elocation-id": "pages",
    "pub-date": "dates",
    "pub-date-not-available": "dates",
    "history": "dates",
    "pub-history": "dates",
    "permissions": "licence",
    "title-group": "title",
}
_ELSEWHERE = frozenset(
    "abstract trans-abstract kwd-group author-notes funding-group custom-meta-group"
    " article-categories".split()
)
_YEARS = ("collection", "epub-ppub", "ppub", "pub", "epub", "")
_ISO = ("year", "month", "day")
_OPEN = re.compile(r"open[- ]access|creative commons|licen[cs]e", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def read_front(front: Node, article_id: str, context: Context) -> Article:
    """The article with its metadata only, without sections and references."""
    meta = front.first("article-meta") or Node("article-meta", {}, front.line, ())
    ids = {
        one.get("pub-id-type"): plain(one) for one in reversed(list(meta.elements("article-id")))
    }
    title_group = meta.first("title-group") or meta
    pmcid = ids.get("pmcid") or ids.get("pmc") or ""
    _note_metadata(front, context)
    return Article(
        id=article_id,
        title=_title(title_group, context),
        authors=read_authors(meta),
        affiliations=tuple(read_affiliations(meta).values()),
        correspondence=" ".join(plain(one) for one in meta.walk("corresp")),
        journal=_journal(front.first("journal-meta")),
        year=_year(meta),
        volume=plain(meta.first("volume")),
        issue=plain(meta.first("issue")),
        pages=_pages(meta),
        doi=normal_doi(ids.get("doi", "")),
        pmid=normal_pmid(ids.get("pmid", "")),
        pmcid=normal_pmcid(pmcid),
        licence=_licence(meta),
        dates=_dates(meta),
    )


def _journal(meta: Node | None) -> str:
    names = ("journal-title", "abbrev-journal-title", "journal-id")
    return next((plain(one) for name in names for one in (meta.walk(name) if meta else ())), "")


def _title(group: Node, context: Context) -> str:
    main = group.first("article-title")
    if main is None:
        return ""
    title = read_title(
        Node(main.name, main.attrs, main.line, main.children_without("fn", "xref")), context
    )
    subtitle = read_title(group.first("subtitle"), context) or plain(main.first("subtitle"))
    if not subtitle or title.endswith(subtitle):
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!", "—")) else f"{title}: {subtitle}"


def _year(meta: Node) -> int | None:
    years: dict[str, int] = {}
    for date in meta.walk("pub-date"):
        year = re.search(r"\d{4}", plain(date.first("year")) or date.get("iso-8601-date"))
        if year:
            years.setdefault(date.get("pub-type") or date.get("date-type"), int(year[0]))
    for kind in _YEARS:
        if kind in years:
            return years[kind]
    return next(iter(years.values()), None)


def _pages(meta: Node) -> str:
    first, last = plain(meta.first("fpage")), plain(meta.first("lpage"))
    if first:
        return f"{first}–{last}" if last and last != first else first
    return plain(meta.first("elocation-id")) or plain(meta.first("page-range"))


def _dates(meta: Node) -> tuple[Dated, ...]:
    dates = [Dated(one.get("date-type"), _date(one)) for one in meta.walk("date")]
    for one in meta.elements("pub-date"):
        kind = one.get("pub-type") or one.get("date-type") or one.get("publication-format")
        event = (
            "published" if kind in ("epub", "pub", "ppub", "epub-ppub", "electronic", "") else kind
        )
        dates.append(Dated(event, _date(one)))
    return tuple(dict.fromkeys(date for date in dates if date.date))


def _date(node: Node) -> str:
    """A date in ISO format, as far as known: '2014-09-15', '2014-09', '2014'."""
    parts: list[str] = []
    for name in _ISO:
        text = plain(node.first(name))
        if name == "month" and text[:3].lower() in _MONTHS:
            text = str(_MONTHS.index(text[:3].lower()) + 1)
        if not text.isdigit():
            break
        parts.append(text.zfill(2))
    return (
        "-".join(parts)
        or node.get("iso-8601-date")
        or plain(node.first("string-date"))
        or plain(node)
    )


def _licence(meta: Node) -> Licence:
    permissions = meta.first("permissions") or meta
    licence = permissions.find("license")
    if licence is None:
        # Before JATS had this element, the terms were part of the copyright statement.
        printed = plain(permissions.first("copyright-statement"))
        return read_licence(printed if _OPEN.search(printed) else "")
    links = [licence, *permissions.walk("license_ref"), *licence.walk("ext-link", "uri")]
    addresses = [
        one.get("href") or (plain(one) if one.name == "license_ref" else "") for one in links
    ]
    chosen = [one for one in addresses if "creativecommons.org/" in one] or [
        one for one in addresses if web_address(one)
    ]
    text = plain(licence, "license_ref") or licence.get("license-type")
    return read_licence(text, chosen[0] if chosen else "")


def read_front_matter(front: Node, matter: Matter) -> None:
    """Read the notes of the front: statements, author contributions, abbreviations."""
    meta = front.first("article-meta") or front
    for node in meta.elements():
        if node.name == "author-notes":
            for note in node.elements("fn"):
                matter.note(note, "notes")
        elif node.name == "funding-group":
            matter.state("funding", _funding_text(node), node)
        elif node.name == "custom-meta-group":
            _read_custom_meta(node, matter)
        elif node.name == "article-categories":
            subjects = dict.fromkeys(plain(one) for one in node.walk("subject"))
            matter.state("subjects", ", ".join(subjects), node)
        elif node.name == "kwd-group" and is_abbreviations(node):
            matter.abbreviate(node)
        elif node.name == "permissions":
            names = ("copyright-statement", "copyright-holder")
            text = next((plain(one) for name in names for one in node.elements(name)), "")
            matter.state("copyright", text, node)
    for node in front.elements("notes"):
        matter.read(node)


def _funding_text(node: Node) -> str:
    """The funding statement, preceded by the grants whose funders it does not name."""
    printed = [plain(one) for one in node.walk("funding-statement")]
    said = " ".join(printed).casefold()
    grants: dict[str, None] = {}
    for group in node.walk("award-group"):
        source = plain(group.find("funding-source"), "institution-id")
        ids = [plain(one) for one in group.elements("award-id")]
        text = ", ".join(filter(None, (source, *ids))) or plain(group)
        if not source or source.casefold() not in said:
            grants[text] = None
    return " ".join(filter(None, ("; ".join(grants), *printed)))


def _read_custom_meta(node: Node, matter: Matter) -> None:
    for one in node.elements("custom-meta"):
        if "availab" in plain(one.first("meta-name")).lower():
            matter.state("data availability", plain(one.first("meta-value")), one)


def _note_metadata(front: Node, context: Context) -> None:
    """Record what the elements of the front became, except for notes and abstracts."""
    for part in front.elements():
        if part.name == "journal-meta":
            context.record(part, "metadata:journal")
    meta = front.first("article-meta") or front
    for node in meta.elements():
        if node.name in _KEPT:
            context.record(node, f"metadata:{_KEPT[node.name]}")
        elif node.name not in _ELSEWHERE:
            context.set_aside(node, "about the file or other works, not the article's text")
