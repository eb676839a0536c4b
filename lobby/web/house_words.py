"""What is said when the house itself is not well: what has happened, what was kept, what to do."""

from collections.abc import Mapping

from lobby.i18n.texts import mark
from lobby.store.errors import Trouble

HAPPENED: Mapping[Trouble, str] = {
    Trouble.AWAY: mark("the database cannot be reached."),
    Trouble.DISK_FULL: mark("the disk of the server is full."),
    Trouble.LOCKED: mark("another program holds the database."),
    Trouble.LOCK_LOST: mark(
        "the lock of the database was taken away, and a second Lobby may be writing to it."
    ),
    Trouble.REPLACED: mark("the file of the database was moved, deleted or replaced."),
    Trouble.OVERTAKEN: mark("somebody else has written to the record of this branch."),
    Trouble.FAULT: mark("a fault of the program stopped the writing."),
    Trouble.REFUSED: mark("the database does not take what is written."),
    Trouble.SLOW: mark("the database does not answer in time."),
}
