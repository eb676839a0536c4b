"""`lobby check`: holds the record against itself, on a live database or a stopped one."""

import json
from argparse import Namespace
from dataclasses import asdict

from lobby.console.database import KNOWN, settings_of_environment
from lobby.console.errors import CommandError, one_sentence
from lobby.settings import Database
from lobby.store.check import Report, check
from lobby.store.engine import require_reachable
from lobby.store.errors import DATABASE_ERRORS, why_unreadable

SHOWN_MAX = 50
"""More sentences than that say no more; `--json` has them all."""


def run(options: Namespace) -> int:
    """1 where something was found."""
    database = settings_of_environment().database
    with one_sentence(*KNOWN):
        require_reachable(database)
    report = _checked(database)
    if options.json:
        print(json.dumps({"database": str(database), **asdict(report)}))
    else:
        _print(database, report)
    return 1 if report.findings else 0


def _checked(database: Database) -> Report:
    try:
        return check(database)
    except DATABASE_ERRORS as error:
        raise CommandError(why_unreadable(database, error)) from error


def _print(database: Database, report: Report) -> None:
    for branch in report.branches:
        print(
            f"{branch.branch_id}: {branch.events} events of {branch.days} days, "
            f"{branch.visits} visits."
        )
    for finding in report.findings[:SHOWN_MAX]:
        print(f"{finding.branch_id}: {finding.what}" if finding.branch_id else finding.what)
    more = len(report.findings) - SHOWN_MAX
    if more > 0:
        print(f"And {more} more; `lobby check --json` names them all.")
    if report.findings:
        print(
            "Something was changed or lost. Keep this file, and put the newest good backup back "
            "with `lobby restore FILE --yes`."
        )
    else:
        print(f"{database} is as it was written.")
