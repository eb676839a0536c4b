"""Notices and escorts: what the hall is told, and who walks with whom."""

from datetime import timedelta

import pytest

from lobby.queueing.commands.floor import EndEscort, PostNotice, StartEscort, WithdrawNotice
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.notices import NOTICE_REASONS, Notice, NoticeKind, notices_now
from lobby.queueing.refusals.floor import (
    EscortIsOver,
    EscortUnderWay,
    NoticeIsOver,
    TooManyNotices,
    UnknownOutcome,
    UnknownReason,
)
from lobby.queueing.refusals.ticket import OutOfRange, ReasonMissing, TextTooLong, UnknownTicket
from tests.queueing.shift import LAN, THU, Shift

SLOW = PostNotice(NoticeKind.DELAY, "system_slow", 30, by=LAN)


@pytest.fixture
def shift() -> Shift:
    shift = Shift()
    shift.take()
    return shift


def test_it_shows_a_notice_until_its_time_is_over(shift: Shift) -> None:
    shift.act(SLOW)
    (notice,) = shift.hall.notices
    until = shift.now + timedelta(minutes=30)
    assert notice == Notice(
        shift.hall.version, NoticeKind.DELAY, "system_slow", {}, shift.now, until, LAN
    )
    shift.wait(minutes=29)
    assert notices_now(shift.hall.notices, shift.now) == (notice,)
    shift.wait(minutes=1)
    assert notices_now(shift.hall.notices, shift.now) == ()
    assert shift.refusal(WithdrawNotice(notice.id)) == NoticeIsOver()


def test_it_takes_a_notice_down_once(shift: Shift) -> None:
    shift.act(SLOW)
    notice_id = shift.hall.notices[0].id
    shift.act(WithdrawNotice(notice_id))
    assert shift.hall.notices == ()
    assert shift.refusal(WithdrawNotice(notice_id)) == NoticeIsOver()


def test_it_takes_a_reason_of_its_kind_or_words_of_its_own(shift: Shift) -> None:
    for kind, reasons in NOTICE_REASONS.items():
        for reason in reasons:
            shift.act(PostNotice(kind, reason, 1))
            assert shift.hall.notices[-1].reason == reason
            shift.wait(minutes=1)
    unknown = PostNotice(NoticeKind.DELAY, "holiday", 30)
    assert shift.refusal(unknown) == UnknownReason("holiday")
    texts = {"en": "  The  lift is back ", "vi": ""}
    shift.act(PostNotice(NoticeKind.CUSTOM, "", 30, texts))
    assert shift.hall.notices[-1].texts == {"en": "The lift is back"}
    empty = PostNotice(NoticeKind.CUSTOM, "", 30, {"vi": " "})
    assert shift.refusal(empty) == ReasonMissing()
    long = PostNotice(NoticeKind.CUSTOM, "", 30, {"en": 161 * "x"})
    assert shift.refusal(long) == TextTooLong(160)


@pytest.mark.parametrize("minutes", [0, -1, 721])
def test_it_refuses_a_notice_without_an_end(shift: Shift, minutes: int) -> None:
    assert shift.refusal(PostNotice(NoticeKind.DELAY, "break", minutes)) == OutOfRange(720)


def test_it_shows_five_notices_at_most(shift: Shift) -> None:
    for _ in range(5):
        shift.act(SLOW)
    assert shift.refusal(SLOW) == TooManyNotices()
    shift.wait(minutes=30)
    shift.act(SLOW)
    assert len(shift.hall.notices) == 1, "what is over makes room"


def test_it_keeps_a_notice_over_the_turn_of_the_day(shift: Shift) -> None:
    shift.act(SLOW)
    shift.wait(days=1)
    shift.act(PostNotice(NoticeKind.EARLY_CLOSING, "weather", 600))
    shift.take()
    assert [notice.kind for notice in shift.hall.notices] == [NoticeKind.EARLY_CLOSING]


def test_it_knows_who_walks_with_whom(shift: Shift) -> None:
    shift.act(StartEscort(LAN, "A001", "Entrance", "Counter 2"))
    begun = Escort(shift.hall.version, LAN, "A001", "Entrance", "Counter 2", shift.now)
    assert shift.hall.escorts == (begun,)
    again = StartEscort(LAN, None, "Seats", "Counter 3")
    assert shift.refusal(again) == EscortUnderWay(LAN)
    shift.act(StartEscort(THU, None, "", "Counter 3"))
    shift.act(EndEscort(begun.id, "arrived"))
    assert [escort.staff for escort in shift.hall.escorts] == [THU]
    assert shift.refusal(EndEscort(begun.id, "arrived")) == EscortIsOver()


def test_it_refuses_an_escort_that_leads_nowhere(shift: Shift) -> None:
    assert shift.refusal(StartEscort(LAN, None, "Seats", " ")) == ReasonMissing()
    assert shift.refusal(StartEscort(LAN, "A009", "Seats", "Exit")) == UnknownTicket("A009")
    shift.act(StartEscort(LAN, None, "Seats", "Exit"))
    (escort,) = shift.hall.escorts
    assert shift.refusal(EndEscort(escort.id, "done")) == UnknownOutcome("done")


def test_it_lets_an_escort_outlast_the_day(shift: Shift) -> None:
    shift.act(StartEscort(LAN, "A001", "Seats", "Exit"))
    shift.wait(days=1)
    shift.take()
    (escort,) = shift.hall.escorts
    assert (escort.staff, escort.ticket) == (LAN, None)
