"""`lobby backup`: a consistent copy of the database while the branch goes on working."""

from argparse import Namespace

from lobby.console.database import KNOWN, file_of_environment
from lobby.console.errors import one_sentence
from lobby.store.backups import back_up

ELSEWHERE = "make the copy with pg_dump, which reads it while the branch goes on working."


def run(options: Namespace) -> int:
    database = file_of_environment(ELSEWHERE)
    with one_sentence(*KNOWN):
        found = back_up(database, options.file)
    latest = f", the last at {found.latest_at:%Y-%m-%d %H:%M:%S} UTC" if found.latest_at else ""
    print(f"{database} was copied to {options.file} and checked: {found.events} events{latest}.")
    return 0
