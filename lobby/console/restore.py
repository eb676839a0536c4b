"""`lobby restore`: puts a copy back in the place of the database, which is kept beside it."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from lobby.console.database import KNOWN, file_of_environment
from lobby.console.errors import one_sentence
from lobby.queueing.model.numbering import ticket_number
from lobby.store.encryption import readable
from lobby.store.restore import GAP, Restored, RestoredBranch, Source, restore

ELSEWHERE = (
    "stop Lobby, put the copy back into an empty database with pg_restore, and name that one in "
    "LOBBY_DATABASE."
)


LISTED_MAX = 12
"""More names than that fill the screen."""

KNOWN_FROM = {
    Source.DATABASE: "behind the last ones in the database put aside",
    Source.MARK: (
        "behind the highest that the mark beside the database allows; up to a hundred of each "
        "series are passed over"
    ),
    Source.NOBODY: (
        f"for nobody could say which were given out: {GAP} of each series are passed over, or as "
        "many as were stated with --last-number A=37"
    ),
}


def run(options: Namespace) -> int:
    database = file_of_environment(ELSEWHERE)
    stated = dict(options.last_number or ())
    with one_sentence(*KNOWN), readable(options.file, options.key, database) as copy:
        done = restore(copy, database, datetime.now(UTC), replace=options.yes, stated=stated)
    for sentence in _sentences(options.file, database, done):
        print(sentence)
    return 0


def _sentences(copy: Path, database: Path, done: Restored) -> Iterator[str]:
    latest = done.info.latest_at
    until = f", the last at {latest:%Y-%m-%d %H:%M:%S} UTC" if latest else ""
    yield f"{copy} is now {database}, with {done.info.events} events{until}."
    if done.migrated:
        yield f"An older Lobby made it: it was brought to version {done.migrated[-1]}."
    if done.kept is not None:
        yield f"The database from before is kept as {done.kept}."
    for branch in done.branches:
        yield from _of_branch(branch)
    yield from _of_people(done)
    yield "Screens that stayed on find out by themselves once `lobby serve` runs again."


def _of_branch(branch: RestoredBranch) -> Iterator[str]:
    if branch.lost:
        yield (
            f"Of {branch.branch_id} the backup does not know {len(branch.lost)} tickets "
            f"({listed(branch.lost)}): their customers read on their phones that they need a new "
            "number; whoever has only the paper has to be asked."
        )
    if branch.up_to:
        following = ", ".join(
            ticket_number(prefix, last + 1) for prefix, last in sorted(branch.up_to.items())
        )
        yield (
            f"Numbers of {branch.branch_id} go on at {following} on {branch.day}, "
            f"{KNOWN_FROM[branch.source]}."
        )


def _of_people(done: Restored) -> Iterator[str]:
    yield "Everybody has to sign in again."
    learned = done.learned
    if learned.reason:
        yield (
            f"The database put aside told nothing ({learned.reason}): pair every kiosk, display "
            "and machine anew, remove again with `lobby user remove` whoever left since the "
            "backup, and give a new password to whoever changed theirs."
        )
        return
    yield "Devices and passwords are as they were just now, not as in the backup."
    if learned.removed:
        yield f"Removed since the backup, and still removed: {listed(learned.removed)}."
    if learned.added:
        yield (
            f"Added since the backup, and not known any more: {listed(learned.added)}. "
            "`lobby user add` adds them again."
        )


def listed(names: Sequence[str]) -> str:
    """Some of them, where there are many."""
    more = f" and {len(names) - LISTED_MAX} more" if len(names) > LISTED_MAX else ""
    return ", ".join(names[:LISTED_MAX]) + more
