"""What must be true of the floor at every step: machines, calls, duty, notices and escorts."""

from msgspec import structs

from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.floor import (
    DutyEvent,
    DutySet,
    EscortEnded,
    EscortEvent,
    HelpCalled,
    MachineReported,
    NoticeEvent,
)
from lobby.queueing.model.duty import on_duty, responsible
from lobby.queueing.model.hall import Hall


def check_floor(hall: Hall) -> None:
    assert hall.machines.keys() == hall.plan.machines.keys()
    assert all(machine.queue >= 0 for machine in hall.machines.values())
    ids = [call.id for call in hall.help_calls]
    assert ids == sorted(set(ids))
    assert all((call.taken_by is None) == (call.taken_at is None) for call in hall.help_calls)
    check_people(hall)


def check_people(hall: Hall) -> None:
    """Each under the own name, nobody standing in for themselves or in two places at once; a call
    is somebody's as long as anybody is there."""
    assert all(duty.staff == staff != duty.stand_in for staff, duty in hall.duty.items())
    escorting = [escort.staff for escort in hall.escorts]
    assert len(set(escorting)) == len(escorting)
    here = {duty.staff for duty in on_duty(hall.duty)}
    stand_ins = {d.stand_in for d in hall.duty.values() if d.staff not in here and d.stand_in}
    for call in hall.help_calls:
        asked = responsible(hall.duty, call, call.waiting_since)
        assert asked == call.taken_by or call.taken_by is None
        assert call.taken_by or (asked is None) == (not here | stand_ins)
        assert call.taken_by or asked is None or asked in here | stand_ins


def check_floor_event(before: Hall, event: Event, after: Hall) -> None:
    """Nobody's call is doubled, moved or lost by anything but its own events."""
    if isinstance(event, DayOpened):
        known = [m for m in before.machines.values() if m.since]
        assert [m for m in after.machines.values() if m.since] == known
        assert after.help_calls == tuple(structs.replace(c, ticket=None) for c in before.help_calls)
        assert [n for n in before.notices if n.until > event.at] == list(after.notices)
        assert [e.id for e in after.escorts] == [e.id for e in before.escorts]
        assert after.handover == before.handover
        assert after.duty.items() <= before.duty.items()
        return
    mine = event.machine if isinstance(event, MachineReported) else None
    for machine in before.machines.values():
        assert machine.id == mine or after.machines[machine.id] == machine
    open_calls = {(call.kind, call.place, call.ticket) for call in before.help_calls}
    help_id = getattr(event, "help_id", None)
    if isinstance(event, HelpCalled):
        assert (event.kind, event.place, event.ticket) not in open_calls
        help_id = after.version
    check_attendance(before, event, after)
    others = [call for call in before.help_calls if call.id != help_id]
    assert [call for call in after.help_calls if call.id != help_id] == others


def check_attendance(before: Hall, event: Event, after: Hall) -> None:
    """Duty, notices and escorts change by their own events only, one at a time."""
    if not isinstance(event, DutyEvent):
        assert (after.duty, after.handover) == (before.duty, before.handover)
    if not isinstance(event, NoticeEvent):
        assert after.notices == before.notices
    if not isinstance(event, EscortEvent):
        assert after.escorts == before.escorts
    if isinstance(event, DutyEvent):
        others = {s: d for s, d in before.duty.items() if s != event.staff}
        assert {s: d for s, d in after.duty.items() if s != event.staff} == others
        assert (event.staff in after.duty) == isinstance(event, DutySet)
    if isinstance(event, EscortEnded):
        assert len(after.escorts) == len(before.escorts) - 1
