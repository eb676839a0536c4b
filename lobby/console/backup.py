"""`lobby backup`: a consistent copy of the database while the branch goes on working."""

from argparse import Namespace

from lobby.console.database import KNOWN, settings_of_environment
from lobby.console.errors import one_sentence
from lobby.store.backups import back_up


def run(options: Namespace) -> int:
    database = settings_of_environment().database
    with one_sentence(*KNOWN):
        found = back_up(database, options.file)
    latest = f", the last at {found.latest_at:%Y-%m-%d %H:%M:%S} UTC" if found.latest_at else ""
    print(f"{database} was copied to {options.file} and checked: {found.events} events{latest}.")
    return 0
