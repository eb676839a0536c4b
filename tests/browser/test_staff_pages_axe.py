"""What assistive technology would stumble over on any page of the staff: nothing, full or empty.

Counters in every state are looked at in `tests/counter/test_axe.py`, the pages of the tablet on a
busy morning in `tests/floor/test_browser.py` and `tests/floor/test_care_browser.py`; here are the
others, and the proof that no page is left out.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.routing import Route

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.machines import MachineState
from lobby.main import all_routes
from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.commands.floor import ReportMachine, SetDuty
from lobby.queueing.model.duty import DutyState
from lobby.settings import Settings
from tests.app.app import people_and_devices
from tests.app.server import ServedApp, serve_app
from tests.first_run import test_browser as first_run
from tests.floor import test_browser as tablet
from tests.floor import test_care_browser as care
from tests.kiosk.test_axe import violations

LANGUAGES = ("zh", "vi", "en")
DAY = "/reports/days/2026-03-02"
SPANS = ("/reports/weeks/2026-W10", "/reports/months/2026-03", "/reports/years/2026-03")
JOURNEY = "/reports/ticket?day=2026-03-02&number=A001"
FIRST_PASSWORD = "/account/first-password"
SIGNED_OUT = ("/sign-in", "/sign-in?next=/floor", "/pair")
SET_UP = (
    *("/setup", "/setup/services", "/setup/services/A01", "/setup/counters", "/setup/hours"),
    *("/setup/hours/holidays", "/setup/words"),
)
"""Of a branch that has a catalogue they are looked at in `tests/setup/test_browser.py`."""
OF_EACH = {
    "thu": ("/", "/counter", "/counter/day", "/floor/duty", "/account"),
    "lan": ("/",),
    "minh": (
        "/",
        "/reports",
        "/reports/tomorrow",
        f"{DAY}/rules",
        f"{DAY}/summary",
        DAY,
        "/reports/ticket",
        JOURNEY,
        "/people",
        "/people/1",
        "/people/5",
        *SET_UP,
        *SPANS,
    ),
    "ada": (
        "/",
        "/people",
        "/people/new",
        "/people/imports",
        "/people/1",
        "/people/5",
        *SET_UP,
        "/floor/devices",
        "/reports",
        "/reports/branches",
        "/reports/branches/weeks/2026-W10",
        "/reports/branches/months/2026-03",
        "/reports/branches/years/2026-03",
        DAY,
    ),
}
BUSY_ONLY = ("/floor/waiting/A001", "/floor/tickets/A001")
QUESTIONS = ("/floor/waiting/A001/service", "/floor/tickets/questions")
LOOKED_AT_ELSEWHERE = (
    *tablet.PAGES,
    *care.EMPTY,
    *("/floor/risks/1", "/floor/lost-items/1", "/floor/diversions/S001"),
    *first_run.PAGES,
)
NO_PAGES_OF_STAFF = ("/kiosk", "/t/", "/display", "/healthz", "/readyz", "/metrics", "/api/")
"""Devices', customers' and machines' addresses, which have tests of their own."""

NO_PAGES_AT_ALL = (".csv", ".json", ".xlsx", "/floor/care/tickets", "/template/{kind}")

