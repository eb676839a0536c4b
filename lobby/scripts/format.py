"""The format of a script: one sentence a line, and lines that say what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from lobby.i18n.languages import LANGUAGES

TO_DO = "*"
"""A line that begins with it says what to do and is not spoken."""

TEXT_LENGTH_MAX = 2_000
"""A script longer than a screen is not read while a customer stands there."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    is_spoken: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """One language of a script."""

    language: str
    own_name: str
    lines: tuple[Line, ...]


def wordings(texts: Mapping[str, str], first: str) -> tuple[Wording, ...]:
    """Every language that has words, `first` in front: the customer's, or the reader's."""
    order = sorted(LANGUAGES, key=lambda language: language != first)
    return tuple(
        Wording(language, LANGUAGES[language].own_name, lines_of(texts[language]))
        for language in order
        if texts.get(language)
    )


def lines_of(text: str) -> tuple[Line, ...]:
    stripped = (line.strip() for line in text.splitlines())
    return tuple(_line(line) for line in stripped if line)


def tidy(text: str) -> str:
    """As it is kept: one sentence a line, no empty lines, no space at the ends."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _line(line: str) -> Line:
    if line.startswith(TO_DO):
        return Line(line.removeprefix(TO_DO).strip(), is_spoken=False)
    return Line(line, is_spoken=True)
