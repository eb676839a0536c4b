"""Opening hours of a day as people type them: `08:30-11:30, 13:30-17:00`."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Any

BETWEEN_SPANS = re.compile(r"[,;、\n和及]|\band\b|\bvà\b|(?<=\d)\s+(?=\d)", re.IGNORECASE)
BETWEEN_TIMES = re.compile(r"\s*(?:-|‐|–|—|―|−|~|～|至|到|\bto\b|\bđến\b)\s*", re.IGNORECASE)
A_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h点點时時]\s*(\d{2})?\s*分?)?", re.IGNORECASE)


def spans_in(text: str) -> list[list[time]] | None:
    """Empty where nothing was typed: closed. None where it is no list of spans."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    found = [_span(part) for part in BETWEEN_SPANS.split(plain) if part.strip()]
    return None if None in found else [each for each in found if each is not None]


def follow(spans: Sequence[Sequence[time]]) -> bool:
    """Whether each ends after it begins, and the next begins after that."""
    is_right = all(opens < closes for opens, closes in spans)
    return is_right and all(one[1] < other[0] for one, other in pairwise(spans))


def spans_text(spans: Sequence[Any]) -> str:
    """As it is typed."""
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)


def _span(text: str) -> list[time] | None:
    times = [_time(part) for part in BETWEEN_TIMES.split(text.strip())]
    if len(times) != 2 or None in times:
        return None
    return [each for each in times if each is not None]


def _time(text: str) -> time | None:
    found = A_TIME.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None
