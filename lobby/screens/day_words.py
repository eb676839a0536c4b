"""How the branch head takes a false turn of the day back, in words: what happens to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lobby.i18n.formats import long_date
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.hall import Hall

OPEN_NOW = mark("The day that is open is %(day)s; before it was %(before)s.")
IF_WRONG = mark(
    "If that is wrong because the computer's clock was, take it back: whoever waited on %(before)s"
    " waits again with the same place and number, and counters open again where nobody sits now."
)
NEW_NUMBERS = mark(
    "Who took a number since keeps the place; a number that was given out twice is replaced by the"
    " next free one."
)


@dataclass(frozen=True, slots=True)
class TurnNotice:
    """`day` is the day that would be taken back."""

    day: date
    sentences: tuple[str, ...]


def turn_notice(hall: Hall, language: str) -> TurnNotice | None:
    """None where there is no day before this one."""
    if hall.day is None or hall.previous_day is None:
        return None
    say = texts(language).gettext
    names = {
        "day": long_date(hall.day, language),
        "before": long_date(hall.previous_day, language),
    }
    return TurnNotice(hall.day, tuple(say(m) % names for m in (OPEN_NOW, IF_WRONG, NEW_NUMBERS)))


def new_numbers(renumbered: Mapping[str, str]) -> str:
    """`A001 > A012, A002 > A013`, for whoever has to tell the people."""
    return ", ".join(f"{old} \N{RIGHTWARDS ARROW} {new}" for old, new in renumbered.items())
