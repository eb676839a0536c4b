"""Outside opening hours: no number, the next opening in words, and still a person to call."""

import pytest

from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp

HOUR_S = 3600
TODAY = {
    "zh": "今天 09:00 开始营业。",
    "vi": "Hôm nay mở cửa lúc 09:00.",
    "en": "We open at 09:00 today.",
}


@pytest.mark.parametrize("language", TODAY)
def test_it_says_when_it_opens_today(counsel: LocalApp, language: str) -> None:
    counsel.clock.advance(seconds=23 * HOUR_S)  # eight in the morning of the next day
    page = counsel.paired(DeviceKind.KIOSK).get(f"/kiosk?language={language}").text
    assert TODAY[language] in page.replace("\u00a0", " ")
    assert page.count("closed__place") == 2, "the machines that work meanwhile"
    assert 'class="answer' not in page
    assert 'action="/kiosk/help' in page


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        (9, "We open on Tuesday 3 March at 09:00."),
        (24 * 4 + 9, "We open on Saturday 7 March at 09:30."),
    ],
)
def test_it_says_on_which_day_it_opens(counsel: LocalApp, hours: int, sentence: str) -> None:
    counsel.clock.advance(seconds=hours * HOUR_S)
    assert sentence in counsel.paired(DeviceKind.KIOSK).get("/kiosk").text


def test_it_gives_no_number_while_closed(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    counsel.clock.advance(seconds=9 * HOUR_S)
    sentence = "We are closed now. We open on Tuesday 3 March at 09:00."
    form = kiosk.post("/kiosk/tickets", service="A01", amount="more", choice="counter")
    assert form.status_code == 409
    assert sentence in form.text
    program = kiosk.post_json("/kiosk/tickets", service="A01", language="en")
    assert (program.status_code, program.json()["sentence"]) == (409, sentence)
    assert kiosk.get("/kiosk/advice?service=A01").status_code == 409
    assert len(counsel.riverside.hall.tickets) == 6
    assert kiosk.post("/kiosk/help").status_code == 303


def test_it_never_closes_without_a_catalogue(door: LocalApp) -> None:
    door.clock.advance(seconds=15 * HOUR_S)
    kiosk = door.paired(DeviceKind.KIOSK)
    assert kiosk.post("/kiosk/tickets", service="A01", language="en").status_code == 303


def test_it_gives_the_ticket_again_after_closing(counsel: LocalApp) -> None:
    """Taken a second before five, when the answer was lost; asked for again after five."""
    kiosk = counsel.paired(DeviceKind.KIOSK)
    wanted = {"key": "tap", "service": "A01", "amount": "more", "choice": "counter"}
    counsel.clock.advance(8 * 3600 - 1)
    first = kiosk.post_json("/kiosk/tickets", **wanted)
    assert first.status_code == 201
    counsel.clock.advance(31)
    again = kiosk.post_json("/kiosk/tickets", **wanted)
    assert (again.status_code, again.content) == (201, first.content)
    assert kiosk.post_json("/kiosk/tickets", **wanted | {"key": "other"}).status_code == 409
