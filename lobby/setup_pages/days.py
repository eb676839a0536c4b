"""Days that a change names: as a browser sends them, and whether they can hold at all."""

from collections.abc import Iterable, Mapping
from datetime import date

from lobby import typed_text
from lobby.i18n.texts import mark
from lobby.setup.changes import Change, Path

day_in = typed_text.day

SPECIAL: Path = ("hours", "special_days")
IS_OVER = mark("This day is over. Please choose one that is to come.")
BEFORE_ITS_CHANGE = mark(
    "A day of this change comes before that. Please let it hold from that day or earlier."
)


def untimely(changes: Iterable[Change], today: date, day: date, day_field: str) -> dict[str, str]:
    """Sentences, by field, about special days that are over, and about those that begin before
    `day`, from which the change would hold: they would be passed over."""
    spans = list(_special_days(changes))
    if any(until < today for _, until in spans):
        return {day_field: IS_OVER}
    return {"from": BEFORE_ITS_CHANGE} if any(first < day for first, _ in spans) else {}


def _special_days(changes: Iterable[Change]) -> Iterable[tuple[date, date]]:
    for change in changes:
        if change.path[:2] == SPECIAL and isinstance(change.value, Mapping):
            yield change.value["day"], change.value.get("until", change.value["day"])
