"""Days that a change names: as a browser sends them, and whether they can hold at all."""

from collections.abc import Iterable, Mapping
from datetime import date

from lobby import typed_text
from lobby.i18n.texts import mark
from lobby.setup.changes import Change

day_in = typed_text.day

SPECIAL = ("hours", "special_days")
IS_OVER = mark("This day is over. Please choose one that is to come.")
BEFORE_ITS_CHANGE = mark(
    "A day of this change comes before that. Please let it hold from that day or earlier."
)


def is_over(changes: Iterable[Change], today: date) -> bool:
    """Whether a special day is named of which nothing is left."""
    return any(until < today for _, until in _special_days(changes))


def is_before(changes: Iterable[Change], day: date) -> bool:
    """Whether a special day begins before the change would hold: it would be passed over."""
    return any(first < day for first, _ in _special_days(changes))


def _special_days(changes: Iterable[Change]) -> Iterable[tuple[date, date]]:
    for change in changes:
        if change.path[:2] == SPECIAL and isinstance(change.value, Mapping):
            yield change.value["day"], change.value.get("until", change.value["day"])
