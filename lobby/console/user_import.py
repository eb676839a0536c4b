"""`lobby user import`: people from a spreadsheet, told first and then done, with a server that runs
or without."""

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from lobby.accounts.comparing import Comparison
from lobby.accounts.importing import Imported, ImportPeople, NotImported, preview
from lobby.accounts.people_columns import COLUMNS
from lobby.accounts.people_lists import password_lines, template_file
from lobby.accounts.people_table import Mistake, PeopleTable, read_people
from lobby.console.asking import ask
from lobby.console.database import branches_of, read
from lobby.console.errors import CommandError, one_sentence
from lobby.queueing.model.plan import Plan
from lobby.settings import Settings
from lobby.spreadsheets.columns import Mapped, mapped, plain
from lobby.spreadsheets.csv_file import csv_of
from lobby.spreadsheets.reading import FILE_BYTES_MAX, read_table, too_large
from lobby.spreadsheets.refusals import TableRefusedError
from lobby.spreadsheets.table import Table

MISTAKES_SHOWN_MAX = 50
"""Fill a screen or two; who mends these sees the next."""

LANGUAGE = "en"


def run(settings: Settings, options: Namespace) -> None:
    plans = branches_of(settings.database)
    table = _table(options.file)
    found = read_people(
        table,
        _columns(table, options.column),
        plans,
        own_branch=plans[0].id,
        language=LANGUAGE,
    )
    compared = _compared(settings, found)
    if not options.yes:
        print("Nothing was changed yet; the same command with --yes does it.")
        return
    if options.passwords is not None and options.passwords.exists():
        raise CommandError(f"{options.passwords} exists: name another file for the passwords.")
    done = ask(settings, ImportPeople(found.people, compared.seen))
    if isinstance(done, NotImported):
        raise _refused(done.mistakes)
    assert isinstance(done, Imported), "nothing else answers this"
    _tell(done, plans, options.passwords)


def write_template(_settings: Settings, options: Namespace) -> None:
    path: Path = options.file
    if path.exists():
        raise CommandError(f"{path} exists: name another file.")
    try:
        path.write_bytes(template_file(LANGUAGE, is_workbook=path.suffix.lower() == ".xlsx"))
    except OSError as error:
        raise CommandError(f"{path} could not be written: {error.strerror}.") from error
    print(f"{path} has the columns and one example; fill it in, then `lobby user import {path}`.")


def _table(path: Path) -> Table:
    with one_sentence(TableRefusedError):
        try:
            if path.stat().st_size > FILE_BYTES_MAX:
                raise too_large()
            return read_table(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} could not be read: {error.strerror}.") from error


def _columns(table: Table, stated: Sequence[tuple[str, str]]) -> Mapped:
    """Those that were stated go before those that are known by their titles."""
    places = {plain(title): place for place, title in reversed(list(enumerate(table.titles)))}
    columns = dict(mapped(COLUMNS, table.titles))
    for key, title in stated:
        if plain(title) not in places:
            known = ", ".join(table.titles)
            raise CommandError(f"No column has the title {title!r}; there are: {known}.")
        columns[key] = places[plain(title)]
    return columns


def _compared(settings: Settings, found: PeopleTable) -> Comparison:
    """Raises `CommandError` with everything that is wrong."""
    now = datetime.now(UTC)
    compared = read(
        settings.database,
        partial(preview, people=found.people, mine=None, at=now, is_at_work=lambda *_: False),
    )
    mistakes = sorted((*found.mistakes, *compared.mistakes), key=lambda each: each.row)
    if mistakes:
        raise _refused(mistakes)
    print(
        f"New: {len(compared.new)}, changed: {len(compared.changed)}, "
        f"unchanged: {compared.unchanged}."
    )
    return compared


def _refused(mistakes: Sequence[Mistake]) -> CommandError:
    more = len(mistakes) - MISTAKES_SHOWN_MAX
    lines = [*map(_line, mistakes[:MISTAKES_SHOWN_MAX])]
    lines += [f"... and {more} more."] if more > 0 else []
    return CommandError("\n".join([*lines, "Nothing was imported."]))


def _line(mistake: Mistake) -> str:
    titles = {column.key: column.title for column in COLUMNS}
    places = (
        f"row {mistake.row}" if mistake.row else "",
        titles.get(mistake.column, ""),
    )
    place = ", ".join(filter(None, places))
    said = mistake.said(LANGUAGE)
    return f"{place}: {said}" if place else said


def _tell(done: Imported, plans: Sequence[Plan], passwords: Path | None) -> None:
    print(f"{len(done.new)} were added, {len(done.changed_ids)} changed.")
    if not done.new:
        return
    until = plans[0].local(done.until)
    if passwords is None:
        for line in _password_lines(done, plans):
            print("  ".join(line))
    else:
        _keep(passwords, csv_of(_password_lines(done, plans)))
        print(f"{passwords} has the passwords, readable by you alone; delete it once they are out.")
    print(f"Each is good for the first sign-in, before {until:%Y-%m-%d %H:%M}.")


def _password_lines(done: Imported, plans: Sequence[Plan]) -> Iterator[tuple[str, ...]]:
    return password_lines(done, {plan.id: plan for plan in plans}, LANGUAGE)


def _keep(path: Path, text: str) -> None:
    """Printed where it cannot be kept: the people are added, and nobody knows their passwords."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        print(text)
        raise CommandError(
            f"The people were added, but {path} could not be written ({error.strerror}): the "
            "passwords stand above, this once."
        ) from error
