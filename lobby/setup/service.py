"""Changes of a branch's set-up, made while it is open: each is one version, from a day on, read as
the branch's file is before it is kept, and adopted by the branch when its day comes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from lobby.branch import Branch
from lobby.catalogue.file_tree import Tree
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.setup.base import LOADED, keep_base, versions_of
from lobby.setup.changes import Change, Path, differences, from_text, to_text
from lobby.setup.holding import Held, held_on, stretches
from lobby.setup.kept_days import keep_days
from lobby.setup.refusals import ChangedMeanwhileError, Problem, SetUpRefusedError
from lobby.setup.stranded import require_nobody_stranded
from lobby.store.catalogue import load_plans
from lobby.store.day_rules import DayRules
from lobby.store.history import read_history
from lobby.store.set_up import (
    NewSetUpVersion,
    SetUpVersion,
    set_up_versions,
    write_set_up_version,
)
from lobby.store.store import Connection, Store

DAYS_AHEAD_MAX = 3 * 366
"""A tariff is decided a year ahead; what is further away is a slip of the pen."""
REASON_LETTERS_MAX = 200

Adopt = Callable[[Branch], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to change. `seen` is the newest version they have looked at, and `about`
    what their page shows: others must not have changed that since. None: whatever others did."""

    branch_id: str
    valid_from: date
    changes: tuple[Change, ...]
    reason: str = ""
    takes_back: int | None = None
    seen: int | None = None
    about: tuple[Path, ...] = ()


async def adopt_nothing(_branch: Branch) -> None:
    """Where nobody serves there is nothing in memory to follow."""


class SetUp:
    """`branches` are those that this process runs; without them the database alone is changed.
    `adopt` lets the rest of the process follow a change that holds at once."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        branches: Callable[[], Mapping[str, Branch]] = dict,
        adopt: Adopt = adopt_nothing,
    ) -> None:
        self._store, self._now = store, now
        self._branches, self._adopt = branches, adopt

    async def versions(self, plan: Plan) -> list[SetUpVersion]:
        """Oldest first. Raises `SetUpRefusedError` for a branch without a catalogue."""
        now = self._now()
        read = partial(versions_of, branch_id=plan.id, today=plan.business_day(now), now=now)
        return await self._store.read(read)

    async def held(self, plan: Plan, day: date) -> Held:
        """What holds on a day. Raises `SetUpRefusedError`."""
        return held_on(await self.versions(plan), day)

    async def change(self, wish: Wish, actor: str) -> None:
        """Durable on return, and adopted where it holds already. Raises `SetUpRefusedError`,
        `WrongSetUpError` or `ChangedMeanwhileError`; in each case nothing was changed."""
        now = self._now()
        branch = self._branches().get(wish.branch_id)
        if branch is None:
            await self._store.write(partial(_change_in_database, wish=wish, actor=actor, now=now))
            return
        await branch.change_set_up(partial(record_change, wish=wish, actor=actor, now=now))
        await self._adopt(branch)
        branch.show_again()


def _change_in_database(connection: Connection, wish: Wish, actor: str, now: datetime) -> None:
    (plan,) = load_plans(connection, now, only=wish.branch_id)
    hall = read_history(connection, plan).hall
    if record_change(connection, hall, wish, actor, now) and hall.day is not None:
        DayRules().hall_changed(connection, hall, hall.day)


def record_change(
    connection: Connection, hall: Hall, wish: Wish, actor: str, now: datetime
) -> bool:
    """Whether the hall's own day goes by it. Raises as `SetUp.change`."""
    plan = hall.plan
    today = plan.business_day(now)
    _require_possible_day(wish.valid_from, today)
    keep_base(connection, plan.id, today, now)
    before = set_up_versions(connection, plan.id)
    _require_unchanged(before, wish)
    if wish.takes_back is not None:
        _require_to_take_back(before, wish)
    new = NewSetUpVersion(
        branch_id=plan.id,
        valid_from=wish.valid_from,
        at=now,
        actor=actor,
        reason=wish.reason[:REASON_LETTERS_MAX],
        changes=to_text(wish.changes),
        takes_back=wish.takes_back,
    )
    version_id = write_set_up_version(connection, new)
    after = set_up_versions(connection, plan.id)
    held = list(stretches(after, wish.valid_from))
    _require_change(before, held[0].held.tree, wish)
    keep_days(connection, plan.id, version_id, held)
    is_for_now = wish.valid_from <= today and hall.day == today
    if is_for_now:
        require_nobody_stranded(hall, held[0].held.set_up.plan)
    return is_for_now


def _require_possible_day(day: date, today: date) -> None:
    if day < today:
        raise SetUpRefusedError(Problem.PAST, day=f"{today}")
    last = today + timedelta(days=DAYS_AHEAD_MAX)
    if day >= last:
        raise SetUpRefusedError(Problem.TOO_FAR, day=f"{last}")


def _require_unchanged(versions: Sequence[SetUpVersion], wish: Wish) -> None:
    if wish.seen is None:
        return
    by_id = {each.id: each for each in versions}
    since = [each for each in versions if each.id > wish.seen and each.actor != LOADED]
    meant = [each for each in since if _is_about(each, by_id, wish.about)]
    if meant:
        raise ChangedMeanwhileError(meant)


def _is_about(
    version: SetUpVersion, by_id: Mapping[int, SetUpVersion], about: Sequence[Path]
) -> bool:
    """What takes back another is about the same as that one."""
    while version.takes_back is not None:
        version = by_id[version.takes_back]
    return any(change.touches(path) for change in from_text(version.changes) for path in about)


def _require_to_take_back(versions: Sequence[SetUpVersion], wish: Wish) -> None:
    """The first version is what the branch began with: there is nothing behind it."""
    known = {each.id for each in versions[1:]}
    gone = {each.takes_back for each in versions if each.takes_back is not None}
    if wish.takes_back not in known or wish.takes_back in gone:
        raise SetUpRefusedError(Problem.GONE)


def _require_change(before: Sequence[SetUpVersion], tree: Tree, wish: Wish) -> None:
    """What takes back a change that has not begun changes nothing on its own day."""
    same = not differences(held_on(before, wish.valid_from).tree, tree)
    if wish.takes_back is None and same:
        raise SetUpRefusedError(Problem.NOTHING)
