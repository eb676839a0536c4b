"""Reads a TOML file that people write with whatever editor they have, and says in their words why
it cannot be read."""

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lobby.catalogue.mistakes import CatalogueError, Place, line_sentence
from lobby.catalogue.toml_lines import lines_of, outside_texts, with_seconds

BYTES_MAX = 4 * 1024 * 1024
"""Sixty times the demo's file; a larger one is no branch's file."""

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
AS_UTF_8 = "save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
TYPOGRAPHIC = frozenset("“”„‟«»‘’‚‹›「」")
FULL_WIDTH = frozenset("＝，：［］｛｝＂＇．＃、。　")
AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
SAID_TWICE = ("Cannot overwrite a value", "Cannot declare", "Duplicate inline table key")


@dataclass(frozen=True)
class TomlFile:
    name: str
    content: dict[str, Any]
    _text: str

    def line_of(self, place: Place) -> int:
        """Of a value, or of the nearest table or list around it."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    @cached_property
    def _lines(self) -> dict[Place, int]:
        return lines_of(self._text)


def read_toml(path: Path) -> TomlFile:
    """Raises `CatalogueError`. A byte order mark is taken, and times without seconds."""
    text = with_seconds(_text_of(path.name, _bytes_of(path)).replace("\r\n", "\n"))
    try:
        return TomlFile(path.name, tomllib.loads(text), text)
    except RecursionError:
        raise CatalogueError(f"{path.name} cannot be read: lists too deep in lists.") from None
    except ValueError as error:
        raise CatalogueError(_unreadable(path.name, text, str(error))) from error


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CatalogueError(f"{path.name} cannot be read: {reason}.") from error
    if len(content) > BYTES_MAX:
        raise CatalogueError(
            f"{path.name} cannot be read: it has more than {BYTES_MAX // 1024**2} megabytes."
        )
    return content


def _text_of(name: str, content: bytes) -> str:
    if content.startswith(UTF_16) or b"\0" in content:
        raise CatalogueError(f"{name} cannot be read: it looks like UTF-16; {AS_UTF_8}.")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"it cannot be read: it is not UTF-8{_perhaps(content)}; {AS_UTF_8}."
        raise CatalogueError(line_sentence(name, line, what)) from error


def _perhaps(content: bytes) -> str:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", perhaps GBK"


def _unreadable(name: str, text: str, error: str) -> str:
    """TOML is read up to the first place that is none."""
    found = AT_LINE.search(error)
    if found is None:
        return f"{name} cannot be read: {error.removesuffix('(at end of document)').strip()}."
    line, reason = int(found[1]), error[: found.start()]
    marks = outside_texts(text).split("\n")[line - 1]
    return line_sentence(name, line, f"it cannot be read: {_reason(marks, reason)}.")


def _reason(line: str, reason: str) -> str:
    if quote := TYPOGRAPHIC & set(line):
        return f'{min(quote)} is a quotation mark of a word processor; type a straight one, "'
    if sign := FULL_WIDTH & set(line):
        return f"{min(sign)} is a full-width character; type it with the English keyboard"
    if reason.startswith(SAID_TWICE):
        return "this stands there twice"
    if re.search(r"\b(2[4-9]|[3-9]\d):\d\d", line):
        return "a time of day lies between 00:00 and 23:59"
    return reason
