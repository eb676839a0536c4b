"""Whole journeys through the hall, each before the windows of those who meet on it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lobby.queueing.model.ticket import TicketState
from tests.browser.hall_walk_windows import code
from tests.browser.journey_house import CASH, SERVICE, Journey, journey
from tests.display.wall_page import clips, sentence

TO_THE_MACHINE = ("1", "1", "1", "1")
"""Cash, a small amount, with a card; and then the machine."""

WITH_A_COLLEAGUE = ("1", "1", "1", "3")
"""The same machine, and somebody beside it."""

ASKED_BY_PHONE = ("3", "4", "1")
"""A transfer that somebody asked for by phone or chat; and a colleague comes."""

Begin = Callable[..., Journey]


@pytest.fixture
def begin(chromium: Browser, tmp_path: Path) -> Iterator[Begin]:
    """`begin(language, *windows)`: the hall with lobby duty taken and counter 1 open for cash."""
    with ExitStack() as houses:

        def opened(language: str, *names: str) -> Journey:
            house: AbstractContextManager[Journey] = journey(chromium, tmp_path, language, *names)
            walk = houses.enter_context(house)
            walk.on_duty()
            return walk

        yield opened


def test_a_machine_breaks_under_whoever_was_sent_to_it(begin: Begin) -> None:
    """They are told so on the phone, and wait at the counter as if they had chosen it first."""
    walk = begin("zh", "kiosk", "phone", "tablet")
    walk.opens("thu", "1", CASH)
    walk.office.take("A01")
    walk.at.answer(*TO_THE_MACHINE)
    expect(walk.at.kiosk.locator(".ticket__number")).to_contain_text(code("S001"))
    phone = walk.shows_phone("S001")
    walk.later(2)
    walk.office.take("A01")
    walk.office.ask("minh", "/floor/machines/m1/reports", state="down")
    tablet = walk.card("fault")
    expect(tablet.locator(".now-standing")).to_contain_text(code("S001"))
    expect(phone.locator("main")).to_contain_text("暂时不能使用")
    walk.at.tap("form[action*='/returns'] button", phone)
    expect(phone.locator("form[action*='/returns']")).to_have_count(0)
    assert [t.number for t in walk.office.hall.waiting_tickets()] == ["A001", "S001", "A002"]


def test_somebody_old_is_accompanied_and_ends_at_the_counter(begin: Begin) -> None:
    """Help wanted at a machine, a colleague goes, the job does not come to an end there."""
    walk = begin("vi", "kiosk", "tablet", "counter")
    walk.at.answer(*WITH_A_COLLEAGUE)
    walk.sits_down()
    walk.office.take("A01")
    tablet = walk.card("arrival")
    walk.at.tap(".now-card--first .now-go")
    walk.at.tap(".now-card--taken summary")
    walk.at.tap(".now-card--taken button[value=welcomed]")
    expect(tablet.locator(".now-card[data-kind=arrival]")).to_have_count(0)
    walk.later(6)
    walk.at.go(tablet, "/floor/diversions/S001")
    walk.at.tap("#walk button")
    expect(tablet.locator(".care-step--done")).to_contain_text("Lan")
    walk.at.tap("#return-why summary")
    walk.at.tap("#return-form button")
    expect(tablet.locator(".way-said")).to_be_visible()
    walk.at.press("n")
    expect(walk.at.counter.locator(".customer-number")).to_have_text(code("S001"))
    expect(walk.at.counter.locator(".customer-tags")).to_be_visible()


def test_a_risky_transfer_is_looked_after(begin: Begin) -> None:
    """The kiosk gives no number; the card leads to what to say, and ends by what came of it."""
    walk = begin("en", "kiosk", "tablet")
    walk.at.answer(*ASKED_BY_PHONE)
    expect(walk.at.kiosk.locator("h1")).to_have_text("Somebody is coming to help you.")
    assert not walk.office.hall.tickets
    tablet = walk.card("risk")
    walk.at.tap(".now-card--first .now-script")
    expect(tablet.locator("#risk-go button")).to_be_visible()
    walk.at.tap("#risk-go button")
    walk.at.tap("#risk-end button[value=stopped_in_time]")
    walk.at.arrives(tablet, "/floor")
    expect(tablet.locator(".calm")).to_be_visible()


def test_a_premium_customer_waits_for_their_own_adviser(begin: Begin) -> None:
    """Two counters serve them; only the one at which the adviser sits calls."""
    walk = begin("zh", "tablet", "counter")
    walk.opens("wei", "2", CASH)
    walk.sits_down()
    wished = {"service": "A01", "customer_language": "zh", "priority": "premium"}
    walk.office.ask("minh", "/floor/tickets", **wished)
    (own,) = walk.office.hall.tickets
    walk.office.ask("lan", f"/floor/care/{own}/advisers", teller=walk.office.id_of("wei"))
    tablet = walk.card("premium")
    expect(tablet.locator(".now-card[data-kind=premium]")).to_contain_text("Wei")
    other = walk.office.take("A01")
    walk.at.press("n")
    expect(walk.at.counter.locator(".customer-number")).to_have_text(code(other))
    called = walk.office.ask("wei", "/counter/calls", counter="2").json()
    assert called["tickets"] == [own]


def test_who_is_absent_comes_back_and_is_called_again(begin: Begin) -> None:
    """Called twice, given their time, brought back by one tap; the phone follows each step."""
    walk = begin("vi", "phone", "tablet", "counter")
    walk.sits_down()
    own = walk.office.take("A01")
    phone = walk.shows_phone(own)
    walk.at.press("n")
    expect(phone.locator(".standing__call")).to_be_visible()
    walk.at.press("r")
    expect(walk.at.counter.locator(".customer-state")).to_contain_text("2")
    walk.later(2)
    walk.at.press("a")
    expect(walk.at.counter.locator("#customer-none")).to_be_visible()
    expect(phone.locator(".standing--absent")).to_be_visible()
    walk.at.go(walk.at.tablet, "/floor/waiting")
    walk.at.tap(f"#absence-{own} button")
    expect(walk.at.tablet.locator(f"#absence-{own}")).to_have_count(0)
    expect(phone.locator(".standing--waiting")).to_be_visible()
    walk.at.press("n")
    expect(walk.at.counter.locator(".customer-number")).to_have_text(code(own))
    expect(phone.locator(".standing__call")).to_be_visible()


def test_three_services_in_one_visit(begin: Begin) -> None:
    """Each with the minutes that it took, and all three in the visit."""
    walk = begin("en", "counter")
    walk.sits_down()
    own = walk.office.take("A01")
    for key in ("n", "s"):
        walk.at.press(key)
        expect(walk.at.counter.locator(".customer-number")).to_have_text(code(own))
    form = walk.at.counter.locator("form[action='/counter/services']")
    for minutes, service in ((3, "A02"), (5, "B01")):
        walk.later(minutes)
        walk.at.press("d")
        form.locator("select[name=service]").select_option(service)
        walk.at.tap("form[action='/counter/services'] button", walk.at.counter)
        expect(form.locator("select[name=service]")).not_to_be_visible()
    walk.later(4)
    walk.at.press("f")
    expect(walk.at.counter.locator("#customer-none")).to_be_visible()
    ticket = walk.ticket(own)
    ends = [(each.service, each.finished_at or walk.office.clock.now()) for each in ticket.servings]
    began = [each.started_at for each in ticket.servings]
    minutes_by_service = [
        (service, (end - start).total_seconds() / 60)
        for (service, end), start in zip(ends, began, strict=True)
    ]
    assert minutes_by_service == [("A01", 3), ("A02", 5), ("B01", 4)]
    assert set(ticket.services_done) == {"A01", "A02", "B01"}


def test_two_zones_each_hear_their_own_calls(begin: Begin) -> None:
    walk = begin("zh")
    walk.opens("thu", "1", CASH)
    walk.opens("wei", "2", CASH)
    left = walk.display(counters=["1"], heard_in="left")
    right = walk.display(counters=["2"], heard_in="right")
    own, other = walk.office.take("A01", "zh"), walk.office.take("A01", "zh")
    for teller, counter in (("thu", "1"), ("wei", "2")):
        walk.office.ask(teller, "/counter/calls", counter=counter)
    for wall, number, counter in ((left, own, "1"), (right, other, "2")):
        said = 2 * sentence(number, counter, "zh")
        expect(wall.locator("[data-newest-ticket]")).to_have_text(code(number))
        wall.wait_for_function("(clips) => heard.length >= clips", arg=1 + len(said))
        assert clips(wall)[1:] == said


def test_who_follows_on_the_phone_delays_leaves_and_is_back(begin: Begin) -> None:
    """More time once, away for a while, back by a tap; left by mistake, and still here."""
    walk = begin("vi", "phone", "counter")
    walk.sits_down()
    own = walk.office.take("A01")
    for _ in range(3):
        walk.office.take("A01")
    phone = walk.shows_phone(own)
    walk.wishes("time", "postponements")
    expect(phone.locator("details[id^='wish-time']")).to_have_count(0)
    walk.wishes("later", "rests")
    expect(phone.locator("form[action*='/rests/ends']")).to_be_visible()
    walk.at.press("n")
    expect(walk.at.counter.locator(".customer-number")).to_have_text(code("A002"))
    walk.later(5)
    walk.at.tap("form[action*='/rests/ends'] button", phone)
    expect(phone.locator(".standing--waiting")).to_be_visible()
    walk.wishes("leave", "cancellations")
    expect(phone.locator("form[action*='/stays']")).to_be_visible()
    assert walk.ticket(own).is_ended
    walk.at.tap("form[action*='/stays'] button", phone)
    expect(phone.locator(".standing--waiting")).to_be_visible()
    assert own in [ticket.number for ticket in walk.office.hall.waiting_tickets()]


def test_a_named_colleague_sees_them_and_sends_them_back(begin: Begin) -> None:
    """Passed on, undone, passed on again; afterwards they wait for whoever sent them."""
    walk = begin("en", "counter")
    walk.opens("wei", "2", SERVICE)
    walk.sits_down()
    own = walk.office.take("A01")
    for key in ("n", "s"):
        walk.at.press(key)
        expect(walk.at.counter.locator(".customer-number")).to_have_text(code(own))
    walk.passes_on_to("wei", "B01")
    walk.at.press("u")
    expect(walk.at.counter.locator(".customer-number")).to_have_text(code(own))
    assert walk.ticket(own).state is TicketState.SERVING
    walk.passes_on_to("wei", "B01")
    assert walk.office.ask("wei", "/counter/calls", counter="2").json()["tickets"] == [own]
    for act in ("servings", "finishes"):
        answer = walk.office.ask("wei", f"/counter/{act}", counter="2", number=own)
        assert answer.is_success, answer.text
    assert walk.ticket(own).reserved_teller == walk.office.id_of("thu")
    walk.at.press("n")
    expect(walk.at.counter.locator(".customer-number")).to_have_text(code(own))


def test_who_goes_off_duty_hands_over_what_is_open(begin: Begin) -> None:
    walk = begin("zh", "kiosk", "tablet")
    walk.on_duty("hoa")
    walk.at.tap("button[data-key='0']", walk.at.kiosk)
    tablet = walk.card("help")
    walk.at.tap(".now-card--first .now-go")
    expect(tablet.locator(".now-card--taken")).to_be_visible()
    walk.at.go(tablet, "/floor/duty/leaving")
    expect(tablet.locator(".leaving-item")).to_have_count(1)
    tablet.locator(f".leaving-item input[value='{walk.office.id_of('hoa')}']").check(force=True)
    walk.at.tap("#duty-end .button--main")
    expect(tablet.locator(".leaving-item")).to_have_count(0)
    assert set(walk.office.hall.duty) == {walk.office.id_of("hoa")}
    (call,) = walk.office.hall.help_calls
    assert call.taken_by == walk.office.id_of("hoa")
