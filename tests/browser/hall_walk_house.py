"""The demo branch as a process of its own, on a Monday morning that tests may move on.

`python -m tests.browser.hall_walk_house` serves like `lobby serve`, by the clock of the walk.
"""

import os
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from httpx2 import Response, request
from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.clock import NeverSet
from lobby.console.server import HouseServer, listening_socket
from lobby.main import build
from lobby.settings import Settings
from lobby.setup.branch_file import save_branch_file
from lobby.staffing.service import Staffing
from lobby.store.devices import DeviceKind
from lobby.store.people import Role
from lobby.web.services import Services
from tests.app.badges import Badge, employ, pair_device
from tests.app.database import furnished_database
from tests.app.people import MORNING
from tests.app.process import Server

PROGRAM = ("-m", "tests.browser.hall_walk_house")
PEOPLE = {
    "thu": Role.TELLER,
    "wei": Role.TELLER,
    "mai": Role.TELLER,
    "lan": Role.LOBBY_MANAGER,
    "minh": Role.BRANCH_HEAD,
}
DEVICES: Mapping[DeviceKind, dict[str, Any]] = {
    DeviceKind.KIOSK: {"mm_per_px": 0.248},
    DeviceKind.DISPLAY: {},
}
ADVICE_EVERY_S = 2.0
"""A branch asks every minute whether a counter more is worth it; a walk cannot stand so long."""


class WalkClock(NeverSet):
    """Nine on a Monday at the start, then as the wall clock runs, plus what a file adds."""

    def __init__(self, added: Path) -> None:
        self._added = added
        self._began = time.monotonic()

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.elapsed_s())

    def elapsed_s(self) -> float:
        added_s = float(self._added.read_text(encoding="ascii"))
        return time.monotonic() - self._began + added_s


class WalkHouse(Server):
    """`with WalkHouse(folder, language)`: the branch, its people and devices of one language."""

    def __init__(self, folder: Path, language: str) -> None:
        database = folder / "lobby.db"
        super().__init__(database, program=PROGRAM)
        self.language = language
        self._added_s = 0.0
        self._added = _added_to(database)
        self._added.write_text("0", encoding="ascii")
        self.badges = _prepare(database, language)
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "WalkHouse":
        self.start()
        return self

    def advance(self, seconds: float) -> None:
        """Written beside and then put in place, so that nobody reads half a number."""
        self._added_s += seconds
        fresh = self._added.with_suffix(".fresh")
        fresh.write_text(str(self._added_s), encoding="ascii")
        fresh.replace(self._added)

    def post(self, person: str, path: str, **fields: str | list[str]) -> Response:
        """What somebody does who is not before one of the four windows."""
        badge = self.badges[person]
        answer = request(
            "POST",
            f"{self.address}{path}",
            data={"key": secrets.token_hex(8), **fields},
            headers={
                "origin": self.address,
                "accept": "application/json",
                "cookie": badge.header,
            },
        )
        assert answer.is_success, answer.text
        return answer

    def comes(self, service: str, language: str, priority: str = "regular") -> None:
        """Somebody is given a number by the branch head at the door."""
        wishes = {"service": service, "customer_language": language, "priority": priority}
        self.post("minh", "/floor/tickets", **wishes)


def _added_to(database: Path) -> Path:
    return database.with_suffix(".added")


def _prepare(database: Path, language: str) -> dict[str, Badge]:
    return furnished_database(database, _furnish, language)


def _furnish(connection: Connection, language: str) -> dict[str, Badge]:
    save_branch_file(connection, read_branch_file(DEMO))
    people = {
        name: employ(connection, name, role, language=language) for name, role in PEOPLE.items()
    }
    devices = {
        kind.value: pair_device(connection, kind, language=language, settings=settings)
        for kind, settings in DEVICES.items()
    }
    return people | devices


def serve() -> None:
    settings = Settings.read(os.environ)
    clock = WalkClock(_added_to(Path(str(settings.database))))
    app = build(settings, clock)
    services: Services = app.state.services
    services.staffing = Staffing(
        services.store, clock, services.hub, services.waits, every_s=ADVICE_EVERY_S
    )
    listening = listening_socket(settings.host, settings.port, "LOBBY_PORT")
    HouseServer(app, settings, lambda: None).run(sockets=[listening])


if __name__ == "__main__":
    serve()
