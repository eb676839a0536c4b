"""The characters that a language's slips need beyond Latin: they have to be in the typeface."""

from collections.abc import Callable, Iterator
from pathlib import Path

Alphabet = Callable[[], frozenset[int]]
"""Code points. Put together when they are asked for: only printing needs them."""

GB_2312_SIGNS = range(1, 4)
GB_2312_CHINESE = range(16, 88)
"""Rows of GB 2312: the 3,755 common characters and the 3,008 that names of places and people
need."""


GENERAL_STANDARD = Path(__file__).with_name("general_standard_characters.txt")
"""Those of the Table of General Standard Chinese Characters (State Council, 2013: 8,105) that
GB 2312 has not. Its third level is made of the characters in names of places, people and families;
level 2 of GB 18030-2022 asks for the whole table."""


def chinese() -> frozenset[int]:
    more = GENERAL_STANDARD.read_text(encoding="utf-8").split()
    return gb_2312().union(ord(character) for line in more for character in line)


def gb_2312() -> frozenset[int]:
    return frozenset((*_gb_2312(GB_2312_SIGNS), *_gb_2312(GB_2312_CHINESE)))


def _gb_2312(rows: range) -> Iterator[int]:
    for row in rows:
        for cell in range(1, 95):
            try:
                yield ord(bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def vietnamese() -> frozenset[int]:
    return frozenset((*map(ord, "ĂăĐđĨĩŨũƠơƯư₫"), *range(0x1EA0, 0x1EFA)))
