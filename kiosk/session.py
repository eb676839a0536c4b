"""What a person at a kiosk has chosen so far: carried in the address, forgotten with it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace
from starlette.requests import HTTPConnection

from lobby import typed_text
from lobby.i18n.languages import LANGUAGES
from lobby.web.devices import Device

LARGE = "large"
EXACT = "exact"
"""The field in which staff type an amount; it becomes an answer to the question of it."""
LOW = "low"
ON = "on"

ANSWERS_PER_SCREEN = 6
FEWER_ANSWERS = 4
"""In large text, and where the hand reaches only the lower part: nothing has to be scrolled."""

FIELDS = frozenset(
    {"language", "size", "reach", "speech", "group", "page", "service", "key", "choice", EXACT}
)
"""Names that are ours, in an address or in a form; every other one is the code of a question."""

ANSWERS_MAX = 12
EXACT_DIGITS_MAX = 12
TEXT_LENGTH_MAX = 40
IMPOSSIBLE = (("", ""),)
"""Stands for answers that no screen of ours could have sent: no service has such a question."""

Answers = tuple[tuple[str, str], ...]
"""Code of the question and code of the answer, in the order of asking."""


class KioskSession(msgspec.Struct, frozen=True):
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
    def answers_per_screen(self) -> int:
        return FEWER_ANSWERS if self.is_large or self.is_low else ANSWERS_PER_SCREEN

    @property
    def cleared(self) -> "KioskSession":
        """How somebody reads and reaches, without what they came for."""
        return replace(self, group="", page=1, service="", answers=())

    def in_language(self, language: str | None) -> "KioskSession":
        """The same in this language, where there is such a language."""
        if language == self.language or language not in LANGUAGES:
            return self
        return replace(self, language=language)

    def with_service(self, service: str) -> "KioskSession":
        return replace(self.cleared, service=service)

    def with_answer(self, question: str, answer: str) -> "KioskSession":
        return replace(self, answers=(*self.answers, (question, answer)))

    def to(self, path: str, **changes: Any) -> str:
        """The address of `path` with this session, some of it changed."""
        query = _query(replace(self, **changes) if changes else self)
        return f"{path}?{query}" if query else path

    def start(self) -> str:
        """The address of the first question."""
        return self.cleared.to("/kiosk")

    def onward(self) -> str:
        """Where this session leads: the next question, or the advice."""
        return self.to("/kiosk/advice") if self.service else self.to("/kiosk")

    def back(self) -> str:
        """One answer less; before the first answer, the list of services."""
        if self.answers:
            return self.to("/kiosk/advice", answers=self.answers[:-1])
        return self.start()

    def fields(self) -> Iterator[tuple[str, str]]:
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


@lru_cache(maxsize=1_000)
def _query(session: KioskSession) -> str:
    """Cached, because nearly all tickets are taken in a few manners."""
    return urlencode(list(session.fields()))


def kiosk_session(connection: HTTPConnection, device: Device) -> KioskSession:
    """As the address carries it."""
    if not connection.scope["query_string"]:
        return KioskSession(device.language, device.language)
    query = connection.query_params
    language = query.get("language", "")
    return KioskSession(
        language if language in LANGUAGES else device.language,
        home_language=device.language,
        is_large=query.get("size") == LARGE,
        is_low=query.get("reach") == LOW,
        is_spoken=query.get("speech") == ON,
        group=query.get("group", "")[:TEXT_LENGTH_MAX],
        page=max(1, _number(query.get("page", ""))),
        service=query.get("service", "")[:TEXT_LENGTH_MAX],
        answers=_with_exact(answers_in(query.multi_items()), query) if "service" in query else (),
    )


def answers_in(pairs: Iterable[tuple[str, str]]) -> Answers:
    """The answers among the fields of an address or of a form."""
    answers = tuple((name, value) for name, value in pairs if name not in FIELDS)
    if not answers:
        return ()
    has_twice = len({name for name, _ in answers}) < len(answers)
    has_long = any(len(text) > TEXT_LENGTH_MAX for answer in answers for text in answer)
    return IMPOSSIBLE if has_twice or has_long or len(answers) > ANSWERS_MAX else answers


def _with_exact(answers: Answers, query: Mapping[str, str]) -> Answers:
    """What is no whole number leads to the question once more."""
    typed = typed_text.whole_number(query.get(EXACT, ""), digits_max=EXACT_DIGITS_MAX)
    return (*answers, ("amount", f"exact_{typed}")) if typed else answers


def _number(text: str) -> int:
    return typed_text.whole_number(text, digits_max=3) or 1
