"""The sentence of a notice to the hall, alike on displays, tablets and phones."""

from collections.abc import Mapping

from lobby.i18n.texts import mark, texts
from lobby.queueing.model.notices import Notice, NoticeKind

SENTENCES: Mapping[tuple[NoticeKind, str], str] = {
    (NoticeKind.DELAY, "many_customers"): mark(
        "It is busy today, so waits are longer. Thank you for your patience."
    ),
    (NoticeKind.DELAY, "few_counters"): mark(
        "Fewer counters are open now, so waits are longer. Thank you for your patience."
    ),
    (NoticeKind.DELAY, "system_slow"): mark(
        "Our system is slow at the moment, so waits are longer. We are sorry."
    ),
    (NoticeKind.DELAY, "long_transaction"): mark(
        "Some services are taking longer now, so waits are longer. Thank you for your patience."
    ),
    (NoticeKind.COUNTER_CLOSED, "break"): mark(
        "A counter is closed for a break. Your number stays valid."
    ),
    (NoticeKind.COUNTER_CLOSED, "staff_short"): mark(
        "A counter is closed because we are short-staffed today. Your number stays valid."
    ),
    (NoticeKind.COUNTER_CLOSED, "training"): mark(
        "A counter is closed for staff training. Your number stays valid."
    ),
    (NoticeKind.MACHINE_DOWN, "repair"): mark(
        "A machine is being repaired. Please use another one or ask our staff."
    ),
    (NoticeKind.MACHINE_DOWN, "out_of_notes"): mark(
        "A machine is out of cash. Please use another one or ask our staff."
    ),
    (NoticeKind.MACHINE_DOWN, "network"): mark(
        "The machines are offline at the moment. Please use a counter."
    ),
    (NoticeKind.CASH_LIMIT, "large_sums_by_appointment"): mark(
        "Please order large amounts of cash a day ahead. Our staff can tell you more."
    ),
    (NoticeKind.CASH_LIMIT, "notes_short"): mark(
        "Large amounts of cash are not available today. Please ask our staff."
    ),
    (NoticeKind.EARLY_CLOSING, "holiday"): mark("We close early today because of the holiday."),
    (NoticeKind.EARLY_CLOSING, "weather"): mark("We close early today because of the weather."),
    (NoticeKind.EARLY_CLOSING, "works"): mark("We close early today because of building work."),
    (NoticeKind.KIOSK_STOPPED, "power_cut"): mark(
        "No numbers are given during the power cut. Your number stays valid. Our staff will help "
        "you."
    ),
    (NoticeKind.KIOSK_STOPPED, "crowd"): mark(
        "The hall is full, so no numbers are given for now. Your number stays valid. Our staff "
        "will help you."
    ),
    (NoticeKind.KIOSK_STOPPED, "drill"): mark(
        "No numbers are given during the drill. Your number stays valid. Please follow our staff."
    ),
    (NoticeKind.KIOSK_STOPPED, "fault"): mark(
        "The kiosk is out of order. Your number stays valid. Our staff will help you."
    ),
}


def notice_text(notice: Notice, language: str) -> str:
    """A notice written by hand is read in the language asked for, else in one that there is."""
    if notice.texts:
        return notice.texts.get(language) or next(iter(notice.texts.values()))
    return texts(language).gettext(SENTENCES[notice.kind, notice.reason])
