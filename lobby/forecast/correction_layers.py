"""From a simulated wait to what is told: bias, stack and ends, each where it has proved itself.

The same for the live branch, a simulated one and a recorded log. Two chains are kept up side by
side: simulation + bias (A+B) and the stack (C), each with conformal ends of its own; what is told
is A+B until C was better over the last seven days in which both were only compared.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lobby.forecast.calibration import MIDDLE, Bias, Conformal, Drift
from lobby.forecast.quantile_regression import Inputs, QuantileRegression

SHADOW_DAYS = 7
SHADOW_FEWEST = 200
"""Compared tickets before the stack may be promoted."""


@dataclass(frozen=True, slots=True)
class CorrectedEstimate:
    """One wait as told, in seconds at `QUANTILES`, and all that is needed to learn from it."""

    corrected_s: tuple[float, ...]
    inputs: Inputs
    raw_s: tuple[float, ...]
    own_s: tuple[float, ...]
    own_corrected_s: tuple[float, ...]
    stack_s: tuple[float, ...] = ()
    stack_corrected_s: tuple[float, ...] = ()


class CorrectionLayers:
    """What has been learned from errors."""

    def __init__(self) -> None:
        self.bias, self.drift = Bias(), Drift()
        self.ends, self.stack_ends = Conformal(), Conformal()
        self.stack = QuantileRegression()
        self._shadow: deque[tuple[float, float, int]] = deque(maxlen=SHADOW_DAYS)
        self._today = [0.0, 0.0, 0]
        self.is_promoted = False

    def correct(self, raw_s: Sequence[float], inputs: Inputs) -> CorrectedEstimate:
        """`raw_s` are the simulation's quantiles; finite. Layer C sees today's drift besides."""
        drift = self.drift.values((inputs.service, inputs.priority))
        inputs = replace(inputs, numbers=(*inputs.numbers, *drift))
        own = self.bias.corrected(raw_s)
        own_corrected = tuple(self.ends.corrected(own))
        raw = tuple(raw_s)
        if not self.stack.is_fitted:
            return CorrectedEstimate(own_corrected, inputs, raw, tuple(own), own_corrected)
        stack = self.stack.quantiles_s(inputs)
        stack_corrected = tuple(self.stack_ends.corrected(stack))
        told = stack_corrected if self.is_promoted else own_corrected
        return CorrectedEstimate(
            told, inputs, raw, tuple(own), own_corrected, tuple(stack), stack_corrected
        )

    def learn(
        self, day: int, told: CorrectedEstimate, wait_s: float, *, waited: bool = True
    ) -> None:
        """A ticket was called after `wait_s`. Who was called at once has not `waited`: counted with
        the others they would make the ends too short for all who do."""
        self.bias.learn(wait_s, told.raw_s[MIDDLE])
        kind = (told.inputs.service, told.inputs.priority)
        self.drift.learn(kind, wait_s, told.raw_s[MIDDLE])
        self.stack.learn(day, told.inputs, wait_s)
        if not waited:
            return
        self.ends.learn(wait_s, told.own_s, told.own_corrected_s)
        if told.stack_s:
            self.stack_ends.learn(wait_s, told.stack_s, told.stack_corrected_s)
            self._today[0] += abs(wait_s - told.own_corrected_s[MIDDLE])
            self._today[1] += abs(wait_s - told.stack_corrected_s[MIDDLE])
            self._today[2] += 1

    def end_day(self, day: int) -> None:
        """Once a night."""
        if self._today[2]:
            self._shadow.append((self._today[0], self._today[1], int(self._today[2])))
        self._today = [0.0, 0.0, 0]
        own, stack, count = (sum(day[at] for day in self._shadow) for at in range(3))
        self.is_promoted = count >= SHADOW_FEWEST and stack < own
        self.stack.refit(day)
        self.bias, self.drift = Bias(), Drift()

    def plain(self) -> dict[str, Any]:
        return {
            "ends": self.ends.plain(),
            "stack_ends": self.stack_ends.plain(),
            "stack": self.stack.plain(),
            "shadow": [list(day) for day in self._shadow],
            "is_promoted": self.is_promoted,
        }

    def restore(self, plain: Mapping[str, Any]) -> None:
        self.ends.restore(plain["ends"])
        self.stack_ends.restore(plain["stack_ends"])
        self.stack.restore(plain["stack"])
        self._shadow.extend((own, stack, count) for own, stack, count in plain["shadow"])
        self.is_promoted = plain["is_promoted"]
