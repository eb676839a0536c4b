"""Displays behind a network that cuts, stalls, halves and delays: what they show and call out."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.app.process import Server
from tests.bench.chaos_proxy import Fault
from tests.bench.disturbed_hall import DisturbedHall, Tally
from tests.bench.figures import percentile, report
from tests.bench.hall_setup import prepare_hall
from tests.bench.live_page import LivePage
from tests.bench.model_display import ModelDisplay
from tests.faults.ledger import Ledger

DISPLAYS = 40


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cuts", type=int, default=500, help="faults in all (default: 500)")
    parser.add_argument("--displays", type=int, default=DISPLAYS, help=f"default: {DISPLAYS}")
    parser.add_argument("--browsers", type=int, default=0, help="so many more in Chromium")
    parser.add_argument("--restarts", type=int, default=0, help="kill -9 of the server meanwhile")


async def run(arguments: argparse.Namespace) -> None:
    tally = await network(
        arguments.cuts,
        displays=arguments.displays,
        browsers=arguments.browsers,
        restarts=arguments.restarts,
    )
    rows = {
        "displays": arguments.displays,
        "browsers": arguments.browsers,
        "cuts": tally.cuts,
        "restarts": tally.restarts,
        "calls": tally.calls,
        "missed": tally.missed,
        "backwards": tally.backwards,
        "doubled": tally.doubled,
        "untrue": tally.untrue,
        "true_again_p50_s": percentile(tally.true_again_s, 0.5),
        "true_again_p99_s": percentile(tally.true_again_s, 0.99),
    }
    report("Displays behind a network that goes wrong", rows, arguments.json)


async def network(
    cuts: int,
    *,
    displays: int = DISPLAYS,
    browsers: int = 0,
    restarts: int = 0,
    page: type[LivePage] = LivePage,
    model: type[ModelDisplay] = ModelDisplay,
    program: Sequence[str] = ("-m", "lobby", "serve"),
    faults: Sequence[Fault] = tuple(Fault),
) -> Tally:
    """`page`, `model` and `program` may be broken ones, `faults` the ones that matter to them."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "lobby.db"
        cookies = prepare_hall(database)
        server = Server(database, program=program)
        hall = DisturbedHall(server, cookies, Ledger.of(database).log)
        async with hall:
            for number in range(displays):
                await hall.put_up(number, page, model)
            for number in range(browsers):
                await hall.put_up_browser(number)
            await hall.disturb(cuts, restarts, faults)
            return await hall.tally_up()
