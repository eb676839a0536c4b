"""Who may look at a wall, and what it tells them: tickets and counters, never who or why."""

import re
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lobby.store.devices import DeviceKind
from lobby.web.devices import list_devices, revoke_device
from tests.app.app import SERVED_AT, Person
from tests.app.server import ServedApp
from tests.live.stage import hear, hear_until, is_frame

OF_A_CALL = {
    *("frame", "id", "ticket", "counter", "languages", "expires_at", "ttl_s", "modes", "at"),
}
REGIONS = {"calls", "waiting", "notices", "slides", "welcome", "clock", "device"}
PATHS = ("/display", "/display/scale.css")


def test_it_shows_the_wall_to_a_paired_display(branch: ServedApp) -> None:
    answer = branch.paired(DeviceKind.DISPLAY, language="vi").get("/display")
    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert "Chi nhánh Bờ Sông" in answer.text


def test_it_carries_the_calls_before_any_script_runs(branch: ServedApp) -> None:
    display = branch.paired(DeviceKind.DISPLAY)
    branch.open_counters()
    branch.take_together("A01", "B01")
    branch.call("3")
    branch.call("1")
    page = display.get("/display").text
    assert ">B\u200a001</p>" in page
    assert page.index('data-ticket="B001"') < page.index('data-ticket="A001"')
    assert '<noscript><meta http-equiv="refresh"' in page


@pytest.mark.parametrize("who", ["lan", "minh", "ada"])
def test_it_lets_a_tablet_stand_in(branch: ServedApp, who: str) -> None:
    assert branch.signed_in(who).get("/display").status_code == 200


def test_it_shows_each_person_their_own_branch(branch: ServedApp) -> None:
    page = branch.signed_in("hoa").get("/display?language=vi").text
    assert "Chi nhánh Cảng" in page
    assert "Bờ Sông" not in page


@pytest.mark.parametrize("path", PATHS)
def test_it_leads_a_stranger_to_the_pairing_page(branch: ServedApp, path: str) -> None:
    answer = branch.stranger().get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/pair?next=/display")


@pytest.mark.parametrize("path", PATHS)
def test_it_is_no_page_for_a_kiosk_or_a_teller(branch: ServedApp, path: str) -> None:
    kiosk = branch.paired(DeviceKind.KIOSK)
    assert kiosk.get(path).status_code == 303
    assert branch.signed_in("thu").get(path).status_code == 303


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_for_looking_at(branch: ServedApp, path: str, method: str) -> None:
    assert branch.paired(DeviceKind.DISPLAY).request(method, path).status_code == 405


def test_it_draws_calls_to_the_scale_of_the_screen(branch: ServedApp) -> None:
    usual = branch.paired(DeviceKind.DISPLAY).get("/display/scale.css")
    assert usual.headers["content-type"].startswith("text/css")
    assert "--smallest-call: 7.18vmax" in usual.text
    small = branch.paired(DeviceKind.DISPLAY, mm_per_px=0.495).get("/display/scale.css")
    assert "--smallest-call: 177px" in small.text


def test_it_opens_no_socket_for_others(branch: ServedApp) -> None:
    kiosk = branch.paired(DeviceKind.KIOSK)
    for person in (branch.stranger(), kiosk, branch.signed_in("thu")):
        with pytest.raises(InvalidStatus, match="403"):
            branch.listen(person, "/display/live")


def test_it_hears_of_a_call_at_once(branch: ServedApp) -> None:
    branch.open_counters()
    branch.take("A01")
    with branch.listen(branch.paired(DeviceKind.DISPLAY), "/display/live") as socket:
        hear_until(socket, is_frame("regions"))
        branch.call("3")
        frames = hear_until(socket, is_frame("call"))
    call = frames[-1]
    assert (call["ticket"], call["counter"]) == ("A001", "3")
    assert f'data-call="{call["id"]}"' in frames[-2]["regions"]["calls"]


def test_it_goes_dark_within_moments_when_it_is_revoked(branch: ServedApp) -> None:
    display = branch.paired(DeviceKind.DISPLAY)
    sessions = branch.services.sessions
    with branch.listen(display, "/display/live") as socket:
        hear_until(socket, is_frame("regions"))
        entry = branch.running.do(lambda: list_devices(sessions, "riverside"))[0]
        branch.running.do(lambda: revoke_device(sessions, "riverside", entry.device.id))
        assert hear_until(socket, is_frame("goodbye"))[-1]["reason"] == "revoked"
        with pytest.raises(ConnectionClosed):
            hear(socket)
    assert display.get("/display").status_code == 303