SEND = """([path, fields]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = path;
    for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement("input");
        [field.type, field.name, field.value] = ["hidden", name, value];
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, people_and_devices) as office:
        yield office


def send(page: Page, path: str, **fields: str) -> int:
    """A form as a browser without scripts sends it: what comes back is a page, and its status."""
    with page.expect_navigation() as coming:
        page.evaluate(SEND, [path, {"key": f"key-{path}", **fields}])
    return coming.value.status


def look_at(office: ServedApp, page: Page, paths: Iterable[str], first: int = 0) -> None:
    """Each in another language than the one before."""
    for count, path in enumerate(paths, start=first):
        mark, language = "&" if "?" in path else "?", LANGUAGES[count % len(LANGUAGES)]
        answer = page.goto(f"{office.address}{path}{mark}language={language}")
        assert answer and answer.status == 200, path
        assert violations(page) == [], f"{path} in {language}"


def fill(office: ServedApp) -> None:
    """Somebody was served, others wait, there are cards of every kind, and a machine is down."""
    office.perform(OpenCounter("1", office.id_of("thu"), ("A01", "B01")))
    number = office.take()
    office.perform(CallNext("1"))
    office.clock.advance(120)
    office.perform(StartServing("1", number))
    office.clock.advance(300)
    office.perform(Finish("1", number))
    tablet.fill(office)


def test_it_finds_nothing_before_anybody_has_signed_in(office: ServedApp, page: Page) -> None:
    look_at(office, page, SIGNED_OUT)
    page.goto(f"{office.address}/sign-in?language=vi")
    assert send(page, "/sign-in", username="thu", password="guessed") == 401
    assert violations(page) == []
    page.goto(f"{office.address}/pair?language=zh")
    assert send(page, "/pair", code="12345678") == 422
    assert violations(page) == []


def test_it_finds_nothing_where_somebody_gets_and_chooses_a_password(
    office: ServedApp, page: Page
) -> None:
    office.sign_in(page.context, "ada")
    page.goto(f"{office.address}/people/1?language=vi")
    assert send(page, "/people/1/passwords") == 200
    assert violations(page) == []
    drawn = page.locator(".people-password").inner_text()
    page.goto(f"{office.address}/people/5?language=zh")
    assert send(page, "/people/5/locks") == 422
    assert violations(page) == []
    page.context.clear_cookies()
    page.goto(f"{office.address}/sign-in")
    page.get_by_label("User name").fill("thu")
    page.get_by_label("Password").fill(drawn)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{office.address}{FIRST_PASSWORD}**")
    look_at(office, page, (FIRST_PASSWORD,))
    assert send(page, FIRST_PASSWORD, password="short", again="short") == 422
    assert violations(page) == []


@pytest.mark.parametrize("person", OF_EACH)
def test_it_finds_nothing_on_anybodys_pages(office: ServedApp, page: Page, person: str) -> None:
    office.sign_in(page.context, person)
    first = list(OF_EACH).index(person)
    quiet = [path for path in OF_EACH[person] if path != DAY]
    look_at(office, page, quiet, first)
    fill(office)
    look_at(office, page, OF_EACH[person], first + 1)


def test_it_finds_nothing_on_the_tablet_before_the_first_customer(
    office: ServedApp, page: Page
) -> None:
    office.sign_in(page.context, "lan")
    look_at(office, page, (path for path in tablet.PAGES if path not in BUSY_ONLY))
    office.perform(SetDuty(office.id_of("lan"), DutyState.ON_DUTY))
    look_at(office, page, ("/floor", "/floor/duty"), first=1)


def test_it_finds_nothing_on_the_page_of_a_devices_settings(office: ServedApp, page: Page) -> None:
    office.sign_in(page.context, "lan")
    display = office.badges["display"].id
    look_at(office, page, [f"/floor/displays/{display}"] * len(LANGUAGES))
    kiosk = office.badges["kiosk"].id
    look_at(office, page, [f"/floor/kiosks/{kiosk}?saved=yes&test=busy"] * len(LANGUAGES))


def test_it_finds_nothing_where_something_is_not_to_be_had(office: ServedApp, page: Page) -> None:
    """403, 404, 405, 400 and 409, each with a sentence and a way back."""
    office.sign_in(page.context, "thu")
    for path, status in (("/reports", 403), ("/floor/nowhere", 404), ("/counter/calls", 405)):
        for language in LANGUAGES:
            answer = page.goto(f"{office.address}{path}?language={language}")
            assert answer and answer.status == status
            assert violations(page) == [], f"{status} in {language}"
    office.perform(OpenCounter("1", office.id_of("thu"), ("A01",)))
    page.goto(f"{office.address}/counter?language=vi")
    assert send(page, "/counter/calls", counter="1") == 409
    assert violations(page) == []
    page.goto(f"{office.address}/?language=zh")
    assert send(page, "/language", language="none") == 400
    assert violations(page) == []


def test_it_finds_nothing_on_the_list_of_faults_after_a_repair(
    office: ServedApp, page: Page
) -> None:
    office.sign_in(page.context, "lan")
    office.perform(ReportMachine("atm-1", MachineState.DOWN, 0))
    office.clock.advance(600)
    office.perform(ReportMachine("atm-1", MachineState.UP, 0))
    look_at(office, page, ("/floor/machines", "/floor/machines/faults"))


def test_it_finds_nothing_where_a_colleague_is_asked_first(office: ServedApp, page: Page) -> None:
    """What protects the customer, before the service of a ticket is another one."""
    office.services.catalogues = {"riverside": read_catalogue(DEMO)}
    assert office.take() == "A001"
    office.sign_in(page.context, "lan")
    for path in QUESTIONS:
        look_at(office, page, [f"{path}?service=A04"] * len(LANGUAGES))
        assert path in page.url, "nothing was to be asked"
        assert ("A\u200a001" in page.inner_text("main")) == (path in QUESTIONS[0])


def test_no_page_of_the_staff_is_left_out() -> None:
    looked_at = {
        path.split("?")[0]
        for path in (
            *SIGNED_OUT,
            FIRST_PASSWORD,
            *(path for paths in OF_EACH.values() for path in paths),
            *LOOKED_AT_ELSEWHERE,
            *QUESTIONS,
            "/floor/displays/1",
            "/floor/kiosks/1",
        )
    }
    pages = [
        route
        for route in all_routes(Settings())
        if isinstance(route, Route)
        and "GET" in (route.methods or ())
        and not route.path.startswith(NO_PAGES_OF_STAFF)
        and not route.path.endswith(NO_PAGES_AT_ALL)
    ]
    left_out = [
        route.path
        for route in pages
        if not any(route.path_regex.fullmatch(path) for path in looked_at)
    ]
    assert len(pages) > 20
    assert left_out == []
