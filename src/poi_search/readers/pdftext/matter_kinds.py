"""Metadata in the front and back matter, recognised by how it begins, wherever it is printed.

Journals print it in footnotes, so a conversion may put it inside a paragraph. Most rules are
safe in running text; unmarked affiliations are looked for only in the front.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
# What happened to an article on a date.
EVENT = (
    r"(?:received(?: in (?:revised|final) form)?|(?:re)?submitted|revised"
    r"|accepted(?: for publication)?|(?:first )?published(?: online)?|available online"
    r"|advanced? access publication)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

_BEGINNINGS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, _I)
    for name, pattern in {
        "doi": r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)+10\.\d{4,9}/\S+\.?$",
        "conflict of interest": r"(?:the|all|both|none of the|no|each) ?(?:of the )?authors?\b"
        r".{0,60}\b(?:declare|have|has|report|state|disclose|confirm)\b.{0,160}\b(?:conflicts? of"
        r"|no conflicts?|competing (?:financial )?interests?|commercial or financial"
        r"|financial (?:relationships?|interests?)|nothing to disclose)\b"
        r"|(?:none declared|nothing to disclose)\.?$",
        "funding": r"(?:this|the|our|present) (?:present )?(?:study|work|research|project|review"
        r"|article|manuscript|publication)\b.{0,60}\b(?:supported|funded|financed|sponsored)\b"
        r".{0,80}\b(?:grants?|fund(?:s|ing|ation)?|program(?:me)?s?|council|ministry|institutes?"
        r"|universit|scheme|projects?|commission|agency)"
        r"|(?:the authors? (?:received|did not receive) (?:no|any) (?:specific |financial )?"
        r"|this (?:research|work|study|review) (?:received|did not receive) (?:no|any)"
        r" (?:specific |external )?)(?:funding|grants?|support|financial)",
        "data availability": r"data sharing (?:is )?not applicable"
        r"|(?:the |all |no )?(?:new )?data(?:sets?)?\b"
        r".{0,120}\b(?:available (?:from the corresponding|(?:on|upon) (?:reasonable )?request"
        r"|in the (?:article|manuscript|supplement|repository|public))"
        r"|were (?:generated|created|used) (?:(?:and/)?or|nor|and) analy"
        r"|(?:is|are) included in this (?:article|published))|no new data were",
        "correspondence": r"\W{0,3}(?:address (?:for )?)?(?:correspondence|corresponding author)\b"
        r"|\W{0,3}e-?mails?(?: address(?:es)?)?\s*:",
        "copyright": r"(?:©|\(c\) ?(?:19|20)\d\d|copyright\b|this is an open[- ]access article\b)"
        r"|published by\b.{0,80}(?:©|\bLtd\b|\bInc\b|\bpress\b|publish)",
        "how to cite": r"how to cite|(?:please )?cite (?:this (?:article|paper)|as)|to cite this"
        r"|citation:",
        "dates": rf"(?:article history:?\s*+)?{EVENT}\s*+(?::\s*+)?(?:on\s+)?"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ /-]{_MONTH}|{_MONTH}[a-z]*\.? \d"
        rf"|\d{{4}}-\d\d|\d{{4}} {_MONTH})",
        "equal contribution": r"\W{0,4}these authors (?:have )?contributed equally"
        r"|.{1,120} contributed equally to this (?:work|article|study)",
        "editors": r"(?:edited|reviewed) by\s*:|(?:academic |handling )editors?\s*:"
        r"|specialty section\s*:|this article was submitted to\b",
        "publisher's note": r"publisher['’]?s note\b"
        r"|all claims expressed in this article are solely",
        "author information": r"full list of author information\b",
        "issn": r"(?-i:(?:e-?|p-?)?ISSN\b)",
    }.items()
}
# Other text that begins with a small letter continues a sentence.
_MAY_BEGIN_SMALL = ("doi", "correspondence")

_PLACE = (
    r"(?:universit|hospital|department|dept|institut|school|college|faculty|centre|center|laborator"
    r"|academy|division|clinic|ministry|key lab|unit of|research|inc\b|ltd\b|gmbh|foundation)"
)
_AFFILIATION_MARK = re.compile(
    rf"^(?:\ue000[\[(]?[a-z0-9,*†‡§¶#]{{1,6}}[\])]?\ue001|[a-z]\)|[a-z](?=\s[A-Z])"
    rf"|[†‡§¶#*]|\d{{1,2}}\s)\s*(?=[A-Z“\"]).{{0,200}}?\b{_PLACE}",
    _I,
)
_AFFILIATION = re.compile(rf"^(?:from )?(?:the )?.{{0,120}}?\b{_PLACE}", _I)
_AFFILIATION_TAIL = re.compile(
    r"(?:china|usa|u\.s\.a\.|united states(?: of america)?|uk|united kingdom|germany|france|italy"
    r"|spain|japan|korea|india|iran|turkey|türkiye|egypt|brazil|canada|australia|netherlands"
    r"|sweden|switzerland|poland|taiwan|singapore|israel|belgium|denmark|norway|finland|austria"
    r"|greece|portugal|mexico|\d{4,6}|(?-i:[A-Z]{2}))\W*$",
    _I,
)


def read_matter_kind(text: str, front: bool) -> str:
    """The kind of metadata in a block, or ''; `front`: the block is in the front matter."""
    bare = text.lstrip("\ue000\ue001* ")
    for kind, pattern in _BEGINNINGS.items():
        if pattern.match(bare) and (not bare[:1].islower() or kind in _MAY_BEGIN_SMALL):
            return kind
    if _AFFILIATION_MARK.match(text) and (front or "\ue000" in text[:8]):
        return "affiliations"
    if front and len(text) < 1200 and _AFFILIATION.match(text) and _AFFILIATION_TAIL.search(text):
        return "affiliations"
    return ""
