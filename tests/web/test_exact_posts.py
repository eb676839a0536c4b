"""Acts with a fixed address skip the router, and are answered as the router would answer them."""

import pytest
from starlette.routing import Match

from lobby.main import all_routes
from lobby.settings import Settings
from lobby.store.devices import DeviceKind
from lobby.web.exact_posts import exact_posts
from tests.app.app import LocalApp

ROUTES = all_routes(Settings())


@pytest.mark.parametrize("path", ["/kiosk/tickets", "/counter/calls", "/sign-in"])
def test_it_knows_the_busiest_acts(path: str) -> None:
    assert path in exact_posts(ROUTES)


@pytest.mark.parametrize("path", sorted(exact_posts(ROUTES)))
def test_it_leads_to_the_handler_that_the_router_would_find(path: str) -> None:
    scope = {"type": "http", "method": "POST", "path": path}
    route = next(route for route in ROUTES if route.matches(scope)[0] is Match.FULL)
    assert exact_posts(ROUTES)[path] is getattr(route, "endpoint", None)


def test_it_leaves_addresses_with_a_part_that_changes_to_the_router() -> None:
    assert not [path for path in exact_posts(ROUTES) if "{" in path]


def test_it_leaves_every_other_method_to_the_router(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    assert kiosk.get("/kiosk/tickets").status_code == 405
    assert kiosk.request("DELETE", "/kiosk/tickets").status_code == 405


def test_it_answers_a_refusal_in_words(door: LocalApp) -> None:
    answer = door.signed_in("thu").post_json("/counter/calls", counter="99")
    assert (answer.status_code, answer.json()["refusal"]) == (409, "UnknownCounter")


def test_it_does_nothing_for_a_stranger(door: LocalApp) -> None:
    answer = door.stranger().post("/kiosk/tickets", service="A01")
    assert answer.status_code == 401
    assert "Please sign in first" in answer.text
