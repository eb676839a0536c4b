"""The composition root: the one place that knows every part and puts them together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog
from starlette.applications import Starlette
from starlette.routing import BaseRoute

import counter.routes
import display.routes
import kiosk.routes
import lobby.api.devices
import lobby.floor.routes
import lobby.reports.routes
import lobby.web.health
import lobby.web.pairing
import lobby.web.sign_in
import lobby.web.start
from lobby.branch import Actor, ActorKind, Branch, Branches
from lobby.catalogue.serialise import from_json
from lobby.clock import Clock, SystemClock
from lobby.live.hub import Hub
from lobby.queueing.commands.command import OpenDay
from lobby.queueing.decide.day import is_quiet
from lobby.queueing.refusals.refusal import Refusal
from lobby.settings import Settings
from lobby.staffing.service import Staffing
from lobby.store.catalogue import load_plans, plan_on
from lobby.store.catalogues import catalogue_on
from lobby.store.history import History, read_history
from lobby.store.log import forget_acts
from lobby.store.postgres import forget_marks
from lobby.store.store import Store
from lobby.store.writer import StoreUnavailableError
from lobby.triage.catalogue import Catalogue
from lobby.waits.service import WaitService
from lobby.web import errors, security, static_files
from lobby.web.identity import Sessions
from lobby.web.pages import Pages
from lobby.web.services import Services

log = structlog.get_logger()

TEMPLATES = ("lobby.web", "kiosk", "display", "counter", "lobby.floor", "lobby.reports")
ACTS_KEPT = timedelta(days=2)
"""How long a repeated act is known again."""

DAY_TASK = Actor(ActorKind.SYSTEM, "day")

DAY_CHECK_S = 20.0
"""How late a new business day may open by itself; a first ticket opens it at once."""


def build(settings: Settings, clock: Clock | None = None) -> Starlette:
    """The whole application; it opens its database when the server starts it."""
    clock = clock or SystemClock()
    store = Store(settings.database)
    hub = Hub(settings.build, clock.now)
    waits = WaitService(store, clock, hub)
    services = Services(
        settings=settings,
        clock=clock,
        store=store,
        hub=hub,
        pages=Pages(TEMPLATES, settings.build),
        sessions=Sessions(store, settings),
        waits=waits,
        staffing=Staffing(store, clock, hub, waits),
        branches=Branches({}),
    )
    routes = all_routes(settings)
    app = Starlette(
        routes=routes,
        middleware=security.middleware(settings, routes),
        exception_handlers=errors.HANDLERS,
        lifespan=_lifespan,
    )
    app.state.services = services
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
        *lobby.api.devices.routes,
        *lobby.reports.routes.routes,
        *static_files.routes(settings.build),
    ]


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    services: Services = app.state.services
    services.store.open()
    await _forget_old_acts(services)
    services.branches = await open_branches(services)
    services.store.on_return = services.branches.catch_up
    services.catalogues = await catalogues_of_today(services)
    await services.waits.open(services.branches)
    services.staffing.open(services.branches)
    days = asyncio.create_task(_turn_days(services))
    try:
        yield
    finally:
        days.cancel()
        await services.printers.keep_only(())
        await services.hub.close()
        await services.sessions.close()
        await services.staffing.close()
        await services.waits.close()
        services.store.close()


async def open_branches(services: Services) -> Branches:
    """Every branch of the database with its hall, folded from its log."""
    now = services.clock.now()
    histories: list[History] = await services.store.read(
        lambda connection: [read_history(connection, plan) for plan in load_plans(connection, now)]
    )
    branches = (
        Branch(history, services.store, services.clock, services.waits) for history in histories
    )
    return Branches({branch.id: branch for branch in branches})


async def catalogues_of_today(services: Services) -> dict[str, Catalogue]:
    """The version that holds on each branch's day; a branch without one is left out."""
    now = services.clock.now()
    days = {branch.id: branch.plan.business_day(now) for branch in services.branches.values()}
    texts = await services.store.read(
        lambda connection: {key: catalogue_on(connection, key, day) for key, day in days.items()}
    )
    return {key: from_json(text) for key, text in texts.items() if text}


async def _forget_old_acts(services: Services) -> None:
    before = services.clock.now() - ACTS_KEPT
    await services.store.write(lambda connection: forget_acts(connection, before))
    await services.store.write(lambda connection: forget_marks(connection, before))


async def _adopt_rules(services: Services, branch: Branch) -> None:
    """The rules of the new day, with what yesterday's servings measured."""
    day = branch.plan.business_day(services.clock.now())
    plan = await services.store.read(lambda connection: plan_on(connection, branch.plan, day))
    await branch.adopt(plan.calling, plan.counter_policy)


async def _turn_days(services: Services) -> None:
    """A display that nobody touches shows the new day, not yesterday's last call."""
    while True:
        for branch in services.branches.values():
            await turn_day(services, branch)
        await asyncio.sleep(DAY_CHECK_S)


async def turn_day(services: Services, branch: Branch) -> None:
    """Open the branch's new day, if it has come and nobody is at work. Whatever goes wrong is said
    and tried again: one branch's trouble keeps no other branch in yesterday."""
    now = services.clock.now()
    try:
        if is_quiet(branch.hall, now):
            await branch.perform(OpenDay(), DAY_TASK, f"day-{branch.plan.business_day(now)}")
            await _forget_old_acts(services)
            await _adopt_rules(services, branch)
            services.catalogues = await catalogues_of_today(services)
    except (Refusal, StoreUnavailableError) as error:
        log.warning("the day was not opened", branch=branch.id, reason=repr(error))
    except Exception:
        log.exception("the day was not opened", branch=branch.id)
