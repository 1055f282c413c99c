"""The cache: what it keeps, what it forgets first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import pytest

from poi_search.lru import LruCache


def made(cache: LruCache, *keys: str) -> str:
    """The keys whose values had to be made, asked for in turn."""
    found: list[str] = []

    def make(key: str) -> str:
        found.append(key)
        return key

    for key in keys:
        assert cache.get(key, lambda key=key: make(key)) == key  # type: ignore[misc]
    return "".join(found)


def test_what_was_not_asked_for_longest_is_forgotten() -> None:
    cache = LruCache(2)
    assert made(cache, *"abab") == "ab"
    assert made(cache, *"acab") == "cb"
    assert cache.size == 2
    cache.clear()
    assert cache.size == 0
    assert made(cache, *"ab") == "ab"
    assert made(cache, *"ab") == ""


def test_sizes_are_bounded_and_the_too_large_passes_through() -> None:
    cache = LruCache(5, size=len)
    assert made(cache, "aa", "bbb", "aa", "bbb") == "aabbb"
    assert cache.size == 5
    assert made(cache, "cccccc", "aa", "bbb") == "cccccc"
    assert made(cache, "ccccc") == "ccccc"
    assert cache.size == 5
    assert made(cache, "ccccc", "aa") == "aa"


def test_what_could_not_be_made_is_made_again() -> None:
    cache = LruCache(1)
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: 1 // 0)
    assert made(cache, "a") == "a"


def test_a_value_made_twice_at_once_counts_once() -> None:
    cache = LruCache(2)
    assert cache.get("a", lambda: cache.get("a", lambda: "inner") + " outer") == "inner outer"
    assert cache.size == 1
    assert cache.get("a", str) == "inner"


def test_a_value_discarded_by_another_thread_at_the_same_moment_is_still_returned() -> None:
    class Discarding(OrderedDict[Hashable, tuple[Any, int]]):
        def get(self, key: Hashable, default: Any = None) -> Any:
            return self.pop(key, default)

    cache = LruCache(2)
    cache.get("a", lambda: 1)
    cache._kept = Discarding(cache._kept)
    assert cache.get("a", lambda: 2) == 1
