"""From an empty database to a ticket, in a browser, in each language, counting the acts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.server import ServedApp, serve_app
from tests.first_run.house import PASSWORD, nobody
from tests.kiosk.test_axe import violations

PAGES = (
    *("/first-run", "/first-run/language", "/first-run/country", "/first-run/branch"),
    *("/first-run/offer", "/first-run/account", "/first-run/devices"),
)
ACTS_MAX = 20
"""Clicks and fields. Somebody who reads and types needs some 15 seconds for each, so these are five
minutes."""

COUNTRY = {"zh": "CN", "vi": "VN", "en": "OTHER"}
LOCALE = {"zh": "zh-CN", "vi": "vi-VN", "en": "en-US"}
NAME = {"zh": "江滨支行", "vi": "Chi nhánh Hồ Gươm", "en": "Riverside"}
TABS_MAX = 80
TAP_APART_MS = 350
"""A kiosk takes a tap sooner after its page came for the second half of a double tap."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path, nobody) as house:
        yield house


def address_of(house: ServedApp) -> str:
    app = house.running.server.config.app
    return f"{house.address}/first-run?code={app.state.first_run.code}"  # type: ignore[union-attr]


@dataclass
class Person:
    """Counts what somebody does; with `keys` they have no mouse."""

    page: Page
    keys: bool
    acts: int = 0

    def press(self, selector: str) -> None:
        """Each leads to another page."""
        self.acts += 1
        target = self.page.locator(selector).first
        if self.keys:
            self._reach(target)
        with self.page.expect_navigation():
            if self.keys:
                self.page.keyboard.press("Enter")
            else:
                target.click()

    def type(self, name: str, text: str) -> None:
        self.acts += 1
        field = self.page.locator(f"[name={name}]")
        if self.keys:
            self._reach(field)
            self.page.keyboard.type(text)
        else:
            field.fill(text)

    def choose(self, name: str, value: str) -> None:
        self.acts += 1
        self.page.locator(f"select[name={name}]").select_option(value)

    def _reach(self, target: Locator) -> None:
        for _ in range(TABS_MAX):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("it cannot be reached by the keyboard")


MAIN = "form .button--main"
WRONG = ({"name_zh": "江滨", "complaint_phone": "?"}, {"counters": "<>"}, {"name": "Ada"})
RIGHT = {"complaint_phone": "1", "counters": "1"}


def set_up(person: Person, language: str, looked_at: list[str]) -> None:
    """All pages up to the list of what is missing; each is looked at."""
    page = person.page

    def look() -> None:
        looked_at.append(page.url.partition("?")[0])
        assert violations(page) == [], page.url

    look()
    person.press(f"button[value={language}]")
    look()
    person.press(f"button[value={COUNTRY[language]}]")
    look()
    person.type(f"name_{language}", NAME[language])
    person.type("complaint_phone", "400 820 1111")
    if language == "en":
        person.choose("time_zone", "Asia/Shanghai")
        person.type("currency", "USD")
    person.press(MAIN)
    look()
    person.press(MAIN)
    look()
    person.type("name", "Ada")
    person.type("username", "ada")
    person.type("password", PASSWORD)
    person.type("again", PASSWORD)
    person.press(MAIN)
    page.wait_for_url("**/first-run/devices?opened=1")
    look()


@pytest.mark.parametrize("language", COUNTRY)
def test_it_leads_from_nothing_to_a_ticket_in_five_minutes(
    house: ServedApp, chromium: Browser, language: str
) -> None:
    with chromium.new_context(locale=LOCALE[language]) as context:
        page = context.new_page()
        page.goto(address_of(house))
        expect(page).to_have_url(f"{house.address}/first-run/language")
        person, looked_at = Person(page, keys=language == "vi"), list[str]()
        set_up(person, language, looked_at)
        assert page.locator("html").get_attribute("lang", timeout=5_000)
        assert looked_at == [f"{house.address}{path}" for path in PAGES[1:]]
        person.press("a.button--main[href='/']")
        page.wait_for_url(f"{house.address}/")
        assert violations(page) == []
        person.press("a[href='/kiosk']")
        person.press("main a[href*='service=A05']")
        page.wait_for_timeout(TAP_APART_MS)
        person.press("main a[href*='preference=counter']")
        page.wait_for_timeout(TAP_APART_MS)
        person.press("form[action*='/kiosk/tickets'] button")
        page.wait_for_url("**/kiosk/tickets/A001*")
    (branch,) = house.services.branches.values()
    assert branch.plan.name(language) == NAME[language]
    assert list(branch.hall.tickets) == ["A001"]
    assert person.acts <= ACTS_MAX, person.acts


def test_it_finds_nothing_where_something_is_wrong(house: ServedApp, page: Page) -> None:
    """The page that asks for the code, and each page with a sentence beside what was typed."""
    page.goto(f"{house.address}/first-run?language=vi")
    assert violations(page) == []
    page.goto(f"{house.address}/first-run?code=wrong&language=zh")
    assert violations(page) == []
    page.goto(address_of(house))
    page.locator("button[value=zh]").click()
    page.locator("button[value=CN]").click()
    for fields in (
        {"name_zh": "江滨", "complaint_phone": "?"},
        {"counters": "<>"},
        {"name": "Ada"},
    ):
        for name, text in fields.items():
            page.locator(f"[name={name}]").fill(text)
        page.locator("form").evaluate("form => { form.noValidate = true }")
        page.locator(MAIN).click()
        expect(page.locator(".field-problem").first).to_be_visible()
        assert violations(page) == [], page.url
        for name, text in fields.items():
            expect(page.locator(f"[name={name}]")).to_have_value(text)
            page.locator(f"[name={name}]").fill(
                {"complaint_phone": "1", "counters": "1"}.get(name, text)
            )
        if "name" not in fields:
            page.locator(MAIN).click()


def test_a_device_is_paired_from_the_list(house: ServedApp, page: Page, chromium: Browser) -> None:
    page.goto(address_of(house))
    set_up(Person(page, keys=False), "en", [])
    for kind, screen in (("kiosk", "/kiosk"), ("display", "/display")):
        page.locator(f"button[value={kind}]").click()
        assert violations(page) == []
        code = page.locator(".people-password").inner_text()
        with chromium.new_context() as other:
            device = other.new_page()
            device.goto(f"{house.address}/pair")
            device.locator("#code").fill(code)
            device.get_by_role("button", name="Pair", exact=True).click()
            expect(device).to_have_url(f"{house.address}{screen}")
        page.locator("a[href='/first-run/devices']").first.click()
        expect(page.locator(f"button[value={kind}]")).to_have_count(0)
    expect(page.locator(".badge--good")).to_have_count(2)
    assert violations(page) == []
