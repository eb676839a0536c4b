"""Who may look at a wall, and what it tells them: tickets and counters, never who or why."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from httpx2 import request
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lobby.store.devices import DeviceKind
from lobby.store.people import Role
from lobby.web.devices import list_devices, revoke_device
from tests.display.riverside import SERVED_AT, Riverside, as_header
from tests.live.stage import hear, hear_until, is_frame

NOBODY: Mapping[str, str] = {}
OF_A_CALL = {
    *("frame", "id", "ticket", "counter", "languages", "expires_at", "ttl_s", "modes", "at"),
}
REGIONS = {"calls", "waiting", "notices", "slides", "welcome", "clock", "device"}
PATHS = ("/display", "/display/scale.css")


def test_it_shows_the_wall_to_a_paired_display(branch: Riverside) -> None:
    answer = branch.get("/display", branch.pair(language="vi"))
    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert "Chi nhánh Bờ Sông" in answer.text


def test_it_carries_the_calls_before_any_script_runs(branch: Riverside) -> None:
    cookies = branch.pair()
    branch.open_counters()
    branch.take("A01", "B01")
    branch.call("3")
    branch.call("1")
    page = branch.get("/display", cookies).text
    assert ">B\u200a001</p>" in page
    assert page.index('data-ticket="B001"') < page.index('data-ticket="A001"')
    assert '<noscript><meta http-equiv="refresh"' in page


@pytest.mark.parametrize("role", [Role.LOBBY_MANAGER, Role.BRANCH_HEAD, Role.ADMINISTRATOR])
def test_it_lets_a_tablet_stand_in(branch: Riverside, role: Role) -> None:
    assert branch.get("/display", branch.sign_in(role)).status_code == 200


def test_it_shows_each_person_their_own_branch(branch: Riverside) -> None:
    page = branch.get("/display", branch.sign_in(Role.LOBBY_MANAGER, "harbour")).text
    assert "Chi nhánh Cảng" in page
    assert "Bờ Sông" not in page


@pytest.mark.parametrize("path", PATHS)
def test_it_leads_a_stranger_to_the_pairing_page(branch: Riverside, path: str) -> None:
    answer = branch.get(path, NOBODY)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/pair?next=/display")


@pytest.mark.parametrize("path", PATHS)
def test_it_is_no_page_for_a_kiosk_or_a_teller(branch: Riverside, path: str) -> None:
    kiosk = branch.pair(kind=DeviceKind.KIOSK)
    assert branch.get(path, kiosk).status_code == 303
    assert branch.get(path, branch.sign_in(Role.TELLER)).status_code == 303


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_for_looking_at(branch: Riverside, path: str, method: str) -> None:
    assert branch.get(path, branch.pair(), method).status_code == 405


def test_it_draws_calls_to_the_scale_of_the_screen(branch: Riverside) -> None:
    usual = branch.get("/display/scale.css", branch.pair())
    assert usual.headers["content-type"].startswith("text/css")
    assert "--smallest-call: 7.18vmax" in usual.text
    small = branch.get("/display/scale.css", branch.pair(settings={"mm_per_px": 0.495}))
    assert "--smallest-call: 177px" in small.text


def test_it_opens_no_socket_for_others(branch: Riverside) -> None:
    kiosk = branch.pair(kind=DeviceKind.KIOSK)
    for cookies in (NOBODY, kiosk, branch.sign_in(Role.TELLER)):
        with pytest.raises(InvalidStatus, match="403"):
            branch.listen(cookies)


def test_it_hears_of_a_call_at_once(branch: Riverside) -> None:
    branch.open_counters()
    branch.take("A01")
    with branch.listen(branch.pair()) as socket:
        hear_until(socket, is_frame("regions"))
        branch.call("3")
        frames = hear_until(socket, is_frame("call"))
    call = frames[-1]
    assert (call["ticket"], call["counter"]) == ("A001", "3")
    assert f'data-call="{call["id"]}"' in frames[-2]["regions"]["calls"]


def test_it_goes_dark_within_moments_when_it_is_revoked(branch: Riverside) -> None:
    cookies = branch.pair()
    sessions = branch.services.sessions
    with branch.listen(cookies) as socket:
        hear_until(socket, is_frame("regions"))
        entry = branch.running.do(lambda: list_devices(sessions, "riverside"))[0]
        branch.running.do(lambda: revoke_device(sessions, "riverside", entry.device.id))
        assert hear_until(socket, is_frame("goodbye"))[-1]["reason"] == "revoked"
        with pytest.raises(ConnectionClosed):
            hear(socket)
    assert branch.get("/display", cookies).status_code == 303


def test_it_says_of_a_customer_nothing_but_number_and_counter(branch: Riverside) -> None:
    cookies = branch.pair(language="en")
    branch.open_counters()
    branch.take("A01", "A02", "B01", "F01", "F01")
    with branch.listen(cookies) as socket:
        frames = hear_until(socket, is_frame("regions"))
        for counter in SERVED_AT:
            branch.call(counter)
            frames += hear_until(socket, is_frame("call"))
    page = branch.get("/display", cookies).text
    told = [frame["regions"] for frame in frames if frame["frame"] == "regions"]
    calls = [frame for frame in frames if frame["frame"] == "call"]

    assert set(told[0]) == REGIONS
    assert all(set(regions) <= REGIONS for regions in told)
    assert all(set(call) == OF_A_CALL for call in calls)
    for text in [page, *map(str, frames)]:
        assert waiting_tickets_in(branch, text) == []
        assert "secret-" not in text
        assert "teller-" not in text
    services = [s.names["en"] for s in branch.branch.plan.services.values()]
    for text in [calls_in(page), *(regions.get("calls", "") for regions in told)]:
        assert [name for name in services if name in text] == []
        assert not re.search(r"\b[ABF]0[1-9]\b", text)


def calls_in(page: str) -> str:
    found = re.search(r'<ol [^>]*data-region="calls">(.*?)</ol>', page, re.DOTALL)
    assert found is not None
    return found[1]


def waiting_tickets_in(branch: Riverside, text: str) -> list[str]:
    waiting = branch.branch.hall.waiting_tickets()
    return [ticket.number for ticket in waiting if ticket.number in text]


def test_it_gives_two_walls_of_one_kind_one_picture(branch: Riverside) -> None:
    """What differs between two devices is not in the frames, but for the name of their settings."""
    near, far = branch.pair(), branch.pair(settings={"mm_per_px": 0.3})
    with branch.listen(near) as one, branch.listen(far) as other:
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
    return "Cash withdrawal" in frame.get("regions", {}).get("waiting", "")


def tell(branch: Riverside, cookies: Mapping[str, str], **fields: str) -> int:
    headers = {"cookie": as_header(cookies), "origin": branch.address}
    address = f"{branch.address}/display/voice"
    return request("POST", address, headers=headers, data=fields).status_code


def ready_in(frame: dict[str, Any]) -> str:
    found = re.search(r'data-ready="(.*?)"', frame["regions"]["device"])
    assert found is not None
    return found[1]


def test_it_asks_a_page_to_speak_that_says_it_may(branch: Riverside) -> None:
    cookies = branch.pair()
    with branch.listen(cookies, "/display/live?seat=seat-one") as socket:
        hear_until(socket, is_frame("regions"))
        for _ in range(2):
            assert tell(branch, cookies, seat="seat-one", state="ready") == 204
        assert ready_in(hear_until(socket, is_frame("regions"))[-1]) == "seat-one"
        assert tell(branch, cookies, seat="seat-one", state="blocked") == 204
        assert ready_in(hear_until(socket, is_frame("regions"))[-1]) == ""


def test_it_asks_no_page_that_nobody_knows(branch: Riverside) -> None:
    cookies = branch.pair()
    assert tell(branch, cookies, seat="seat-two", state="ready") == 204
    with branch.listen(cookies, "/display/live?seat=<b>") as socket:
        assert tell(branch, cookies, seat="<b>", state="ready") == 204
        assert ready_in(hear_until(socket, is_frame("regions"))[-1]) == ""


def test_it_does_not_guess_what_a_page_means(branch: Riverside) -> None:
    assert tell(branch, branch.pair(), seat="seat-one", state="perhaps") == 400


def test_it_lets_nobody_else_say_who_speaks(branch: Riverside) -> None:
    kiosk = branch.pair(kind=DeviceKind.KIOSK)
    for cookies in (NOBODY, kiosk, branch.sign_in(Role.TELLER)):
        assert tell(branch, cookies, seat="seat-one", state="ready") in (303, 401)
    assert branch.get("/display/voice", branch.pair()).status_code == 405


def test_it_sends_a_wall_only_the_calls_of_its_services(branch: Riverside) -> None:
    cookies = branch.pair(settings={"services": ["B01"], "speaks": False})
    branch.open_counters()
    branch.take("A01", "B01")
    with branch.listen(cookies) as socket:
        hear_until(socket, is_frame("regions"))
        branch.call("3", "1")
        frames = hear_until(socket, is_frame("call"))
    assert [frame["ticket"] for frame in frames if frame["frame"] == "call"] == ["B001"]
    assert 'data-ticket="A001"' not in frames[-2]["regions"]["calls"]
