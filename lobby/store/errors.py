"""What can be wrong with a database as a whole, each told in a sentence."""


class StoreInUseError(Exception):
    """Another process has this database open for writing."""


class StoreUnavailableError(Exception):
    """The database cannot take writes, or answer, now; nothing of what was asked has happened."""


class OutcomeUnknownError(StoreUnavailableError):
    """The database was lost in the moment of the commit and has not come back in time: what was
    asked has happened, or it has not. Asked again under the same key it happens once."""
