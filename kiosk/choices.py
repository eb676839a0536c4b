"""What the person at a kiosk has chosen so far: carried in the address, forgotten with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import HTTPConnection

from lobby.i18n.languages import LANGUAGES
from lobby.web.devices import Device

LARGE = "large"

ANSWERS = 6
ANSWERS_LARGE = 4
"""In large text: fewer and larger, and nothing has to be scrolled on any screen."""


@dataclass(frozen=True, slots=True)
class Choices:
    """`home_language` is the kiosk's own; `page` counts the pages of services from 1."""

    language: str
    home_language: str
    is_large: bool = False
    page: int = 1

    @property
    def answers(self) -> int:
        """How many answers a page holds."""
        return ANSWERS_LARGE if self.is_large else ANSWERS

    def pages(self, services: int) -> int:
        return max(1, -(-services // self.answers))

    def to(self, path: str, **changed: Any) -> str:
        """The address of `path` with these choices, some of them changed."""
        chosen = replace(self, **changed) if changed else self
        query = "&".join(chosen._unusual())
        return f"{path}?{query}" if query else path

    def speaking(self, language: str | None) -> "Choices":
        """In the language asked for, where there is such a language."""
        if language == self.language or language not in LANGUAGES:
            return self
        return replace(self, language=language)

    def _unusual(self) -> Iterator[str]:
        """What differs from an untouched kiosk, whose address is bare."""
        if self.language != self.home_language:
            yield f"language={self.language}"
        if self.is_large:
            yield f"size={LARGE}"
        if self.page > 1:
            yield f"page={self.page}"


def choices_of(connection: HTTPConnection, device: Device, services: int) -> Choices:
    """`services` is how many there are to choose from: a page beyond them is the last one."""
    untouched = Choices(device.language, home_language=device.language)
    asked = connection.query_params
    if not asked:
        return untouched
    choices = replace(untouched, is_large=asked.get("size") == LARGE)
    page = min(max(1, _number(asked.get("page", ""))), choices.pages(services))
    return replace(choices, page=page).speaking(asked.get("language"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
