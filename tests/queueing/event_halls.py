"""The halls in which events happen: what was done before each of them."""

from datetime import timedelta

from msgspec import structs

from lobby.queueing.commands.command import (
    OpenDay,
)
from lobby.queueing.commands.counter import (
    Finish,
    Hold,
    LeftSeat,
    MarkAbsent,
    MarkSeats,
    PauseCounter,
    PauseServing,
    PlanBreak,
    StartServing,
    Transfer,
)
from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    PostNotice,
    SetDuty,
    StartEscort,
)
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    CancelTicket,
    OfferMachine,
    Rest,
)
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.notices import NoticeKind
from lobby.queueing.model.rest import RestReason
from tests.app.people import MORNING
from tests.queueing.shift import LAN, THU, WEI, Shift

AT = ("1", "A001")
SOON = MORNING + timedelta(hours=1)


def both_open(shift: Shift) -> None:
    shift.open()
    shift.open("2", WEI)


def waiting(shift: Shift) -> None:
    both_open(shift)
    for _ in range(4):
        shift.take()


def called(shift: Shift) -> None:
    waiting(shift)
    shift.call()
    shift.wait(seconds=30)


def sent_to_one_teller(shift: Shift) -> None:
    """A001 waits for the teller at counter 2."""
    called(shift)
    shift.act(Transfer(*AT, to_teller=WEI))
    shift.wait(minutes=1)


def serving(shift: Shift) -> None:
    called(shift)
    shift.act(StartServing(*AT))
    shift.wait(minutes=3)


def interrupted(shift: Shift) -> None:
    serving(shift)
    shift.act(PauseServing(*AT))
    shift.wait(minutes=1)


def sent_on_with_return(shift: Shift) -> None:
    serving(shift)
    shift.act(Transfer(*AT, to_service="F01", to_counter="2", come_back=True))
    shift.call("2")
    shift.act(StartServing("2", "A001"))
    shift.wait(minutes=2)


def held(shift: Shift) -> None:
    serving(shift)
    shift.act(Hold(*AT, "papers missing", 5))
    shift.wait(minutes=2)


def resting(shift: Shift) -> None:
    waiting(shift)
    shift.act(Rest("A001", RestReason.LATER, 20))
    shift.wait(minutes=20)


def left_at_machine(shift: Shift) -> None:
    at_machine(shift)
    shift.act(CancelTicket("A001"))
    shift.wait(minutes=1)


def absent(shift: Shift) -> None:
    called(shift)
    shift.act(MarkAbsent(*AT))


def finished(shift: Shift) -> None:
    serving(shift)
    shift.act(Finish(*AT))


def offered(shift: Shift) -> None:
    waiting(shift)
    shift.act(OfferMachine("A001", "crs-2"))


def at_machine(shift: Shift) -> None:
    offered(shift)
    shift.act(AcceptMachine("A001"))


def paused(shift: Shift) -> None:
    shift.open()
    shift.act(PauseCounter("1", "tea", 10))
    shift.wait(minutes=10)


def left_open(shift: Shift) -> None:
    shift.open()
    shift.act(MarkSeats((LeftSeat("1", THU, MORNING),)))


def with_break(shift: Shift) -> None:
    shift.open()
    shift.act(PlanBreak("1", SOON, 15))


def help_called(shift: Shift) -> None:
    waiting(shift)
    shift.act(CallColleague(HelpKind.HELP, "Kiosk 1", "A001"))


def stuck_called(shift: Shift) -> None:
    waiting(shift)
    shift.act(CallColleague(HelpKind.STUCK, "Kiosk 1"))


def help_answered(shift: Shift) -> None:
    help_called(shift)
    shift.act(AnswerHelp(shift.hall.help_calls[0].id, LAN))


def on_duty(shift: Shift) -> None:
    waiting(shift)
    shift.act(SetDuty(LAN, DutyState.ON_DUTY))


def notice_up(shift: Shift) -> None:
    waiting(shift)
    shift.act(PostNotice(NoticeKind.DELAY, "few_counters", 30, by=LAN))


def escort_under_way(shift: Shift) -> None:
    waiting(shift)
    shift.act(StartEscort(LAN, "A001", "Seats", "Entrance"))


def day_after(shift: Shift) -> None:
    waiting(shift)
    shift.wait(days=1)


TOMORROW = MORNING.date() + timedelta(days=1)


def turned_falsely(shift: Shift) -> None:
    waiting(shift)
    before = shift.hall
    shift.wait(days=1)
    shift.act(OpenDay())
    shift.hall = structs.replace(shift.hall, before_turn=before)
