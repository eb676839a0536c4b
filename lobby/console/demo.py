"""`lobby demo`: a branch at work to look at, in a database that is gone afterwards."""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from starlette.applications import Starlette

from lobby.catalogue.reading import DEMO, CatalogueError, read_branch_file
from lobby.console.demo_doors import PAGE, Doors
from lobby.console.demo_history import write_history
from lobby.console.demo_setup import Demo, set_up_demo
from lobby.console.errors import one_sentence
from lobby.console.server import HouseServer, address, listening_socket
from lobby.console.signals import orderly_end
from lobby.demo.clock import DemoClock
from lobby.demo.scenario import Scenario, opening_of, visitors_come
from lobby.main import build
from lobby.queueing.model.plan import Plan
from lobby.settings import Settings
from lobby.supervision import PartKind
from lobby.web import logs
from lobby.web.services import Services

log = structlog.get_logger()

HOST = "127.0.0.1"


def run(options: Namespace) -> int:
    with one_sentence(CatalogueError):
        set_up = read_branch_file(options.branch or DEMO)
    plan = set_up.plan
    listening = listening_socket(HOST, options.port, "--port")
    with orderly_end(0), TemporaryDirectory(prefix="lobby-demo-") as folder:
        database = Path(folder) / "demo.db"
        settings = Settings(database=database, host=HOST, port=options.port, log_level="warning")
        logs.configure(settings)
        demo = set_up_demo(database, set_up)
        opening = opening_of(plan, datetime.now(UTC))
        if options.history:
            write_history(
                *(database, set_up, demo),
                before=plan.business_day(opening),
                days=options.history,
                seed=options.seed,
            )
        clock = DemoClock(opening)
        app = build(settings, clock)
        app.router.routes[:0] = _doors(plan, demo).routes()
        life = _Life(app, clock, demo, options, lambda: _say(settings, plan, demo, options))
        try:
            HouseServer(app, settings, life.begin).run(sockets=[listening])
        except KeyboardInterrupt:
            print("The demo has ended; nothing of it is kept.")
    return 0


def _doors(plan: Plan, demo: Demo) -> Doors:
    return Doors(
        visitors={visitor.username: visitor for visitor in demo.visitors},
        devices={device.kind: device for device in demo.devices},
        branch_name=plan.names,
        day=visitors_come(plan, opening_of(plan, datetime.now(UTC))).date(),
    )


class _Life:
    """Starts the simulated people in the server's own loop, once it answers."""

    def __init__(
        self,
        app: Starlette,
        clock: DemoClock,
        demo: Demo,
        options: Namespace,
        say: Callable[[], None],
    ) -> None:
        self._app, self._clock, self._demo = app, clock, demo
        self._options, self._say = options, say

    def begin(self) -> None:
        self._say()
        services: Services = self._app.state.services
        services.supervisor.start(PartKind.DEMO, self._live, may_end=True)

    async def _live(self) -> None:
        services: Services = self._app.state.services
        branch = services.branches[self._demo.branch_id]
        opening = self._clock.now()
        catalogue = services.catalogues.get(branch.id)
        seed = self._options.seed
        life = Scenario(branch, self._clock, self._demo.people, seed, catalogue)
        try:
            await life.live_until(visitors_come(branch.plan, opening))
            self._clock.run(self._options.speed)
            await life.live_on()
        except Exception:
            log.exception("the simulated people have stopped")


def _say(settings: Settings, plan: Plan, demo: Demo, options: Namespace) -> None:
    here = address(settings, options.port)
    day = visitors_come(plan, opening_of(plan, datetime.now(UTC))).date()
    free = " and ".join(demo.free_counters) or "none"
    print(
        f"""
{plan.name("en")} is open, and its clock runs {options.speed:g} times as fast as yours.

  look around   {here}{PAGE}        (every screen, signed in already, on this computer only)
  start page    {here}/
  kiosk         {here}/kiosk        (sign in as lobby)
  display       {here}/display      (sign in as lobby)
  counter       {here}/counter      (sign in as {demo.visitors[0].username}; free counters: {free})
  lobby view    {here}/floor        (sign in as lobby)
  report        {here}/reports/days/{day}  (sign in as head){_past(here, options)}

  people        {", ".join(visitor.username for visitor in demo.visitors)}
  password      {demo.password}

Nothing is kept: Ctrl-C ends it.
""",
        flush=True,
    )


def _past(here: str, options: Namespace) -> str:
    """Where the days that are over can be looked at; nothing where there are none."""
    return f"\n  days before   {here}/reports" if options.history else ""
