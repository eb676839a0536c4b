"""Each kind of advice walked at kiosk size: by touch, by keys alone, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.app.matrix import Matrix
from tests.app.server import ServedApp
from tests.kiosk.conftest import Stand, tap
from tests.kiosk.walks import COMES, WALKS, Walk

MORE = "7"
LANGUAGES = ("zh", "vi", "en")


def control(page: Page, key: str) -> str:
    """The wishes beside a question go on counting where its answers end."""
    return f"[data-key='{MORE}']" if key == "more" else f"[data-key='{key}']"


def by_touch(page: Page, key: str) -> None:
    tap(page.locator(control(page, key)))


def by_keys(page: Page, key: str) -> None:
    before = page.url
    page.wait_for_load_state()
    page.keyboard.press(MORE if key == "more" else key)
    page.wait_for_function("(before) => location.href !== before", arg=before)


def without_scripts(page: Page, key: str) -> None:
    page.locator(control(page, key)).click()


MANNERS = {"touch": by_touch, "keys": by_keys, "no scripts": without_scripts}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.kind)
def test_it_leads_to_every_kind_of_advice(
    stand: Stand, advised: ServedApp, matrix: Matrix, walk: Walk, manner: str
) -> None:
    page = stand(scripts=manner != "no scripts", mm_per_px=0.248)
    kinds = [each.kind for each in WALKS]
    for kind, chosen, language in matrix(kinds, MANNERS, LANGUAGES):
        if (kind, chosen) != (walk.kind, manner):
            continue
        page.goto(f"{advised.address}/kiosk?language={language}")
        for key in walk.keys:
            MANNERS[manner](page, key)
            page.wait_for_load_state()
        expect(page.locator("main [name=choice]").first).to_be_visible()
        MANNERS[manner](page, walk.choice)
        if walk.letter is None:
            expect(page.locator("h1")).to_have_text(COMES[language])
            continue
        expect(page.locator(".ticket .ticket__number")).to_contain_text(f"{walk.letter}\u200a")
        number = page.locator(".ticket .ticket__number").inner_text().replace("\u200a", "")
        ticket = advised.riverside.hall.tickets[number]
        assert ticket.language == language
        assert ticket.intake.rule, "what was asked and advised is kept with the ticket"
