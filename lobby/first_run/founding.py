"""Writes a branch and its first administrator in one transaction, and opens the branch in the
running house."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from lobby.accounts import acts
from lobby.accounts.acts import Hand, NewPassword
from lobby.accounts.commands import AddPerson
from lobby.branch import Actor, ActorKind, Branch
from lobby.catalogue.serialise import from_json
from lobby.first_run.new_branch import NewBranch, set_up_of
from lobby.setup.branch_file import save_branch_file
from lobby.store.accounts import account_by_id, accounts
from lobby.store.catalogue import load_plans
from lobby.store.catalogues import catalogue_on
from lobby.store.epochs import begin_epoch
from lobby.store.history import History, read_history
from lobby.store.kinds import EpochCause, Role
from lobby.store.people import FIRST_RUN, Staff
from lobby.store.store import Connection
from lobby.web.services import Services

HAND = Actor(ActorKind.SYSTEM, FIRST_RUN)
"""Who is named as having made the first account."""


class AlreadyFoundedError(Exception):
    """There is a branch, or somebody who signs in: nothing was written."""


@dataclass(frozen=True, slots=True)
class Founder:
    """The first administrator; `password_hash` of the password they chose."""

    name: str
    username: str
    language: str
    password_hash: str


async def found(services: Services, asked: NewBranch, founder: Founder) -> Staff:
    """Durable and open on return. Raises `AlreadyFoundedError`, `AccountRefusedError`,
    `TreeError` or `StoreUnavailableError`; in each case nothing was written."""
    now = services.clock.now()
    write = partial(_write, asked=asked, founder=founder, now=now)
    staff = await services.store.write(write)
    await open_new_branches(services)
    return staff


def _write(connection: Connection, asked: NewBranch, founder: Founder, now: datetime) -> Staff:
    """The writer does one act after the other: of two who are the first, one is."""
    if load_plans(connection) or accounts(connection):
        raise AlreadyFoundedError
    branch_id = write_branch(connection, asked, now)
    person = AddPerson(
        username=founder.username,
        name=founder.name,
        role=Role.ADMINISTRATOR,
        branch_id=branch_id,
        language=founder.language,
    )
    done = acts.add(Hand(connection, HAND, now), person, NewPassword(founder.password_hash, None))
    account = account_by_id(connection, done.staff_id)
    assert account is not None, "just written"
    return account.staff


def write_branch(connection: Connection, asked: NewBranch, now: datetime) -> str:
    """Its id. Raises `TreeError`."""
    known = frozenset(plan.id for plan in load_plans(connection))
    set_up = set_up_of(asked, known)
    save_branch_file(connection, set_up)
    begin_epoch(connection, set_up.plan.id, EpochCause.FOUNDED, now, 0)
    return set_up.plan.id


async def open_new_branches(services: Services) -> None:
    """Those of the database that this process does not run yet; may be called again."""
    now = services.clock.now()
    histories: list[History] = await services.store.read(
        lambda connection: [
            read_history(connection, plan)
            for plan in load_plans(connection, now)
            if plan.id not in services.branches
        ]
    )
    for history in histories:
        await _open(services, history, now)
    if histories:
        await services.store.keep_mark()


async def _open(services: Services, history: History, now: datetime) -> None:
    """Its parts first: a branch that is listed can be used."""
    branch = Branch(history, services.store, services.clock, services.waits, services.roll_up)
    day = branch.plan.business_day(now)
    text = await services.store.read(lambda connection: catalogue_on(connection, branch.id, day))
    if text:
        services.catalogues = {**services.catalogues, branch.id: from_json(text)}
    if branch.id in services.branches:
        return  # somebody else was quicker, while the catalogue was read
    services.branches[branch.id] = branch
    await services.waits.add(branch)
    await services.days.add(branch)
