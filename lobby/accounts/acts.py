"""What is written of an account, in one transaction with who did it. Each raises
`AccountRefusedError`, and then nothing has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lobby.accounts.authority import (
    refuse_last_administrator,
    refuse_own,
    require_here,
    require_known,
    require_right,
)
from lobby.accounts.commands import AddPerson, ChangePerson, Done
from lobby.accounts.names import checked_name, checked_username
from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.store import accounts, people
from lobby.store.accounts import Account, StaffChangeKind
from lobby.store.acts import Actor
from lobby.store.catalogue import load_plans
from lobby.store.people import Staff
from lobby.store.store import Connection

ONE_TIME_LIVES = timedelta(days=3)
"""Long enough for somebody who begins after a weekend, too short to lie about for ever."""

CHANGEABLE = ("name", "role", "branch_id", "language")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, when, on which connection."""

    connection: Connection
    actor: Actor
    at: datetime

    def account(self, staff_id: int) -> Account:
        """One that this hand may touch."""
        account = require_known(self.connection, staff_id)
        staff = account.staff
        require_right(self.connection, self.actor, staff.role, staff.branch_id, self.at)
        return account

    def note(self, staff_id: int, kind: StaffChangeKind, **detail: Any) -> None:
        accounts.note_change(
            self.connection, staff_id, kind, actor=self.actor, at=self.at, detail=detail
        )


@dataclass(frozen=True, slots=True)
class NewPassword:
    """Its hash, and the password itself where it was drawn and has to be told."""

    password_hash: str
    drawn: str | None

    def until(self, at: datetime) -> datetime | None:
        return at + ONE_TIME_LIVES if self.drawn else None


def add(hand: Hand, asked: AddPerson, new: NewPassword) -> Done:
    """A form that was sent twice finds the person whom it added the first time, who gets another
    password for the first sign-in."""
    username, name = checked_username(asked.username), checked_name(asked.name)
    require_right(hand.connection, hand.actor, asked.role, asked.branch_id, hand.at)
    _require_branch(hand, asked.branch_id)
    known = accounts.account_by_username(hand.connection, username)
    if known is not None:
        _refuse_taken(known, asked, name, new)
        return _give(hand, known, new)
    staff = people.add_staff(
        hand.connection,
        branch_id=asked.branch_id,
        username=username,
        name=name,
        role=asked.role,
        language=asked.language,
        password_hash=new.password_hash,
        at=hand.at,
    )
    hand.note(staff.id, StaffChangeKind.ADDED, role=asked.role, branch_id=asked.branch_id)
    if new.drawn:
        _keep(hand, staff.id, new)
    return _told(hand, staff, new)


def change(hand: Hand, asked: ChangePerson, is_at_work: Callable[[str, str], bool]) -> Done:
    """`is_at_work` says of a branch and a person whether somebody would be missed there now."""
    account = hand.account(asked.staff_id)
    require_here(account)
    require_right(hand.connection, hand.actor, asked.role, asked.branch_id, hand.at)
    _require_branch(hand, asked.branch_id)
    before, name = account.staff, checked_name(asked.name)
    if asked.role != before.role:
        refuse_own(account, hand.actor)
        refuse_last_administrator(hand.connection, account, hand.at)
    if asked.branch_id != before.branch_id and is_at_work(before.branch_id, str(before.id)):
        raise AccountRefusedError(Problem.AT_WORK, name=before.name)
    after = {
        "name": name,
        "role": asked.role,
        "branch_id": asked.branch_id,
        "language": asked.language,
    }
    changed = {
        key: [getattr(before, key), after[key]]
        for key in CHANGEABLE
        if getattr(before, key) != after[key]
    }
    if changed:
        accounts.change_account(
            hand.connection,
            before.id,
            name=name,
            role=asked.role,
            branch_id=asked.branch_id,
            language=asked.language,
        )
        hand.note(before.id, StaffChangeKind.CHANGED, **changed)
    return Done(before.id, before.username)


