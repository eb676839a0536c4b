"""What the person at a kiosk has chosen so far: carried in the address, forgotten with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection

from lobby.i18n.languages import LANGUAGES
from lobby.web.devices import Device

LARGE = "large"
LOW = "low"
ON = "on"

ANSWERS = 6
ANSWERS_LARGE = 4
"""In large text: fewer and larger, and nothing has to be scrolled on any screen."""

OWN_NAMES = frozenset({"language", "size", "reach", "speech", "group", "page", "service"})
"""Names in the address that are ours; every other one is the code of a question."""

ANSWERS_MAX = 8
TEXT_MAX = 40
IMPOSSIBLE = (("", ""),)
"""Stands for answers that no screen of ours could have sent: no service has such a question."""

Answers = tuple[tuple[str, str], ...]
"""Code of the question and code of the answer, in the order of asking."""


@dataclass(frozen=True, slots=True)
class KioskSession:
    """`home_language` is the kiosk's own; `group` and `page` are where in the list of services."""

    language: str
    home_language: str
    is_large: bool = False
    is_low: bool = False
    is_spoken: bool = False
    group: str = ""
    page: int = 1
    service: str = ""
    answers: Answers = ()

    @property
    def fit(self) -> int:
        """How many answers a screen holds."""
        return ANSWERS_LARGE if self.is_large else ANSWERS

    @property
    def manner(self) -> "KioskSession":
        """How somebody reads and reaches, without what they came for."""
        return replace(self, group="", page=1, service="", answers=())

    def to(self, path: str, **changed: Any) -> str:
        """The address of `path` with these choices, some of them changed."""
        chosen = replace(self, **changed) if changed else self
        query = urlencode(list(chosen._unusual()))
        return f"{path}?{query}" if query else path

    def start(self) -> str:
        """The first question."""
        return self.manner.to("/kiosk")

    def onward(self) -> str:
        """Where these choices lead: the next question, or the advice."""
        return self.to("/kiosk/advice") if self.service else self.to("/kiosk")

    def choosing(self, service: str) -> "KioskSession":
        return replace(self.manner, service=service)

    def answering(self, question: str, answer: str) -> "KioskSession":
        return replace(self, answers=(*self.answers, (question, answer)))

    def back(self) -> str:
        """One answer less; before the first answer, the list of services."""
        if self.answers:
            return self.to("/kiosk/advice", answers=self.answers[:-1])
        return self.start()

    def speaking(self, language: str | None) -> "KioskSession":
        """In the language asked for, where there is such a language."""
        if language == self.language or language not in LANGUAGES:
            return self
        return replace(self, language=language)

    def _unusual(self) -> Iterator[tuple[str, str]]:
        """What differs from an untouched kiosk, whose address is bare."""
        if self.language != self.home_language:
            yield "language", self.language
        if self.is_large:
            yield "size", LARGE
        if self.is_low:
            yield "reach", LOW
        if self.is_spoken:
            yield "speech", ON
        if self.group:
            yield "group", self.group
        if self.page > 1:
            yield "page", str(self.page)
        if self.service:
            yield "service", self.service
            yield from self.answers


def kiosk_session(connection: HTTPConnection, device: Device) -> KioskSession:
    untouched = KioskSession(device.language, home_language=device.language)
    asked = connection.query_params
    if not asked:
        return untouched
    return replace(
        untouched,
        is_large=asked.get("size") == LARGE,
        is_low=asked.get("reach") == LOW,
        is_spoken=asked.get("speech") == ON,
        group=asked.get("group", "")[:TEXT_MAX],
        page=max(1, _number(asked.get("page", ""))),
        service=asked.get("service", "")[:TEXT_MAX],
        answers=answers_in(asked) if "service" in asked else (),
    ).speaking(asked.get("language"))


def answers_in(form: QueryParams) -> Answers:
    pairs = [(name, value) for name, value in form.multi_items() if name not in OWN_NAMES]
    twice = len({name for name, _ in pairs}) < len(pairs)
    strange = any(len(text) > TEXT_MAX for pair in pairs for text in pair)
    if twice or strange or len(pairs) > ANSWERS_MAX:
        return IMPOSSIBLE
    return tuple(pairs)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
