"""Who is still to come: arrivals by weekday and quarter of an hour, and what they come for."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

STEP_S = 900
STEPS = 86_400 // STEP_S
"""Quarters of an hour in a day."""

NEW_SHARE = 0.25
"""Of a weekday's profile is made of its last day."""

TODAY_WEIGHT = 20.0
"""Arrivals as expected that stand beside today's when today's factor is judged."""

BLIND_S = 1800.0
"""Seconds of the usual load that stand beside today's count where no day has been seen."""

FADING = 0.95
"""Of the mix stays from one night to the next."""

Kind = tuple[str, str]
"""Service and class."""


class Arrivals:
    """Means per quarter of an hour for each weekday; today's count; the mix of kinds."""

    def __init__(self) -> None:
        self.profiles: dict[int, list[float]] = {}
        self.usual: list[float] = []
        self.mix: dict[Kind, float] = defaultdict(float)
        self.today = [0] * STEPS

    def learn(self, second: float, kind: Kind) -> None:
        """Somebody came, at this second of the day."""
        self.today[_step(second)] += 1
        self.mix[kind] += 1

    def end_day(self, weekday: int) -> None:
        """Today becomes part of its weekday's profile and of the usual one."""
        if sum(self.today):
            self.profiles[weekday] = _blended(self.profiles.get(weekday), self.today)
            self.usual = _blended(self.usual or None, self.today)
        self.today = [0] * STEPS
        self.mix = defaultdict(float, {kind: n * FADING for kind, n in self.mix.items()})

    def rate(self, weekday: int, second: float, blind_rate: float) -> float:
        """People per second over the next half hour; `blind_rate` where no day was seen."""
        at = _step(second)
        profile = self.profiles.get(weekday) or self.usual
        if not profile:
            recent = sum(self.today[max(0, at - 3) : at + 1])
            return (recent + blind_rate * BLIND_S) / (2700 + second % STEP_S + BLIND_S)
        expected = sum(profile[:at]) + profile[at] * (second % STEP_S) / STEP_S
        factor = (sum(self.today) + TODAY_WEIGHT) / (expected + TODAY_WEIGHT)
        ahead = profile[at : at + 3]
        return factor * sum(ahead) / len(ahead) / STEP_S

    def shares(self) -> dict[Kind, float]:
        """The share of each kind among those to come; empty where nobody came yet."""
        whole = sum(self.mix.values())
        return {kind: count / whole for kind, count in self.mix.items()} if whole else {}

    def plain(self) -> dict[str, Any]:
        return {
            "profiles": {str(day): profile for day, profile in self.profiles.items()},
            "usual": self.usual,
            "mix": [[*kind, count] for kind, count in self.mix.items()],
            "today": self.today,
        }

    def restore(self, plain: Mapping[str, Any]) -> None:
        self.profiles = {int(day): list(profile) for day, profile in plain["profiles"].items()}
        self.usual, self.today = list(plain["usual"]), list(plain["today"])
        for service, priority, count in plain["mix"]:
            self.mix[(service, priority)] = float(count)


def _step(second: float) -> int:
    return min(STEPS - 1, max(0, int(second // STEP_S)))


def _blended(before: list[float] | None, today: list[int]) -> list[float]:
    if before is None:
        return [float(count) for count in today]
    return [old + NEW_SHARE * (new - old) for old, new in zip(before, today, strict=True)]
