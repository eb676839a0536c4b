"""The severity of a card: which comes first, how it is drawn, and what sounds."""

from enum import StrEnum

from lobby.queueing.model.help import HelpKind


class Severity(StrEnum):
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


def severity_rank(kind: HelpKind, *, is_critical: bool) -> int:
    """A call for help and a wait that is critical stand directly after a risk."""
    if kind is HelpKind.RISK:
        return 0
    if kind is HelpKind.HELP:
        return 1
    return 2 if is_critical else 3 + IN_ORDER.index(kind)


def severity(kind: HelpKind, *, is_critical: bool) -> Severity:
    if kind is HelpKind.RISK or is_critical:
        return Severity.CRITICAL
    return Severity.CALM if kind in QUIETER else Severity.ATTENTION


def sounds(kind: HelpKind, *, is_critical: bool) -> bool:
    return kind in SOUNDING or is_critical
