"""The notices that hang in the hall now, in the words of whoever reads the tablet."""

from dataclasses import dataclass
from datetime import datetime

from lobby.floor.notices.words import ICONS, KINDS
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import NoticeKind, notices_now
from lobby.screens.notices import notice_text


@dataclass(frozen=True, slots=True)
class NoticeRow:
    id: int
    kind: NoticeKind
    text: str
    until: datetime
    by: str


def notices_part(tablet: TabletRequest) -> LivePart:
    def present(hall: Hall, now: datetime) -> tuple[NoticeRow, ...]:
        return tuple(
            NoticeRow(
                notice.id,
                notice.kind,
                notice_text(notice, tablet.language),
                notice.until,
                tablet.name_of(notice.by),
            )
            for notice in notices_now(hall.notices, now)
        )

    regions = {"notices": "floor/notices/_notices.html"}
    words = {"kinds": KINDS, "icons": ICONS}
    return LivePart("notices", "/floor/notices/live", regions, present, words)
