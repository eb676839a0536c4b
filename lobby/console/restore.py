"""`lobby restore`: puts a copy back in the place of the database, which is kept beside it."""

from argparse import Namespace
from datetime import UTC, datetime

from lobby.console.database import KNOWN, file_of_environment
from lobby.console.errors import one_sentence
from lobby.store.backups import examine, restore
from lobby.store.migrate import NEWEST

ELSEWHERE = (
    "stop Lobby, put the copy back into an empty database with pg_restore, and name that one in "
    "LOBBY_DATABASE."
)


def run(options: Namespace) -> int:
    database = file_of_environment(ELSEWHERE)
    with one_sentence(*KNOWN):
        kept = restore(options.file, database, datetime.now(UTC), replace=options.yes)
        found = examine(database)
    print(f"{options.file} is now {database}, with {found.events} events.")
    if kept is not None:
        print(f"The database from before is kept as {kept}.")
    if found.latest_at is not None:
        print(
            f"Its last event is of {found.latest_at:%Y-%m-%d %H:%M:%S} UTC. Numbers that were "
            "given out after that on the same day are given out again: collect those tickets."
        )
    if found.version < NEWEST:
        print("An older Lobby made it: run `lobby migrate` next.")
    return 0
