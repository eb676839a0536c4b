"""Rows that are asked for all the time, kept in memory and never more than a second old."""

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection

from lobby.store.store import Store

FRESH_S = 1.0
"""What was read longer ago is read again before it is believed."""

IDLE_S = 60.0
"""What nobody has asked for in this time is forgotten."""

T = TypeVar("T")
Read = Callable[[Connection, Collection[str]], dict[str, T]]


@dataclass(slots=True)
class Entry(Generic[T]):
    value: T
    read_at_s: float
    asked_at_s: float


class FreshCache(Generic[T]):
    """Values by key; event loop only. A key that stands for nothing leaves no trace here, however
    many are tried."""

    def __init__(self, store: Store, read: Read[T]) -> None:
        self._store = store
        self._read = read
        self._entries: dict[str, Entry[T]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return iter([(key, entry.value) for key, entry in self._entries.items()])

    def recall(self, key: str) -> T | None:
        """From memory only, for who asks every second; `refresh` keeps it true."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        entry.asked_at_s = time.monotonic()
        return entry.value

    async def find(self, key: str) -> T | None:
        """From memory where it is fresh, otherwise from the database."""
        entry = self._entries.get(key)
        now_s = time.monotonic()
        if entry is None or now_s - entry.read_at_s > FRESH_S:
            return await self._look_up(key, now_s)
        entry.asked_at_s = now_s
        return entry.value

    def forget(self, key: str) -> None:
        self._entries.pop(key, None)

    async def refresh(self) -> None:
        """Read again all that somebody still asks for, at once."""
        now_s = time.monotonic()
        for key in [k for k, e in self._entries.items() if now_s - e.asked_at_s > IDLE_S]:
            del self._entries[key]
        keys = list(self._entries)
        if not keys:
            return
        found = await self._store.read(lambda connection: self._read(connection, keys))
        for key in keys:
            self._note(key, found.get(key), now_s)

    async def _look_up(self, key: str, now_s: float) -> T | None:
        found = await self._store.read(lambda connection: self._read(connection, (key,)))
        value = found.get(key)
        if value is None:
            self.forget(key)
        else:
            self._entries[key] = Entry(value, now_s, now_s)
        return value

    def _note(self, key: str, value: T | None, now_s: float) -> None:
        """What was forgotten while it was being read stays forgotten."""
        entry = self._entries.get(key)
        if value is None:
            self.forget(key)
        elif entry is not None:
            entry.value, entry.read_at_s = value, now_s
