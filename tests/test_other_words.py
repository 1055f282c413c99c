"""Other everyday words for those of a question: where they come from, and what they find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from general import SmallTerminology, general, use
from homes import make_home

from poi_search import thesaurus
from poi_search.library import Library
from poi_search.terminology.everyday_synonyms import everyday_synonyms
from poi_search.thesaurus import Concept, Thesaurus

SENSES = [
    "kid%1:18:00:: 00000001 1 0",
    "child%1:18:00:: 00000001 1 0",
    "youngster%1:18:00:: 00000001 1 0",
    "small_fry%1:18:00:: 00000001 1 0",
    "kid%1:05:00:: 00000002 3 0",
    "goatling%1:05:00:: 00000002 1 0",
    "kids%2:32:00:: 00000001 1 0",
    "banter%2:32:00:: 00000001 1 0",
    "kid%3:00:00:: 00000003 2 0",
    "little%3:00:00:: 00000003 1 0",
]
TEXT = """# Farms

Some Body

## 1. Games

A horse and the pony sing in the barn.

A horse and the child sing in the barn.

The horse and kids play in the barn.

A foal and the pony sleep.

A foal and the ewe sleep.
"""


def test_the_words_of_the_commonest_meanings() -> None:
    assert everyday_synonyms(SENSES) == {
        "kid": ("banter", "child", "youngster"),
        "child": ("kid", "youngster"),
        "youngster": ("child", "kid"),
        "goatl": ("kid",),
        "banter": ("kid",),
    }


@pytest.fixture(scope="module")
def farms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch:
        topics = Thesaurus([Concept("local:foal", "Foals", ("foal",))])
        patch.setattr(thesaurus, "load", lambda: topics)
        synonyms = {"kid": ("child", "absent"), "foal": ("ewe",)}
        use(patch, SmallTerminology(general("mesh:G1", "Fever", "fever"), synonyms=synonyms))
        home = make_home(tmp_path_factory.mktemp("words") / "h", also={"farms.md": TEXT})
        Library.build(home)
        yield Library.open(home)


def anchors(farms: Library, question: str, **more: str) -> list[str]:
    return [hit.anchor for hit in farms.search(question, **more).results if hit.article == "farms"]


def test_other_words_order_what_is_found(farms: Library) -> None:
    assert anchors(farms, "horse kids") == ["s1-p3", "s1-p2", "s1-p1"]
    assert anchors(farms, "horse kids", synonyms="off") == ["s1-p3", "s1-p1", "s1-p2"]


def test_other_words_find_nothing_and_are_not_marked(farms: Library) -> None:
    assert anchors(farms, "kids") == ["s1-p3"]
    found = {hit.anchor: hit for hit in farms.search("horse kids").results}
    assert [why.text for why in found["s1-p2"].why] == ["horse"]


def test_a_name_of_a_concept_has_no_other_words(farms: Library) -> None:
    assert anchors(farms, "foal") == ["s1-p4", "s1-p5"]
