"""Acts on accounts: what is asked is checked, written with who asked, and holds at once."""

from collections.abc import Callable, Sequence
from datetime import datetime

import anyio.to_thread

from lobby.accounts import acts, importing
from lobby.accounts.acts import Hand, NewPassword
from lobby.accounts.commands import (
    AddPerson,
    ChangePerson,
    ChoosePassword,
    Command,
    Done,
    EndSessions,
    LockPerson,
    RemovePerson,
    ResetPassword,
    ReturnPerson,
    UnlockPerson,
)
from lobby.accounts.comparing import Comparison
from lobby.accounts.importing import Imported, ImportPeople, NotImported, drawn_for
from lobby.accounts.new_passwords import checked_password, drawn_password
from lobby.accounts.passwords import PasswordCheck
from lobby.accounts.people_table import Person
from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.store.accounts import account_by_id
from lobby.store.acts import Actor
from lobby.store.bulk_accounts import all_usernames
from lobby.store.people import Staff, staff_with_password
from lobby.store.store import Connection, Store


def _nobody_is_at_work(_branch_id: str, _staff: str) -> bool:
    """Where no server runs, no counter is open."""
    return False


class Accounts:
    """`on_change` is told whose account is another now; `is_at_work` says of a branch and a
    person's id whether they sit at a counter or are on duty there. Event loop only."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        passwords: PasswordCheck,
        on_change: Callable[[int], None] = lambda _staff_id: None,
        is_at_work: Callable[[str, str], bool] = _nobody_is_at_work,
    ) -> None:
        self._store, self._now, self._passwords = store, now, passwords
        self._on_change, self._is_at_work = on_change, is_at_work

    async def perform(self, command: Command, actor: Actor) -> Done:
        """Raises `AccountRefusedError`, `TooBusyError` and what the store raises."""
        new = await self._new_password(command)

        def write(connection: Connection) -> Done:
            return self._written(Hand(connection, actor, self._now()), command, new)

        done = await self._store.write(write)
        self._on_change(done.staff_id)
        return done

    async def preview(self, people: Sequence[Person], mine: Staff | None) -> Comparison:
        """What an import of these people would do, at the asking of `mine`."""
        now, is_at_work = self._now(), self._is_at_work
        return await self._store.read(
            lambda connection: importing.preview(connection, people, mine, now, is_at_work)
        )

    async def import_people(self, asked: ImportPeople, actor: Actor) -> Imported | NotImported:
        """Raises `AccountRefusedError` and what the store raises."""
        known = await self._store.read(all_usernames)
        usernames = [each.username for each in asked.people if each.username not in known]
        drawn = await anyio.to_thread.run_sync(drawn_for, usernames)
        now, is_at_work = self._now(), self._is_at_work

        def write(connection: Connection) -> Imported | NotImported:
            return importing.import_people(
                connection, asked, actor=actor, at=now, drawn=drawn, is_at_work=is_at_work
            )

        done = await self._store.write(write)
        if isinstance(done, Imported):
            for staff_id in done.changed_ids:
                self._on_change(staff_id)
        return done

    def _written(self, hand: Hand, command: Command, new: NewPassword | None) -> Done:
        match command:
            case ChangePerson():
                return acts.change(hand, command, self._is_at_work)
            case LockPerson(staff_id):
                return acts.lock(hand, staff_id)
            case UnlockPerson(staff_id):
                return acts.unlock(hand, staff_id)
            case RemovePerson(staff_id):
                return acts.remove(hand, staff_id)
            case EndSessions(staff_id, token_hashes):
                return acts.end_sessions(hand, staff_id, token_hashes)
        assert new is not None, "every other command has a password"
        match command:
            case AddPerson():
                return acts.add(hand, command, new)
            case ResetPassword(staff_id):
                return acts.reset(hand, staff_id, new)
            case ReturnPerson(staff_id):
                return acts.let_return(hand, staff_id, new)
            case ChoosePassword(staff_id):
                return acts.choose_password(hand, staff_id, new)

    async def _new_password(self, command: Command) -> NewPassword | None:
        """Checked and hashed beside the event loop, before anything is written."""
        match command:
            case AddPerson(username, name) if command.password is not None:
                checked = checked_password(command.password, name=name, username=username)
                return await self._hashed(checked, drawn=False)
            case ResetPassword(staff_id, password) if password is not None:
                return await self._hashed(await self._checked(staff_id, password), drawn=False)
            case ChoosePassword(staff_id):
                await self._require_current(command)
                checked = await self._checked(staff_id, command.password)
                return await self._hashed(checked, drawn=False)
            case AddPerson() | ResetPassword() | ReturnPerson():
                return await self._hashed(drawn_password(), drawn=True)
            case _:
                return None

    async def _checked(self, staff_id: int, password: str) -> str:
        account = await self._store.read(lambda connection: account_by_id(connection, staff_id))
        if account is None:
            raise AccountRefusedError(Problem.GONE)
        staff = account.staff
        return checked_password(password, name=staff.name, username=staff.username)

    async def _hashed(self, password: str, *, drawn: bool) -> NewPassword:
        hashed = await self._passwords.hashed(password)
        return NewPassword(hashed, password if drawn else None)

    async def _require_current(self, command: ChoosePassword) -> None:
        """That the person knows the password they have, and wants another one."""
        account = await self._store.read(lambda c: account_by_id(c, command.staff_id))
        if account is None:
            raise AccountRefusedError(Problem.GONE)
        found = await self._store.read(lambda c: staff_with_password(c, account.staff.username))
        password_hash = found[1] if found else None
        is_first = account.one_time_until is not None
        knows = is_first or await self._passwords.fits(command.current or "", password_hash)
        if not knows:
            raise AccountRefusedError(Problem.WRONG_PASSWORD)
        if await self._passwords.fits(command.password, password_hash):
            raise AccountRefusedError(Problem.SAME_AS_BEFORE)
