"""`lobby user`: the people who sign in, with a server that runs or without."""

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from getpass import getpass

from rich.console import Console
from rich.table import Table

from lobby import typed_text
from lobby.accounts.commands import (
    AddPerson,
    Done,
    LockPerson,
    RemovePerson,
    ResetPassword,
    ReturnPerson,
    UnlockPerson,
)
from lobby.accounts.names import checked_name, checked_username
from lobby.accounts.new_passwords import checked_password
from lobby.accounts.refusals import AccountRefusedError
from lobby.console import user_import
from lobby.console.asking import ask
from lobby.console.database import (
    KNOWN,
    branch_of,
    branches_of,
    read,
    settings_of_environment,
)
from lobby.console.errors import CommandError, one_sentence
from lobby.control.messages import Asked
from lobby.queueing.model.plan import Plan
from lobby.settings import Settings
from lobby.store.accounts import Account, account_by_username, accounts
from lobby.store.engine import require_reachable
from lobby.store.people import Role, normal_username


def run(options: Namespace) -> int:
    settings = settings_of_environment()
    with one_sentence(*KNOWN):
        require_reachable(settings.database)
    ACTIONS[options.action](settings, options)
    return 0


def _add(settings: Settings, options: Namespace) -> None:
    plan = branch_of(settings.database, options.branch)
    with one_sentence(AccountRefusedError):
        username = checked_username(options.username)
        name = checked_name(username if options.name is None else options.name)
    if read(settings.database, partial(account_by_username, username=username)) is not None:
        raise CommandError(f"Somebody has the user name {username!r} already, or had it once.")
    password = None if options.generate else _typed_password(name, username)
    asked = AddPerson(
        username=username,
        name=name,
        role=Role(options.role),
        branch_id=plan.id,
        language=options.language or plan.language,
        password=password,
    )
    done = _do(settings, asked)
    role = options.role.replace("_", " ")
    print(f"{done.username} can sign in at {plan.name('en')} as {role}.")
    _tell(done, plan)


def _set_password(settings: Settings, options: Namespace) -> None:
    account = _account(settings, options.username, also_left=False)
    staff = account.staff
    password = None if options.generate else _typed_password(staff.name, staff.username)
    done = _do(settings, ResetPassword(staff.id, password))
    print(f"{done.username} has a new password; whoever was signed in with the old one is not.")
    _tell(done, branch_of(settings.database, staff.branch_id))


def _lock(settings: Settings, options: Namespace) -> None:
    account = _account(settings, options.username, also_left=False)
    done = _do(settings, LockPerson(account.staff.id))
    print(f"{done.username} is locked, and signed in nowhere any more.")


def _unlock(settings: Settings, options: Namespace) -> None:
    """Also of somebody who was removed, who then gets a password for the first sign-in."""
    account = _account(settings, options.username, also_left=True)
    staff_id = account.staff.id
    asked = ReturnPerson(staff_id) if account.has_left else UnlockPerson(staff_id)
    done = _do(settings, asked)
    print(f"{done.username} can sign in again.")
    _tell(done, branch_of(settings.database, account.staff.branch_id))


def _remove(settings: Settings, options: Namespace) -> None:
    account = _account(settings, options.username, also_left=False)
    done = _do(settings, RemovePerson(account.staff.id))
    print(f"{done.username} can no longer sign in; what they did stays in the record.")


def _list(settings: Settings, options: Namespace) -> None:
    database, branch_id = settings.database, options.branch
    wanted = [branch_of(database, branch_id)] if branch_id else branches_of(database)
    table = Table("username", "name", "role", "branch", "language", "state")
    for plan in wanted:
        for account in read(database, partial(accounts, branch_id=plan.id)):
            if not account.has_left:
                table.add_row(*_row(account))
    Console().print(table)


def _row(account: Account) -> tuple[str, ...]:
    staff = account.staff
    role = staff.role.value.replace("_", " ")
    first = "password not chosen yet" if account.one_time_until else ""
    state = "locked" if account.locked_at else first
    return staff.username, staff.name, role, staff.branch_id, staff.language, state


def _do(settings: Settings, asked: Asked) -> Done:
    done = ask(settings, asked)
    assert isinstance(done, Done), "nothing else answers this"
    return done


def _account(settings: Settings, username: str, *, also_left: bool) -> Account:
    found = read(settings.database, partial(account_by_username, username=username))
    if found is None or (found.has_left and not also_left):
        name = normal_username(username)
        raise CommandError(f"Nobody signs in as {name!r}; `lobby user list` names all.")
    return found


def _typed_password(name: str, username: str) -> str:
    """Raises `CommandError` where the person's choice is no good or not typed twice alike."""
    with one_sentence(AccountRefusedError):
        password = checked_password(getpass("Password: "), name=name, username=username)
    if typed_text.secret(getpass("Once more: ")) != password:
        raise CommandError("The two were not the same; nothing was changed.")
    return password


def _tell(done: Done, plan: Plan) -> None:
    """Times as the branch's clock shows them."""
    if done.password is not None and done.until is not None:
        until = plan.local(done.until)
        print(f"Password, shown this once: {done.password}")
        print(f"It is good for the first sign-in, before {until:%Y-%m-%d %H:%M}.")


ACTIONS: dict[str, Callable[[Settings, Namespace], None]] = {
    "add": _add,
    "password": _set_password,
    "lock": _lock,
    "unlock": _unlock,
    "remove": _remove,
    "list": _list,
    "import": user_import.run,
    "template": user_import.write_template,
}
