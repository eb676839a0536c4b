"""Who walks with which customer now, and how such a walk may end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lobby.i18n.texts import mark
from lobby.queueing.model.durations import whole_minutes_s
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.hall import Hall

ESCORT_OUTCOMES = {
    "arrived": mark("Brought there"),
    "seated": mark("Found a seat"),
    "handed_over": mark("A colleague took over"),
    "left": mark("Left the branch"),
}

NameOf = Callable[[str], str]
"""The name of a person by the id under which the hall knows them."""


@dataclass(frozen=True, slots=True)
class EscortRow:
    """Somebody who is being accompanied; `lasting_s` is whole minutes."""

    id: int
    number: str | None
    who: str
    from_place: str
    to_place: str
    lasting_s: float


def escort_rows(
    hall: Hall, name_of: NameOf, now: datetime, number: str | None = None
) -> tuple[EscortRow, ...]:
    """Who walks with whom now; of one ticket, or of all."""
    return tuple(
        _row(escort, name_of, now)
        for escort in hall.escorts
        if number is None or escort.ticket == number
    )


def _row(escort: Escort, name_of: NameOf, now: datetime) -> EscortRow:
    return EscortRow(
        id=escort.id,
        number=escort.ticket,
        who=name_of(escort.staff),
        from_place=escort.from_place,
        to_place=escort.to_place,
        lasting_s=whole_minutes_s(escort.started_at, now),
    )
