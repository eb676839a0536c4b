"""What the command line asks for, done: by the same acts as on the screens, in the server or, where
none runs, in the command itself."""

import os
import pwd
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from lobby.accounts.importing import ImportPeople
from lobby.accounts.refusals import AccountRefusedError
from lobby.accounts.service import Accounts
from lobby.control.messages import (
    Answer,
    Asked,
    Code,
    PairDevice,
    RebuildReports,
    Rebuilt,
    Refused,
)
from lobby.queueing.model.plan import Plan
from lobby.store.acts import Actor
from lobby.store.catalogue import load_plans
from lobby.store.kinds import ActorKind
from lobby.store.rollups import RollUp, days_that_are_over
from lobby.store.store import Connection, Store
from lobby.web.new_device import DeviceRefusedError, new_device_with_code
from lobby.web.pairing_codes import CODE_LIVES

DAYS_AT_ONCE = 20
"""Half a second's work or so, and far within the time that an answer may take."""


def user_of_computer(uid: int | None = None) -> Actor:
    """Whoever runs a command, by the name of their account on this computer."""
    number = os.getuid() if uid is None else uid
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = str(number)
    return Actor(ActorKind.SYSTEM, name)


async def perform(
    asked: Asked,
    actor: Actor,
    store: Store,
    accounts: Accounts,
    now: Callable[[], datetime],
    *,
    roll_up: RollUp | None = None,
) -> Answer:
    """Raises what the store raises."""
    try:
        if isinstance(asked, RebuildReports) and roll_up is not None:
            return await _rebuild(asked, store, roll_up, now())
        assert not isinstance(asked, RebuildReports), "whoever serves knows how"
        if isinstance(asked, PairDevice):
            return await _pair(asked, store, now())
        if isinstance(asked, ImportPeople):
            return await accounts.import_people(asked, actor)
        return await accounts.perform(asked, actor)
    except (AccountRefusedError, DeviceRefusedError) as refused:
        return Refused(str(refused))


async def _rebuild(asked: RebuildReports, store: Store, roll_up: RollUp, now: datetime) -> Answer:
    """A day at a time, so that calls are not held up, and a few days at once."""
    plans = await store.read(lambda connection: load_plans(connection, now))
    plan = next((each for each in plans if each.id == asked.branch_id), None)
    if plan is None:
        return Refused(f"There is no branch {asked.branch_id!r}.")
    days = await store.read(lambda connection: days_that_are_over(connection, plan, now))
    left = [day for day in days if asked.after is None or day > asked.after][:DAYS_AT_ONCE]
    for day in left:
        await store.write(partial(_roll_up, roll_up, plan, day, now))
    return Rebuilt(len(left), left[-1] if left else None)


def _roll_up(roll_up: RollUp, plan: Plan, day: date, now: datetime, connection: Connection) -> None:
    roll_up(connection, plan, day, now)


async def _pair(asked: PairDevice, store: Store, now: datetime) -> Code:
    code = await store.write(
        lambda connection: new_device_with_code(
            connection,
            branch_id=asked.branch_id,
            kind=asked.kind,
            name=asked.name,
            language=asked.language,
            now=now,
        )
    )
    return Code(code, now + CODE_LIVES)
