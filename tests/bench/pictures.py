"""Processor time of one picture of each kind of screen: to look at the hall, and to draw it."""

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from counter.regions import terminal_screen
from display.context import display_context
from display.routes import display_screen
from kiosk.context import kiosk_context
from kiosk.phone.regions import phone_screen
from kiosk.phone.ticket import find_own_ticket
from kiosk.regions import answers_screen
from lobby.branch import Actor, ActorKind, Branch
from lobby.floor.now.views import now_part
from lobby.floor.tablet.request import floor_staff_request
from lobby.floor.waiting.views import waiting_part
from lobby.main import build
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.settings import Settings
from lobby.web.identity import Identity
from lobby.web.live_screen import LiveScreen
from lobby.web.services import Services
from lobby.web.staff import require_staff
from tests.app.process import COUNTERS
from tests.bench.figures import report
from tests.bench.hall_setup import LANGUAGES, SERVICES, Cookies, prepare_hall

ROUNDS = 5
"""The quickest of so many is what it costs: the others were held up by something else."""

ACTOR = Actor(ActorKind.SYSTEM, "bench")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--waiting", default="10,100,1000", help="default: 10,100,1000")


async def run(arguments: argparse.Namespace) -> None:
    rows: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        for waiting in arguments.waiting.split(","):
            database = Path(folder) / f"lobby-{waiting}.db"
            cookies = prepare_hall(database)
            async with AsyncExitStack() as on:
                app = build(Settings(database=database))
                await on.enter_async_context(app.router.lifespan_context(app))
                for name, value in (await _costs_us(app, cookies, int(waiting))).items():
                    rows.setdefault(name, {})[waiting] = value
    report("Microseconds for one picture, by how many wait", rows, arguments.json)


async def _costs_us(app: Starlette, cookies: Cookies, waiting: int) -> dict[str, float]:
    services: Services = app.state.services
    (branch,) = services.branches.values()
    secret = await _fill(services, branch, waiting)
    rows = {"reference_us": _cost_us(_reference)}
    for name, screen in (await _screens(app, cookies, secret)).items():
        views = screen.present(branch.hall, now := services.clock.now())
        rows[f"{name}_present_us"] = _cost_us(partial(screen.present, branch.hall, now))
        rows[f"{name}_paint_us"] = _cost_us(partial(_paint_all, screen, views))
    return rows


def _paint_all(screen: LiveScreen, views: Mapping[str, Any]) -> list[str]:
    return [screen.paint(region, view) for region, view in views.items()]


def _reference() -> int:
    """Work that never changes: a machine that is slow today is slow at this as well."""
    return sum(number * number for number in range(1_000))


async def _fill(services: Services, branch: Branch, waiting: int) -> str:
    """Every counter serves somebody. Returns the secret of who waits in the middle."""

    async def act(command: Command, key: str) -> None:
        await branch.perform(command, ACTOR, key)

    for number in range(1, COUNTERS + 1):
        await act(OpenCounter(str(number), str(number), SERVICES), f"open-{number}")
        await act(TakeTicket(SERVICES[0], LANGUAGES[0], f"first-{number}"), f"first-{number}")
        await act(CallNext(str(number)), f"call-{number}")
        at_counter = branch.hall.counters[str(number)].ticket or ""
        await act(StartServing(str(number), at_counter), f"serve-{number}")
    for number in range(waiting):
        service, language = SERVICES[number % len(SERVICES)], LANGUAGES[number % 3]
        await act(TakeTicket(service, language, f"secret-{number}"), f"take-{number}")
    await services.waits.settled(branch.id)
    return f"secret-{waiting // 2}"


async def _screens(app: Starlette, cookies: Cookies, secret: str) -> dict[str, LiveScreen]:
    badges = cookies.badges
    display = await _connection(app, badges.display)
    counter = await _connection(app, badges.tellers[0])
    tablet = await floor_staff_request(await _connection(app, cookies.tablets[0]))
    kiosk = await _connection(app, badges.kiosk)
    own = await find_own_ticket(await _connection(app, "", secret=secret))
    assert own is not None
    return {
        "display": display_screen(display, display_context(display)),
        "counter": await terminal_screen(counter, await require_staff(counter), "en"),
        "tablet": tablet.screen(now_part(tablet)),
        "tablet_waiting": tablet.screen(waiting_part(tablet)),
        "kiosk": answers_screen(kiosk, kiosk_context(kiosk)),
        "phone": phone_screen(own),
    }


async def _connection(app: Starlette, cookie: str, **path_params: str) -> HTTPConnection:
    sessions = app.state.services.sessions
    identity: Identity = await sessions.identify(cookie, "")
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"cookie", cookie.encode())],
        "app": app,
        "state": {"identity": identity},
        "path_params": path_params,
    }
    return HTTPConnection(scope)


def _cost_us(work: Callable[[], object]) -> float:
    """By the processor's time of this thread, so that others on the machine do not count."""
    work()
    return min(_round_us(work) for _ in range(ROUNDS))


def _round_us(work: Callable[[], object], least_s: float = 0.02) -> float:
    began, count = time.thread_time(), 0
    while (taken := time.thread_time() - began) < least_s:
        work()
        count += 1
    return 1e6 * taken / count
