"""What is said when the house itself is not well: what has happened, what was kept, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from lobby.i18n.formats import clock_time
from lobby.i18n.texts import mark, texts
from lobby.store.errors import Trouble
from lobby.supervision import PartKind
from lobby.web.services import Services

HAPPENED: Mapping[Trouble, str] = {
    Trouble.AWAY: mark("The database cannot be reached."),
    Trouble.DISK_FULL: mark("The disk of the server is full."),
    Trouble.LOCKED: mark("Another program holds the database."),
    Trouble.LOCK_LOST: mark(
        "The lock of the database was taken away, and a second Lobby may be writing to it."
    ),
    Trouble.REPLACED: mark("The file of the database was moved, deleted or replaced."),
    Trouble.OVERTAKEN: mark("Somebody else has written to the record of this branch."),
    Trouble.FAULT: mark("A fault of the program has stopped the writing."),
    Trouble.REFUSED: mark("The database does not take what is written."),
    Trouble.SLOW: mark("The database does not answer in time."),
}
NOTHING_WRITTEN = mark("Since %(time)s no act can be done.")
KEPT = mark("All that was done before is kept. What is asked for now is refused, not done later.")
GIVE_PAPER = mark(
    "Please give out paper numbers and tell whoever looks after the server. Lobby goes on by "
    "itself as soon as it can."
)

OTHER_PART = mark("A part of the program has stopped and is being started again.")
FAILING: Mapping[PartKind, str] = {
    PartKind.DAYS: mark("The new day could not be opened by itself; the first ticket opens it."),
    PartKind.FORECAST: mark("Waits cannot be worked out: screens tell how many are ahead."),
    PartKind.ADVICE: mark("There is no advice on counters just now."),
    PartKind.SCREENS: mark("Screens may show changes late."),
    PartKind.SESSIONS: mark("A device that was switched off may go on for a while."),
    PartKind.BACKUPS: mark(
        "The record is not being backed up. Please tell whoever looks after this computer."
    ),
    PartKind.SUMMARIES: mark("The summary of a day could not be left or mailed."),
    PartKind.PRINTER: mark("A printer is not heard: kiosks show the number instead."),
}
"""Of the others no more can be said to people in the hall than that they are looked after."""
NOTHING_LOST = mark("Nothing is lost, and it is tried again by itself.")
TELL_SERVER = mark("If this stays, please tell whoever looks after the server.")


@dataclass(frozen=True, slots=True)
class HouseNotice:
    """`heading` is what has happened; `lines` what was kept and what to do."""

    heading: str
    lines: tuple[str, ...]
    is_serious: bool


def house_notices(services: Services, branch_id: str, language: str) -> tuple[HouseNotice, ...]:
    """The most serious first; nothing while all is well."""
    say = texts(language).gettext
    kinds = {
        part.kind: None
        for part in services.supervisor.parts
        if part.is_failing and part.branch_id in ("", branch_id)
    }
    sentences = dict.fromkeys(say(FAILING.get(kind, OTHER_PART)) for kind in kinds)
    lines = say(NOTHING_LOST), say(TELL_SERVER)
    return (
        *_not_ready(services, branch_id, language),
        *(HouseNotice(sentence, lines, is_serious=False) for sentence in sentences),
    )


def _not_ready(services: Services, branch_id: str, language: str) -> tuple[HouseNotice, ...]:
    readiness, say = services.readiness.last, texts(language).gettext
    if readiness.trouble is None or readiness.since is None:
        return ()
    time = clock_time(readiness.since, services.branches[branch_id].plan)
    heading = f"{say(NOTHING_WRITTEN) % {'time': time}} {say(HAPPENED[readiness.trouble])}"
    return (HouseNotice(heading, (say(KEPT), say(GIVE_PAPER)), is_serious=True),)
