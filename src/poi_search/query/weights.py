"""The fields in which a question is looked for, and the weights of what it asks for.

ARCHITECTURE.md gives the reason for each value.
"""

from __future__ import annotations

from poi_search.engine.nodes import Fields

TEXT: Fields = (("body", 1.0), ("head", 0.3), ("author", 1.0), ("source", 0.6), ("cited", 0.15))
NOT_NAMES: Fields = tuple(field for field in TEXT if field[0] != "author")
AUTHORS: Fields = tuple(field for field in TEXT if field[0] in ("body", "author", "cited"))
NOT_PLACES: Fields = tuple(field for field in TEXT if field[0] in ("body", "head"))
SAID: Fields = (("body", 1.0),)
CONCEPT: Fields = (
    ("concept", 1.0),
    ("broader", 0.5),
    ("concept.head", 0.3),
    ("concept.cited", 0.05),
)
OF_CITED_PAPERS = ("cited", "concept.cited")
EXACT: Fields = (("exact", 1.0),)
COVERAGE = 0.6
COVERAGE_SHARE = 1.6
RELATED = 0.35
RELATED_TWICE = 0.08
AS_TYPED = 0.15
IN_PARTS = 0.4
PARTS_COVERAGE = 2.0
PLAIN_WORD = 0.6
WORD_OF_NAME = 0.08
SIDE_BY_SIDE = 0.25
BESIDE_WORDS = 0.5
BY_INITIALS = 0.02
OTHER_WORD = 0.05
