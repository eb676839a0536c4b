"""A morning in the hall before four real windows and a phone: whole once, shorter in the others.

With `LOBBY_WALK_PICTURES=folder` it is whole in every language and keeps pictures of each step.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hall_walk_chapters import Morning
from tests.browser.hall_walk_house import WalkHouse
from tests.browser.hall_walk_windows import windows

WHOLE = "vi"
"""The language with the longest words, whose tickets are called in two languages."""


@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_a_morning_passes_in_the_hall(chromium: Browser, tmp_path: Path, language: str) -> None:
    is_whole = language == WHOLE or "LOBBY_WALK_PICTURES" in os.environ
    with WalkHouse(tmp_path, language) as services, windows(chromium, services) as seen:
        morning = Morning(services, seen)
        morning.the_doors_open()
        morning.the_hall_fills()
        morning.asks_at_the_kiosk()
        morning.others_need_somebody()
        if not is_whole:
            morning.the_teller_calls()
            return
        morning.the_lobby_manager_goes()
        number = morning.the_teller_calls()
        morning.is_absent_and_comes_back(number)
        morning.a_teller_has_a_doubt()
        morning.the_counter_pauses()
        morning.a_notice_hangs()
        morning.a_counter_more_is_worth_it()
        morning.the_visit_ends()
