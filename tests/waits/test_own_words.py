"""What a customer reads of who is before them, on phone, kiosk, slip and tablet."""

import pytest

from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.priority import Priority
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp

NEXT = {"zh": "下一位就是您", "vi": "Quý khách là người tiếp theo", "en": "You are next"}
EVERYTHING = ("A01", "A02", "A04", "B01", "F01")


@pytest.mark.parametrize("language", NEXT)
def test_nobody_is_told_to_be_next_before_whom_a_later_one_may_be_called(
    door: LocalApp, language: str
) -> None:
    """A slow job, alone in its line; a quick one and somebody who needs help come later."""
    door.perform(OpenCounter("1", "thu", EVERYTHING))
    door.perform(TakeTicket("A04", "en", "secret-of-who-is-served"))
    door.perform(CallNext("1"))
    kiosk = door.paired(DeviceKind.KIOSK)
    door.perform(TakeTicket("F01", "en", "secret-of-the-slow-job"))
    door.settled()
    for page in (
        door.stranger().get(f"/t/secret-of-the-slow-job?language={language}").text,
        kiosk.get(f"/kiosk/tickets/F001?language={language}").text,
    ):
        assert "F\u200a001" in page
        assert NEXT[language] not in page
    door.perform(TakeTicket("A01", "en", "secret-of-help", priority=Priority.ASSISTANCE))
    door.perform(StartServing("1", "A001"))
    door.perform(Finish("1", "A001"))
    door.perform(CallNext("1"))
    assert door.hall.counters["1"].ticket == "A002", "the later one is called first"


@pytest.mark.parametrize(
    ("language", "busy"),
    [("zh", "窗口正在办理业务"), ("vi", "các quầy đang phục vụ"), ("en", "the counter is busy")],
)
def test_who_has_nobody_before_them_reads_why_it_takes_long(
    door: LocalApp, language: str, busy: str
) -> None:
    door.perform(OpenCounter("1", "thu", EVERYTHING))
    for number in range(6):
        door.perform(TakeTicket("A04", "en", f"secret-of-transfer-{number}"))
    door.perform(CallNext("1"))
    door.perform(StartServing("1", "A001"))
    door.perform(TakeTicket("B01", "en", "secret-of-the-slow-job"))
    door.settled()
    kiosk = door.paired(DeviceKind.KIOSK).get(f"/kiosk/tickets/B001?language={language}").text
    phone = door.stranger().get(f"/t/secret-of-the-slow-job?language={language}").text
    assert busy in kiosk
    assert busy in phone
