"""A country's limits, each with the day it begins and where it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class LimitName(StrEnum):
    """Amounts are whole units of the currency; both ends of every limit belong to it."""

    SMALL = "small"  # the first band on the kiosk
    CASH = "cash"  # at a machine, in or out
    TRANSFER = "transfer"  # at a machine
    LARGE = "large"  # from here on: identity card, booking, a friendly second look
    PER_OPERATION = "per_operation"  # what a machine pays at once
    NOTE_UNIT = "note_unit"  # a machine pays multiples of it
    BATCH = "batch"  # notes that a machine takes at once
    BATCHES = "batches"  # how often it may be asked to
    BIOMETRIC = "biometric"  # a transfer above it wants the chip identity card
    BIOMETRIC_DAY = "biometric_day"  # the same for all transfers of one day


OPTIONAL_LIMITS = frozenset({LimitName.BIOMETRIC, LimitName.BIOMETRIC_DAY})


@dataclass(frozen=True, slots=True)
class Limit:
    """Holds until the next one of its name begins, or through the day `valid_until`."""

    name: LimitName
    amount: int
    valid_from: date
    source: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    currency: str
    limits: tuple[Limit, ...]

    @property
    def amounts(self) -> Mapping[LimitName, int]:
        """One of each name: the one that begins last. Where the day matters, `on` it first."""
        rows = sorted(self.limits, key=lambda limit: limit.valid_from)
        return {limit.name: limit.amount for limit in rows}

    def on(self, day: date) -> "Profile":
        """The same without what has ended or has yet to begin."""
        return replace(self, limits=tuple(limit for limit in self.limits if _holds(limit, day)))

    def cash_bands(self) -> tuple[int, ...]:
        """Upper ends, inclusive: every limit of cash is one, so no band lies on both sides."""
        return self._bands(LimitName.SMALL, LimitName.CASH, LimitName.LARGE)

    def transfer_bands(self) -> tuple[int, ...]:
        """The same for transfers."""
        names = (LimitName.SMALL, LimitName.BIOMETRIC, LimitName.TRANSFER, LimitName.LARGE)
        return self._bands(*names)

    def _bands(self, *names: LimitName) -> tuple[int, ...]:
        amounts = self.amounts
        return tuple(sorted({amounts[name] for name in names if name in amounts}))


def _holds(limit: Limit, day: date) -> bool:
    return limit.valid_from <= day and (limit.valid_until is None or day <= limit.valid_until)
