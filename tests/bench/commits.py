"""The reference of whatever writes: raw SQLite commits of one row, with Lobby's pragmas."""

import sqlite3
import time
from pathlib import Path


class RawCommits:
    """A database of its own on the same disk; measured in windows between those of the product, so
    that a disk that others use too is the same for both."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
        self.count = 0
        self.seconds = 0.0

    @property
    def per_s(self) -> float:
        return self.count / self.seconds

    def run(self, seconds: float) -> None:
        """One row per commit, and nothing else in the way."""
        count, began = 0, time.perf_counter()
        while (taken := time.perf_counter() - began) < seconds:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("INSERT INTO rows (text) VALUES (?)", ("x" * 200,))
            self._connection.execute("COMMIT")
            count += 1
        self.count += count
        self.seconds += taken

    def close(self) -> None:
        self._connection.close()
