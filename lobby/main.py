"""The composition root: the one place that knows every part and puts them together."""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute

import counter.routes
import display.routes
import kiosk.routes
import kiosk.slips_after_start
import lobby.api.devices
import lobby.first_run.routes
import lobby.floor.routes
import lobby.people.routes
import lobby.reports.routes
import lobby.setup_pages.routes
import lobby.web.health
import lobby.web.pairing
import lobby.web.sign_in
import lobby.web.start
from counter.access import terminal_key
from lobby.branch import Branch, Branches
from lobby.catalogue.serialise import from_json
from lobby.clock import Clock, SystemClock
from lobby.days.service import Days
from lobby.first_run.door import FirstRunDoor
from lobby.live.announcements import CALL_LIVES, calls_among, unexpired
from lobby.live.changes import Change
from lobby.live.hub import Hub
from lobby.printing.branch_printers import BranchPrinters
from lobby.reports.rollup import roll_up
from lobby.reports.summary_delivery import ClosingSummaries
from lobby.screens.opening import is_between_opening_and_closing
from lobby.settings import Settings
from lobby.staffing.service import Staffing
from lobby.steady_clock import SteadyClock
from lobby.store.catalogue import load_plans
from lobby.store.catalogues import catalogue_on
from lobby.store.epochs import begin_epochs, restored_branches
from lobby.store.errors import DATABASE_ERRORS, why_unreadable
from lobby.store.history import History, read_history
from lobby.store.log import events_since
from lobby.store.scheduled_backups import ScheduledBackups
from lobby.store.store import Store
from lobby.supervision import PartKind, Supervisor
from lobby.triage.catalogue import Catalogue
from lobby.waits.service import WaitService
from lobby.web import errors, security, static_files
from lobby.web.identity import Sessions
from lobby.web.pages import Pages
from lobby.web.services import Services

TEMPLATES = (
    "lobby.web",
    "kiosk",
    "display",
    "counter",
    "lobby.floor",
    "lobby.reports",
    "lobby.people",
    "lobby.setup_pages",
    "lobby.first_run",
)
RECENT_EVENTS_MAX = 2_000
"""Among so many events, half a minute of the busiest branch, calls to announce again are sought."""


def build(settings: Settings, machine_clock: Clock | None = None) -> Starlette:
    """The whole application; it opens its database when the server starts it."""
    clock = SteadyClock(machine_clock or SystemClock())
    store = Store(settings.database)
    supervisor = Supervisor()
    hub = Hub(settings.build, clock.now, supervisor=supervisor)
    waits = WaitService(store, clock, hub, supervisor=supervisor)
    services = Services(
        settings=settings,
        clock=clock,
        store=store,
        hub=hub,
        pages=Pages(TEMPLATES, settings.build),
        sessions=Sessions(store, settings, supervisor=supervisor),
        waits=waits,
        staffing=Staffing(store, clock, hub, waits, supervisor=supervisor),
        days=Days(
            *(store, clock),
            adopt=lambda branch: adopt_catalogue(services, branch),
            is_open=lambda branch, now: is_between_opening_and_closing(services, branch, now),
            close_out_after=timedelta(minutes=settings.close_out_min),
            has_terminal=lambda branch, teller: hub.is_shown(terminal_key(branch, teller)),
            supervisor=supervisor,
        ),
        branches=Branches({}),
        supervisor=supervisor,
        printers=BranchPrinters(supervisor),
        roll_up=roll_up,
    )
    routes = all_routes(settings)
    app = Starlette(
        routes=routes,
        middleware=security.middleware(settings, routes),
        exception_handlers=errors.HANDLERS,
        lifespan=_lifespan,
    )
    app.state.services = services
    app.state.first_run = FirstRunDoor()
    return app


