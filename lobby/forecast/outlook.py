"""What a hall comes to: how many people, and how many of them are called within their promise."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlook:
    """`people` wait now or come within the window, on average; `kept` of them are called within
    the promise of their class."""

    people: float
    kept: float

    @property
    def in_promise(self) -> float:
        """The share, 1 where nobody is expected."""
        return self.kept / self.people if self.people else 1.0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The hall as it is, with one more counter each, and with one fewer each, by counter."""

    now: Outlook
    opened: Mapping[str, Outlook]
    closed: Mapping[str, Outlook]
