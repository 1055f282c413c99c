"""The words by which the parts of a page are told that are about it, not the article."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r"similar articles|cited by.*|related (?:content|articles?|information|literature|links"
    r"|resources|papers|products|videos?|research).{0,30}|(?:list of )?figures"
    r"(?: (?:and|&) (?:tables|data))?|tables|associated data|article notes|actions|resources"
    r"|links to.*|cite|share.{0,20}|permalink|add to collections|on this page|navigation|metrics"
    r"|download.*|comments?.{0,20}|article (?:and author )?information|publication (?:types|history"
    r"|note)|additional information|change history|editor'?s? note|follow|see also|contents?|table"
    r" of contents|sections|advertisement|most (?:read|cited).*|recommended.*|export.*|history"
    r"|version.*|search|menu|(?:authors?'? )?affiliations?(?: details)?|authors|author information"
    r"|decision letter|author response|(?:view|reading) options|(?:journal|article|reader) tools?"
    r"|email updates|associated material|categories and tags|keywords and tags|e?letters.*"
    r"|submit (?:a|your).{0,30}|more (?:content )?like this.*|more from.*|about this (?:article"
    r"|journal).*|how to cite.*|rights and permissions|information (?:&|and) authors|citations?"
    r"|(?:article )?metrics (?:&|and) citations|cite as|get access|log ?in.{0,30}"
    r"|sign ?in.{0,30}|purchase.{0,30}|open in viewer|current issue|latest news|special features"
    r"|(?:jump|go) to.{0,20}|article outline|previous article|next article"
    r"|referee (?:reports?|responses?)|open peer review|bookmarks?"
    r"|browse.{0,30}|find (?:issues|articles)|journal (?:menu|information)|this article"
    r"|doi|published(?: online)?|citing literature|citing articles.*|google scholar"
    r"|view article impact|peer review .{0,20}",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"\(?(?:copyright|©|\(c\)|corresponding author|correspondence|how to cite|cite (?:this|as)"
    r"|competing interests?\b|received\b|revised\b|accepted\b|(?:first |e-?)?published\b"
    r"|doi:|citation:|(?:academic )?editor"
    r"|grant information|funding\b|author affiliations?|to cite this"
    r"|(?:original )?content from this work"
    r"|this is an open[- ]access|open access\b|creative commons)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:^|[-_])(?:cookies?|breadcrumbs?|share|sharing|social|toolbar|sidebar|related|recommend\w*"
    r"|newsletter|advert\w*|promo|skip|menu|navbar|pagination|pager|altmetric|metrics|downloads?"
    r"|modal|popup|popover|tooltip|hovercard|login|signin|permalink|sr-only|visually-hidden|visuallyhidden"
    r"|screen-reader|noprint|no-print|mathjax_preview|mjx|katex-html|pdf-link)(?:$|[-_])"
    r"|(?:^|[-_])toc(?!-section)(?:$|[-_])",
    re.IGNORECASE,
)
_LINK_WORDS = re.compile(
    r"(?:Open in a (?:new tab|separate window)|Full size (?:image|table)|View (?:large|full size|in"
    r" article|figure|table)\b.{0,60}|Expand table"
    r"|View (?:this table:?|inline|popup|table|full text|abstract)|(?:Figure|Table) options"
    r"|Open Figure|See referee responses|Top of page|Jump to section"
    r"|Full-size (?:image|figure|table)"
    r"|Download:? (?:Download|figure|image|full|high|PowerPoint|PPT|CSV|as|slide)\b.{0,60}"
    r"|Go to:?|Back to top|Enlarge (?:image|figure)|Figure viewer|Open in viewer|Display full size"
    r"|Click here to (?:view|enlarge)\b.{0,60}|Copy|Permalink|Expand|Collapse|Close|Print)\.?",
    re.IGNORECASE,
)


def is_furniture_class(name: str) -> bool:
    """Whether a class marks something that is not the article: a menu, a notice on cookies."""
    return _FURNITURE.search(name) is not None


def is_link_word(text: str) -> bool:
    """Whether a text is only what a button or a link says: 'Open in a new tab'."""
    return _LINK_WORDS.fullmatch(text) is not None


def is_of_page(heading: str) -> bool:
    """Whether a heading announces something about the page: 'Article tools'."""
    return _ASIDE.fullmatch(heading.replace("’", "'")) is not None


def is_masthead_line(text: str) -> bool:
    """Whether a line says who wrote the article, how to cite it, when it was published."""
    return _MASTHEAD.match(text) is not None
