"""Short names of licences ('CC BY 4.0') from their address or their wording."""

from __future__ import annotations

import re

from poi_search.article import Licence
from poi_search.references.links import web_address

_DEED = re.compile(
    r"creativecommons\.org/(?P<family>licen[cs]es|publicdomain)/(?P<kind>[a-z-]+)"
    r"(?:/(?P<version>\d\.\d))?(?:/(?P<place>[a-z]{2,3})(?=[/\s)]|$))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://(?:www\.)?creativecommons\.org/[^\s)<>\]]+", re.IGNORECASE)
_SHORT = re.compile(
    r"\bCC[ -]?(BY(?:[ -](?:NC|SA|ND))*|0)(?:[ -](?:licen\w+ )?(\d\.\d))?", re.IGNORECASE
)
_WORDS = re.compile(
    r"Creative Commons Attribution"
    r"(?P<terms>(?:[ –,-]*(?:Non-?Commercial|No-?Deriv\w*|Share-?Alike))*)"
    r"(?:[^.]{0,40}?(?P<version>\d\.\d))?",
    re.IGNORECASE,
)


def read_licence(text: str, url: str = "") -> Licence:
    """The licence at `url` (by default an address in `text`), else by the wording of `text`.

    A `url` that is not a web address can still name the licence, but is not kept.
    """
    found = _ADDRESS.search(text)
    address = web_address(url) or (found[0].rstrip(".,;") if found else "")
    return Licence(_from_url(url) or _from_url(address) or _from_words(text), address, text)


def _from_url(url: str) -> str:
    match = _DEED.search(url)
    if match is None:
        return ""
    version = f" {match['version']}" if match["version"] else ""
    kind = match["kind"].lower()
    if match["family"].lower() == "publicdomain":
        return f"CC0{version}" if kind == "zero" else "Public domain"
    place = f" {match['place'].upper()}" if match["place"] and match["place"] != "igo" else ""
    place = " IGO" if (match["place"] or "").lower() == "igo" else place
    return f"CC {kind.upper()}{version}{place}"


def _from_words(text: str) -> str:
    if match := _WORDS.search(text):
        terms = match["terms"].casefold().replace("-", "")
        parts = ["BY"]
        parts += [
            short for word, short in (("noncommercial", "NC"), ("noderiv", "ND")) if word in terms
        ]
        parts += ["SA"] if "sharealike" in terms else []
        version = f" {match['version']}" if match["version"] else ""
        return f"CC {'-'.join(parts)}{version}"
    if match := _SHORT.search(text):
        kind = match[1].upper().replace(" ", "-")
        version = f" {match[2]}" if match[2] else ""
        return f"CC0{version}" if kind == "0" else f"CC {kind}{version}"
    return ""
