"""What every request meets first: host, origin, size; and what every answer carries."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from lobby.settings import Settings
from lobby.store.devices import DeviceKind
from lobby.web import errors
from lobby.web.origin import is_cross_site
from lobby.web.security import BODY_MAX, middleware
from tests.app.app import ADDRESS, LocalApp

HOST = (b"host", b"lobby.bank.example")
COOKIE = (b"cookie", b"lobby-session=x")


@pytest.mark.parametrize(
    "headers",
    [
        [(b"sec-fetch-site", b"same-origin"), COOKIE],
        [(b"sec-fetch-site", b"none"), COOKIE],
        [(b"origin", b"http://lobby.bank.example"), COOKIE],
        [(b"origin", b"HTTP://LOBBY.bank.example"), COOKIE],
        [(b"origin", b"https://queue.bank.example"), COOKIE],
        [(b"authorization", b"Bearer x")],
        [],
    ],
)
def test_it_takes_writes_from_its_own_pages(headers: list[tuple[bytes, bytes]]) -> None:
    assert not is_cross_site(dict([HOST, *headers]), b"queue.bank.example")


@pytest.mark.parametrize(
    "headers",
    [
        [(b"sec-fetch-site", b"cross-site")],
        [(b"sec-fetch-site", b"same-site")],
        [(b"sec-fetch-site", b"cross-site"), (b"origin", b"http://lobby.bank.example")],
        [(b"origin", b"https://evil.example")],
        [(b"origin", b"null")],
        [(b"origin", b"")],
        [(b"origin", b"http://lobby.bank.example.evil.example")],
        [(b"origin", b"http://evil-lobby.bank.example")],
        [(b"origin", b"http://lobby.bank.example:8080")],
        [(b"origin", b"http://lobby.bank.example@evil.example")],
        [(b"origin", b"http://[")],
        [(b"origin", b"\xff")],
        [COOKIE],
    ],
)
def test_it_takes_no_writes_from_elsewhere(headers: list[tuple[bytes, bytes]]) -> None:
    assert is_cross_site(dict([HOST, *headers]), b"")


def test_an_empty_host_is_nobodys_origin() -> None:
    assert is_cross_site({b"origin": b"file://"}, b"")


WRITES = [
    "/sign-in",
    "/sign-out",
    "/sign-out-everywhere",
    "/language",
    "/pair",
    "/kiosk/tickets",
    "/counter/calls",
    "/floor/devices",
    "/t/secret/cancellations",
]


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_no_route_can_be_written_to_from_elsewhere(door: LocalApp, path: str, origin: str) -> None:
    person = door.signed_in("lan")
    answer = person.request("POST", path, data={"key": "a"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "was not sent from a page of Lobby" in answer.text
    assert person.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/counter/live", "/floor/live", "/kiosk/live", "/display/live"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{ADDRESS}.evil.example", ""])
def test_no_socket_opens_from_elsewhere(door: LocalApp, path: str, origin: str) -> None:
    headers = {"Cookie": door.signed_in("lan").cookie_header, "Origin": origin}
    with (
        pytest.raises(WebSocketDisconnect),
        door.client.websocket_connect(path, headers=headers) as socket,
    ):
        socket.receive_text()


def test_no_socket_opens_for_a_cookie_without_an_origin(door: LocalApp) -> None:
    headers = {"Cookie": door.paired(DeviceKind.DISPLAY).cookie_header}
    with (
        pytest.raises(WebSocketDisconnect),
        door.client.websocket_connect("/display/live", headers=headers),
    ):
        pass


def test_a_socket_opens_from_a_page_of_ours(door: LocalApp) -> None:
    headers = {"Cookie": door.paired(DeviceKind.DISPLAY).cookie_header, "Origin": ADDRESS}
    with door.client.websocket_connect("/display/live", headers=headers) as socket:
        assert socket.receive_json()["frame"] == "hello"


@pytest.mark.parametrize("path", ["/counter/live", "/floor/live", "/kiosk/live", "/display/live"])
def test_no_socket_opens_for_a_stranger(door: LocalApp, path: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        door.client.websocket_connect(path, headers={"Origin": ADDRESS}),
    ):
        pass


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "", "[", "[::2]"])
def test_it_answers_to_its_own_names_only(door: LocalApp, host: str) -> None:
    answer = door.stranger().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "LOBBY_ALLOWED_HOSTS" in answer.text


@pytest.mark.parametrize("host", ["testserver", "TESTSERVER:8080", "localhost:1", "[::1]:8080"])
def test_it_answers_to_every_name_it_was_given(door: LocalApp, host: str) -> None:
    for _ in range(2):
        assert door.stranger().get("/sign-in", headers={"Host": host}).status_code == 200


def test_it_reads_no_large_body(door: LocalApp) -> None:
    answer = door.stranger().request("POST", "/sign-in", content=b"a" * (BODY_MAX + 1))
    assert answer.status_code == 413
    assert "Nothing was changed" in answer.text


def test_it_reads_no_large_body_that_comes_in_pieces(door: LocalApp) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"a" * 1024

    answer = door.stranger().request("POST", "/sign-in", content=pieces())
    assert answer.status_code == 413


def test_it_reads_a_body_that_just_fits(door: LocalApp) -> None:
    body = b"username=thu&password=" + b"a" * (BODY_MAX - 22)
    assert len(body) == BODY_MAX
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = door.stranger().request("POST", "/sign-in", content=body, headers=form)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body",
    [b'{"a":' * 50 + b"1" + b"}" * 50, b'{"a": NaN}', b'{"a": "\\ud800xxxxxxx"}', b"[", b"\xff"],
)
def test_hostile_json_is_answered_in_a_sentence(door: LocalApp, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    kiosk = door.paired(DeviceKind.KIOSK)
    answer = kiosk.request("POST", "/kiosk/tickets", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["sentence"]


@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/healthz", "/t/nobody"])
def test_every_answer_carries_the_headers(door: LocalApp, path: str) -> None:
    headers = door.stranger().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
    assert headers["cache-control"] == "no-store"
    assert "cross-origin-opener-policy" not in headers  # worth nothing without HTTPS
    assert "server" not in headers


def test_static_files_may_be_kept(door: LocalApp) -> None:
    build = door.services.settings.build
    answer = door.stranger().get(f"/static/{build}/css/base.css")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    tag = {"If-None-Match": answer.headers["etag"]}
    unchanged = door.stranger().get(f"/static/{build}/css/base.css", headers=tag)
    assert unchanged.status_code == 304
    assert "no-store" not in unchanged.headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "找不到页面"), ("vi", "Không tìm thấy trang")]
)
def test_what_is_not_there_is_said_in_the_browsers_language(
    door: LocalApp, language: str, word: str
) -> None:
    answer = door.stranger().get("/nothing", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert word in answer.text


class Failing:
    """An application that fails in the ways a handler can."""

    async def fail(self, _request: Request) -> PlainTextResponse:
        raise RuntimeError("on purpose")

    async def hang_up(self, _request: Request) -> PlainTextResponse:
        raise ClientDisconnect


def failing_client(door: LocalApp, settings: Settings) -> TestClient:
    failing = Failing()
    routes = [Route("/fail", failing.fail), Route("/hang-up", failing.hang_up)]
    app = Starlette(
        routes=routes,
        middleware=middleware(settings, routes),
        exception_handlers=errors.HANDLERS,
    )
    app.state.services = door.services
    return TestClient(app, raise_server_exceptions=False)


def test_an_error_of_ours_is_a_calm_page_with_all_headers(door: LocalApp) -> None:
    answer = failing_client(door, Settings()).get("/fail")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "on purpose" not in answer.text
    assert "content-security-policy" in answer.headers and "x-request-id" in answer.headers


def test_an_error_of_ours_is_still_raised(door: LocalApp) -> None:
    client = failing_client(door, Settings())
    client._transport.raise_server_exceptions = True  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError, match="on purpose"):
        client.get("/fail")


def test_with_https_pages_are_kept_apart_from_other_windows(door: LocalApp) -> None:
    secure = Settings(public_url="https://testserver")
    answer = failing_client(door, secure).get("/nothing")
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