def lock(hand: Hand, staff_id: int) -> Done:
    """Said twice, it is one lock."""
    account = hand.account(staff_id)
    require_here(account)
    refuse_own(account, hand.actor)
    refuse_last_administrator(hand.connection, account, hand.at)
    if account.locked_at is None:
        accounts.lock(hand.connection, staff_id, hand.at)
        hand.note(staff_id, StaffChangeKind.LOCKED)
    return Done(staff_id, account.staff.username)


def unlock(hand: Hand, staff_id: int) -> Done:
    account = hand.account(staff_id)
    require_here(account)
    if account.locked_at is not None:
        accounts.unlock(hand.connection, staff_id)
        hand.note(staff_id, StaffChangeKind.UNLOCKED)
    return Done(staff_id, account.staff.username)


def reset(hand: Hand, staff_id: int, new: NewPassword) -> Done:
    """A lock stays: a new password opens nothing that was shut on purpose."""
    account = hand.account(staff_id)
    require_here(account)
    if new.drawn:
        refuse_own(account, hand.actor)
    return _give(hand, account, new)


def remove(hand: Hand, staff_id: int) -> Done:
    account = hand.account(staff_id)
    refuse_own(account, hand.actor)
    refuse_last_administrator(hand.connection, account, hand.at)
    if not account.has_left:
        people.deactivate(hand.connection, staff_id)
        hand.note(staff_id, StaffChangeKind.REMOVED)
    return Done(staff_id, account.staff.username)


def let_return(hand: Hand, staff_id: int, new: NewPassword) -> Done:
    account = hand.account(staff_id)
    if account.has_left:
        accounts.let_return(hand.connection, staff_id)
        hand.note(staff_id, StaffChangeKind.RETURNED)
    return _give(hand, account, new)


def choose_password(hand: Hand, staff_id: int, new: NewPassword) -> Done:
    """One's own; every browser is signed out."""
    account = require_known(hand.connection, staff_id)
    people.set_password(hand.connection, staff_id, new.password_hash)
    hand.note(staff_id, StaffChangeKind.PASSWORD)
    return Done(staff_id, account.staff.username)


def end_sessions(hand: Hand, staff_id: int, token_hashes: tuple[str, ...]) -> Done:
    account = require_known(hand.connection, staff_id)
    ended = accounts.close_sessions(hand.connection, staff_id, list(token_hashes))
    if ended:
        hand.note(staff_id, StaffChangeKind.SESSIONS, count=ended)
    return Done(staff_id, account.staff.username)


def _give(hand: Hand, account: Account, new: NewPassword) -> Done:
    staff = account.staff
    _keep(hand, staff.id, new)
    hand.note(staff.id, StaffChangeKind.RESET)
    return _told(hand, staff, new)


def _keep(hand: Hand, staff_id: int, new: NewPassword) -> None:
    until = new.until(hand.at)
    if until is not None:
        accounts.set_one_time_password(hand.connection, staff_id, new.password_hash, until)
    else:
        people.set_password(hand.connection, staff_id, new.password_hash)


def _told(hand: Hand, staff: Staff, new: NewPassword) -> Done:
    return Done(staff.id, staff.username, new.drawn, new.until(hand.at))


def _require_branch(hand: Hand, branch_id: str) -> None:
    if not load_plans(hand.connection, only=branch_id):
        raise AccountRefusedError(Problem.NO_BRANCH)


def _refuse_taken(known: Account, asked: AddPerson, name: str, new: NewPassword) -> None:
    staff = known.staff
    if known.has_left:
        raise AccountRefusedError(Problem.WORKED_HERE, username=staff.username)
    mine = (staff.name, staff.role, staff.branch_id, staff.language)
    is_same = mine == (name, asked.role, asked.branch_id, asked.language)
    if not (is_same and known.one_time_until and new.drawn):
        raise AccountRefusedError(Problem.USERNAME_TAKEN, username=staff.username)
