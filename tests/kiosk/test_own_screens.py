"""The customer's own page on a small phone: every state in every language, with and without
scripts, measured with a ruler and worked with a thumb."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.i18n.languages import LANGUAGES
from lobby.machines import MachineState
from lobby.queueing.commands.counter import CallNext, OpenCounter, StartServing
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, ReportMachine
from lobby.queueing.commands.ticket import CancelTicket
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.ticket import TicketState
from tests.app.matrix import Matrix
from tests.app.server import serve_app
from tests.kiosk.phone_cast import Cast, take_in_every_state
from tests.kiosk.ruler import MEASURE

PHONES = ((320, 568), (360, 740))


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    """A branch with the demo catalogue, whose counters 2 and 3 are open."""
    with serve_app(tmp_path) as branch:
        branch.services.catalogues = {"riverside": read_catalogue(DEMO)}
        branch.perform_together(OpenCounter("2", "wei", ("A02",)))
        branch.perform_together(OpenCounter("3", "thu", ("A01", "A04")))
        yield Cast(branch)


@pytest.fixture
def everybody(cast: Cast) -> Cast:
    """One customer in every state that a ticket can have."""
    take_in_every_state(cast)
    return cast


def phone(chromium: Browser, size: tuple[int, int], *, scripts: bool = True) -> BrowserContext:
    viewport = {"width": size[0], "height": size[1]}
    return chromium.new_context(viewport=viewport, java_script_enabled=scripts, has_touch=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", PHONES)
def test_it_fits_every_state_on_a_small_phone(
    chromium: Browser, everybody: Cast, matrix: Matrix, size: tuple[int, int], language: str
) -> None:
    with phone(chromium, size) as context:
        page = context.new_page()
        for state, one, other in matrix(everybody.pages, PHONES, LANGUAGES):
            if (one, other) != (size, language):
                continue
            page.goto(everybody.address(state, language))
            page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
            assert page.evaluate(MEASURE) == [], state
            assert page.locator("h1").count() == 1, state


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_room_for_the_sentences_that_are_rare(
    chromium: Browser, everybody: Cast, language: str
) -> None:
    everybody.branch.perform_together(ReportMachine("crs-2", MachineState.DOWN))
    with phone(chromium, PHONES[0]) as context:
        page = context.new_page()
        for path in ("t/nothing", f"t/{everybody.pages['at-machine']}"):
            page.goto(f"{everybody.branch.address}/{path}?language={language}")
            assert page.evaluate(MEASURE) == [], path
    with phone(chromium, PHONES[0], scripts=False) as context:
        page = context.new_page()
        page.goto(everybody.address("at-machine", language))
        everybody.branch.perform_together(CancelTicket(everybody.ticket("at-machine").number))
        page.locator(".outcome").first.tap()
        expect(page.get_by_role("alert")).to_be_visible()
        assert page.evaluate(MEASURE) == []
        everybody.branch.clock.advance(24 * 3600)
        page.goto(everybody.address("waiting", language))
        assert page.evaluate(MEASURE) == []


@pytest.mark.parametrize("size", PHONES)
def test_it_offers_the_machine_and_the_counter_at_the_same_size(
    chromium: Browser, everybody: Cast, size: tuple[int, int]
) -> None:
    with phone(chromium, size) as context:
        page = context.new_page()
        for language in LANGUAGES:
            page.goto(everybody.address("at-machine", language))
            done, back = (box.bounding_box() for box in page.locator(".outcome").all())
            assert done is not None
            assert back is not None
            assert (done["width"], done["height"]) == (back["width"], back["height"])


@pytest.mark.parametrize("scripts", [True, False])
def test_it_gives_more_time_by_thumb(chromium: Browser, cast: Cast, scripts: bool) -> None:
    for name in ("first", "second", "third"):
        cast.take(name)
    with phone(chromium, PHONES[0], scripts=scripts) as context:
        page = context.new_page()
        page.goto(cast.address("first", "vi"))
        agree = page.get_by_role("button", name="Đồng ý lùi lượt")
        expect(agree).to_be_hidden()
        page.get_by_text("Tôi cần thêm thời gian").tap()
        agree.tap()
        expect(page.locator("h1")).to_have_text("Còn 2 khách trước quý khách")
        expect(page.get_by_text("Đã lùi lượt theo ý quý khách.")).to_be_visible()
        expect(page.get_by_text("Tôi cần thêm thời gian")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_it_changes_the_service_by_thumb(chromium: Browser, cast: Cast, scripts: bool) -> None:
    cast.take("payer")
    with phone(chromium, PHONES[0], scripts=scripts) as context:
        page = context.new_page()
        page.goto(cast.address("payer", "zh"))
        page.get_by_text("我要办理其他业务").tap()
        page.get_by_label("您想改办什么业务？").select_option("外汇兑换")
        page.get_by_role("button", name="确认更改").tap()
        expect(page.locator(".standing__service")).to_have_text("外汇兑换")
        expect(page.get_by_label("您想改办什么业务？")).to_be_hidden()
    assert cast.ticket("payer").service == "F01"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("wish", "state"),
    [
        ("It is done", TicketState.DONE_AT_MACHINE),
        ("Back to the counter", TicketState.WAITING),
    ],
)
def test_it_comes_from_the_machine_by_one_tap(
    chromium: Browser, cast: Cast, wish: str, state: TicketState, scripts: bool
) -> None:
    cast.take("saver", machine="crs-2")
    with phone(chromium, PHONES[0], scripts=scripts) as context:
        page = context.new_page()
        page.goto(cast.address("saver"))
        page.get_by_role("button", name=wish).tap()
        expect(page.get_by_role("button", name=wish)).to_have_count(0)
    assert cast.ticket("saver").state is state


@pytest.mark.parametrize("scripts", [True, False])
def test_it_calls_a_colleague_by_one_tap(chromium: Browser, cast: Cast, scripts: bool) -> None:
    cast.take("caller")
    with phone(chromium, PHONES[0], scripts=scripts) as context:
        page = context.new_page()
        page.goto(cast.address("caller"))
        page.get_by_role("button", name="Ask for help").tap()
        expect(page.get_by_text("Our staff know that you need help")).to_be_visible()
        expect(page.get_by_role("button", name="Ask for help")).to_have_count(0)
    assert len(cast.branch.riverside.hall.help_calls) == 1


def test_it_hears_that_a_colleague_is_on_the_way(chromium: Browser, cast: Cast) -> None:
    number = cast.take("caller")
    with phone(chromium, PHONES[0]) as context:
        page = context.new_page()
        page.goto(cast.address("caller"))
        cast.branch.perform_together(CallColleague(HelpKind.HELP, "phone", number))
        expect(page.get_by_text("Our staff know that you need help")).to_be_visible()
        (call,) = cast.branch.riverside.hall.help_calls
        cast.branch.perform_together(AnswerHelp(call.id, "Lan Secretive"))
        expect(page.get_by_text("Somebody is on the way to you")).to_be_visible()
        assert "Secretive" not in page.content()


def test_it_tells_the_wait_as_it_changes_and_leaves_an_open_line_open(
    chromium: Browser, cast: Cast
) -> None:
    for name in ("first", "second", "third", "fourth"):
        cast.take(name, "A04")
    with phone(chromium, PHONES[0]) as context:
        page = context.new_page()
        cast.branch.settled()
        page.goto(cast.address("fourth"))
        wait = page.locator(".standing__wait")
        expect(wait).to_have_text(cast.wait_words("fourth"))
        page.get_by_text("I came for something else").tap()
        select = page.get_by_label("What would you like to do instead?")
        select.select_option("F01")
        cast.branch.perform_together(CallNext("3"))
        cast.branch.perform_together(OpenCounter("4", "bao", ("A04",)), CallNext("4"))
        expect(page.locator("h1")).to_have_text("1 person before you")
        cast.branch.settled()
        expect(wait).to_have_text(cast.wait_words("fourth"))
        expect(page.locator("[data-moved]")).to_have_text("Another counter opened")
        expect(select).to_have_value("F01")


def test_it_says_on_the_spot_what_could_not_be_done(chromium: Browser, cast: Cast) -> None:
    cast.take("payer")
    with phone(chromium, PHONES[0]) as context:
        page = context.new_page()
        page.goto(cast.address("payer"))
        page.get_by_text("I came for something else").tap()
        select = page.locator("select")
        select.evaluate("(select) => { select.options[1].value = 'Z99'; }")
        select.select_option("Z99")
        page.get_by_role("button", name="Yes, change it").tap()
        expect(page.locator("[data-notice]")).to_contain_text("This service is not offered here.")
    assert cast.ticket("payer").service == "A01"


def test_it_says_above_the_page_what_could_not_be_done_without_a_script(
    chromium: Browser, cast: Cast
) -> None:
    number = cast.take("late")
    with phone(chromium, PHONES[0], scripts=False) as context:
        page = context.new_page()
        page.goto(cast.address("late"))
        page.get_by_text("I am leaving the line").tap()
        cast.branch.perform_together(CallNext("3"), StartServing("3", number))
        page.get_by_role("button", name="Yes, leave the line").tap()
        told = page.get_by_role("alert")
        expect(told).to_have_text("Ticket A001 is being served now. Nothing was changed.")
        expect(page.locator("h1")).to_have_text("You are being served at counter 3")
        page.get_by_role("link", name="Tiếng Việt").tap()
        expect(page.locator("h1")).to_have_text("Quý khách đang được phục vụ tại quầy số 3")


def test_it_is_worked_by_keyboard_with_the_focus_in_sight(chromium: Browser, cast: Cast) -> None:
    cast.take("typist")
    with phone(chromium, PHONES[1]) as context:
        page: Page = context.new_page()
        page.goto(cast.address("typist"))
        leave = page.locator("summary", has_text="I am leaving the line")
        for _step in range(12):
            page.keyboard.press("Tab")
            if leave.evaluate("(line) => line === document.activeElement"):
                break
        outline = leave.evaluate("(line) => getComputedStyle(line).outlineWidth")
        assert float(outline.removesuffix("px")) >= 3
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("You have left the line")
