"""The house of the demo without its clock: whole days at once, on command. A program of its own
(`python -m tests.bench.long_house DATABASE PORT`) that `long` measures from outside.

Commands come on standard input, one a line, and each is answered with a line:
  days N     live so many days as fast as they can be written down, then the next morning until
             visitors come; answers how many seconds that took
"""

import asyncio
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.console.demo_setup import Demo, set_up_demo
from lobby.console.server import HouseServer, listening_socket
from lobby.demo.clock import DemoClock
from lobby.demo.hours import VISITORS_COME, at
from lobby.demo.scenario import Scenario, opening_of
from lobby.main import build
from lobby.settings import Settings
from lobby.web import logs
from lobby.web.services import Services

SEED = 1
HOST = "127.0.0.1"


def main() -> None:
    database, port = Path(sys.argv[1]), int(sys.argv[2])
    set_up = read_branch_file(DEMO)
    demo = set_up_demo(database, set_up)
    settings = Settings(database=database, host=HOST, port=port, log_level="warning")
    logs.configure(settings)
    clock = DemoClock(opening_of(set_up.plan, datetime.now(UTC)))
    app = build(settings, clock)
    tasks = []
    server = HouseServer(
        app, settings, lambda: tasks.append(asyncio.create_task(_obey(app, clock, demo)))
    )
    listening = listening_socket(HOST, port, "PORT")
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


async def _obey(app: Starlette, clock: DemoClock, demo: Demo) -> None:
    services: Services = app.state.services
    branch = services.branches[demo.branch_id]
    life = Scenario(branch, clock, demo.people, SEED, services.catalogues.get(branch.id))
    print("open", flush=True)
    while command := await asyncio.to_thread(sys.stdin.readline):
        began = time.perf_counter()
        await life.live_days(int(command.split()[1]))
        day = branch.plan.business_day(clock.now())
        await life.live_until(at(branch.plan, day, VISITORS_COME))
        print(f"{time.perf_counter() - began:.3f}", flush=True)


if __name__ == "__main__":
    main()
