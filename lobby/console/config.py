"""`lobby config`: a branch's set-up as a file: checked, written, compared, taken as a change."""

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from lobby.catalogue.file_tree import Tree, canonical
from lobby.catalogue.mistakes import CatalogueError
from lobby.catalogue.reading import read_branch_file
from lobby.catalogue.toml_file import read_toml
from lobby.catalogue.toml_text import to_toml
from lobby.clock import SystemClock
from lobby.console.asking import ask
from lobby.console.database import (
    KNOWN,
    branch_of,
    read,
    require_made,
    settings_of_environment,
)
from lobby.console.errors import CommandError, one_sentence
from lobby.control.messages import ImportSetUp, SetUpImported
from lobby.queueing.model.plan import Plan
from lobby.settings import Database
from lobby.setup.base import versions_of
from lobby.setup.changes import ABSENT, Difference, differences
from lobby.setup.holding import held_on
from lobby.setup.refusals import SetUpRefusedError, WrongSetUpError

VALUE_LETTERS_MAX = 60


def run(options: Namespace) -> int:
    return ACTIONS[options.action](options)


def _check(options: Namespace) -> int:
    """1 where the file has a mistake; each is named with its line and what is allowed there. Needs
    no database."""
    try:
        found = read_branch_file(options.file)
    except CatalogueError as error:
        print(error)
        return 1
    plan, catalogue = found.plan, found.catalogue
    print(
        f"{options.file} is right: branch {plan.id}, {len(catalogue.services)} services, "
        f"{len(plan.counters)} counters, catalogue {catalogue.version} from {catalogue.valid_from}."
    )
    return 0


def _export(options: Namespace) -> int:
    """To the file, which is never overwritten, or to the screen."""
    text = to_toml(_held(options))
    if options.file is None:
        sys.stdout.write(text)
        return 0
    try:
        with options.file.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CommandError(f"{options.file} cannot be written: {error.strerror}.") from error
    return 0


def _diff(options: Namespace) -> int:
    """1 where there is a difference, as other programs of this kind have it."""
    try:
        one = _tree(options.file)
        other = _held(options) if options.other is None else _tree(options.other)
    except CatalogueError as error:
        print(error)
        return 2
    before, after = (other, one) if options.other is None else (one, other)
    found = differences(before, after)
    for difference in found:
        print(_line(difference))
    if not found:
        print("There is no difference.")
    return 1 if found else 0


def _import(options: Namespace) -> int:
    """All or nothing: 1 where the file has mistakes, which are all named."""
    try:
        tree = _tree(options.file)
    except CatalogueError as error:
        print(error)
        return 1
    asked = ImportSetUp(tree["branch"]["id"], to_toml(tree), options.day, options.reason)
    done = ask(settings_of_environment(), asked)
    assert isinstance(done, SetUpImported), "nothing else answers this"
    print(
        f"The branch {tree['branch']['id']} goes by {options.file} from {done.valid_from} on: "
        f"{done.values} values change."
    )
    return 0


def _tree(file: Path) -> Tree:
    """Raises `CatalogueError` with every mistake and its line."""
    set_up = read_branch_file(file)
    return canonical(read_toml(file).content, set_up)


def _held(options: Namespace) -> Tree:
    """What holds at the branch on the day that is asked for, or today."""
    database = settings_of_environment().database
    require_made(database)
    plan = branch_of(database, options.branch)
    with one_sentence(*KNOWN, SetUpRefusedError, WrongSetUpError):
        return _held_on(database, plan, options.day)


def _held_on(database: Database, plan: Plan, day: date | None) -> Tree:
    now = SystemClock().now()
    today = plan.business_day(now)
    known = read(database, partial(versions_of, branch_id=plan.id, today=today, now=now))
    return held_on(known, day or today).tree


def _line(difference: Difference) -> str:
    path = " / ".join(difference.path) or "everything"
    return f"{path}: {_shown(difference.before)} -> {_shown(difference.after)}"


def _shown(value: Any) -> str:
    """A table or a long text by its first letters."""
    if value is ABSENT:
        return "(nothing)"
    text = to_toml({"v": value}).removeprefix("v = ").strip()
    text = " ".join(text.split())
    return text if len(text) <= VALUE_LETTERS_MAX else f"{text[:VALUE_LETTERS_MAX]}..."


ACTIONS: dict[str, Callable[[Namespace], int]] = {
    "check": _check,
    "export": _export,
    "diff": _diff,
    "import": _import,
}
