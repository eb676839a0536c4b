"""What there is before an act: each function brings a hall of the morning so far."""

from collections.abc import Callable
from datetime import timedelta

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    LeftSeat,
    MarkAbsent,
    MarkSeats,
    OpenCounter,
    PlanBreak,
    StartServing,
)
from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    PostNotice,
    SetDuty,
    StartEscort,
)
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.notices import NoticeKind
from tests.app.app import App

GLASSES = {"kind": "glasses", "detail": "+2.0", "total": "1"}
FOUND = {"direction": "found", "kind": "umbrella", "place": "seats", "keeper": "Lan, safe"}
CONTACT = {"contact": "0912345123", "agreed": "yes"}
WORDS = {"zh": "您好。", "vi": "Xin chào.", "en": "Good to see you."}


CASH = ("A01", "A02", "A04")
GRACE_S = 46


def seated(app: App) -> None:
    app.perform(OpenCounter("1", app.id_of("thu"), CASH))


def waiting(app: App) -> None:
    seated(app)
    app.take("A01")
    app.take("A01")


def called(app: App) -> None:
    waiting(app)
    app.perform(CallNext("1"))


def serving(app: App) -> None:
    called(app)
    app.perform(StartServing("1", "A001"))


def called_twice(app: App) -> None:
    called(app)
    app.perform(CallAgain("1", "A001"))
    app.clock.advance(GRACE_S)


def absent(app: App) -> None:
    called_twice(app)
    app.perform(MarkAbsent("1", "A001"))


def done(*commands: Command, after: Callable[[App], None] = seated) -> Callable[[App], None]:
    """These done, one after the other, in that state."""

    def ready(app: App) -> None:
        after(app)
        for command in commands:
            app.perform(command)

    return ready


def with_break(app: App) -> None:
    seated(app)
    app.perform(PlanBreak("1", app.clock.now() + timedelta(hours=1), 15))


def left_open(app: App) -> None:
    """Thu has gone and her counter is open."""
    seated(app)
    app.perform(MarkSeats((LeftSeat("1", app.id_of("thu"), app.clock.now()),)))


def at_machine(app: App) -> None:
    app.perform(TakeTicket("A01", "vi", "secret-of-a-slip", machine="atm-1"))


def helped(app: App) -> None:
    app.perform(CallColleague(HelpKind.HELP, "entrance"))


def help_taken(app: App) -> None:
    helped(app)
    app.perform(AnswerHelp(app.hall.help_calls[0].id, app.id_of("lan")))


def risky(app: App) -> None:
    app.perform(CallColleague(HelpKind.RISK, "seats"))
    app.perform(SetDuty(app.id_of("lan"), DutyState.ON_DUTY))


def on_duty(app: App) -> None:
    app.perform(SetDuty(app.id_of("lan"), DutyState.ON_DUTY))


def walking(app: App) -> None:
    app.perform(StartEscort(app.id_of("lan"), None, "entrance", "seats"))


def noticed(app: App) -> None:
    app.perform(PostNotice(NoticeKind.DELAY, "many_customers", 60, by=app.id_of("lan")))


def long_waits(app: App) -> None:
    waiting(app)
    app.clock.advance(7200)


def with_glasses(app: App) -> None:
    app.post("lan", "/floor/amenities", **GLASSES)


def lent(app: App) -> None:
    with_glasses(app)
    app.post("lan", "/floor/amenities/loans", amenity="1")


def with_item(app: App) -> None:
    app.post("lan", "/floor/lost-items", **FOUND)


def with_script(app: App) -> None:
    app.post("lan", "/floor/scripts/greeting/versions", after="0", **WORDS)


def nothing(_app: App) -> None:
    """The hall as it is in the morning."""
