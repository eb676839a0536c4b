"""Notices to the whole hall: why it takes longer, what is closed, and until when that holds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.value import Value


class NoticeKind(StrEnum):
    DELAY = "delay"
    COUNTER_CLOSED = "counter_closed"
    MACHINE_DOWN = "machine_down"
    CASH_LIMIT = "cash_limit"
    EARLY_CLOSING = "early_closing"
    KIOSK_STOPPED = "kiosk_stopped"
    CUSTOM = "custom"


NOTICE_REASONS: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.DELAY: ("many_customers", "few_counters", "system_slow", "long_transaction"),
    NoticeKind.COUNTER_CLOSED: ("break", "staff_short", "training"),
    NoticeKind.MACHINE_DOWN: ("repair", "out_of_notes", "network"),
    NoticeKind.CASH_LIMIT: ("large_sums_by_appointment", "notes_short"),
    NoticeKind.EARLY_CLOSING: ("holiday", "weather", "works"),
    NoticeKind.KIOSK_STOPPED: ("power_cut", "crowd", "drill", "fault"),
    NoticeKind.CUSTOM: (),
}
"""Reasons as codes: each has its sentence in every language. A custom notice brings its own."""


class Notice(Value, frozen=True):
    """`id` is the version of the event that posted it; never shown from `until` on."""

    id: int
    kind: NoticeKind
    reason: str
    texts: Mapping[str, str]
    at: datetime
    until: datetime
    by: str = ""


def notices_now(notices: Iterable[Notice], now: datetime) -> tuple[Notice, ...]:
    """Those that still hold, in the order given."""
    return tuple(notice for notice in notices if now < notice.until)


def kiosk_stop(notices: Iterable[Notice], now: datetime) -> Notice | None:
    """Why no kiosk of the branch gives numbers now, where somebody has stopped them."""
    stops = (n for n in notices_now(notices, now) if n.kind is NoticeKind.KIOSK_STOPPED)
    return next(stops, None)
