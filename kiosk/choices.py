"""What the person at a kiosk has chosen so far: carried in the address, forgotten with it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import HTTPConnection

from lobby.i18n.languages import LANGUAGES
from lobby.web.devices import Device
from lobby.web.pages import language_of

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
        chosen = replace(self, **changed)
        query = urlencode(chosen._unusual())
        return f"{path}?{query}" if query else path

    def speaking(self, language: str | None) -> "Choices":
        """In the language asked for, where there is such a language."""
        return replace(self, language=language) if language in LANGUAGES else self

    def _unusual(self) -> dict[str, str]:
        """What differs from an untouched kiosk, whose address is bare."""
        parts = {
            "language": "" if self.language == self.home_language else self.language,
            "size": LARGE if self.is_large else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in parts.items() if value}


def choices_of(connection: HTTPConnection, device: Device, services: int) -> Choices:
    """`services` is how many there are to choose from: a page beyond them is the last one."""
    asked = connection.query_params
    choices = Choices(
        language=language_of(connection, device.language),
        home_language=device.language,
        is_large=asked.get("size") == LARGE,
    )
    page = _number(asked.get("page", ""))
    return replace(choices, page=min(max(1, page), choices.pages(services)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
