"""The screen of a slip that nobody can vouch for: a question, the key that prints another one, and
room for both on every kiosk."""

import pytest

from lobby.queueing.commands.ticket import TakeTicket
from tests.app.matrix import Matrix
from tests.app.server import ServedApp
from tests.kiosk.conftest import Stand
from tests.kiosk.test_axe import violations
from tests.kiosk.test_sizes import SCREENS, TARGET_MM, check_room, check_targets, check_texts

PATHS = ("/kiosk/tickets/A006?", "/kiosk/tickets/S001?")
"""At a counter, and on the way to a machine, with one key more."""

NO_BREAK, MAY_BREAK = "\u00a0", "\u200b"
QUESTIONS = {
    "zh": "号码单可能没有打印出来。要再打印一次吗？",
    "vi": "Có thể phiếu chưa được in. Quý khách có muốn in lại không?",
    "en": "The slip may not have been printed. Print it again?",
}


@pytest.mark.parametrize("device", range(len(SCREENS)))
def test_it_asks_whether_to_print_it_again_and_covers_nothing(
    stand: Stand, advised: ServedApp, matrix: Matrix, device: int
) -> None:
    advised.perform_together(TakeTicket("A01", "en", "secret-of-the-slip", machine="m1"))
    screen, mm_per_px = SCREENS[device]
    page = stand(screen, mm_per_px=mm_per_px, printer="escpos")
    for path, chosen, language, size in matrix(PATHS, range(len(SCREENS)), QUESTIONS, TARGET_MM):
        if chosen != device:
            continue
        page.goto(f"{advised.address}{path}&language={language}&size={size}")
        shown = page.locator(".ticket__keep").inner_text().strip()
        assert shown.replace(NO_BREAK, " ").replace(MAY_BREAK, "") == QUESTIONS[language]
        assert page.locator("form[action*='/slips'] button").is_visible()
        check_targets(page, mm_per_px, size)
        check_texts(page, mm_per_px, size)
        check_room(page)
        assert violations(page) == []
