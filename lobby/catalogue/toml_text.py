"""Writes a tree of tables as the text that the reader of files takes."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import tomli_w

LINE_LETTERS_MAX = 100


def to_toml(tree: dict[str, Any]) -> str:
    """The same tree gives the same text, with short lists on one line."""
    return "\n".join(_lines(tomli_w.dumps(tree).split("\n")))


def _lines(lines: Iterable[str]) -> Iterator[str]:
    """No text has a line end in it, so a list ends where a line begins with its bracket."""
    rows: list[str] = []
    for line in lines:
        if not rows and not line.endswith("= ["):
            yield line
            continue
        rows.append(line)
        if line == "]":
            whole = _on_one_line(rows)
            yield from [whole] if len(whole) <= LINE_LETTERS_MAX else rows
            rows = []


def _on_one_line(rows: list[str]) -> str:
    """Of a list that has each element on a line of its own, with a comma behind it."""
    parts = [row.strip() for row in rows]
    joined = parts[0]
    for before, part in pairwise(parts):
        if part[0] == "]":
            joined = joined.removesuffix(",")
        joined += part if before[-1] == "[" or part[0] == "]" else f" {part}"
    return joined
