"""Who may do what with whose account."""

from datetime import datetime

from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.store.accounts import Account, account_by_id, others_who_administer
from lobby.store.acts import Actor
from lobby.store.kinds import ActorKind, Role
from lobby.store.people import Staff
from lobby.store.store import Connection

BELOW_HEAD = (Role.TELLER, Role.LOBBY_MANAGER)
"""Whom the head of a branch looks after; heads and administrators are the bank's own matter."""


def roles_given_by(staff: Staff) -> tuple[Role, ...]:
    match staff.role:
        case Role.ADMINISTRATOR:
            return tuple(Role)
        case Role.BRANCH_HEAD:
            return BELOW_HEAD
        case _:
            return ()


def looks_after(staff: Staff, *, role: Role, branch_id: str) -> bool:
    """Whether this person may make, change and lock accounts of this role in this branch."""
    is_near = staff.role is Role.ADMINISTRATOR or staff.branch_id == branch_id
    return is_near and role in roles_given_by(staff)


def require_right(
    connection: Connection, actor: Actor, role: Role, branch_id: str, at: datetime
) -> None:
    """Of who acts, as the account is now; whoever may run commands on this computer may do all.
    Raises `AccountRefusedError`."""
    if actor.kind is ActorKind.SYSTEM:
        return
    mine = account_by_id(connection, int(actor.id))
    is_able = mine is not None and mine.may_sign_in(at)
    if not (mine and is_able and looks_after(mine.staff, role=role, branch_id=branch_id)):
        raise AccountRefusedError(Problem.NOT_YOURS)


def require_known(connection: Connection, staff_id: int) -> Account:
    account = account_by_id(connection, staff_id)
    if account is None:
        raise AccountRefusedError(Problem.GONE)
    return account


def require_here(account: Account) -> None:
    if account.has_left:
        raise AccountRefusedError(Problem.HAS_LEFT, name=account.staff.name)


def refuse_own(account: Account, actor: Actor) -> None:
    """Nobody shuts themselves out by a slip of the finger."""
    if actor == Actor(ActorKind.STAFF, str(account.staff.id)):
        raise AccountRefusedError(Problem.OWN_ACCOUNT)


def refuse_last_administrator(connection: Connection, account: Account, at: datetime) -> None:
    """Somebody has to be left who can let others in."""
    counts = account.staff.role is Role.ADMINISTRATOR and account.may_sign_in(at)
    if counts and not others_who_administer(connection, account.staff.id, at):
        raise AccountRefusedError(Problem.LAST_ADMINISTRATOR)
