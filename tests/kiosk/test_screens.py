"""The kiosk and the customer's phone in a real browser: tapping, keys, time passing, paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.model.ticket import TicketState
from tests.app.server import ServedApp
from tests.kiosk.conftest import Stand, stop_clock, tap

NUMBERED = {"zh": "您的号码", "vi": "Số của quý khách", "en": "Your number"}
OWN_NAMES = {"zh": "中文", "vi": "Tiếng Việt", "en": "English"}
COUNT_PRINTS = """
    window.print = () => sessionStorage.setItem("prints", prints() + 1);
    window.prints = () => Number(sessionStorage.getItem("prints") ?? 0);
"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 320, "height": 568}) as context:
        yield context.new_page()


def numbers(branch: ServedApp) -> list[str]:
    return list(branch.riverside.hall.tickets)


@pytest.mark.parametrize("language", NUMBERED)
def test_it_gives_a_ticket_in_the_language_tapped(
    stand: Stand, branch: ServedApp, language: str
) -> None:
    page = stand()
    page.goto(f"{branch.address}/kiosk")
    page.get_by_role("link", name=OWN_NAMES[language], exact=True).click()
    tap(page.locator(".answer").first)
    expect(page.locator("h1")).to_have_text("A\u200a001")
    expect(page.locator(".ticket__label")).to_have_text(NUMBERED[language])
    expect(page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN"}.get(language, language))
    assert branch.riverside.hall.tickets["A001"].language == language


def test_it_gives_a_ticket_by_number_keys_alone(stand: Stand, branch: ServedApp) -> None:
    page = stand()
    page.goto(f"{branch.address}/kiosk")
    page.keyboard.press("8")
    expect(page).to_have_url(f"{branch.address}/kiosk?size=large")
    page.wait_for_load_state()
    page.keyboard.press("7")
    expect(page.locator("[data-key='2'] .answer__name")).to_have_text("Open account or card")
    page.wait_for_load_state()
    page.keyboard.press("2")
    expect(page.locator("h1")).to_have_text("B\u200a001")
    expect(page.locator("body")).to_have_class("kiosk kiosk--large")
    page.wait_for_load_state()
    page.keyboard.press("1")
    expect(page).to_have_url(f"{branch.address}/kiosk")


def test_it_gives_a_ticket_by_tab_and_enter_with_the_focus_in_sight(
    stand: Stand, branch: ServedApp
) -> None:
    page = stand()
    page.goto(f"{branch.address}/kiosk")
    first = page.locator(".answer").first
    for _link_before in range(len(OWN_NAMES) + 2):
        if not first.evaluate("(answer) => answer === document.activeElement"):
            page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineWidth"
    assert float(page.evaluate(outline).removesuffix("px")) >= 3
    expect(page.locator(".answer .key-hint").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("A\u200a001")


def test_it_says_how_many_are_before_you_as_they_come_and_go(
    stand: Stand, branch: ServedApp
) -> None:
    branch.perform_together(OpenCounter("1", "thu", ("A01", "A02")))
    page = stand()
    page.goto(f"{branch.address}/kiosk?language=vi")
    first = page.locator(".answer__waiting").first
    expect(first).to_have_text("Chờ: dưới 5 phút")
    branch.take_together("A01", "A02")
    expect(first).to_have_text("Chờ: tối đa 10 phút")
    tap(page.locator(".answer").first)
    expect(page.locator(".ticket__line")).to_contain_text("Còn 2 khách trước quý khách")


def test_it_gives_one_ticket_to_an_impatient_finger(stand: Stand, branch: ServedApp) -> None:
    page = stand()
    page.goto(f"{branch.address}/kiosk")
    page.locator(".answer").first.dblclick()
    expect(page.locator("h1")).to_have_text("A\u200a001")
    assert numbers(branch) == ["A001"]


def test_it_works_without_a_script(stand: Stand, branch: ServedApp) -> None:
    page = stand(scripts=False)
    page.goto(f"{branch.address}/kiosk")
    page.get_by_role("link", name="Tiếng Việt").click()
    tap(page.get_by_role("link", name="Chữ lớn"))
    tap(page.locator(".answer").nth(1))
    expect(page.locator(".chip")).to_have_text("Nộp tiền mặt")
    tap(page.get_by_role("link", name="Xong"))
    expect(page).to_have_url(f"{branch.address}/kiosk")


def test_it_makes_room_for_the_next_person(stand: Stand, branch: ServedApp) -> None:
    page = stand()
    branch.take("A01")
    page.goto(f"{branch.address}/kiosk/tickets/A001?language=vi")
    expect(page).to_have_url(f"{branch.address}/kiosk", timeout=15_000)


def test_it_asks_before_it_starts_over(stand: Stand, branch: ServedApp) -> None:
    page = stand()
    stop_clock(page)
    page.goto(f"{branch.address}/kiosk?language=vi")
    question = page.get_by_role("dialog", name="Quý khách có cần thêm thời gian không?")
    page.clock.run_for(59_000)
    expect(question).to_be_hidden()
    page.clock.run_for(1_500)
    expect(question).to_be_visible()
    page.clock.run_for(19_000)
    page.get_by_role("button", name="Tôi cần thêm thời gian").click()
    expect(question).to_be_hidden()
    page.clock.run_for(60_500)
    expect(question).to_be_visible()
    page.clock.run_for(20_500)
    expect(page).to_have_url(f"{branch.address}/kiosk")


def test_it_gives_twice_the_time_in_large_text(stand: Stand, branch: ServedApp) -> None:
    page = stand()
    stop_clock(page)
    page.goto(f"{branch.address}/kiosk?size=large")
    page.clock.run_for(119_000)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.run_for(1_500)
    expect(page.get_by_role("dialog")).to_be_visible()


def test_it_asks_nobody_on_an_untouched_screen(stand: Stand, branch: ServedApp) -> None:
    page = stand()
    stop_clock(page)
    page.goto(f"{branch.address}/kiosk")
    page.clock.run_for(200_000)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_it_says_so_on_the_spot_when_no_number_can_be_given(
    stand: Stand, branch: ServedApp
) -> None:
    page = stand()
    page.goto(f"{branch.address}/kiosk?language=vi")
    page.locator(".answer").first.evaluate("(answer) => { answer.value = 'Z99'; }")
    tap(page.locator(".answer").first)
    expect(page.locator("[data-notice]")).to_be_visible()
    expect(page.locator("[data-notice]")).not_to_be_empty()
    expect(page).to_have_url(f"{branch.address}/kiosk?language=vi")
    assert numbers(branch) == []


def test_it_prints_one_slip_for_one_ticket(stand: Stand, branch: ServedApp) -> None:
    page = stand(printer="browser")
    page.add_init_script(COUNT_PRINTS)
    page.goto(f"{branch.address}/kiosk")
    tap(page.locator(".answer").first)
    expect(page.locator("h1")).to_have_text("A\u200a001")
    page.wait_for_function("() => prints() === 1")
    page.reload()
    expect(page.locator("body")).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("prints()") == 1


def test_it_tells_the_customer_when_their_turn_comes(phone: Page, branch: ServedApp) -> None:
    branch.perform_together(OpenCounter("3", "thu", ("A01",)))
    branch.take_together("A01", "A01")
    secret = branch.riverside.hall.tickets["A002"].secret
    phone.goto(f"{branch.address}/t/{secret}?language=en")
    state = phone.locator("h1")
    expect(state).to_have_text("1 person before you")
    branch.call("3")
    expect(state).to_have_text(re.compile("very soon|Nobody is before you"))
    branch.perform_together(OpenCounter("4", "wei", ("A01",)), CallNext("4"))
    expect(state).to_have_text("Please go to counter 4 now")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert phone.evaluate(ground) == "rgb(11, 90, 98)"
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width == 320


@pytest.mark.parametrize("scripts", [True, False])
def test_it_lets_the_customer_leave_after_asking(
    chromium: Browser, branch: ServedApp, scripts: bool
) -> None:
    branch.take("A01")
    secret = branch.riverside.hall.tickets["A001"].secret
    with chromium.new_context(java_script_enabled=scripts) as context:
        phone = context.new_page()
        phone.goto(f"{branch.address}/t/{secret}?language=en")
        leave = phone.get_by_role("button", name="Yes, leave the line")
        expect(leave).to_be_hidden()
        phone.get_by_text("I am leaving the line").click()
        leave.click()
        expect(phone.locator("h1")).to_have_text("You have left the line")
    assert branch.riverside.hall.tickets["A001"].state is TicketState.CANCELLED


def test_it_admits_that_it_does_not_know_who_waits(stand: Stand, branch: ServedApp) -> None:
    page = stand()
    page.route_web_socket("**/kiosk/live*", lambda _socket: None)
    page.goto(f"{branch.address}/kiosk?language=vi")
    expect(page.locator("[data-stale-banner]")).to_be_hidden()
    expect(page.get_by_text("Đang kết nối lại")).to_be_visible(timeout=8_000)
    expect(page.locator(".answer__waiting").first).to_be_hidden()
    expect(page.locator(".answer__name").first).to_be_visible()
