"""What came of the talks with customers whom somebody may be deceiving: stopped, went on, open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.store.help_calls import KeptCall


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """`outcome` is a code of `OUTCOMES`; empty for talks that have not ended."""

    outcome: str
    calls: int


def risk_outcomes(calls: Sequence[KeptCall]) -> tuple[OutcomeLine, ...]:
    """Every outcome that a risk card knows, also those of nobody; none where there was no card."""
    risks = [call for call in calls if call.kind is HelpKind.RISK]
    if not risks:
        return ()
    counts = Counter(call.outcome or "" for call in risks)
    known = [*OUTCOMES[HelpKind.RISK], *sorted(set(counts) - {*OUTCOMES[HelpKind.RISK], ""}), ""]
    return tuple(OutcomeLine(code, counts[code]) for code in known)
