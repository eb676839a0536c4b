"""What the branch tells its screens after a commit: the few shapes that pass between them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Announcement:
    """A call to be shown and spoken once, by every display of the branch, in these ways
    (`lobby.queueing.model.call_modes`). What service it is for, and the number of a pager, are for
    the server and for staff: they never go over the socket of a display."""

    id: str
    ticket: str
    counter: str
    languages: tuple[str, ...]
    expires_at: datetime
    modes: tuple[str, ...] = ("voice", "display")
    service: str = ""
    pager: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A branch has moved on to `version`: look at its hall again, and call these out."""

    branch_id: str
    version: int
    announcements: tuple[Announcement, ...] = ()
