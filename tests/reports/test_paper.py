import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.app.server import ServedApp, serve_app
from tests.reports.conftest import furnish_worked_day
from tests.reports.kpi_day import at


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """On the day after the worked one; nothing here changes it."""
    with serve_app(tmp_path_factory.mktemp("archive"), furnish_worked_day, at(24 * 60)) as app:
        yield app


def open_day(page: Page, archive: ServedApp, language: str = "en") -> None:
    archive.sign_in(page.context, "minh")
    page.goto(f"{archive.address}/reports/days/2026-03-05?language={language}")


@pytest.mark.parametrize("width", [768, 1440])
def test_it_fits_the_width_of_the_screen(page: Page, archive: ServedApp, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for language in ("en", "zh", "vi"):
        open_day(page, archive, language)
        assert page.locator("html").evaluate("html => html.scrollWidth") == width
        assert page.locator("svg[role=img]").count() == 3


def test_it_shows_the_numbers_of_a_chart_on_a_click_and_always_on_paper(
    page: Page, archive: ServedApp
) -> None:
    open_day(page, archive)
    numbers = page.get_by_role("rowheader", name="09:00–09:30")
    assert not numbers.is_visible()
    page.get_by_text("Show the data").click()
    assert numbers.is_visible()
    page.reload()
    page.emulate_media(media="print")
    rows = page.locator(".chart-numbers table")
    assert (rows.bounding_box() or {"height": 0})["height"] > 0
    assert not page.get_by_role("link", name="All days").is_visible()


def test_it_prints_on_a_few_sheets_of_a4(page: Page, archive: ServedApp) -> None:
    open_day(page, archive)
    paper = page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert sheets <= 5
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", paper)
