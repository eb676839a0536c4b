"""`lobby reports rebuild`: writes the sums of past days anew, beside a server or without."""

from argparse import Namespace
from datetime import date, timedelta

from lobby.console.asking import ask
from lobby.console.database import KNOWN, branch_of, branches_of, settings_of_environment
from lobby.console.errors import one_sentence
from lobby.control.messages import RebuildReports, Rebuilt
from lobby.settings import Settings
from lobby.store.engine import require_reachable


def run(options: Namespace) -> int:
    settings = settings_of_environment()
    with one_sentence(*KNOWN):
        require_reachable(settings.database)
    database = settings.database
    plans = [branch_of(database, options.branch)] if options.branch else branches_of(database)
    first: date = options.first or date.min
    after = first - timedelta(days=1) if first > date.min else None
    for plan in plans:
        print(f"{plan.id}: {_rebuilt(settings, plan.id, after)} days.")
    return 0


def _rebuilt(settings: Settings, branch_id: str, after: date | None) -> int:
    """How many; asked for a few at a time."""
    days = 0
    while True:
        done = ask(settings, RebuildReports(branch_id, after))
        assert isinstance(done, Rebuilt), "nothing else answers this"
        if done.last is None:
            return days
        days, after = days + done.days, done.last
