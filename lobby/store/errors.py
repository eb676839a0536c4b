"""What can be wrong with a database as a whole, each told in a sentence."""

from enum import StrEnum

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from lobby.settings import Database


class Trouble(StrEnum):
    """Why the database takes no writes, as far as it says so."""

    AWAY = "away"
    """There is no server to be reached."""
    DISK_FULL = "disk_full"
    LOCKED = "locked"
    """Another program holds it."""
    LOCK_LOST = "lock_lost"
    """The lock file was taken away, so that a second Lobby may be writing."""
    REPLACED = "replaced"
    """The file was moved, deleted or replaced: what is written to it goes nowhere."""
    OVERTAKEN = "overtaken"
    """Somebody else has written to a branch's log."""
    FAULT = "fault"
    """A fault of our own, which a line of the log describes."""
    REFUSED = "refused"
    """Anything else that the database says."""
    SLOW = "slow"
    """It has not answered in time."""


class StoreInUseError(Exception):
    """Another process has this database open for writing."""


class StoreUnavailableError(Exception):
    """The database cannot take writes, or answer, now; nothing of what was asked has happened."""

    def __init__(self, reason: str, trouble: Trouble = Trouble.REFUSED) -> None:
        super().__init__(reason)
        self.trouble = trouble


class StoreReplacedError(StoreUnavailableError):
    """The file under this process is not the one that it opened: what is written goes nowhere."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, Trouble.REPLACED)


class KeyReusedError(Exception):
    """The idempotency key was used before, for something else."""


class RecordBrokenError(StoreUnavailableError):
    """The log of a branch is not what was written: one sentence, with what to do."""

    def __init__(self, branch_id: str, version: int, what: str) -> None:
        super().__init__(
            f"The record of {branch_id} is damaged: event {version} {what}. `lobby check` says "
            "what else is; `lobby restore FILE --yes` puts a backup back."
        )


class OutcomeUnknownError(StoreUnavailableError):
    """The database was lost in the moment of the commit and has not come back in time, or the
    commit takes too long: what was asked has happened, or it has not. Asked again under the same
    key it happens once."""


DATABASE_ERRORS = (StoreUnavailableError, SQLAlchemyError)
"""Whatever reading may raise where the database is away, damaged or not what was written."""


def why_unreadable(database: Database, error: Exception) -> str:
    """One sentence, and what to do; an error of ours is one already."""
    if isinstance(error, StoreUnavailableError):
        return str(error)
    cause = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
    return (
        f"{database} cannot be read ({cause}): put the newest backup back with "
        "`lobby restore FILE --yes`; the file of now is kept beside it."
    )
