"""A cache that discards the least recently used values first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


def _one(_value: object) -> int:
    return 1


class LruCache:
    """Values by key, with a total size of at most `limit`.

    Without `size`, each value counts as one. A value larger than the limit is not kept. Values
    are made outside the lock, so two threads may make the same one.
    """

    def __init__(self, limit: int, size: Callable[[Any], int] = _one) -> None:
        self._limit, self._size_of = limit, size
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of `key`, made if it is missing; callers keep one type per kind of key."""
        found = self._kept.get(key)
        if found is not None:
            try:  # noqa: SIM105  # without the lock, which costs more than the rest
                self._kept.move_to_end(key)
            except KeyError:
                pass  # another thread has just discarded it
            kept: Value = found[0]
            return kept
        value = make()
        self._keep(key, value, self._size_of(value))
        return value

    def _keep(self, key: Hashable, value: object, size: int) -> None:
        with self._lock:
            if size > self._limit or key in self._kept:
                return
            self._kept[key] = value, size
            self._size += size
            while self._size > self._limit:
                self._size -= self._kept.popitem(last=False)[1][1]

    @property
    def size(self) -> int:
        """The total size of the current values."""
        return self._size

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0
