"""What the command line asks for, done: by the same acts as on the screens, in the server or, where
none runs, in the command itself."""

import os
import pwd
from collections.abc import Callable
from datetime import datetime

from lobby.accounts.refusals import AccountRefusedError
from lobby.accounts.service import Accounts
from lobby.control.messages import Answer, Asked, Code, PairDevice, Refused
from lobby.store.acts import Actor
from lobby.store.kinds import ActorKind
from lobby.store.store import Store
from lobby.web.new_device import DeviceRefusedError, new_device_with_code
from lobby.web.pairing_codes import CODE_LIVES


def user_of_computer(uid: int | None = None) -> Actor:
    """Whoever runs a command, by the name of their account on this computer."""
    number = os.getuid() if uid is None else uid
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = str(number)
    return Actor(ActorKind.SYSTEM, name)


async def perform(
    asked: Asked, actor: Actor, store: Store, accounts: Accounts, now: Callable[[], datetime]
) -> Answer:
    """Raises what the store raises."""
    try:
        if isinstance(asked, PairDevice):
            return await _pair(asked, store, now())
        return await accounts.perform(asked, actor)
    except (AccountRefusedError, DeviceRefusedError) as refused:
        return Refused(str(refused))


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
