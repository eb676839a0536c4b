"""The worked day whose figures were computed by hand: minutes after nine, the target is ten.

Of its twelve tickets four could go to a machine: one finished there, one came back, one left no
word, one preferred the counter.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from lobby.queueing.model.intake import ConfirmedBy, OfferedBy
from lobby.queueing.model.ticket import TicketState
from lobby.store.visits import SittingSpan, Visit

DAY = date(2026, 3, 5)
NINE = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
"""Nine in the morning in Shanghai."""

TARGET_MIN = 10.0


def at(minute: float) -> datetime:
    return NINE + timedelta(minutes=minute)


def visit(
    number: str,
    taken: float,
    called: float | None = None,
    started: float | None = None,
    ended: float | None = None,
    *,
    counter: str | None = None,
    state: TicketState = TicketState.FINISHED,
    service: str = "A01",
    served_min: float | None = None,
    **others: object,
) -> Visit:
    """A visit in minutes; it was served from start to end unless told otherwise."""
    if served_min is None:
        served_min = ended - started if ended is not None and started is not None else 0.0
    fields: dict[str, object] = {
        "number": number,
        "service": service,
        "last_service": service,
        "state": state,
        "language": "zh",
        "taken_at": at(taken),
        "first_called_at": None if called is None else at(called),
        "started_at": None if started is None else at(started),
        "ended_at": None if ended is None else at(ended),
        "served_s": served_min * 60.0,
        "calls": 0 if called is None else 1,
        "absences": 0,
        "transfers": 0,
        "counter": counter,
        "teller": None if counter is None else f"teller {counter}",
    }
    return Visit(**{**fields, **others})  # type: ignore[arg-type]


def sitting(
    counter: str, opened: float, closed: float | None, breaks_min: float = 0, **others: object
) -> SittingSpan:
    fields: dict[str, object] = {
        "counter": counter,
        "teller": f"teller {counter}",
        "opened_at": at(opened),
        "closed_at": None if closed is None else at(closed),
        "paused_s": breaks_min * 60,
        "paused_at": None,
    }
    return SittingSpan(**{**fields, **others})  # type: ignore[arg-type]


RULE_SET = "2026-01/1"
MACHINE = "atm-1"


def diverted(
    offered: float | None = None,
    *,
    accepted: float | None = None,
    declined: float | None = None,
    done: float | None = None,
    returned: float | None = None,
    by: OfferedBy = OfferedBy.KIOSK,
    **others: object,
) -> dict[str, Any]:
    """The way to a machine of an eligible visit, in minutes."""
    moments = {
        "offered_at": offered,
        "accepted_at": accepted,
        "declined_at": declined,
        "machine_done_at": done,
        "returned_at": returned,
    }
    return {
        "rule": "R22",
        "rule_set": RULE_SET,
        "eligible": True,
        "offered_by": None if offered is None else by,
        "machine": None if accepted is None else MACHINE,
        "confirmed_by": None if done is None else ConfirmedBy.SLIP,
        **{name: None if minute is None else at(minute) for name, minute in moments.items()},
        **others,
    }


def excluded(rule: str, exclusion: str) -> dict[str, Any]:
    return {"rule": rule, "rule_set": RULE_SET, "exclusion": exclusion}


DONE, LAPSED = TicketState.DONE_AT_MACHINE, TicketState.LAPSED
COINS, PREMIUM = excluded("R12", "LOOSE_CHANGE"), excluded("R10", "PREMIUM")

VISITS = (
    visit("A001", 0, 4, 5, 9, counter="1"),
    visit("A002", 1, 9, 10, 15, counter="1"),
    visit("P001", 3, 6, 7, 15, counter="2"),
    visit("A003", 4, ended=10, state=DONE, **diverted(4, accepted=5, done=10)),
    visit("A004", 5, 15, 16, 20, counter="1", **diverted(5, declined=5)),
    visit("A005", 6, 20, 20, 25, counter="1", **diverted(6, accepted=7, returned=12)),
    visit("A006", 8, 15, 16, 24, counter="2", **COINS),
    visit("B001", 9, 24, None, 27, state=TicketState.ABSENT, service="B01", calls=3, absences=1),
    visit("B002", 10, 27, 28, 46, counter="2", service="B01"),
    visit("A007", 12, ended=22, state=TicketState.CANCELLED),
    visit("A008", 14, ended=900, state=LAPSED, **diverted(14, accepted=14)),
    visit("A009", 15, 25, 26, 29, counter="1", **PREMIUM),
)
SITTINGS = (sitting("1", 0, 30), sitting("2", 0, 50, breaks_min=5))
