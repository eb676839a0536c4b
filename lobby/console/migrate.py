"""`lobby migrate`: makes the database or brings it to this version, and loads branches."""

from argparse import Namespace
from pathlib import Path

from lobby.catalogue.reading import DEMO, BranchFile, read_branch_file
from lobby.clock import SystemClock
from lobby.console.branch_change import BranchChangeError, require_possible_now
from lobby.console.database import KNOWN, read, settings_of_environment, write
from lobby.console.errors import one_sentence
from lobby.settings import Database
from lobby.setup.branch_file import save_branch_file
from lobby.store.catalogue import load_plans
from lobby.store.migrate import NEWEST, migrate
from lobby.store.store import Connection


def run(options: Namespace) -> int:
    database = settings_of_environment().database
    existed = not isinstance(database, Path) or database.exists()
    with one_sentence(*KNOWN):
        set_up = read_branch_file(options.branch) if options.branch else None
        steps = migrate(database)
    print(_what_happened(database, steps, existed=existed))
    if set_up is not None:
        _load(database, set_up)
    elif not read(database, load_plans):
        print(
            "There is no branch in it yet: `lobby migrate --branch FILE` loads one. "
            f"An example of such a file is {DEMO}."
        )
    return 0


def _what_happened(database: Database, steps: list[str], *, existed: bool) -> str:
    if not steps:
        return f"{database} is up to date (version {NEWEST})."
    done = "was brought" if existed else "was made and brought"
    return f"{database} {done} to version {steps[-1]}."


def _load(database: Database, set_up: BranchFile) -> None:
    plan, catalogue = set_up.plan, set_up.catalogue
    known = {known.id for known in read(database, load_plans)}
    now = SystemClock().now()

    def load(connection: Connection) -> None:
        require_possible_now(connection, set_up, now)
        save_branch_file(connection, set_up, plan.business_day(now))

    with one_sentence(*KNOWN, BranchChangeError):
        write(database, load)
    done = "was set up anew" if plan.id in known else "was loaded"
    services, counters = len(catalogue.services), len(plan.counters)
    print(
        f"The branch {plan.id} {done}: {services} services, {counters} counters, "
        f"catalogue {catalogue.version} from {catalogue.valid_from}."
    )
