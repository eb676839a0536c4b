"""What a day leaves behind for reports and for whoever looks into the log years later."""

from datetime import date, datetime, timedelta
from functools import partial

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallNext,
    Finish,
    OpenCounter,
    PauseServing,
    ResumeServing,
    StartServing,
)
from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    EndEscort,
    EndHelp,
    HandBackHelp,
    LeaveDuty,
    PostNotice,
    SetDuty,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    OfferMachine,
    RecordCare,
    ReturnFromMachine,
    WentAlong,
)
from lobby.queueing.events.care import CareRecorded
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.floor import (
    DutyLeft,
    DutySet,
    EscortEnded,
    EscortStarted,
    NoticePosted,
    NoticeWithdrawn,
)
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.notices import NoticeKind
from lobby.settings import Database
from lobby.store.acts import Actor, KeyedAct
from lobby.store.help_calls import help_calls_of
from lobby.store.kinds import ActorKind
from lobby.store.past_days import events_of_day
from lobby.store.records import record_once
from lobby.store.teller_comments import TellerComment, add_teller_comment, teller_comments_of
from lobby.store.visits import visits_of
from tests.app.people import MORNING
from tests.store.office import Office, in_office

TODAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)
ON, BUSY = DutyState.ON_DUTY, DutyState.WITH_CUSTOMER


