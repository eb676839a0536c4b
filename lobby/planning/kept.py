"""What was advised for a day, kept until that day is over and longer: what became of it is told."""

from datetime import date

import msgspec

from lobby.planning.search import Change
from lobby.planning.work import DayAnswer

NAME = "plan of "
"""What it is kept under, with the day after it."""


class KeptAdvice(msgspec.Struct, frozen=True):
    """`people` who were expected, `kept` of them within their promise with the usual counters."""

    day: date
    people: float
    kept: float
    changes: tuple[Change, ...] = ()


def kept_of(day: date, answer: DayAnswer) -> KeptAdvice:
    outcome = answer.with_usual
    return KeptAdvice(day, sum(outcome.people), sum(outcome.kept), answer.changes)


def name_of(day: date) -> str:
    return f"{NAME}{day.isoformat()}"


def as_text(kept: KeptAdvice) -> str:
    return msgspec.json.encode(kept).decode()


def from_text(text: str) -> KeptAdvice | None:
    """None for what another version of Lobby wrote in another form."""
    try:
        return msgspec.json.decode(text, type=KeptAdvice)
    except msgspec.MsgspecError:
        return None
