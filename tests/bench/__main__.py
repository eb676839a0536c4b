"""`python -m tests.bench NAME [--json]`: measure, print, judge nothing."""

import argparse
import asyncio

from tests.bench import (
    board,
    branch,
    crash,
    flood,
    hall,
    invariants,
    kpi,
    live,
    long,
    mutants,
    network,
    order,
    pictures,
    powercut,
    reports,
    restart,
    restore,
    start,
    tickets,
    triage,
    waits,
)

BENCHES = {
    "tickets": tickets,
    "live": live,
    "hall": hall,
    "pictures": pictures,
    "start": start,
    "restart": restart,
    "restore": restore,
    "long": long,
    "crash": crash,
    "powercut": powercut,
    "network": network,
    "invariants": invariants,
    "flood": flood,
    "triage": triage,
    "waits": waits,
    "board": board,
    "order": order,
    "branch": branch,
    "mutants": mutants,
    "kpi": kpi,
    "reports": reports,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    for name, module in BENCHES.items():
        one = names.add_parser(name, help=module.__doc__)
        one.add_argument("--json", action="store_true", help="end with one line of JSON")
        module.options(one)
        one.set_defaults(module=module)
    arguments = parser.parse_args()
    asyncio.run(arguments.module.run(arguments))


if __name__ == "__main__":
    main()
