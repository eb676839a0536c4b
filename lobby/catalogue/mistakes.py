"""Mistakes in a branch's file, gathered until all of it was read: each with its line and a sentence
that says what stands there and what it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""Where a value stands: names of keys and, in lists, positions from 0."""


class CatalogueError(Exception):
    """What is wrong with a branch's set-up: one sentence, or a line for each mistake of a file."""


@dataclass(frozen=True, slots=True)
class Mistake:
    place: Place
    sentence: str


class Mistakes:
    """Those of one reading. A reader goes on behind a mistake with a value that stands in for the
    wrong one, so what it makes is worth nothing once there is any."""

    def __init__(self) -> None:
        self._found: list[Mistake] = []

    def __len__(self) -> int:
        return len(self._found)

    @property
    def all(self) -> tuple[Mistake, ...]:
        return tuple(self._found)

    def add(self, place: Place, sentence: str) -> None:
        end = "" if sentence.endswith("?") else "."
        mistake = Mistake(place, f"{sentence}{end}")
        if mistake not in self._found:
            self._found.append(mistake)

    def are_at(self, place: Place) -> bool:
        """Whether something is wrong there or within."""
        return any(found.place[: len(place)] == place for found in self._found)

    def require_none(self, file: str, line_of: Callable[[Place], int]) -> None:
        """Raises `CatalogueError` with all of them, in the order of the file's lines."""
        if self._found:
            lines = sorted((line_of(found.place), found.sentence) for found in self._found)
            told = (line_sentence(file, line, sentence) for line, sentence in lines)
            heading = [f"{file} has {len(lines)} mistakes:"] if len(lines) > 1 else []
            raise CatalogueError("\n".join([*heading, *told]))


def line_sentence(file: str, line: int, sentence: str) -> str:
    return f"Line {line} of {file}: {sentence}"
