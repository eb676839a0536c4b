"""What a page sends when a person acts: once, again if it was lost, and never in silence."""

from playwright.sync_api import Page, expect
from starlette.responses import JSONResponse, Response

from tests.live.desk import Desk, wait_until_page


def test_it_sends_a_double_tap_once(screen: Page, desk: Desk) -> None:
    screen.locator("#next button").dblclick()
    screen.wait_for_timeout(500)
    assert [act["path"] for act in desk.acts] == ["/calls"]
    assert len(desk.acts[0]["key"]) == 32


def test_it_presses_a_control_by_its_key_but_not_while_a_person_types(
    screen: Page, desk: Desk
) -> None:
    screen.locator("#outside").press("n")
    screen.locator("#outside").blur()
    assert desk.acts == []
    screen.keyboard.press("Control+n")
    screen.keyboard.press("n")
    wait_until_page(screen, lambda: desk.acts)
    screen.wait_for_timeout(400)
    screen.keyboard.press("n")
    wait_until_page(screen, lambda: len(desk.acts) == 2)
    assert desk.acts[0]["key"] != desk.acts[1]["key"]


def test_it_sends_a_lost_act_again_with_the_same_key(screen: Page, desk: Desk) -> None:
    desk.answers = [Response(status_code=502), Response(status_code=504)]
    screen.locator("#next button").click()
    wait_until_page(screen, lambda: len(desk.acts) == 3)
    assert len({act["key"] for act in desk.acts}) == 1
    expect(screen.locator("[data-notice]")).to_have_text("")


def test_it_says_so_when_nothing_could_be_sent(screen: Page, desk: Desk) -> None:
    desk.answers = [Response(status_code=502) for _ in range(4)]
    button = screen.locator("#next button")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(screen.locator("[data-notice]")).to_have_text(
        "Nothing was sent. Please try again.", timeout=8_000
    )
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()
    wait_until_page(screen, lambda: len(desk.acts) == 5)
    assert len({act["key"] for act in desk.acts}) == 1, "it may have been done the first time"


def test_it_shows_why_an_act_was_refused(screen: Page, desk: Desk) -> None:
    desk.answers = [JSONResponse({"sentence": "Nobody is waiting."}, status_code=409)]
    screen.locator("#next button").click()
    expect(screen.locator("[data-notice]")).to_have_text("Nobody is waiting.")


def test_it_goes_where_an_act_leads(screen: Page, desk: Desk) -> None:
    desk.answers = [JSONResponse({"location": "/?ticket=A001"})]
    screen.locator("#next button").click()
    screen.wait_for_url("**/?ticket=A001")
    assert desk.pages_given == 2


def test_it_forgets_a_note_once_it_was_sent(screen: Page, desk: Desk) -> None:
    screen.locator("#note").fill("wants a passbook")
    screen.locator("#transfer button").click()
    wait_until_page(screen, lambda: desk.acts)
    assert desk.acts[0]["note"] == "wants a passbook"
    expect(screen.locator("#note")).to_have_value("")
