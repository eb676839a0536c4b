"""A database as the commands find it, named by the settings of the process."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from lobby.__main__ import run
from lobby.catalogue.reading import DEMO


class Said(NamedTuple):
    code: int
    out: str
    err: str


class Console:
    """`do` runs a command and returns what it said."""

    def __init__(self, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = database
        self._capsys = capsys

    def do(self, *arguments: str | Path) -> Said:
        self._capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)

    def founded(self) -> "Console":
        assert self.do("migrate", "--branch", DEMO).code == 0
        return self


def one_sentence(said: Said, *words: str) -> bool:
    """Whether a command ended with code 2 and one line that has these words, and no traceback."""
    lines: Sequence[str] = said.err.splitlines()
    return said.code == 2 and len(lines) == 1 and all(word in lines[0] for word in words)
