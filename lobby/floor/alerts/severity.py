"""Which of two cards comes first: the one where waiting does more harm."""

from enum import StrEnum

from lobby.queueing.model.help import HelpKind


class Weight(StrEnum):
    """How loudly a card is drawn; each also says in words what it is."""

    CRITICAL = "critical"
    ATTENTION = "attention"
    CALM = "calm"


IN_ORDER = tuple(kind for kind in HelpKind if kind is not HelpKind.HELP)
"""Money that is about to be lost comes before everything; then who calls for help."""

QUIETER = frozenset(
    {
        *(HelpKind.LOST_ITEM, HelpKind.HOME_SERVICE, HelpKind.FAULT),
        *(HelpKind.PRINTER, HelpKind.FEEDBACK),
    }
)
"""Things that somebody does today, but for which nobody stands there waiting."""

SOUNDING = frozenset({HelpKind.RISK, HelpKind.HELP})
"""With waits that are critical, all that a tablet ever sounds for."""


def rank(kind: HelpKind, *, is_critical: bool) -> int:
    """A call for help and a wait that is critical stand directly after a risk."""
    if kind is HelpKind.RISK:
        return 0
    if kind is HelpKind.HELP:
        return 1
    return 2 if is_critical else 3 + IN_ORDER.index(kind)


def weight(kind: HelpKind, *, is_critical: bool) -> Weight:
    if kind is HelpKind.RISK or is_critical:
        return Weight.CRITICAL
    return Weight.CALM if kind in QUIETER else Weight.ATTENTION


def sounds(kind: HelpKind, *, is_critical: bool) -> bool:
    return kind in SOUNDING or is_critical
