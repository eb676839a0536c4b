"""What an error of the database means for whoever wants to write, in either dialect."""

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from lobby.store import postgres
from lobby.store.errors import Trouble

SQLITE_WORDS = {
    "database or disk is full": Trouble.DISK_FULL,
    "database is locked": Trouble.LOCKED,
    "database table is locked": Trouble.LOCKED,
}
POSTGRES_STATES = {
    "53100": Trouble.DISK_FULL,
    postgres.LOCKED: Trouble.LOCKED,
    postgres.STANDBY: Trouble.AWAY,
}


def trouble_of(error: SQLAlchemyError) -> Trouble:
    """Also where the first error undid more than expected, and a second one came of that."""
    each: BaseException | None = error
    while each is not None:
        trouble = _trouble_of(each) if isinstance(each, SQLAlchemyError) else Trouble.REFUSED
        if trouble is not Trouble.REFUSED:
            return trouble
        each = each.__context__
    return Trouble.REFUSED


def _trouble_of(error: SQLAlchemyError) -> Trouble:
    if postgres.is_lost(error):
        return Trouble.AWAY
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    if state is not None:
        return POSTGRES_STATES.get(state, Trouble.REFUSED)
    if isinstance(error, OperationalError):
        for words, trouble in SQLITE_WORDS.items():
            if words in str(error):
                return trouble
    return Trouble.REFUSED


def is_locked(error: SQLAlchemyError) -> bool:
    """Whether a file is held by another program: nothing has begun, and all wait for the same."""
    return isinstance(error, OperationalError) and "database is locked" in str(error)
