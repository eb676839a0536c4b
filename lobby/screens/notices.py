"""The sentence of a notice to the hall, alike on displays, tablets and phones."""

from collections.abc import Mapping

from lobby.i18n.texts import mark, texts
from lobby.queueing.model.notices import Notice, NoticeKind

SENTENCES: Mapping[tuple[NoticeKind, str], str] = {
    (NoticeKind.DELAY, "many_customers"): mark(
        "It takes longer today because many customers have come. Thank you for your patience."
    ),
    (NoticeKind.DELAY, "few_counters"): mark(
        "It takes longer now because fewer counters are open. Thank you for your patience."
    ),
    (NoticeKind.DELAY, "system_slow"): mark(
        "It takes longer now because our system is slow. We are sorry."
    ),
    (NoticeKind.DELAY, "long_transaction"): mark(
        "It takes longer now because some matters need more time. Thank you for your patience."
    ),
    (NoticeKind.COUNTER_CLOSED, "break"): mark(
        "A counter is closed for a break. Your number stays valid."
    ),
    (NoticeKind.COUNTER_CLOSED, "staff_short"): mark(
        "A counter is closed because colleagues are missing today. Your number stays valid."
    ),
    (NoticeKind.COUNTER_CLOSED, "training"): mark(
        "A counter is closed for a training. Your number stays valid."
    ),
    (NoticeKind.MACHINE_DOWN, "repair"): mark(
        "A machine is being repaired. Please use another one or ask a colleague."
    ),
    (NoticeKind.MACHINE_DOWN, "out_of_notes"): mark(
        "A machine has no notes at the moment. Please use another one or ask a colleague."
    ),
    (NoticeKind.MACHINE_DOWN, "network"): mark(
        "The machines have no connection at the moment. Our counters are open for you."
    ),
    (NoticeKind.CASH_LIMIT, "large_sums_by_appointment"): mark(
        "Large amounts of cash need to be ordered a day before. Please ask a colleague."
    ),
    (NoticeKind.CASH_LIMIT, "notes_short"): mark(
        "Large amounts of cash are not available today. Please ask a colleague."
    ),
    (NoticeKind.EARLY_CLOSING, "holiday"): mark("We close early today because of the holiday."),
    (NoticeKind.EARLY_CLOSING, "weather"): mark("We close early today because of the weather."),
    (NoticeKind.EARLY_CLOSING, "works"): mark("We close early today because of works."),
}


def notice_text(notice: Notice, language: str) -> str:
    """A notice written by hand is read in the language asked for, else in one that there is."""
    if notice.texts:
        return notice.texts.get(language) or next(iter(notice.texts.values()))
    return texts(language).gettext(SENTENCES[notice.kind, notice.reason])
