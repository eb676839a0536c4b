"""An auditor reads the days of their branch and one ticket, and changes nothing anywhere."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection
from starlette.routing import Route

from lobby.main import all_routes
from lobby.settings import Settings
from lobby.store.people import Role
from tests.app.app import LocalApp, open_app, people
from tests.app.badges import Badge, employ
from tests.app.people import MORNING

DAY = MORNING.date()
OWN = ("/account", "/language", "/sign-out", "/sign-in", "/t/{secret}")
"""What is everybody's: their own account, and a customer's page for whoever has its secret."""

FIRST_RUN = "/first-run"
"""Over, for everybody, once there is a branch."""

OPEN = ("/healthz", "/readyz", "/static", "/sounds", "/favicon", "/reports", "/api")
BLANKS = {"day": str(DAY), "number": "A001", "key": "2026-03"}
REFUSED = {401, 403, 404, 405, 415, 422}


def with_auditor(connection: Connection) -> Mapping[str, Badge]:
    return {**people(connection), "audit": employ(connection, "audit", Role.AUDITOR)}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, with_auditor) as opened:
        yield opened


def addresses(method: str) -> dict[str, str]:
    """Of every route of this method, by its pattern."""
    found = {}
    for route in all_routes(Settings(database=Path("lobby.db"), build="test")):
        if isinstance(route, Route) and method in (route.methods or ()):
            names = {name: BLANKS.get(name, "1") for name in route.param_convertors}
            found[route.path] = route.path_format.format(**names)
    return found


def test_the_start_page_leads_to_reports_and_one_ticket_only(app: LocalApp) -> None:
    page = app.get("audit", "/?language=en").text
    assert re.findall(r'class="[^"]*choice[^"]*" href="([^"]+)"', page) == [
        "/reports",
        "/reports/ticket",
    ]
    assert "Auditor" in page


@pytest.mark.parametrize("path", ["/reports", f"/reports/days/{DAY}", "/reports/months/2026-03"])
def test_it_reads_the_days_of_its_branch(app: LocalApp, path: str) -> None:
    assert app.get("audit", path).status_code == 200


def test_it_reads_who_did_what_to_a_ticket_and_each_look_is_kept(app: LocalApp) -> None:
    app.ask("thu", "/counter/openings", counter="3", service=("A01",))
    app.take("A01")
    app.ask("thu", "/counter/calls", counter="3")
    page = app.get("audit", f"/reports/ticket?number=A001&day={DAY}&language=en").text
    assert "Thu" in page
    assert "Audit" in page.split("Looked up by")[-1]


def test_every_other_page_is_closed_to_it(app: LocalApp) -> None:
    """A browser may ask to be paired, whoever sits before it."""
    open_pages = {
        path
        for path, address in addresses("GET").items()
        if app.get("audit", address).status_code == 200
    }
    others = {path for path in open_pages if not path.startswith((*OPEN, *OWN))}
    assert others == {"/", "/pair"}


def test_it_can_do_nothing(app: LocalApp) -> None:
    app.take("A01")
    before = app.riverside.hall
    for path, address in addresses("POST").items():
        if not path.startswith((*OWN, FIRST_RUN)):
            answer = app.ask("audit", address)
            assert answer.status_code in REFUSED, (path, answer.status_code)
    assert app.riverside.hall == before