def minute(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


async def play(office: Office, *commands: Command) -> None:
    """One act a minute, the first at nine."""
    for command in commands:
        await office.act(command)
        office.clock.advance(60)


def logged(office: Office, day: date, *kinds: type[Event]) -> list[Event]:
    """Of a day, as the log has it."""
    found = office.store.read_now(lambda c: events_of_day(c, "riverside", day))
    assert found is not None
    return [event for event in found[1] if isinstance(event, kinds)]


def test_it_keeps_every_word_of_duty_in_the_log(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await play(
            office,
            SetDuty("lan", ON),
            SetDuty("lan", ON, note="until eleven"),
            SetDuty("lan", BUSY),
            SetDuty("thu", DutyState.AWAY, "wei"),
            LeaveDuty("lan", "Glasses are lent"),
        )
        assert logged(office, TODAY, DutySet, DutyLeft) == [
            DutySet(minute(0), "lan", ON, None, ""),
            DutySet(minute(1), "lan", ON, None, "until eleven"),
            DutySet(minute(2), "lan", BUSY, None, ""),
            DutySet(minute(3), "thu", DutyState.AWAY, "wei", ""),
            DutyLeft(minute(4), "lan", "Glasses are lent"),
        ]

    in_office(database, scenario)


def test_it_keeps_in_the_log_who_was_still_on_duty_when_the_day_turned(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await play(office, SetDuty("lan", ON))
        office.clock.advance(24 * 3600)
        await play(office, SetDuty("thu", ON))
        turned_at = office.clock.now()
        await office.take()
        (opened,) = logged(office, TOMORROW, DayOpened)
        assert isinstance(opened, DayOpened)
        assert (opened.at, [duty.staff for duty in opened.duty]) == (turned_at, ["thu"])
        assert list(office.riverside.hall.duty) == ["thu"]

    in_office(database, scenario)


def test_it_keeps_in_the_log_what_the_hall_was_told(database: Database) -> None:
    async def scenario(office: Office) -> None:
        texts = {"en": "The lift is back"}
        await play(
            office,
            CallColleague(HelpKind.HELP, "Seats"),
            PostNotice(NoticeKind.CUSTOM, "", 60, texts, "lan"),
            PostNotice(NoticeKind.DELAY, "system_slow", 30, by="lan"),
            WithdrawNotice(3),
        )
        assert logged(office, TODAY, NoticePosted, NoticeWithdrawn) == [
            NoticePosted(minute(1), NoticeKind.CUSTOM, "", minute(61), texts, "lan"),
            NoticePosted(minute(2), NoticeKind.DELAY, "system_slow", minute(32), {}, "lan"),
            NoticeWithdrawn(minute(3), 3),
        ]

    in_office(database, scenario)


def test_it_keeps_in_the_log_who_walked_with_whom_and_who_was_cared_for(
    database: Database,
) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        await play(
            office,
            StartEscort("lan", "A001", "Entrance", "Counter 2"),
            EndEscort(3, "arrived"),
            StartEscort("lan", None, "Seats", "Exit"),
            RecordCare("A001", CareStep.WATER, "lan"),
        )
        assert logged(office, TODAY, EscortStarted, EscortEnded, CareRecorded) == [
            EscortStarted(minute(0), "lan", "A001", "Entrance", "Counter 2"),
            EscortEnded(minute(1), 3, "arrived"),
            EscortStarted(minute(2), "lan", None, "Seats", "Exit"),
            CareRecorded(minute(3), "A001", CareStep.WATER, "lan"),
        ]

    in_office(database, scenario)


def test_it_counts_how_often_a_call_was_handed_back(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await play(
            office,
            CallColleague(HelpKind.RISK, "Counter 2", note="a safe account"),
            AnswerHelp(2, "lan"),
            HandBackHelp(2, "lan"),
            AnswerHelp(2, "thu"),
            HandBackHelp(2, "thu"),
        )
        (call,) = office.store.read_now(lambda c: help_calls_of(c, "riverside", TODAY))
        assert (call.note, call.handed_back) == ("a safe account", 2)
        assert (call.taken_by, call.taken_at) == (None, None)
        await play(office, AnswerHelp(2, "wei"), EndHelp(2, "reassured"))
        (call,) = office.store.read_now(lambda c: help_calls_of(c, "riverside", TODAY))
        assert (call.taken_by, call.outcome, call.ended_at) == ("wei", "reassured", minute(6))

    in_office(database, scenario)


def test_it_keeps_who_went_along_and_why_somebody_came_back(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        await play(
            office,
            OfferMachine("A001", "atm-1"),
            AcceptMachine("A001"),
            WentAlong("A001", "lan"),
            ReturnFromMachine("A001", "card not read"),
        )
        (visit,) = office.store.read_now(lambda c: visits_of(c, "riverside", TODAY))
        assert (visit.went_along_at, visit.went_along_by) == (minute(2), "lan")
        assert (visit.returned_at, visit.diversion_reason) == (minute(3), "card not read")

    in_office(database, scenario)


def test_it_counts_no_pause_of_a_service_as_service(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.take()
        await play(
            office,
            OpenCounter("1", "thu", ("A01",)),
            CallNext("1"),
            StartServing("1", "A001"),
            PauseServing("1", "A001"),
            ResumeServing("1", "A001"),
            Finish("1", "A001"),
        )
        (visit,) = office.store.read_now(lambda c: visits_of(c, "riverside", TODAY))
        assert visit.served_s == 120
        assert office.refolded() == office.riverside.hall

    in_office(database, scenario)


def test_it_keeps_the_notes_of_a_teller_once(database: Database) -> None:
    async def scenario(office: Office) -> None:
        for key, teller, at in [("a", "thu", 1), ("a", "thu", 2), ("a", "wei", 3)]:
            act = KeyedAct(Actor(ActorKind.STAFF, teller), key, "sent:a comment")
            say = partial(
                add_teller_comment,
                branch_id="riverside",
                teller=teller,
                day=TODAY,
                text="Busy",
                at=minute(at),
                key=act.scoped_key,
            )
            await office.store.write(
                partial(record_once, branch_id="riverside", act=act, at=minute(at), work=say)
            )
        read = office.store.read_now
        assert read(lambda c: teller_comments_of(c, "riverside", TODAY, "thu")) == [
            TellerComment(1, "thu", minute(1), "Busy")
        ]
        assert len(read(lambda c: teller_comments_of(c, "riverside", TODAY))) == 2
        assert read(lambda c: teller_comments_of(c, "harbour", TODAY)) == []

    in_office(database, scenario)
