"""Breaking a text into lines as each script does, so that nothing runs off the paper."""

import unicodedata
from collections.abc import Callable

Measure = Callable[[str], float]

ELLIPSIS = "…"
NEVER_FIRST = frozenset("，。、；：？！”’）》〉」』】〕…—,.;:?!)]}%‰℃·・￥°")
SHORT_LAST_LINE = 0.45
BALANCING_STEPS = 8
NEVER_LAST = frozenset("“‘（《〈「『【〔([{¥￥$€₫")


def wrap(text: str, width: float, lines_max: int, measure: Measure) -> list[str]:
    """At most `lines_max` lines, none wider than `width`; what is left out leaves an ellipsis.

    A last line of a word or two is avoided by making the others shorter.
    """
    lines = _filled(text, width, measure)
    if len(lines) > lines_max:
        return [*lines[: lines_max - 1], _shortened(lines[lines_max - 1], width, measure)]
    if len(lines) > 1 and measure(lines[-1]) < width * SHORT_LAST_LINE:
        return _balanced(text, width, measure, lines)
    return lines


def _balanced(text: str, width: float, measure: Measure, lines: list[str]) -> list[str]:
    """As many lines, in the narrowest of a few widths that still makes no more of them."""
    for step in range(1, BALANCING_STEPS):
        narrower = _filled(text, width * (1 - step / (2 * BALANCING_STEPS)), measure)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _filled(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if measure(line + piece.rstrip()) <= width:
            line += piece
            continue
        if line:
            lines.append(line)
        *broken, line = _cut(piece, width, measure)
        lines += broken
    return [line.rstrip() for line in (*lines, line) if line.strip()]


def _pieces(text: str) -> list[str]:
    """What stays together: words with the space after them, a figure and what it counts, single
    Chinese characters with the punctuation that clings to them."""
    pieces: list[str] = []
    for character in text:
        if pieces and _clings(pieces[-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _clings(piece: str, character: str) -> bool:
    before = piece[-1]
    if before in NEVER_LAST or character == " ":
        return True
    if before == " ":
        return _is_wide(character) and piece[-2:-1].isdecimal()
    return character in NEVER_FIRST or not (_is_wide(before) or _is_wide(character))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def _cut(piece: str, width: float, measure: Measure) -> list[str]:
    """A piece longer than a whole line breaks where it has to."""
    parts = [""]
    for character in piece:
        if parts[-1] and measure(parts[-1] + character.rstrip()) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _shortened(line: str, width: float, measure: Measure) -> str:
    while line and measure(line + ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
