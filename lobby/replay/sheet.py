"""A table as a spreadsheet program may have saved it: its signs, its encoding, its dates.

Opened and saved once in a spreadsheet program a file changes: semicolons where the decimal sign is
a comma, GB 18030 on a Chinese computer, dates as the country writes them.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

SIGNS = (",", ";", "\t")
ENCODINGS = ("utf-8-sig", "gb18030")
"""In this order: hardly any text in GB 18030 is UTF-8 by chance."""

MARKED_AS_TEXT = re.compile(r"^'(?=[=+\-@\t\r\n])")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?", re.ASCII)


def rows_of(path: Path) -> "csv.DictReader[str]":
    """Raises `OSError`, `EOFError` or `csv.Error` for what is no table."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = decoded(content)
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=sign_of(text))


def decoded(content: bytes) -> str:
    """Raises `UnicodeDecodeError` where it is neither."""
    for encoding in ENCODINGS[:-1]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(ENCODINGS[-1])


def sign_of(text: str) -> str:
    """What stands between the columns: the sign that the head of the table has most of."""
    head = text.partition("\n")[0]
    return max(SIGNS, key=head.count)


def moment(text: str) -> datetime:
    """`2026-03-05 09:00:00`, `2026/3/5 9:00`, `05/03/2026 09:00`: a clock on a wall, without a
    zone. Raises `ValueError`."""
    day, _, clock = text.strip().replace("T", " ").partition(" ")
    year, month, number = _day(day)
    hour, minute, second = _clock(clock)
    return datetime(year, month, number, hour, minute, second)  # noqa: DTZ001 - a clock on a wall


def number(text: str) -> float:
    """`240.5` or `240,5`. Raises `ValueError`."""
    return float(text.replace(",", "."))


def _day(text: str) -> Iterable[int]:
    if found := YEAR_FIRST.fullmatch(text):
        return map(int, found.groups())
    if found := DAY_FIRST.fullmatch(text):
        return map(int, reversed(found.groups()))
    raise ValueError(f"{text!r} is no date")


def _clock(text: str) -> Iterable[int]:
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no time")
    return (int(part or 0) for part in found.groups())
