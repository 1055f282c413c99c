"""Links to other sites, and short labels for references and concepts; no network access.

Every function returns '' if there is nothing to build from.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from poi_search.article import Reference
from poi_search.references.identifiers import PUBMED, doi_url, pubmed_url
from poi_search.references.names import family_name
from poi_search.references.page_ranges import page_ranges

_OBO = "https://purl.obolibrary.org/obo/"
_SHORT_TITLE = 50
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f/?#][^\s\x00-\x1f\x7f]*", re.IGNORECASE)


def web_address(text: str) -> str:
    """`text` without spaces around it if it is an http or https address, the only ones linked."""
    found = _WEB_ADDRESS.fullmatch(text.strip())
    return found[0] if found else ""


def pubmed(reference: Reference) -> str:
    """The PubMed record, by PMID; else a PubMed search that finds only this paper.

    Journal, first page, volume and year identify a paper. The volume of a supplement is left out,
    as PubMed files it under a longer name. Without a journal or page, the search is by title.
    """
    if known := pubmed_url(reference.pmid):
        return known
    ranges = page_ranges(reference.pages)
    if reference.journal and ranges:
        parts = [(f'"{_strip_quotes(reference.journal)}"', "ta")]
        if re.fullmatch(r"\w+", reference.volume.strip()):
            parts.append((reference.volume.strip(), "vi"))
        parts.append((ranges[0][0], "pg"))
    elif reference.title:
        parts = [(_strip_quotes(reference.title), "ti")]
    else:
        return ""
    if reference.year is not None:
        parts.append((str(reference.year), "dp"))
    return f"{PUBMED}?{urlencode({'term': ' AND '.join(f'{text}[{tag}]' for text, tag in parts)})}"


def doi(reference: Reference) -> str:
    return doi_url(reference.doi)


def scholar(reference: Reference) -> str:
    """A Google Scholar search for the title, with the first author's family name."""
    if not reference.title:
        return ""
    words = [f'"{_strip_quotes(reference.title)}"']
    for name in (reference.names or reference.editors)[:1]:
        words.append(_strip_quotes(family_name(name)))
    return f"https://scholar.google.com/scholar?{urlencode({'q': ' '.join(words)})}"


def outward_links(reference: Reference) -> tuple[tuple[str, str], ...]:
    """The links to other sites with their names, which say where one is only a search."""
    in_pubmed = "PubMed" if pubmed_url(reference.pmid) else "Find in PubMed"
    named = (
        (in_pubmed, pubmed(reference)),
        ("DOI", doi(reference)),
        ("Find in Google Scholar", scholar(reference)),
    )
    return tuple((name, address) for name, address in named if address)


def label(reference: Reference) -> str:
    """'Li et al., 2020', 'Sohni & Verfaillie, 2013', 'Ishizuka, 2021'; else a short title."""
    families = [family_name(name) for name in reference.names or reference.editors]
    year = f", {reference.printed_year}" if reference.year is not None else ""
    if not families:
        return f"{_shorten(reference.title or reference.text)}{year}".removeprefix(", ")
    if len(families) > 2 or reference.et_al:
        return f"{families[0]} et al.{year}"
    return f"{' & '.join(families)}{year}"


def _shorten(text: str) -> str:
    """The beginning of `text`, cut between words, with an ellipsis if it was cut."""
    text = " ".join(text.split())
    if len(text) <= _SHORT_TITLE:
        return text
    return f"{text[: _SHORT_TITLE + 1].rpartition(' ')[0] or text[:_SHORT_TITLE]}…"


def concept_url(concept_id: str) -> str:
    """The page that describes a concept; '' for a `local:` id or an unknown scheme."""
    scheme, _, code = concept_id.partition(":")
    code = quote(code.strip(), safe="")
    if not code:
        return ""
    match scheme.lower():
        case "mesh":
            return f"https://meshb.nlm.nih.gov/record/ui?ui={code}"
        case "hgnc":
            return f"https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{code}"
        case "mondo" | "doid" | "hp":
            return f"{_OBO}{scheme.upper()}_{code}"
        case _:
            return ""


def concept_source(concept_id: str) -> str:
    """'MeSH D016649', 'HGNC 31586'; '' for a `local:` id or an unknown scheme."""
    scheme, _, code = concept_id.partition(":")
    names = {"mesh": "MeSH", "hgnc": "HGNC", "mondo": "MONDO", "doid": "DOID", "hp": "HPO"}
    name = names.get(scheme.lower(), "")
    return f"{name} {code.strip()}" if name and code.strip() else ""


def _strip_quotes(text: str) -> str:
    """`text` made safe inside the quotes and tags of a search engine."""
    return " ".join(re.sub(r'["\[\]]', " ", text).split())
