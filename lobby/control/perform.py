"""What the command line asks for, done: by the same acts as on the screens, in the server or, where
none runs, in the command itself."""

import os
import pwd
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from lobby.accounts.importing import ImportPeople
from lobby.accounts.refusals import AccountRefusedError
from lobby.accounts.service import Accounts
from lobby.control.messages import (
    Answer,
    Asked,
    Code,
    ImportSetUp,
    PairDevice,
    RebuildReports,
    Rebuilt,
    Refused,
    SetUpImported,
)
from lobby.queueing.model.plan import Plan
from lobby.setup.importing import import_set_up
from lobby.setup.refusals import ChangedMeanwhileError, SetUpRefusedError, WrongSetUpError
from lobby.setup.service import SetUp
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


REFUSALS = (
    AccountRefusedError,
    DeviceRefusedError,
    SetUpRefusedError,
    WrongSetUpError,
    ChangedMeanwhileError,
)
"""The errors whose text says why nothing was changed."""


@dataclass(frozen=True, slots=True)
class Doers:
    """What acts are done with, in a server or in a command."""

    store: Store
    accounts: Accounts
    set_up: SetUp
    now: Callable[[], datetime]
    roll_up: RollUp | None = None


async def perform(asked: Asked, actor: Actor, doers: Doers) -> Answer:
    """Raises what the store raises."""
    try:
        if isinstance(asked, RebuildReports) and doers.roll_up is not None:
            return await _rebuild(asked, doers.store, doers.roll_up, doers.now())
        assert not isinstance(asked, RebuildReports), "whoever serves knows how"
        if isinstance(asked, PairDevice):
            return await _pair(asked, doers.store, doers.now())
        if isinstance(asked, ImportSetUp):
            return await _import(asked, actor, doers)
        if isinstance(asked, ImportPeople):
            return await doers.accounts.import_people(asked, actor)
        return await doers.accounts.perform(asked, actor)
    except REFUSALS as refused:
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


async def _import(asked: ImportSetUp, actor: Actor, doers: Doers) -> Answer:
    plans = await doers.store.read(partial(load_plans, only=asked.branch_id))
    if not plans:
        return Refused(f"There is no branch {asked.branch_id!r}; `lobby migrate` loads a new one.")
    (plan,) = plans
    today = plan.business_day(doers.now())
    day = asked.day or max(today, tomllib.loads(asked.text)["valid_from"])
    done = await import_set_up(
        doers.set_up, plan, asked.text, day=day, reason=asked.reason, actor=str(actor)
    )
    return SetUpImported(done.valid_from, done.values)


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
