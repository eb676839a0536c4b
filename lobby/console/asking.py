"""An act of the command line: through the server where one runs, and straight on the database where
none does. Either way by the acts of the screens, with the name of who ran the command."""

import asyncio

from lobby.accounts.passwords import PasswordCheck
from lobby.accounts.service import Accounts
from lobby.clock import SystemClock
from lobby.console.database import KNOWN, require_made
from lobby.console.errors import CommandError, one_sentence
from lobby.control.client import ask_server
from lobby.control.messages import Answer, Asked, Refused, Unsure
from lobby.control.perform import Doers, perform, user_of_computer
from lobby.reports.rollup import roll_up
from lobby.settings import Settings
from lobby.setup.service import SetUp
from lobby.store.errors import StoreInUseError
from lobby.store.store import Store

UNSURE = (
    "The server took this command and did not say what became of it: see its log, and look with "
    "`lobby user list` before you repeat it."
)
OUT_OF_REACH = (
    "A Lobby runs on this database and cannot be reached from here: run the command as the user, "
    "and on the computer, that runs Lobby."
)


def ask(settings: Settings, asked: Asked, *, otherwise: str = OUT_OF_REACH) -> Answer:
    """`otherwise` is what to do where a server runs that cannot be reached. Raises `CommandError`
    with why not."""
    answer = ask_server(settings, asked)
    if answer is None:
        answer = _ask_here(settings, asked, otherwise)
    match answer:
        case Refused(sentence):
            raise CommandError(sentence)
        case Unsure():
            raise CommandError(UNSURE)
    return answer


def _ask_here(settings: Settings, asked: Asked, otherwise: str) -> Answer:
    require_made(settings.database)
    known = tuple(each for each in KNOWN if each is not StoreInUseError)
    try:
        with one_sentence(*known):
            return asyncio.run(_perform(settings, asked))
    except StoreInUseError as error:
        raise CommandError(otherwise) from error


async def _perform(settings: Settings, asked: Asked) -> Answer:
    store, now = Store(settings.database), SystemClock().now
    store.open()
    try:
        accounts = Accounts(store, now, PasswordCheck())
        doers = Doers(store, accounts, SetUp(store, now), now, roll_up)
        return await perform(asked, user_of_computer(), doers)
    finally:
        store.close()
