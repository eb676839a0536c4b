"""How a ticket stands, in the corners that no page test reaches."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from kiosk.ticket_status import Help, SlipLink, TicketStatus, ticket_status
from lobby.machines import MachineState
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, MarkAbsent, OpenCounter
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, EndHelp, ReportMachine
from lobby.queueing.commands.ticket import (
    BringBack,
    ConfirmMachineJob,
    ReturnFromMachine,
    TakeTicket,
)
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import ConfirmedBy
from lobby.queueing.model.plan import CounterPolicy
from lobby.queueing.model.ticket import TicketState
from lobby.waits.announced import Wait
from lobby.waits.ledger import AnnouncementLedger
from tests.app.people import MORNING, hall
from tests.waits.snapshots import between, snapshot

LINK = SlipLink("secret-1", "riverside", MORNING.date(), "A001")
MIDNIGHT = datetime.fromisoformat("2026-03-03T00:00:00+08:00")


def after(*commands: Command, at: datetime = MORNING, before: Hall | None = None) -> Hall:
    """In a branch that counts who does not come at once as absent."""
    found = before or structs.replace(
        hall(), plan=replace(hall().plan, counter_policy=CounterPolicy(0, 1))
    )
    for command in commands:
        found = fold(found, decide(found, command, at))
    return found


TAKEN = after(
    TakeTicket("A01", "en", "secret-1"),
    TakeTicket("A01", "en", "secret-2"),
    OpenCounter("3", "thu", ("A01",)),
)
CALLED = after(CallNext("3"), before=TAKEN)
ABSENT = after(MarkAbsent("3", "A001"), before=CALLED)


def test_it_waits_with_nobody_ahead() -> None:
    assert ticket_status(TAKEN, LINK, MORNING) == TicketStatus(
        "A001",
        TicketState.WAITING,
        "A01",
        wait=Wait(ahead=0, counters=1),
        behind=1,
        may_rest=True,
        may_change_mind=True,
    )


def test_it_may_come_back_for_a_quarter_of_an_hour() -> None:
    last_moment = MORNING + timedelta(minutes=15)
    assert ticket_status(ABSENT, LINK, last_moment).back_by == "09:15"
    assert ticket_status(ABSENT, LINK, last_moment + timedelta(seconds=1)).back_by is None


def test_it_may_come_back_once() -> None:
    again = after(
        BringBack("A001"),
        CallNext("3"),
        MarkAbsent("3", "A002"),
        CallNext("3"),
        MarkAbsent("3", "A001"),
        before=ABSENT,
    )
    standing = ticket_status(again, LINK, MORNING)
    assert (standing.state, standing.back_by) == (TicketState.ABSENT, None)


def test_it_lapses_with_the_day_even_before_the_next_one_begins() -> None:
    assert ticket_status(TAKEN, LINK, MIDNIGHT).is_over
    assert not ticket_status(TAKEN, LINK, MIDNIGHT - timedelta(seconds=1)).is_over


def test_it_is_served_over_midnight() -> None:
    assert ticket_status(CALLED, LINK, MIDNIGHT).counter == 3


def test_it_knows_nothing_of_another_secret() -> None:
    other = SlipLink("another", "riverside", MORNING.date(), "A001")
    assert ticket_status(TAKEN, other, MORNING) == TicketStatus("A001", TicketState.LAPSED)


def test_it_tells_no_wait_to_somebody_who_no_longer_waits() -> None:
    assert ticket_status(TAKEN, LINK, MORNING).wait is not None
    assert ticket_status(CALLED, LINK, MORNING).wait is None


def test_it_stays_the_same_while_the_range_does() -> None:
    second = SlipLink("secret-2", "riverside", MORNING.date(), "A002")
    ledger = AnnouncementLedger()

    def seen(p90_min: float, minute: int) -> TicketStatus:
        at = MORNING + timedelta(minutes=minute)
        ledger.renew(snapshot(TAKEN, {"A002": between(6, p90_min)}, at=at), TAKEN, at)
        return ticket_status(TAKEN, second, at, ledger.announced)

    assert seen(14, minute=0) == seen(18, minute=1) != seen(28, minute=2)


def test_it_counts_those_behind_no_further_than_more_time_reaches() -> None:
    more = [TakeTicket("A02", "en", f"secret-{n}") for n in range(3, 6)]
    others = [TakeTicket("F01", "en", f"secret-{n}") for n in range(6, 9)]
    last = SlipLink("secret-5", "riverside", MORNING.date(), "A005")
    crowd = after(*more, *others, before=TAKEN)
    assert ticket_status(crowd, LINK, MORNING).behind == 2
    assert ticket_status(crowd, last, MORNING).behind == 0


SLIP = SlipLink("slip-1", "riverside", MORNING.date(), "S001")
AT_MACHINE = after(TakeTicket("A01", "en", "slip-1", machine="crs-2"), before=TAKEN)


def test_it_leads_to_a_machine_and_back() -> None:
    there = ticket_status(AT_MACHINE, SLIP, MORNING)
    assert (there.state, there.machine) == (TicketState.AT_MACHINE, "crs-2")
    assert (there.can_leave, there.can_change_service, there.can_postpone) == (True, True, False)
    back = ticket_status(after(ReturnFromMachine("S001"), before=AT_MACHINE), SLIP, MORNING)
    assert (back.state, back.machine, back.has_returned) == (TicketState.WAITING, None, True)


def test_it_ends_at_the_machine() -> None:
    done = after(ConfirmMachineJob("S001", ConfirmedBy.CUSTOMER), before=AT_MACHINE)
    standing = ticket_status(done, SLIP, MORNING)
    assert (standing.state, standing.machine) == (TicketState.DONE_AT_MACHINE, None)
    assert not standing.can_leave
    assert not standing.can_call_colleague


@pytest.mark.parametrize(
    ("state", "works"),
    [(MachineState.UP, True), (MachineState.OUT_OF_NOTES, True), (MachineState.DOWN, False)],
)
def test_it_notices_that_the_machine_stopped(state: MachineState, works: bool) -> None:
    reported = after(ReportMachine("crs-2", state), before=AT_MACHINE)
    assert ticket_status(reported, SLIP, MORNING).machine_works is works


def test_it_knows_whether_a_colleague_comes() -> None:
    called = after(CallColleague(HelpKind.HELP, "phone", "A001"), before=TAKEN)
    help_id = called.help_calls[0].id
    taken = after(AnswerHelp(help_id, "lan"), before=called)
    ended = after(EndHelp(help_id, "helped"), before=taken)
    seen = [ticket_status(now, LINK, MORNING).help for now in (TAKEN, called, taken, ended)]
    assert seen == [Help.NONE, Help.CALLED, Help.ON_THE_WAY, Help.NONE]


@pytest.mark.parametrize("kind", [kind for kind in HelpKind if kind is not HelpKind.HELP])
def test_it_never_tells_of_another_kind_of_call(kind: HelpKind) -> None:
    called = after(CallColleague(kind, "desk", "A001"), before=TAKEN)
    assert ticket_status(called, LINK, MORNING).help is Help.NONE


def test_it_knows_nothing_of_calls_for_others() -> None:
    called = after(CallColleague(HelpKind.HELP, "phone", "A002"), before=TAKEN)
    assert ticket_status(called, LINK, MORNING).help is Help.NONE


def test_it_calls_nobody_for_who_may_no_longer_come_back() -> None:
    assert ticket_status(ABSENT, LINK, MORNING).can_call_colleague
    late = MORNING + timedelta(minutes=16)
    assert not ticket_status(ABSENT, LINK, late).can_call_colleague
