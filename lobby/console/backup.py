"""`lobby backup`: a consistent copy of the database while the branch goes on working."""

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from lobby.console.database import KNOWN, file_of_environment, settings_of_environment
from lobby.console.errors import CommandError, one_sentence
from lobby.store.backup_folder import back_up_into
from lobby.store.backups import BackupInfo, back_up
from lobby.store.encryption import is_recipient, make_key

ELSEWHERE = "make the copy with pg_dump, which reads it while the branch goes on working."


def run(options: Namespace) -> int:
    if options.new_key is not None:
        return _make_key(options.new_key)
    database = file_of_environment(ELSEWHERE)
    if options.schedule is not None:
        return _into_folder(options.schedule, database, options.recipient)
    if options.recipient is not None:
        raise CommandError("--recipient goes with --schedule FOLDER.")
    with one_sentence(*KNOWN):
        found = back_up(database, options.file)
    print(_told(database, options.file, found))
    return 0


def _make_key(path: Path) -> int:
    with one_sentence(*KNOWN):
        recipient = make_key(path)
    print(recipient)
    print(
        f"{path} is the key to backups made for this recipient (LOBBY_BACKUP_RECIPIENT). Keep it "
        "elsewhere, and twice: without it no such backup can be read by anybody."
    )
    return 0


def _into_folder(folder: Path, database: Path, stated: str | None) -> int:
    recipient = stated or settings_of_environment().backup_recipient
    if recipient is not None and not is_recipient(recipient):
        raise CommandError(f"{recipient!r} is no recipient; `lobby backup --new-key` prints one.")
    with one_sentence(*KNOWN):
        made = back_up_into(folder, database, datetime.now(UTC), recipient)
    print(_told(database, made.path, made.info))
    if made.thinned_out:
        print(f"{made.thinned_out} old ones were thinned out.")
    return 0


def _told(database: Path, copy: Path, found: BackupInfo) -> str:
    latest = f", the last at {found.latest_at:%Y-%m-%d %H:%M:%S} UTC" if found.latest_at else ""
    return f"{database} was copied to {copy} and checked: {found.events} events{latest}."
