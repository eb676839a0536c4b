"""The small display over one counter, from its opening in the morning to its closing."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from display.counter_sign import SignState, SignView, sign_view
from lobby.queueing.commands.counter import (
    CallNext,
    CloseCounter,
    Finish,
    OpenCounter,
    PauseCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import SetCallModes
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.hall import Hall
from tests.app.people import MORNING, hall
from tests.app.server import ServedApp
from tests.display.test_regions import after, here, took
from tests.display.wall_page import CAPITALS_PX, SMALL, hang, hears, speaks

COUNTER_3 = {"layout": "counter", "counter": "3"}
CUT_OFF = """() => [...document.querySelectorAll("main p, main li, header *, .touch")]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.left < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    })
    .map((element) => element.className)"""


def sign_of(hall: Hall, counter: str = "3", language: str = "en") -> SignView:
    return sign_view(hall, MORNING, here(language, layout="counter", counter=counter))


def test_it_is_closed_until_a_teller_sits_down() -> None:
    assert sign_of(hall()).state is SignState.CLOSED
    assert sign_of(hall()).services == ()


def test_it_names_what_the_counter_serves_while_it_is_free() -> None:
    opened = after(hall(), OpenCounter("3", "thu", ("A01", "A02")))
    assert sign_of(opened).state is SignState.FREE
    assert sign_of(opened, language="vi").services == ("Rút tiền mặt", "Nộp tiền mặt")


def test_it_shows_the_number_from_the_call_to_the_end() -> None:
    called = after(hall(), OpenCounter("3", "thu", ("A01",)), took("A01", "first"), CallNext("3"))
    assert (sign_of(called).state, sign_of(called).ticket) == (SignState.CALLING, "A001")
    serving = after(called, StartServing("3", "A001"))
    assert (sign_of(serving).state, sign_of(serving).ticket) == (SignState.SERVING, "A001")
    assert sign_of(after(serving, Finish("3", "A001"))).ticket == ""


def test_it_forgets_yesterdays_customer_at_midnight() -> None:
    called = after(hall(), OpenCounter("3", "thu", ("A01",)), took("A01", "first"), CallNext("3"))
    inputs = here(layout="counter", counter="3")
    late, midnight = (MORNING + timedelta(hours=hours) for hours in (14.9, 15))
    assert sign_view(called, late, inputs).ticket == "A001"
    sign = sign_view(called, midnight, inputs)
    assert (sign.state, sign.ticket) == (SignState.CLOSED, "")


def test_it_does_not_call_out_who_is_fetched_in_person() -> None:
    fetched = after(
        hall(),
        OpenCounter("3", "thu", ("A01",)),
        took("A01", "first"),
        SetCallModes("A001", (CallMode.FETCH,)),
        CallNext("3"),
    )
    assert (sign_of(fetched).state, sign_of(fetched).ticket) == (SignState.FREE, "")


def test_it_tells_why_a_counter_rests_and_until_when() -> None:
    opened = after(hall(), OpenCounter("3", "thu", ("A01",)))
    lunch = sign_of(after(opened, PauseCounter("3", "Lunch", minutes=30)), language="zh")
    assert lunch.state is SignState.PAUSED
    assert [saying.text for saying in lunch.reason] == [
        "午餐 · 约 09:30 恢复",
        "Lunch · back at about 09:30",
    ]


@pytest.mark.parametrize("reason", ["Cash run", "Dentist, do not tell"])
def test_it_keeps_to_itself_what_the_hall_need_not_know(reason: str) -> None:
    opened = after(hall(), OpenCounter("3", "thu", ("A01",)))
    assert sign_of(after(opened, PauseCounter("3", reason))).reason == ()


def test_it_is_closed_in_the_evening_and_where_the_counter_does_not_exist() -> None:
    closed = after(hall(), OpenCounter("3", "thu", ("A01",)), CloseCounter("3"))
    assert sign_of(closed).state is SignState.CLOSED
    assert sign_of(hall(), counter="99").state is SignState.CLOSED


@pytest.fixture
def sign(page: Page, branch: ServedApp) -> Page:
    branch.open_counters()
    return small(hang(page, branch, settings=COUNTER_3))


def small(page: Page, size: ViewportSize = SMALL) -> Page:
    page.set_viewport_size(size)
    return page


def test_it_shows_its_own_calls_and_no_others(sign: Page, branch: ServedApp) -> None:
    expect(sign.locator("h1")).to_contain_text("3")
    branch.take_together("A01", "B01")
    branch.call("1")
    expect(sign.locator(".sign__words")).to_contain_text("Open. Please wait")
    branch.call("3")
    expect(sign.locator(".sign__ticket")).to_have_text("A\u200a001")
    expect(sign.locator(".sign-call")).to_be_visible()
    expect(sign.locator("[data-newest-ticket]")).to_have_text("A\u200a001")


def test_a_call_stays_for_its_time_though_the_customer_was_quick(
    sign: Page, branch: ServedApp
) -> None:
    branch.take("A01")
    branch.perform_together(CallNext("3"), StartServing("3", "A001"), Finish("3", "A001"))
    expect(sign.locator(".sign-call")).to_be_visible()
    expect(sign.locator(".sign__state")).to_have_attribute("data-state", "free")
    sign.wait_for_timeout(4_000)
    expect(sign.locator(".sign-call")).to_be_visible()
    expect(sign.locator(".sign-call")).to_be_hidden(timeout=2_000)


def test_it_speaks_if_it_is_set_to(sign: Page, branch: ServedApp) -> None:
    speaks(sign)
    branch.take("A01")
    branch.call("3")
    hears(sign, 5)


@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_it_fits_a_seven_inch_screen(page: Page, branch: ServedApp, language: str) -> None:
    branch.open_counters()
    sign = small(hang(page, branch, language=language, settings=COUNTER_3))
    branch.take("A01")
    assert sign.evaluate(CUT_OFF) == []
    branch.call("3")
    expect(sign.locator(".sign-call")).to_be_visible()
    assert min(sign.evaluate(CAPITALS_PX, ".sign-call .number")) * 0.15 >= 20
    branch.perform_together(StartServing("3", "A001"))
    expect(sign.locator(".sign__state")).to_have_attribute("data-state", "serving")
    assert sign.evaluate(CUT_OFF) == []
    branch.perform_together(Finish("3", "A001"), PauseCounter("3", "Consultation", minutes=15))
    expect(sign.locator(".sign__state")).to_have_attribute("data-state", "paused")
    assert sign.evaluate(CUT_OFF) == []
