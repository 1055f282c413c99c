"""What is suggested for the text typed so far, and in which order."""

from __future__ import annotations

from poi_search.results import Suggestion
from poi_search.search.suggestions import Completion, Suggester


def entry(text: str, rank: int = 0, thing: str = "", kind: str = "concept") -> Completion:
    made = Suggestion(kind, text, "", text)  # type: ignore[arg-type]
    return Completion(text, rank, thing or text, made)


def suggested(typed: str, *entries: Completion, limit: int = 9) -> list[str]:
    return [one.text for one in Suggester(entries).suggest(typed, limit)]


def test_matches_at_the_start_come_first_then_by_rank_and_length() -> None:
    entries = (
        entry("human ovary", 0),
        entry("ovary cells", 2),
        entry("ovary of mice", 1),
        entry("ovary", 2),
        entry("testis", 0),
        entry("bovary", 0),
    )
    assert suggested("ovary", *entries) == ["ovary of mice", "ovary", "ovary cells", "human ovary"]
    assert suggested("Ovary c", *entries) == ["ovary cells"]
    assert suggested("ovary x", *entries) == suggested(" - ", *entries) == []


def test_a_thing_is_suggested_once_by_its_best_entry() -> None:
    entries = (entry("ovary", 2, "x"), entry("ovaries", 1, "x"), entry("ovation", 3, "y"))
    assert suggested("ova", *entries) == ["ovaries", "ovation"]


def test_at_most_half_are_of_one_kind() -> None:
    entries = [entry(f"cell {n}") for n in range(9)]
    entries += [entry(f"cell {n}", 5, kind="title") for n in range(10, 19)]
    assert suggested("cell", *entries, limit=4) == ["cell 0", "cell 1", "cell 10", "cell 11"]
    assert suggested("cell", *entries, limit=3) == ["cell 0", "cell 1", "cell 10"]
    assert suggested("cell", *entries, limit=1) == ["cell 0"]


def test_so_many_are_considered() -> None:
    entries = [entry(f"c {n:03}", 1) for n in range(399)]
    assert suggested("c", *entries, entry("c 399"), limit=2)[0] == "c 399"
    assert suggested("c", *entries, entry("c 3980"), entry("c 399"), limit=2)[0] == "c 3980"
    assert suggested("c", *entries, entry("c 3980", 1), entry("c 399"), limit=2)[0] == "c 000"
