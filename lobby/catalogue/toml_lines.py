"""On which line each value of a TOML text stands, which `tomllib` does not tell.

It looks only at texts that `tomllib` has read, so it takes their grammar for granted.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lobby.catalogue.mistakes import Place

TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    | (?P<newline>\n)
    | (?P<space>[^\S\n]+)
    | (?P<sign>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,."'#]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
SHORT_TIME = re.compile(r"\d{1,2}:\d\d")


def with_seconds(text: str) -> str:
    """The same text with times such as `08:30` or `8:30` as TOML has them, on the same lines."""
    return "".join(
        f"{found.group().zfill(5)}:00"
        if found.lastgroup == "bare" and SHORT_TIME.fullmatch(found.group())
        else found.group()
        for found in TOKEN.finditer(text)
    )


def outside_texts(text: str) -> str:
    """The same text without what stands between quotes and in comments, on the same lines."""
    return "".join(
        "\n" * found.group().count("\n") if found.lastgroup in {"text", "comment"} else found[0]
        for found in TOKEN.finditer(text)
    )


def lines_of(text: str) -> dict[Place, int]:
    """Of every key and every element of a list, counted from 1."""
    return _Walk(text).lines


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int


class _Walk:
    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._lists: dict[Place, int] = {}
        self._tokens = [*_tokens(text), _Token("\n", 0)]
        self._at = 0
        table: Place = ()
        while self._skip_newlines():
            table = self._header() if self._next == "[" else self._pair(table)

    @property
    def _next(self) -> str:
        return self._tokens[self._at].text

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _skip_newlines(self) -> bool:
        while self._at < len(self._tokens) and self._next == "\n":
            self._at += 1
        return self._at < len(self._tokens)

    def _header(self) -> Place:
        """`[a.b]`, or `[[a.b]]`, which begins another element of a list."""
        line = self._take().line
        is_element = self._next == "["
        if is_element:
            self._take()
        *parents, last = self._keys("]")
        table: Place = ()
        for key in parents:
            table = (*table, key)
            self._note(table, line)
            table = self._newest(table)
        table = (*table, last)
        self._note(table, line)
        if is_element:
            self._take()
            self._lists[table] = self._lists.get(table, 0) + 1
        table = self._newest(table)
        self._note(table, line)
        return table

    def _newest(self, place: Place) -> Place:
        return (*place, self._lists[place] - 1) if place in self._lists else place

    def _pair(self, table: Place) -> Place:
        line, place = self._tokens[self._at].line, table
        for key in self._keys("="):
            place = (*place, key)
            self._note(place, line)
        self._value(place)
        return table

    def _keys(self, end: str) -> list[str]:
        """Up to the sign after them, which is taken too."""
        keys = []
        while (part := self._take().text) != end:
            if part != ".":
                keys.append(_unquoted(part))
        return keys

    def _value(self, place: Place) -> None:
        if self._next == "{":
            self._inside("}", lambda _: self._pair(place))
        elif self._next == "[":
            self._inside("]", lambda position: self._element((*place, position)))
        else:
            while self._next not in {"\n", ",", "]", "}"}:
                self._take()

    def _element(self, place: Place) -> None:
        self._note(place, self._tokens[self._at].line)
        self._value(place)

    def _inside(self, end: str, read: Callable[[int], object]) -> None:
        self._take()
        position = 0
        while self._skip_newlines() and self._next != end:
            read(position)
            position += 1
            self._skip_newlines()
            if self._next == ",":
                self._take()
        self._take()

    def _note(self, place: Place, line: int) -> None:
        self.lines.setdefault(place, line)


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in TOKEN.finditer(text):
        if found.lastgroup not in {"space", "comment"}:
            yield _Token(found.group(), line)
        line += found.group().count("\n")


def _unquoted(key: str) -> str:
    if key[0] not in "\"'":
        return key
    unquoted: str = tomllib.loads(f"key = {key}")["key"]
    return unquoted
