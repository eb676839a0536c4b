"""The set-up page has room for its card and its keys on every kiosk, and axe finds nothing."""

import pytest

from lobby.i18n.languages import LANGUAGES
from lobby.web.kiosk_set_up import with_set_up_open
from tests.app.matrix import Matrix
from tests.app.server import ServedApp
from tests.kiosk.conftest import Stand
from tests.kiosk.test_axe import violations
from tests.kiosk.test_sizes import SCREENS, check_room, check_targets


@pytest.mark.parametrize("device", range(len(SCREENS)))
def test_it_covers_nothing(stand: Stand, branch: ServedApp, matrix: Matrix, device: int) -> None:
    screen, mm_per_px = SCREENS[device]
    open_now = with_set_up_open({}, branch.services.clock.now())
    page = stand(screen, mm_per_px=mm_per_px, printer="browser", **open_now)
    for language, chosen in matrix(tuple(LANGUAGES), range(len(SCREENS))):
        if chosen != device:
            continue
        page.goto(f"{branch.address}/kiosk/set-up?language={language}")
        assert page.locator("[name=width_px]").count() > 0
        if language == "vi":
            assert "0," in page.locator(".set-up__measure").inner_text()
        check_targets(page, mm_per_px, "")
        check_room(page)
        assert violations(page) == []
