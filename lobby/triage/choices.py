"""Every way the customer may choose: the advised one first, a person always among them."""

import math
from collections.abc import Iterator

from lobby.triage.advice import Channel, Choice, ChoiceKind
from lobby.triage.case import Case
from lobby.triage.catalogue import FeeChannel, Strength
from lobby.triage.conditions import can_be_done_by_phone
from lobby.triage.fees import fee_line
from lobby.triage.modifiers import closes_too_soon, leaves_too_soon


def choices_for(case: Case, channel: Channel, strength: Strength) -> tuple[Choice, ...]:
    """No kind twice: where two lead there, the first stands."""
    found: dict[ChoiceKind, Choice] = {}
    for choice in _all(case, channel, strength):
        found.setdefault(choice.kind, choice)
    return tuple(found.values())


def _all(case: Case, channel: Channel, strength: Strength) -> Iterator[Choice]:
    yield from _advised(case, channel)
    yield from _person(case, channel)
    if strength is not Strength.NONE:
        yield from _beside_a_machine(case, channel)
    if _needs_another_day(case):
        yield from _elsewhere(case)


def _advised(case: Case, channel: Channel) -> Iterator[Choice]:
    match channel:
        case Channel.SELF_SERVICE:
            yield _machine(case, ChoiceKind.MACHINE, channel)
        case Channel.ASSISTED_SELF:
            yield _machine(case, ChoiceKind.MACHINE_WITH_HELP, channel)
        case Channel.DIGITAL:
            yield _phone(case)
        case Channel.LOBBY_FIRST:
            yield Choice(ChoiceKind.COLLEAGUE, channel)
        case Channel.OTHER_BRANCH | Channel.BOOKING:
            yield from _elsewhere(case)
        case Channel.COUNTER | Channel.ADVISER:
            return


def _person(case: Case, channel: Channel) -> Iterator[Choice]:
    """A counter; an adviser, the same as last time first; or a colleague where there is none."""
    if not case.has_counter:
        yield Choice(ChoiceKind.COLLEAGUE, Channel.LOBBY_FIRST)
    elif channel is Channel.ADVISER:
        yield from _advisers(case)
    else:
        minutes = _finite(case.counter_minutes)
        fee = fee_line(case, FeeChannel.COUNTER)
        yield Choice(ChoiceKind.COUNTER, Channel.COUNTER, minutes, fee)


def _advisers(case: Case) -> Iterator[Choice]:
    fee, now = fee_line(case, FeeChannel.COUNTER), case.situation
    if case.request.last_adviser is not None:
        wait_min = now.same_adviser_wait_min
        yield Choice(ChoiceKind.SAME_ADVISER, Channel.ADVISER, wait_min, fee)
    yield Choice(ChoiceKind.FIRST_FREE, Channel.ADVISER, now.counter_wait_min, fee)


def _beside_a_machine(case: Case, channel: Channel) -> Iterator[Choice]:
    """With a colleague where one is free, and the phone as the last where it can do the job."""
    if channel is Channel.SELF_SERVICE and case.situation.lobby_manager_free:
        yield _machine(case, ChoiceKind.MACHINE_WITH_HELP, Channel.ASSISTED_SELF)
    if can_be_done_by_phone(case):
        yield _phone(case)


def _elsewhere(case: Case) -> Iterator[Choice]:
    other = case.situation.other_branch
    if other is not None:
        kind, channel = ChoiceKind.OTHER_BRANCH, Channel.OTHER_BRANCH
        yield Choice(kind, channel, other.wait_min, branch=other)
    if case.situation.takes_bookings:
        yield Choice(ChoiceKind.BOOKING, Channel.BOOKING)


def _needs_another_day(case: Case) -> bool:
    nobody = case.service.has_line and not case.has_counter
    return nobody or leaves_too_soon(case) or closes_too_soon(case)


def _machine(case: Case, kind: ChoiceKind, channel: Channel) -> Choice:
    fee, minutes = fee_line(case, FeeChannel.MACHINE), _finite(case.machine_minutes)
    return Choice(kind, channel, minutes, fee, case.machine)


def _phone(case: Case) -> Choice:
    return Choice(ChoiceKind.PHONE, Channel.DIGITAL, fee=fee_line(case, FeeChannel.PHONE))


def _finite(minutes: float) -> float | None:
    return None if math.isinf(minutes) else minutes
