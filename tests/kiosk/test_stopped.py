"""Kiosks stopped by hand: with a reason and an end, said on every screen, undone with one tap."""

import re

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.commands.floor import PostNotice, WithdrawNotice
from lobby.queueing.model.limits import NOTICES_MAX
from lobby.queueing.model.notices import NOTICE_REASONS, NoticeKind
from lobby.store.devices import DeviceKind
from tests.app.app import App, LocalApp
from tests.app.server import ServedApp
from tests.kiosk.conftest import Stand

REASONS = NOTICE_REASONS[NoticeKind.KIOSK_STOPPED]
WHY = {
    "en": "The hall is full, so no numbers are given for now.",
    "zh": "大堂客满，暂停取号",
    "vi": "Sảnh đã đông nên tạm ngừng cấp số.",
}
AGAIN = {
    "en": "Numbers are given again from 09:30.",
    "zh": "09:30 恢复取号。",
    "vi": "Cấp số lại từ 09:30.",
}


def stop(app: App, reason: str = "crowd", minutes: str = "30", **more: str) -> int:
    answer = app.post(
        "lan", "/floor/notices", notice=f"kiosk_stopped/{reason}", minutes=minutes, **more
    )
    assert answer.status_code == 303
    return app.hall.notices[-1].id


def undo(app: App, notice: int) -> None:
    assert app.post("lan", f"/floor/notices/{notice}/withdrawals").status_code == 303


def words(html: str) -> str:
    shown = re.sub("<[^>]+>", "", html).replace("\u200b", "").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", shown.replace("\u2060", ""))


@pytest.mark.parametrize("language", WHY)
def test_it_says_at_the_kiosk_why_and_until_when(counsel: LocalApp, language: str) -> None:
    stop(counsel)
    page = counsel.paired(DeviceKind.KIOSK).get(f"/kiosk?language={language}").text
    assert WHY[language] in words(page) and AGAIN[language] in words(page)
    assert 'class="answer' not in page
    assert 'action="/kiosk/help' in page
    assert page.count("closed__place") == 2, "the machines that work meanwhile"


@pytest.mark.parametrize("reason", ["power_cut", "drill"])
def test_it_sends_nobody_to_a_machine_where_nobody_should_go(
    counsel: LocalApp, reason: str
) -> None:
    stop(counsel, reason)
    assert "closed__place" not in counsel.paired(DeviceKind.KIOSK).get("/kiosk").text


@pytest.mark.parametrize("reason", REASONS)
def test_it_gives_no_number_while_it_is_stopped(counsel: LocalApp, reason: str) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    before = len(counsel.hall.tickets)
    stop(counsel, reason)
    form = kiosk.post("/kiosk/tickets", service="A01", amount="more", choice="counter")
    assert form.status_code == 409
    assert "Numbers are given again from 09:30." in form.text
    assert kiosk.get("/kiosk/advice?service=A01").status_code == 409
    assert len(counsel.hall.tickets) == before


def test_it_goes_on_after_one_tap(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    notice = stop(counsel)
    page = counsel.get("lan", "/floor/notices").text
    assert f'action="/floor/notices/{notice}/withdrawals"' in page
    undo(counsel, notice)
    assert 'class="answer' in kiosk.get("/kiosk").text


def test_it_goes_on_by_itself_at_the_time_that_was_said(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    stop(counsel)
    counsel.clock.advance(30 * 60 - 1)
    assert 'class="answer' not in kiosk.get("/kiosk").text
    counsel.clock.advance(1)
    assert 'class="answer' in kiosk.get("/kiosk").text


def test_one_tap_undoes_however_often_it_was_stopped(counsel: LocalApp) -> None:
    stop(counsel, "crowd")
    undo(counsel, stop(counsel, "drill", minutes="60"))
    assert counsel.hall.notices == ()


def test_it_stops_however_many_notices_hang(counsel: LocalApp) -> None:
    for _ in range(NOTICES_MAX):
        counsel.post("lan", "/floor/notices", notice="delay/many_customers", minutes="30")
    assert len(counsel.hall.notices) == NOTICES_MAX
    stop(counsel)


def test_the_wall_invites_nobody_to_a_kiosk_that_is_stopped(counsel: LocalApp) -> None:
    wall = counsel.paired(DeviceKind.DISPLAY)
    assert "Please take a number at the kiosk" in wall.get("/display").text
    stop(counsel)
    shown = wall.get("/display").text
    assert "Please take a number at the kiosk" not in shown
    assert WHY["en"] in shown, "and it says why"


def test_a_phone_says_why_and_that_the_number_stays_valid(counsel: LocalApp) -> None:
    stop(counsel)
    ticket = counsel.ticket("A006")
    page = counsel.stranger().get(f"/t/{ticket.secret}?language=en").text
    assert WHY["en"] in page and "Your number stays valid." in page


def test_staff_still_give_a_number_from_the_tablet(counsel: LocalApp) -> None:
    stop(counsel)
    counsel.post("lan", "/floor/duty", state="on_duty")
    before = len(counsel.hall.tickets)
    assert counsel.post("lan", "/floor/tickets", service="A01").status_code == 303
    assert len(counsel.hall.tickets) == before + 1


@pytest.mark.parametrize("who", ["thu", "nobody", "kiosk-device"])
def test_nobody_else_stops_a_kiosk(counsel: LocalApp, who: str) -> None:
    person = counsel.paired(DeviceKind.KIOSK) if who == "kiosk-device" else counsel.known(who)
    fields = {"notice": "kiosk_stopped/crowd", "minutes": "30"}
    assert person.post("/floor/notices", **fields).status_code in (303, 401, 403)
    assert counsel.hall.notices == ()


def test_an_open_page_stops_and_goes_on_without_a_touch(advised: ServedApp, stand: Stand) -> None:
    page: Page = stand()
    page.goto(f"{advised.address}/kiosk")
    expect(page.locator(".kiosk__page--closed")).to_have_count(0)
    advised.perform(PostNotice(NoticeKind.KIOSK_STOPPED, "crowd", 30))
    expect(page.locator(".kiosk__page--closed .closed__why")).to_be_visible()
    expect(page.locator(".answer")).to_have_count(0)
    advised.perform(WithdrawNotice(advised.hall.notices[-1].id))
    expect(page.locator(".answer").first).to_be_visible()
    expect(page.locator(".kiosk__page--closed")).to_have_count(0)
