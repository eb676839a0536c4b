"""Who asks, behind proxies: their word is taken where they are named, and nobody else's."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from lobby.settings import Settings
from lobby.web.server_config import server_config

PROXIES = ("10.0.0.5", "10.1.0.0/24", "fd00::/64")
BEHIND = Settings(public_url="https://queue.example", trusted_proxies=PROXIES)


async def who(request: Request) -> PlainTextResponse:
    assert request.client is not None
    return PlainTextResponse(f"{request.url.scheme} {request.client.host}")


def told(settings: Settings, peer: str, forwarded: str, proto: str = "https") -> str:
    config = server_config(Starlette(routes=[Route("/", who)]), settings)
    config.load()
    client = TestClient(config.loaded_app, client=(peer, 50_000), base_url="http://queue.example")
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": proto}
    return client.get("/", headers=headers).text


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("10.0.0.5", "203.0.113.7", "203.0.113.7"),
        ("10.1.0.77", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("fd00::9", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.5", "203.0.113.7, 10.1.0.9", "203.0.113.7"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.7, 10.1.0.9", "203.0.113.7"),
        ("fd00::9", "2001:db8::7, fd00::4", "2001:db8::7"),
    ],
)
def test_the_last_one_that_is_no_proxy_of_ours_asks(
    peer: str, forwarded: str, address: str
) -> None:
    """What somebody writes in front of it themselves is not believed."""
    assert told(BEHIND, peer, forwarded) == f"https {address}"


@pytest.mark.parametrize("peer", ["203.0.113.9", "10.0.0.6", "10.2.0.1", "fd01::1", "192.168.1.5"])
def test_the_word_of_anybody_else_has_no_effect(peer: str) -> None:
    assert told(BEHIND, peer, "127.0.0.1") == f"http {peer}"


def test_without_a_proxy_nobody_is_believed() -> None:
    assert told(Settings(), "127.0.0.1", "203.0.113.7") == "http 127.0.0.1"


def test_cookies_are_marked_by_the_public_address_and_not_by_what_a_request_says() -> None:
    assert BEHIND.secure
    assert not Settings(public_url="http://queue.example", trusted_proxies=PROXIES).secure
