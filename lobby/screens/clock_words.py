"""What the branch head is told of the machine's clock: what happened, what was kept, what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lobby.i18n.formats import clock_time, long_date
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.steady_clock import Jump, JumpState
from lobby.web.services import Services

TOLD_FOR = timedelta(hours=12)
"""A jump that is over is told for the rest of a working day, and then only in the log."""

TITLES = {
    JumpState.HELD: mark("The computer's clock was changed"),
    JumpState.REFUSED: mark("The computer's clock is wrong"),
    JumpState.WENT_BACK: mark("The computer's clock was wrong for a while"),
    JumpState.FOLLOWED: mark("The computer's clock was set"),
}
HAPPENED = mark("At %(time)s it jumped to %(day)s, %(shown)s.")
KEPT = {
    JumpState.HELD: mark(
        "Lobby goes on by its own time: nobody lost a place or a number, and the day goes on."
    ),
    JumpState.REFUSED: mark(
        "Lobby goes on by its own time: nobody lost a place or a number, and the day goes on."
    ),
    JumpState.WENT_BACK: mark("Nobody lost a place or a number, and the day went on."),
    JumpState.FOLLOWED: mark(
        "Lobby has followed it. Everybody who waits kept place, number and waiting time."
    ),
}
TO_DO = {
    JumpState.HELD: mark(
        "Please check the date and time of the computer. If they stay as they are now, Lobby"
        " follows them after five minutes."
    ),
    JumpState.REFUSED: mark("Please have the date and time of the computer set right."),
    JumpState.WENT_BACK: mark("If it happens again, have the computer looked at."),
    JumpState.FOLLOWED: mark(
        "If its date or time is wrong now, have the computer's clock set: Lobby follows again."
    ),
}
BEHIND = mark(
    "When Lobby started, the computer's clock was behind what was recorded last"
    " (%(day)s, %(time)s)."
)
UNKEPT = mark("No time server keeps the computer's clock right")
UNKEPT_HAPPENED = mark("It may be minutes or days out, and nobody would notice.")
UNKEPT_KEPT = mark(
    "Lobby works as usual. If the clock is set later, everybody who waits keeps place, number and"
    " waiting time."
)
UNKEPT_TO_DO = mark("Please have the computer's time synchronised, and compare it with a watch.")
BEHIND_KEPT = mark("Nothing was lost: the day that was open goes on, and so do its numbers.")


@dataclass(frozen=True, slots=True)
class ClockNotice:
    """`asks` whether the clock is right: there is something to decide."""

    title: str
    sentences: tuple[str, ...]
    asks: bool
    may_refuse: bool


def clock_notice(services: Services, plan: Plan, language: str) -> ClockNotice | None:
    """None while there is nothing to tell."""
    now = services.clock.now()
    jump = services.clock.jump
    if jump is not None and (jump.is_pending or _is_fresh(jump, now)):
        return _of_jump(jump, plan, language)
    last_at = services.days.behind.get(plan.id)
    if last_at is not None and now < last_at:
        return _of_start(last_at, plan, language)
    return _of_unkept(language) if services.clock.is_synchronised() is False else None


def _is_fresh(jump: Jump, now: datetime) -> bool:
    return abs(now - jump.seen_at) < TOLD_FOR or abs(now - jump.shows) < TOLD_FOR


def _of_jump(jump: Jump, plan: Plan, language: str) -> ClockNotice:
    say = texts(language).gettext
    happened = say(HAPPENED) % {
        "time": clock_time(jump.seen_at, plan),
        "day": long_date(plan.business_day(jump.shows), language),
        "shown": clock_time(jump.shows, plan),
    }
    return ClockNotice(
        say(TITLES[jump.state]),
        (happened, say(KEPT[jump.state]), say(TO_DO[jump.state])),
        asks=jump.is_pending,
        may_refuse=jump.state is JumpState.HELD,
    )


def _of_start(last_at: datetime, plan: Plan, language: str) -> ClockNotice:
    say = texts(language).gettext
    day, time = long_date(plan.business_day(last_at), language), clock_time(last_at, plan)
    return ClockNotice(
        say(TITLES[JumpState.REFUSED]),
        (
            say(BEHIND) % {"day": day, "time": time},
            say(BEHIND_KEPT),
            say(TO_DO[JumpState.REFUSED]),
        ),
        asks=False,
        may_refuse=False,
    )


def _of_unkept(language: str) -> ClockNotice:
    say = texts(language).gettext
    sentences = (say(UNKEPT_HAPPENED), say(UNKEPT_KEPT), say(UNKEPT_TO_DO))
    return ClockNotice(say(UNKEPT), sentences, asks=False, may_refuse=False)
