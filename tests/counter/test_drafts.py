"""A session that ends while somebody of the staff types: the text is there after signing in."""

import re

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.model.ticket import TicketState
from tests.app.server import ServedApp
from tests.counter.keyboard import expect_customer, press

BACK = {
    "en": "Your session had ended. What you typed is here again",
    "zh": "登录已过期。您输入的内容仍在这里",
    "vi": "Phiên đăng nhập đã hết. Nội dung bạn nhập vẫn còn đây",
}
NOTE = "Signature missing on page 2, ký tên"
SIGN_IN = re.compile(r"/sign-in\?next=")


def end_session(office: ServedApp, who: str) -> None:
    office.run(office.services.sessions.close_sessions_of, int(office.id_of(who)))


def sign_in_again(office: ServedApp, page: Page, who: str, then: str) -> None:
    expect(page).to_have_url(SIGN_IN)
    office.let_in(page.context, office.signed_in(who))
    page.goto(f"{office.address}{then}")


def type_note(office: ServedApp, page: Page) -> str:
    """Thu serves a customer and writes a note for the colleague to whom they go."""
    number = office.take()
    press(page, "n")
    expect_customer(page, "Called")
    press(page, "s")
    expect_customer(page, "Being served")
    press(page, "t")
    page.locator("[name=note]").fill(NOTE)
    return number


@pytest.mark.parametrize("language", BACK)
def test_it_gives_back_what_a_teller_typed(
    office: ServedApp, terminal: Page, language: str
) -> None:
    number = type_note(office, terminal)
    end_session(office, "thu")
    terminal.locator("form[action='/counter/transfers'] button").last.click()
    sign_in_again(office, terminal, "thu", f"/counter?language={language}")
    expect(terminal.locator("[name=note]")).to_have_value(NOTE)
    expect(terminal.locator("[name=note]")).to_be_visible()
    expect(terminal.locator("[data-notice]")).to_contain_text(BACK[language])
    expect(terminal.locator("body")).to_have_attribute("data-live", "fresh")
    expect(terminal.locator("[name=note]")).to_have_value(NOTE)
    assert office.ticket(number).state is TicketState.SERVING, "nothing was sent"


def test_it_gives_nothing_to_somebody_else(office: ServedApp, terminal: Page) -> None:
    type_note(office, terminal)
    end_session(office, "thu")
    terminal.locator("form[action='/counter/transfers'] button").last.click()
    sign_in_again(office, terminal, "wei", "/counter")
    expect(terminal.locator("body")).to_have_attribute("data-live", "fresh")
    assert NOTE not in terminal.content()
    terminal.goto(f"{office.address}/sign-in")
    office.let_in(terminal.context, office.signed_in("thu"))
    terminal.goto(f"{office.address}/counter")
    expect(terminal.locator("[name=note]")).to_have_value("")


def test_it_says_what_was_typed_where_the_form_is_gone(office: ServedApp, terminal: Page) -> None:
    number = type_note(office, terminal)
    end_session(office, "thu")
    terminal.locator("form[action='/counter/transfers'] button").last.click()
    office.post("wei", "/counter/closings", counter="2")
    expect(terminal).to_have_url(SIGN_IN)
    thu = office.signed_in("thu")
    thu.post("/counter/finishes", counter="1", number=number)
    sign_in_again(office, terminal, "thu", "/counter")
    expect(terminal.locator("[data-notice]")).to_contain_text(f"You had typed: {NOTE}")


def test_it_forgets_what_was_sent(office: ServedApp, terminal: Page) -> None:
    type_note(office, terminal)
    terminal.locator("[name=to_service]").select_option("B01")
    terminal.locator("form[action='/counter/transfers'] button").last.click()
    expect_customer(terminal, "Nobody at your counter")
    terminal.goto(f"{office.address}/sign-in?next=/counter")
    terminal.goto(f"{office.address}/counter")
    expect(terminal.locator("body")).to_have_attribute("data-live", "fresh")
    expect(terminal.locator("[data-notice]")).to_have_text("")


def test_it_gives_a_lobby_manager_the_complaint_back(office: ServedApp, page: Page) -> None:
    office.sign_in(page.context, "lan")
    page.goto(f"{office.address}/floor/complaints")
    page.locator("textarea[name=note]").fill(NOTE)
    end_session(office, "lan")
    page.locator("main form button[name=place], main form button").last.click()
    sign_in_again(office, page, "lan", "/floor/complaints")
    expect(page.locator("textarea[name=note]")).to_have_value(NOTE)
    expect(page.locator("[data-notice]")).to_contain_text(BACK["en"])
