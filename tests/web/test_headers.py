"""The headers of a request by name, whether they were sent once or several times."""

from starlette.requests import HTTPConnection

from lobby.store.devices import DeviceKind
from lobby.web.commands import wants_json
from lobby.web.headers import headers_of
from tests.app.app import LocalApp


def connection(*headers: tuple[bytes, bytes]) -> HTTPConnection:
    return HTTPConnection({"type": "http", "path": "/", "headers": list(headers)})


def test_it_finds_each_header_by_its_name() -> None:
    found = headers_of(connection((b"host", b"lobby"), (b"accept", b"text/html")))
    assert found == {b"host": b"lobby", b"accept": b"text/html"}


def test_it_reads_a_header_that_was_sent_several_times_as_one_list() -> None:
    asked = connection((b"accept", b"text/html"), (b"accept", b"application/json"))
    assert headers_of(asked) == {b"accept": b"text/html, application/json"}
    assert wants_json(asked)


def test_it_reads_several_cookie_headers_as_one() -> None:
    asked = connection((b"cookie", b"a=1"), (b"host", b"lobby"), (b"cookie", b"b=2"))
    assert headers_of(asked) == {b"cookie": b"a=1; b=2", b"host": b"lobby"}


def test_it_knows_a_kiosk_whose_cookies_come_in_two_headers(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    cookie = kiosk.cookie_header
    kiosk.cookies.clear()
    headers = [("Origin", "http://testserver"), ("Cookie", "theme=dark"), ("Cookie", cookie)]
    assert door.client.get("/kiosk", headers=headers).status_code == 200