def all_routes(settings: Settings) -> list[BaseRoute]:
    """The busiest first: a request tries them in this order."""
    return [
        *kiosk.routes.routes,
        *lobby.web.health.routes,
        *lobby.web.start.routes,
        *lobby.web.sign_in.routes,
        *lobby.web.pairing.routes,
        *display.routes.routes,
        *counter.routes.routes,
        *lobby.floor.routes.routes,
        *lobby.people.routes.routes,
        *lobby.setup_pages.routes.routes,
        *lobby.first_run.routes.routes,
        *lobby.api.devices.routes,
        *lobby.reports.routes.routes,
        *static_files.routes(settings.build),
    ]


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    services: Services = app.state.services
    try:
        await _open_store(services)
    except DATABASE_ERRORS as error:
        services.failure = why_unreadable(services.settings.database, error)
        raise
    await _open_parts(services)
    services.readiness.on_change = lambda: _redraw(services)
    supervisor = services.supervisor
    supervisor.on_change = lambda _part: _redraw(services)
    _start_backups(services)
    if services.settings.summary is not None:
        ClosingSummaries(services, services.settings.summary).start()
    supervisor.start(PartKind.DEADLINES, services.store.answer_late_for_ever)
    supervisor.start(PartKind.READINESS, services.readiness.watch_for_ever)
    try:
        yield
    finally:
        supervisor.stop(PartKind.DEMO)
        await services.days.close()
        supervisor.stop(
            *(PartKind.BACKUPS, PartKind.SUMMARIES, PartKind.DEADLINES, PartKind.READINESS)
        )
        await services.planning.close()
        await services.slips.close()
        await services.printers.keep_only(())
        await services.hub.close()
        await services.sessions.close()
        await services.staffing.close()
        await services.waits.close()
        services.store.close()


async def _open_parts(services: Services) -> None:
    """What works on the record, and then what the last process has left to do."""
    services.store.on_return = services.branches.catch_up
    services.catalogues = await catalogues_of_today(services)
    await services.waits.open(services.branches)
    services.staffing.open(services.branches)
    await services.days.open(services.branches)
    await kiosk.slips_after_start.take_up(services)


def _start_backups(services: Services) -> None:
    settings, database = services.settings, services.settings.database
    if settings.backup_folder is not None and isinstance(database, Path):
        every = timedelta(minutes=settings.backup_every_min)
        ScheduledBackups(
            *(database, settings.backup_folder, every, settings.backup_recipient, services.clock)
        ).start(services.supervisor)


async def _open_store(services: Services) -> None:
    """The record, as far as it can be read."""
    services.store.open()
    await _begin_epochs(services)
    services.branches = await open_branches(services)
    await _offer_calls_again(services)


async def _begin_epochs(services: Services) -> None:
    """A branch that is new here, or whose database is a copy, begins an epoch of its own."""
    at = services.clock.now()
    continuity = services.store.continuity
    await services.store.write(lambda connection: begin_epochs(connection, at, continuity))
    await services.store.keep_mark()
    services.restored = await services.store.read(restored_branches)


def _redraw(services: Services) -> None:
    """What the house says of itself stands on screens of every branch."""
    for branch in services.branches.values():
        services.hub.publish(Change(branch.id, branch.hall.version))


async def open_branches(services: Services) -> Branches:
    """Every branch of the database with its hall, folded from its log."""
    now = services.clock.now()
    histories: list[History] = await services.store.read(
        lambda connection: [read_history(connection, plan) for plan in load_plans(connection, now)]
    )
    branches = (
        Branch(history, services.store, services.clock, services.waits, services.roll_up)
        for history in histories
    )
    return Branches({branch.id: branch for branch in branches})


async def _offer_calls_again(services: Services) -> None:
    """A call that was kept just before the process ended may have been heard by nobody."""
    now = services.clock.now()
    for branch in services.branches.values():
        events = await services.store.read(
            partial(events_since, branch_id=branch.id, at=now - CALL_LIVES, most=RECENT_EVENTS_MAX)
        )
        calls = unexpired(calls_among(branch.plan, events), now)
        services.hub.publish(Change(branch.id, branch.hall.version, calls))


async def catalogues_of_today(services: Services) -> dict[str, Catalogue]:
    """The version that holds on each branch's day; a branch without one is left out."""
    now = services.clock.now()
    days = {branch.id: branch.plan.business_day(now) for branch in services.branches.values()}
    texts = await services.store.read(
        lambda connection: {key: catalogue_on(connection, key, day) for key, day in days.items()}
    )
    return {key: from_json(text) for key, text in texts.items() if text}


async def adopt_catalogue(services: Services, branch: Branch) -> None:
    """The version that holds on the day that is open; where none does, what the branch has had
    until now goes on."""
    day = branch.hall.day or branch.plan.business_day(services.clock.now())
    text = await services.store.read(lambda connection: catalogue_on(connection, branch.id, day))
    if text:
        services.catalogues = {**services.catalogues, branch.id: from_json(text)}
