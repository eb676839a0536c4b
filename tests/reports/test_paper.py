import re

import pytest
from playwright.sync_api import Page

from tests.reports.conftest import Archive
from tests.serving import Server


def open_day(page: Page, server: Server, archive: Archive, language: str = "en") -> None:
    origin = f"http://127.0.0.1:{server.port}"
    name, _, value = archive.cookies["minh"].partition("=")
    page.context.add_cookies([{"name": name, "value": value, "url": origin}])
    page.goto(f"{origin}/reports/days/2026-03-05?language={language}")


@pytest.mark.parametrize("width", [768, 1440])
def test_it_fits_the_width_of_the_screen(page: Page, archive: Archive, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    with Server(archive.database) as server:
        for language in ("en", "zh", "vi"):
            open_day(page, server, archive, language)
            assert page.locator("html").evaluate("html => html.scrollWidth") == width
            assert page.locator("svg[role=img]").count() == 3


def test_it_shows_the_numbers_of_a_chart_on_a_click_and_always_on_paper(
    page: Page, archive: Archive
) -> None:
    with Server(archive.database) as server:
        open_day(page, server, archive)
        numbers = page.get_by_role("rowheader", name="09:00–09:30")
        assert not numbers.is_visible()
        page.get_by_text("The numbers of this chart").click()
        assert numbers.is_visible()
        page.reload()
        page.emulate_media(media="print")
        rows = page.locator(".chart-numbers table")
        assert (rows.bounding_box() or {"height": 0})["height"] > 0
        assert not page.get_by_role("link", name="All days").is_visible()


def test_it_prints_on_a_few_sheets_of_a4(page: Page, archive: Archive) -> None:
    with Server(archive.database) as server:
        open_day(page, server, archive)
        paper = page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert sheets <= 5
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", paper)
