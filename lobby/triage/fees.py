"""What each way costs, and which is cheapest: said before a ticket is taken."""

import math
from collections.abc import Iterable
from dataclasses import replace

from lobby.triage.advice import Choice, FeeLine, Gain
from lobby.triage.case import Case
from lobby.triage.catalogue import FeeChannel


def fee_line(case: Case, channel: FeeChannel) -> FeeLine | None:
    """None where the service knows no such channel."""
    fee, profile = case.service.fees.get(channel), case.profile
    if fee is None:
        return None
    amount = fee.amounts[profile.name]
    return FeeLine(channel, amount, profile.currency, fee.notes, fee.source, fee.valid_from)


def fee_lines(case: Case, choices: Iterable[Choice]) -> tuple[FeeLine, ...]:
    """One for each channel among the choices; the counter's in any case, for it is always open."""
    offered = {choice.fee.channel for choice in choices if choice.fee is not None}
    channels = offered | {FeeChannel.COUNTER}
    lines = [line for c in FeeChannel if c in channels and (line := fee_line(case, c)) is not None]
    least, most = min(line.amount for line in lines), max(line.amount for line in lines)
    return tuple(replace(line, is_cheapest=line.amount == least < most) for line in lines)


def with_fees(choices: Iterable[Choice], lines: Iterable[FeeLine]) -> tuple[Choice, ...]:
    """The same choices, with the mark on the fee of each."""
    marked = {line.channel: line for line in lines}
    return tuple(replace(c, fee=marked[c.fee.channel] if c.fee else None) for c in choices)


def gain(case: Case) -> Gain | None:
    """None without a counter to compare with, or where nobody can say when one opens."""
    counter, machine = (fee_line(case, c) for c in (FeeChannel.COUNTER, FeeChannel.MACHINE))
    if counter is None or machine is None or math.isinf(case.counter_minutes):
        return None
    return Gain(case.counter_minutes - case.machine_minutes, counter.amount - machine.amount)
