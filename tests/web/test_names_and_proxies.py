"""Under which names a house answers, and whose word it takes on who asks."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from lobby.settings import STATIC_FILES, Settings
from lobby.web import errors, pairing, sign_in
from lobby.web.addresses import is_within
from lobby.web.security import Guard
from tests.app.app import ADDRESS, LocalApp


async def here(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


def guarded(door: LocalApp, settings: Settings) -> TestClient:
    app = Starlette(
        routes=[Route("/", here, methods=["GET", "POST"])],
        middleware=[Middleware(Guard, settings=settings)],
    )
    app.state.services = door.services
    return TestClient(app, base_url="http://localhost")


def test_it_passes_on_a_proxys_request_id_that_looks_like_one(door: LocalApp) -> None:
    with guarded(door, Settings(trusted_proxies=("10.0.0.5",))) as client:
        given = client.get("/", headers={"X-Request-Id": "proxy-0001"})
        assert given.headers["x-request-id"] == "proxy-0001"
        for odd in ("short", "a" * 65, "has space", 'quote"quote'):
            answer = client.get("/", headers={"X-Request-Id": odd})
            assert answer.headers["x-request-id"] != odd


def test_nobody_else_chooses_under_which_name_they_stand_in_the_log(door: LocalApp) -> None:
    given = door.stranger().get("/healthz", headers={"X-Request-Id": "anybody-0001"})
    assert given.headers["x-request-id"] != "anybody-0001"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:@evil.example",
        "127.0.0.1:80@evil.example",
        "localhost/evil.example",
        "localhost:80 evil",
        "localhost:999999",
        "localhost?",
        "[::1",
    ],
)
def test_it_answers_to_no_name_that_would_lead_elsewhere(door: LocalApp, host: str) -> None:
    with guarded(door, Settings()) as client:
        assert client.get("/", headers={"Host": host}).status_code == 400
        assert client.get("/", headers={"Host": "localhost:8080"}).status_code == 200
        assert client.get("/", headers={"Host": "[::1]:8080"}).status_code == 200


def test_over_https_it_says_so_for_a_year_and_takes_nothing_from_a_plain_page(
    door: LocalApp,
) -> None:
    plain = Settings(public_url="http://queue.example")
    secure = Settings(public_url="https://queue.example")
    name = {"Host": "queue.example"}
    with guarded(door, plain) as client:
        assert "strict-transport-security" not in client.get("/", headers=name).headers
        page = name | {"Origin": "http://queue.example"}
        assert client.post("/", headers=page).status_code == 200
    with guarded(door, secure) as client:
        answer = client.get("/", headers=name)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert client.post("/", headers=page).status_code == 403
        site = page | {"Sec-Fetch-Site": "same-origin"}
        assert client.post("/", headers=site).status_code == 403
        own = name | {"Origin": "https://queue.example"}
        assert client.post("/", headers=own).status_code == 200
        here = {"Host": "127.0.0.1:80", "Origin": "http://127.0.0.1:80"}
        assert client.post("/", headers=here).status_code == 200


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/a?b", "/\\evil.example"])
def test_the_way_back_leads_into_this_house(door: LocalApp, path: str) -> None:
    came_from = f"{ADDRESS}{path}"
    page = door.stranger().get("/nowhere", headers={"Referer": came_from})
    assert page.status_code == 404
    assert "evil.example" not in page.text


def test_notes_for_people_are_no_static_files(door: LocalApp) -> None:
    build = door.services.settings.build
    assert (STATIC_FILES / "fonts" / "README.md").is_file()
    assert door.stranger().get(f"/static/{build}/fonts/README.md").status_code == 404


def test_what_is_refused_stands_in_the_log(door: LocalApp, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    for module in (errors, pairing, sign_in):
        monkeypatch.setattr(module.log, "info", lambda event, **_facts: said.append(event))
    assert door.get("thu", "/floor").status_code == 403
    assert door.post("nobody", "/pair", code="12345678").status_code == 422
    assert door.signed_in("lan").post("/sign-out").status_code == 303
    assert said == ["refused", "pairing refused", "signed out"]


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("10.0.0.5", True),
        ("10.0.0.6", False),
        ("10.1.0.77", True),
        ("10.2.0.1", False),
        ("fd00::1", True),
        ("", False),
        ("unix:", False),
    ],
)
def test_a_proxy_is_known_by_its_address_or_network(address: str, is_one: bool) -> None:
    assert is_within(address, ("10.0.0.5", "10.1.0.0/24", "fd00::/64")) is is_one


def test_nobodys_word_is_taken_where_no_proxy_stands_before_us() -> None:
    assert Settings().proxies == ()
    assert Settings(public_url="https://queue.example").proxies == ("127.0.0.1", "::1")
    named = Settings(trusted_proxies=("10.0.0.5",)).proxies
    assert named == ("127.0.0.1", "::1", "10.0.0.5")
