"""Lobby duty as the tablet shows it: how I stand, who else is there, what the last one wrote."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.core.viewer import Viewer
from lobby.queueing.model.duty import Duty, DutyState
from lobby.queueing.model.hall import Hall
from lobby.web.permissions import nobody_on_duty


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A colleague on lobby duty, or away from it with somebody who stands in."""

    name: str
    state: DutyState
    since: datetime
    stand_in: str
    note: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What the last one to leave wrote."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DutyView:
    """`mine` None: this person is not on duty. `nobody` on duty at all is everybody's concern."""

    mine: DutyState | None
    stand_in: str
    team: tuple[OnDuty, ...]
    nobody: bool
    note: Note | None
    colleagues: tuple[tuple[str, str], ...] = ()

    @property
    def others(self) -> tuple[OnDuty, ...]:
        return tuple(each for each in self.team if not each.is_me)


def duty_of(stand: Viewer, hall: Hall) -> DutyView:
    mine = hall.duty.get(stand.me)
    team = sorted(hall.duty.values(), key=lambda duty: (duty.since, duty.staff))
    return DutyView(
        mine=mine.state if mine else None,
        stand_in=stand.name_of(mine.stand_in) if mine and mine.stand_in else "",
        team=tuple(_on_duty(stand, duty) for duty in team),
        nobody=nobody_on_duty(hall),
        note=_note(stand, hall),
        colleagues=tuple(each for each in stand.colleagues if each[0] != stand.me),
    )


def _on_duty(stand: Viewer, duty: Duty) -> OnDuty:
    return OnDuty(
        name=stand.name_of(duty.staff),
        state=duty.state,
        since=duty.since,
        stand_in=stand.name_of(duty.stand_in) if duty.stand_in else "",
        note=duty.note,
        is_me=duty.staff == stand.me,
    )


def _note(stand: Viewer, hall: Hall) -> Note | None:
    left = hall.handover
    return Note(left.note, stand.name_of(left.by), left.at) if left and left.note else None
