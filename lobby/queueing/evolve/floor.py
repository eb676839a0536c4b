"""The next state of the floor: machines, calls for a colleague, lobby duty, notices, escorts."""

from collections.abc import Callable

from msgspec.structs import replace

from lobby.queueing.events.floor import (
    DutyLeft,
    DutySet,
    EscortEnded,
    EscortStarted,
    HelpAnswered,
    HelpCalled,
    HelpEnded,
    HelpHandedBack,
    HelpReasonChanged,
    MachineReported,
    NoticePosted,
    NoticeWithdrawn,
)
from lobby.queueing.evolve.evolver import HallEvolvers
from lobby.queueing.model.duty import Duty, Handover
from lobby.queueing.model.escorts import GIVEN_BACK, Escort
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall
from lobby.queueing.model.limits import ESCORTS_MAX
from lobby.queueing.model.machine import Machine
from lobby.queueing.model.notices import Notice, notices_now


def _machine_reported(hall: Hall, event: MachineReported) -> Hall:
    """`since` moves only with the state, not with the number of people before the machine."""
    before = hall.machines.get(event.machine) or Machine(event.machine)
    since = before.since if before.state is event.state and before.since else event.at
    after = Machine(event.machine, event.state, event.queue, since)
    return replace(hall, machines={**hall.machines, after.id: after})


def _help_called(hall: Hall, event: HelpCalled) -> Hall:
    call = HelpCall(
        *(hall.version, event.kind, event.place, event.ticket, event.at),
        note=event.note,
        service=event.service,
        intake=event.intake,
    )
    return replace(hall, help_calls=(*hall.help_calls, call))


def _help_reason_changed(hall: Hall, event: HelpReasonChanged) -> Hall:
    return _with_call(
        hall, event.help_id, lambda call: replace(call, kind=event.kind, note=event.note)
    )


def _help_answered(hall: Hall, event: HelpAnswered) -> Hall:
    return _with_call(
        hall,
        event.help_id,
        lambda call: replace(call, taken_by=event.staff, taken_at=event.at),
    )


def _help_handed_back(hall: Hall, event: HelpHandedBack) -> Hall:
    """For the others now; who could not is asked last."""
    return _with_call(
        hall,
        event.help_id,
        lambda call: replace(
            call,
            taken_by=None,
            taken_at=None,
            handed_back=(*(s for s in call.handed_back if s != event.staff), event.staff),
            handed_back_at=event.at,
            had_since=call.taken_at,
            back_reason=event.reason,
        ),
    )


def _help_ended(hall: Hall, event: HelpEnded) -> Hall:
    others = (call for call in hall.help_calls if call.id != event.help_id)
    return replace(hall, help_calls=tuple(others))


def _with_call(hall: Hall, help_id: int, change: Callable[[HelpCall], HelpCall]) -> Hall:
    calls = (change(call) if call.id == help_id else call for call in hall.help_calls)
    return replace(hall, help_calls=tuple(calls))


def _duty_set(hall: Hall, event: DutySet) -> Hall:
    before = hall.duty.get(event.staff)
    since = before.since if before and before.state is event.state else event.at
    duty = Duty(event.staff, event.state, since, event.stand_in, event.note)
    return replace(hall, duty={**hall.duty, event.staff: duty})


def _duty_left(hall: Hall, event: DutyLeft) -> Hall:
    """A note stands until the next one; who leaves without a word leaves it as it is."""
    others = {staff: duty for staff, duty in hall.duty.items() if staff != event.staff}
    note = Handover(event.note, event.staff, event.at) if event.note else hall.handover
    return replace(hall, duty=others, handover=note)


def _notice_posted(hall: Hall, event: NoticePosted) -> Hall:
    """What is over makes room."""
    notice = Notice(
        hall.version, event.kind, event.reason, event.texts, event.at, event.until, event.by
    )
    return replace(hall, notices=(*notices_now(hall.notices, event.at), notice))


def _notice_withdrawn(hall: Hall, event: NoticeWithdrawn) -> Hall:
    others = (notice for notice in hall.notices if notice.id != event.notice_id)
    return replace(hall, notices=tuple(others))


def _escort_started(hall: Hall, event: EscortStarted) -> Hall:
    places = (event.from_place, event.to_place)
    escort = Escort(hall.version, event.staff, event.ticket, *places, event.at)
    earlier = tuple(e for e in hall.given_back_escorts if e.ticket != event.ticket)
    return replace(hall, escorts=(*hall.escorts, escort), given_back_escorts=earlier)


def _escort_ended(hall: Hall, event: EscortEnded) -> Hall:
    """One that was given back is remembered, for whoever is asked to go next."""
    under_way = tuple(escort for escort in hall.escorts if escort.id != event.escort_id)
    hall_after = replace(hall, escorts=under_way)
    if event.outcome != GIVEN_BACK:
        return hall_after
    ended = (replace(e, given_back_at=event.at) for e in hall.escorts if e.id == event.escort_id)
    kept = (*hall.given_back_escorts, *ended)[-ESCORTS_MAX:]
    return replace(hall_after, given_back_escorts=kept)


EVOLVERS: HallEvolvers = {
    MachineReported: _machine_reported,
    HelpCalled: _help_called,
    HelpReasonChanged: _help_reason_changed,
    HelpAnswered: _help_answered,
    HelpHandedBack: _help_handed_back,
    HelpEnded: _help_ended,
    DutySet: _duty_set,
    DutyLeft: _duty_left,
    NoticePosted: _notice_posted,
    NoticeWithdrawn: _notice_withdrawn,
    EscortStarted: _escort_started,
    EscortEnded: _escort_ended,
}
