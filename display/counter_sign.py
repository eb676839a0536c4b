"""The small display of one counter: whom it calls, or whether it serves, rests or is closed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from display.announcements import LARGE_MODES
from display.context import DisplayInputs, Voice
from display.regions import Clock, clock_of
from display.words import Sayings, in_each_language, main_languages, translated
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.today import hall_today
from lobby.screens.words import PAUSE_REASONS, counter_label, service_named

PRIVATE_REASONS = frozenset({"Cash run"})
"""A reason that is nobody's business; a teller's own words are not either."""

SERVICES_MAX = 6

REGIONS = ("sign", "clock", "device")


class SignState(StrEnum):
    CALLING = "calling"
    SERVING = "serving"
    FREE = "free"
    PAUSED = "paused"
    CLOSED = "closed"


STATES = {
    SignState.CALLING: mark("Please come to this counter"),
    SignState.SERVING: mark("Being served"),
    SignState.FREE: mark("Open. Please wait until your number is called."),
    SignState.PAUSED: mark("On a break"),
    SignState.CLOSED: mark("This counter is closed"),
}


@dataclass(frozen=True, slots=True)
class SignView:
    label: str
    state: SignState
    ticket: str
    words: Sayings
    reason: Sayings
    services: tuple[str, ...]
    clock: Clock
    voice: Voice


def sign_view(hall: Hall, now: datetime, display: DisplayInputs) -> SignView:
    plan, language = hall.plan, display.language
    hall = hall_today(hall, now)
    languages = main_languages(plan, language)
    counter = hall.counters.get(display.settings.counter) or Counter(display.settings.counter)
    ticket = hall.ticket_at(counter)
    state = _state(counter, ticket)
    return SignView(
        label=counter_label(plan, counter.id),
        state=state,
        ticket=ticket.number if ticket and state in (SignState.CALLING, SignState.SERVING) else "",
        words=translated(languages, STATES[state]),
        reason=_reason(counter, plan, languages) if state is SignState.PAUSED else (),
        services=_services(counter, plan, language) if counter.is_serving else (),
        clock=clock_of(hall, now),
        voice=display.voice(),
    )


def _state(counter: Counter, ticket: Ticket | None) -> SignState:
    """Who is fetched in person is not called from the sign either."""
    if ticket is not None and ticket.state is TicketState.SERVING:
        return SignState.SERVING
    if ticket is not None:
        is_loud = not LARGE_MODES.isdisjoint(ticket.call_modes)
        return SignState.CALLING if is_loud else SignState.FREE
    if counter.is_paused:
        return SignState.PAUSED
    return SignState.FREE if counter.is_attended else SignState.CLOSED


def _reason(counter: Counter, plan: Plan, languages: tuple[str, ...]) -> Sayings:
    """Why, if that may be known, and until when, if that was said."""
    session = counter.session
    reason = session.pause_reason if session else ""
    is_public = reason in PAUSE_REASONS and reason not in PRIVATE_REASONS
    until = session.paused_until if session else None
    back = f"{plan.local(until):%H:%M}" if until else ""

    def text_in(code: str) -> str:
        say = texts(code).gettext
        parts = [say(reason)] if is_public else []
        parts += [say(mark("back at about %(time)s")) % {"time": back}] if back else []
        return " · ".join(parts)

    return in_each_language(languages, text_in)


def _services(counter: Counter, plan: Plan, language: str) -> tuple[str, ...]:
    names = [service_named(plan, code).names for code in counter.services[:SERVICES_MAX]]
    return tuple(name.get(language) or name["en"] for name in names)
