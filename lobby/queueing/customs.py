"""The customs of a branch at its counters: configuration that holds from a day on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CounterPolicy:
    """A customer is absent only after `calls_before_absent` calls and `grace_s` seconds since the
    last of them; who was promised a longer grace has twice as long. With `auto_call` an idle
    counter is given the next customer who arrives."""

    grace_s: float = 45
    calls_before_absent: int = 2
    auto_call: bool = False
