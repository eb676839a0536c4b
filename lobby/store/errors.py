"""What can be wrong with a database as a whole, each told in a sentence."""

from enum import StrEnum


class Trouble(StrEnum):
    """Why the database takes no writes, as far as it says so."""

    AWAY = "away"
    """There is no server to be reached."""
    DISK_FULL = "disk_full"
    LOCKED = "locked"
    """Another program holds it."""
    LOCK_LOST = "lock_lost"
    """The lock file was taken away, so that a second Lobby may be writing."""
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


class OutcomeUnknownError(StoreUnavailableError):
    """The database was lost in the moment of the commit and has not come back in time, or the
    commit takes too long: what was asked has happened, or it has not. Asked again under the same
    key it happens once."""