def test_it_says_of_a_customer_nothing_but_number_and_counter(branch: ServedApp) -> None:
    display = branch.paired(DeviceKind.DISPLAY, language="en")
    branch.open_counters()
    branch.take_together("A01", "A02", "B01", "F01", "F01")
    with branch.listen(display, "/display/live") as socket:
        frames = hear_until(socket, is_frame("regions"))
        for counter in SERVED_AT:
            branch.call(counter)
            frames += hear_until(socket, is_frame("call"))
    page = display.get("/display").text
    told = [frame["regions"] for frame in frames if frame["frame"] == "regions"]
    calls = [frame for frame in frames if frame["frame"] == "call"]

    assert set(told[0]) == REGIONS
    assert all(set(regions) <= REGIONS for regions in told)
    assert all(set(call) == OF_A_CALL for call in calls)
    for text in [page, *map(str, frames)]:
        assert waiting_tickets_in(branch, text) == []
        assert "secret-" not in text
        assert "teller-" not in text
    services = [s.names["en"] for s in branch.riverside.plan.services.values()]
    for text in [calls_in(page), *(regions.get("calls", "") for regions in told)]:
        assert [name for name in services if name in text] == []
        assert not re.search(r"\b[ABF]0[1-9]\b", text)


def calls_in(page: str) -> str:
    found = re.search(r'<ol [^>]*data-region="calls">(.*?)</ol>', page, re.DOTALL)
    assert found is not None
    return found[1]


def waiting_tickets_in(branch: ServedApp, text: str) -> list[str]:
    waiting = branch.riverside.hall.waiting_tickets()
    return [ticket.number for ticket in waiting if ticket.number in text]


def test_it_gives_two_walls_of_one_kind_one_picture(branch: ServedApp) -> None:
    """What differs between two devices is not in the frames, but for the name of their settings."""
    near, far = branch.paired(DeviceKind.DISPLAY), branch.paired(DeviceKind.DISPLAY, mm_per_px=0.3)
    with branch.listen(near, "/display/live") as one, branch.listen(far, "/display/live") as other:
        branch.take("A01")
        pages = [drawn_by(hear_until(wall, shows_waiting)) for wall in (one, other)]
    settings = [page.pop("device") for page in pages]
    assert pages[0] == pages[1]
    assert pages[0].keys() == REGIONS - {"device"}
    assert settings[0] != settings[1]


def drawn_by(frames: list[dict[str, Any]]) -> dict[str, str]:
    """What a page shows that has heard these frames."""
    regions: dict[str, str] = {}
    for frame in frames:
        regions |= frame.get("regions", {})
    return regions


def shows_waiting(frame: dict[str, Any]) -> bool:
    return "Cash and transfers" in frame.get("regions", {}).get("waiting", "")


def tell(person: Person, **fields: str) -> int:
    return person.post("/display/voice", key=None, **fields).status_code


def ready_in(frame: dict[str, Any]) -> str:
    found = re.search(r'data-ready="(.*?)"', frame["regions"]["device"])
    assert found is not None
    return found[1]


def test_it_asks_a_page_to_speak_that_says_it_may(branch: ServedApp) -> None:
    display = branch.paired(DeviceKind.DISPLAY)
    with branch.listen(display, "/display/live?seat=seat-one") as socket:
        hear_until(socket, is_frame("regions"))
        for _ in range(2):
            assert tell(display, seat="seat-one", state="ready") == 204
        assert ready_in(hear_until(socket, is_frame("regions"))[-1]) == "seat-one"
        assert tell(display, seat="seat-one", state="blocked") == 204
        assert ready_in(hear_until(socket, is_frame("regions"))[-1]) == ""


def test_it_asks_no_page_that_nobody_knows(branch: ServedApp) -> None:
    display = branch.paired(DeviceKind.DISPLAY)
    assert tell(display, seat="seat-two", state="ready") == 204
    with branch.listen(display, "/display/live?seat=<b>") as socket:
        assert tell(display, seat="<b>", state="ready") == 204
        assert ready_in(hear_until(socket, is_frame("regions"))[-1]) == ""


def test_it_does_not_guess_what_a_page_means(branch: ServedApp) -> None:
    assert tell(branch.paired(DeviceKind.DISPLAY), seat="seat-one", state="perhaps") == 400


def test_it_lets_nobody_else_say_who_speaks(branch: ServedApp) -> None:
    kiosk = branch.paired(DeviceKind.KIOSK)
    for person in (branch.stranger(), kiosk, branch.signed_in("thu")):
        assert tell(person, seat="seat-one", state="ready") in (303, 401)
    assert branch.paired(DeviceKind.DISPLAY).get("/display/voice").status_code == 405


def test_it_sends_a_wall_only_the_calls_of_its_services(branch: ServedApp) -> None:
    display = branch.paired(DeviceKind.DISPLAY, services=["B01"], speaks=False)
    branch.open_counters()
    branch.take_together("A01", "B01")
    with branch.listen(display, "/display/live") as socket:
        hear_until(socket, is_frame("regions"))
        branch.call("3", "1")
        frames = hear_until(socket, is_frame("call"))
    assert [frame["ticket"] for frame in frames if frame["frame"] == "call"] == ["B001"]
    assert 'data-ticket="A001"' not in frames[-2]["regions"]["calls"]
