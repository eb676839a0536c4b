"""The demo's page opens each screen signed in already, and only for this computer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.clock import FrozenClock
from lobby.console.demo_doors import PAGE, WHICH, WHO, Doors
from lobby.console.demo_setup import set_up_demo
from lobby.demo.scenario import opening_of
from lobby.main import all_routes, build
from lobby.settings import Settings

OPENING = opening_of(read_branch_file(DEMO).plan, datetime(2026, 3, 6, 12, 0, tzinfo=UTC))
HERE, ELSEWHERE = ("127.0.0.1", 5000), ("192.168.1.40", 5000)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "demo.db"


def browser(database: Path, client: tuple[str, int] = HERE) -> TestClient:
    set_up = read_branch_file(DEMO)
    demo = set_up_demo(database, set_up)
    visitors = {visitor.username: visitor for visitor in demo.visitors}
    settings = Settings(database=database, allowed_hosts=("testserver",), build="test")
    app = build(settings, FrozenClock(OPENING))
    devices = {device.kind: device for device in demo.devices}
    doors = Doors(visitors, devices, set_up.plan.names, OPENING.date())
    app.router.routes[:0] = doors.routes()
    origin = {"Origin": "http://testserver"}
    return TestClient(app, follow_redirects=False, headers=origin, client=client)


@pytest.fixture
def here(database: Path) -> Iterator[TestClient]:
    with browser(database) as client:
        yield client


@pytest.mark.parametrize("language", ["zh", "vi", "en"])
@pytest.mark.parametrize("path", [choice.path for choice in (*WHICH, *WHO)])
def test_it_opens_each_screen_in_the_language_wanted(
    here: TestClient, path: str, language: str
) -> None:
    page = here.get(PAGE, params={"language": language})
    assert page.status_code == 200 and f'value="{path}"' in page.text
    entered = here.post(PAGE, data={"path": path, "language": language})
    assert entered.status_code == 303
    screen = here.get(entered.headers["location"])
    assert screen.status_code == 200
    assert f'lang="{language}' in screen.text[:200]


def test_kiosk_and_display_are_paired_devices_beside_each_other(here: TestClient) -> None:
    for path in ("/kiosk", "/display"):
        entered = here.post(PAGE, data={"path": path, "language": "vi"})
        assert "lobby-session" not in entered.headers["set-cookie"], "nobody is signed in"
    for path in ("/kiosk", "/display"):
        assert here.get(path).status_code == 200
        assert 'lang="vi' in here.get(path).text[:200], "the device's own language"
    assert here.get("/floor").status_code != 200
    assert 'href="/floor"' not in here.get("/kiosk").text, "no way out for a customer"


def test_a_second_browser_is_the_same_device(here: TestClient) -> None:
    first = here.post(PAGE, data={"path": "/kiosk", "language": "en"})
    second = here.post(PAGE, data={"path": "/kiosk", "language": "en"})
    assert first.headers["set-cookie"] == second.headers["set-cookie"]


def test_it_shows_it_to_nobody_elsewhere(database: Path) -> None:
    with browser(database, ELSEWHERE) as client:
        assert client.get(PAGE).status_code == 404
        answer = client.post(PAGE, data={"path": "/floor", "language": "en"})
        assert answer.status_code == 404
        assert "set-cookie" not in answer.headers
        answer = client.post(PAGE, data={"path": "/kiosk", "language": "en"})
        assert answer.status_code == 404 and "set-cookie" not in answer.headers


def test_it_opens_no_other_page(here: TestClient) -> None:
    for path, language in (("/floor/devices", "en"), ("//evil.example", "en"), ("/floor", "xx")):
        answer = here.post(PAGE, data={"path": path, "language": language})
        assert answer.status_code == 400
        assert "set-cookie" not in answer.headers


def test_no_other_program_than_the_demo_has_it() -> None:
    assert PAGE not in [getattr(route, "path", "") for route in all_routes(Settings())]
