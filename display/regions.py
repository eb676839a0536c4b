"""The live regions of a hall display: the last calls, who waits for what, notices, and the time."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from display.announcements import ShownCall, shown_calls
from display.context import DisplayInputs, Voice
from display.words import (
    Saying,
    Sayings,
    closed,
    in_each_language,
    languages_of,
    main_languages,
    no_numbers,
    staff_text,
    welcome,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import kiosk_stop, notices_now
from lobby.queueing.model.plan import Plan
from lobby.screens.notices import notice_text
from lobby.screens.today import hall_today
from lobby.screens.words import pool_label
from lobby.waits.announced import NO_ANNOUNCEMENT
from lobby.waits.pools import PoolWait, waits_by_pool
from lobby.waits.words import busy_words, short_wait

LINES_A_PAGE = 4
"""More names than this in one band cannot be read at five metres; the next pools take turns."""

SIZES = {80: "short", 120: "long"}
"""How large a slide is written, by how many letters it has."""

REGIONS = ("calls", "waiting", "notices", "slides", "welcome", "clock", "device")

WIDE_FROM = 0x2E80


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """How many wait for what, how long somebody does who takes a number now, and why, where nobody
    is before them."""

    label: str
    count: int
    wait: str
    why: str = ""


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
    plan, language, is_open = hall.plan, display.language, display.is_open(now)
    gives_numbers = display.gives_tickets(now) and kiosk_stop(hall.notices, now) is None
    hall = hall_today(hall, now)
    is_closed = not is_open and not _is_anybody_here(hall)
    clock = clock_of(hall, now)
    return HallView(
        calls=() if is_closed else shown_calls(hall, display.zone),
        waiting=() if is_closed else _pages(_waiting(hall, display, is_open=gives_numbers)),
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
        welcome=welcome(plan, language) if gives_numbers else no_numbers(plan, language),
        closed=closed(plan, language, display.opens_later(now)) if is_closed else (),
        clock=clock,
        voice=display.voice(),
    )


def clock_of(hall: Hall, now: datetime) -> Clock:
    local = hall.plan.local(now)
    return Clock(local.date(), local.hour, local.minute)


def _is_anybody_here(hall: Hall) -> bool:
    return bool(hall.waiting_count()) or any(c.ticket for c in hall.counters.values())


def _waiting(hall: Hall, display: DisplayInputs, *, is_open: bool) -> list[WaitingLine]:
    """By pool: a count that stood beside each service of one would be read as so many people more.
    While no number is given nobody is told how long they would wait with one."""
    zone, announced = display.zone, display.announced() if is_open else NO_ANNOUNCEMENT
    pools = waits_by_pool(hall, announced, zone.shows)
    return [_line(hall.plan, each, display.language, is_open=is_open) for each in pools]


def _line(plan: Plan, pool: PoolWait, language: str, *, is_open: bool) -> WaitingLine:
    return WaitingLine(
        pool_label(plan, pool.pool, pool.services, language),
        pool.wait.ahead,
        short_wait(pool.wait, language),
        busy_words(pool.wait, language) if is_open else "",
    )


def _pages(lines: list[WaitingLine]) -> tuple[tuple[WaitingLine, ...], ...]:
    """As even as can be: five lines are three and two, not four and one."""
    pages = -(-len(lines) // LINES_A_PAGE)
    size = -(-len(lines) // pages) if pages else 1
    return tuple(tuple(lines[at : at + size]) for at in range(0, len(lines), size))
