"""The live regions of a hall display: the last calls, who waits for what, notices, and the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from display.announcements import ShownCall, Zone, shown_calls
from display.context import DisplayInputs, Voice
from display.words import (
    Saying,
    Sayings,
    closed,
    in_each_language,
    languages_of,
    main_languages,
    staff_text,
    welcome,
)
from lobby.queueing.model import overview
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import notices_now
from lobby.screens.notices import notice_text

LINES_A_PAGE = 4
"""More names than this in one band cannot be read at five metres; the next ones take turns."""

SIZES = {80: "short", 120: "long"}
"""How large a slide is written, by how many letters it has."""

REGIONS = ("calls", "waiting", "notices", "slides", "welcome", "clock", "device")

WIDE_FROM = 0x2E80


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """How many wait in the line of a service, and how long somebody does who takes a ticket now."""

    label: str
    count: int
    wait: str


@dataclass(frozen=True, slots=True)
class ShownSlide:
    """One slide in one language: a display is read from afar, so each has the place to itself."""

    last_day: date
    saying: Saying

    @property
    def size(self) -> str:
        """A Chinese character takes the room of two letters."""
        width = sum(2 if ord(sign) > WIDE_FROM else 1 for sign in self.saying.text)
        return next((size for most, size in SIZES.items() if width <= most), "longest")


@dataclass(frozen=True, slots=True)
class Clock:
    day: date
    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class HallView:
    """All that one display shows. Each notice comes once in each of two languages, and they take
    turns; `closed` is empty while the branch is open."""

    calls: tuple[ShownCall, ...]
    waiting: tuple[tuple[WaitingLine, ...], ...]
    notices: tuple[Saying, ...]
    slides: tuple[ShownSlide, ...]
    welcome: Sayings
    closed: tuple[Sayings, ...]
    clock: Clock
    voice: Voice

    @property
    def newest(self) -> ShownCall | None:
        """The call for the large panel; who is fetched in person is not called out there."""
        return next((call for call in self.calls if call.is_loud), None)


def hall_view(hall: Hall, now: datetime, display: DisplayInputs) -> HallView:
    plan, language = hall.plan, display.language
    is_closed = not display.is_open(now) and not _is_anybody_here(hall)
    clock = clock_of(hall, now)
    return HallView(
        calls=() if is_closed else shown_calls(hall, display.zone),
        waiting=_pages(_waiting(hall, display.zone, language, display.wait)),
        notices=tuple(
            saying
            for notice in reversed(notices_now(hall.notices, now))
            for saying in in_each_language(
                main_languages(plan, language), partial(notice_text, notice)
            )
        ),
        slides=tuple(
            ShownSlide(slide.last_day, saying)
            for slide in display.settings.slides
            if slide.holds_on(clock.day)
            for saying in staff_text(languages_of(plan, language), slide.texts)
        ),
        welcome=welcome(plan, language),
        closed=closed(plan, language, display.opens_later(now)) if is_closed else (),
        clock=clock,
        voice=display.voice(),
    )


def clock_of(hall: Hall, now: datetime) -> Clock:
    local = hall.plan.local(now)
    return Clock(local.date(), local.hour, local.minute)


def _is_anybody_here(hall: Hall) -> bool:
    return bool(hall.waiting_count()) or any(c.ticket for c in hall.counters.values())


def _waiting(
    hall: Hall, zone: Zone, language: str, wait: Callable[[str, str], str]
) -> list[WaitingLine]:
    """Of a line that several services share each says the same, as on the kiosk: all who come
    before whoever takes a number now."""
    counts = overview.waiting_by_pool(hall)
    return [
        WaitingLine(service.name(language), counts.get(service.pool, 0), wait(code, language))
        for code, service in hall.plan.services.items()
        if _is_lively(hall, code) and (not zone.services or code in zone.services)
    ]


def _is_lively(hall: Hall, service: str) -> bool:
    """Somebody waits for it, or a counter serves it now."""
    return bool(hall.waiting(service)) or service in overview.counters_by_service(hall)


def _pages(lines: list[WaitingLine]) -> tuple[tuple[WaitingLine, ...], ...]:
    """As even as can be: five lines are three and two, not four and one."""
    pages = -(-len(lines) // LINES_A_PAGE)
    size = -(-len(lines) // pages) if pages else 1
    return tuple(tuple(lines[at : at + size]) for at in range(0, len(lines), size))
