"""What a machine that watches over the process is told."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from lobby.settings import Environment, Settings
from lobby.store.devices import DeviceKind
from lobby.web import logs
from tests.app.app import LocalApp

TOKEN = "a token of forty-two characters, at least."


def test_it_says_that_it_lives(door: LocalApp) -> None:
    assert door.stranger().get("/healthz").text == "Alive.\n"


def test_it_shows_its_figures_to_its_own_machine_only(door: LocalApp) -> None:
    assert door.stranger().get("/metrics").status_code == 403
    door.client._transport.client = ("127.0.0.1", 1)  # type: ignore[attr-defined]
    assert door.stranger().get("/metrics").status_code == 200


@pytest.mark.parametrize(("given", "status"), [(TOKEN, 200), ("wrong", 403), ("", 403)])
def test_it_shows_its_figures_for_the_token(door: LocalApp, given: str, status: int) -> None:
    door.services.settings = Settings(metrics_token=TOKEN)
    answer = door.stranger().get("/metrics", headers={"Authorization": f"Bearer {given}"})
    assert answer.status_code == status


def figures(door: LocalApp) -> dict[str, float]:
    door.client._transport.client = ("127.0.0.1", 1)  # type: ignore[attr-defined]
    lines = door.stranger().get("/metrics").text.splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_it_counts_acts_by_kind_and_result(door: LocalApp) -> None:
    taken = 'lobby_commands_total{kind="TakeTicket",result="done"}'
    refused = 'lobby_commands_total{kind="TakeTicket",result="UnknownService"}'
    before = figures(door)
    kiosk = door.paired(DeviceKind.KIOSK)
    kiosk.post_json("/kiosk/tickets", service="A01", language="vi")
    kiosk.post_json("/kiosk/tickets", service="Z99", language="vi")
    after = figures(door)
    assert after[taken] == before.get(taken, 0) + 1
    assert after[refused] == before.get(refused, 0) + 1
    assert after['lobby_waiting{branch="riverside"}'] == 1
    assert after["lobby_commit_seconds_count"] > before["lobby_commit_seconds_count"]
    assert after['lobby_version{branch="riverside"}'] >= 1


def test_it_counts_open_sockets_by_screen(door: LocalApp) -> None:
    display = door.paired(DeviceKind.DISPLAY)
    headers = {"Cookie": display.cookie_header, "Origin": "http://testserver"}
    with door.client.websocket_connect("/display/live", headers=headers) as socket:
        socket.receive_json()
        assert figures(door)['lobby_sockets{screen="display"}'] == 1


@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What a process in production writes; afterwards logging is as it was."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers, root.level
    logs.configure(Settings(environment=Environment.PRODUCTION), written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_its_lines_carry_no_secret(log_lines: Any) -> None:
    log = structlog.get_logger("lobby.test")
    log.info("seen", path="/t/SECRET1/cancellations", password="SECRET2", cookie="SECRET3")
    log.info("sent lobby-session=SECRET4; lobby-device=SECRET5", header="Bearer SECRET6")
    logging.getLogger("uvicorn.error").warning("bad address %s", "/t/SECRET7?x=1")
    try:
        raise ValueError("no ticket at /t/SECRET8")
    except ValueError:
        log.exception("it failed")
    written = json.dumps(log_lines())
    assert "SECRET" not in written
    assert written.count("(hidden)") >= 8


def test_its_lines_carry_the_request_and_the_level(log_lines: Any) -> None:
    token = logs.request_id.set("abc-1")
    logging.getLogger("lobby.store.writer").error("a write was not taken: %s", "disk full")
    structlog.get_logger("lobby.test").debug("not worth a line")
    logs.request_id.reset(token)
    (line,) = log_lines()
    assert line["request_id"] == "abc-1"
    assert line["level"] == "error"
    assert line["event"] == "a write was not taken: disk full"
