"""Lobby duty as the tablet shows it: my own state, who else is there, what the last one wrote."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.core.viewer import Viewer
from lobby.floor.core.words import HALL_WORDS
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
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


def duty_part(tablet: TabletRequest) -> LivePart:
    def present(hall: Hall, _now: datetime) -> DutyView:
        return duty_of(tablet.viewer, hall)

    regions = {"roster": "floor/duty/_roster.html"}
    return LivePart("duty", "/floor/duty/live", regions, present, HALL_WORDS)


def duty_of(viewer: Viewer, hall: Hall) -> DutyView:
    mine = hall.duty.get(viewer.me)
    team = sorted(hall.duty.values(), key=lambda duty: (duty.since, duty.staff))
    return DutyView(
        mine=mine.state if mine else None,
        stand_in=viewer.name_of(mine.stand_in) if mine and mine.stand_in else "",
        team=tuple(_on_duty(viewer, duty) for duty in team),
        nobody=nobody_on_duty(hall),
        note=_note(viewer, hall),
        colleagues=tuple(each for each in viewer.colleagues if each[0] != viewer.me),
    )


def _on_duty(viewer: Viewer, duty: Duty) -> OnDuty:
    return OnDuty(
        name=viewer.name_of(duty.staff),
        state=duty.state,
        since=duty.since,
        stand_in=viewer.name_of(duty.stand_in) if duty.stand_in else "",
        note=duty.note,
        is_me=duty.staff == viewer.me,
    )


def _note(viewer: Viewer, hall: Hall) -> Note | None:
    left = hall.handover
    return Note(left.note, viewer.name_of(left.by), left.at) if left and left.note else None
