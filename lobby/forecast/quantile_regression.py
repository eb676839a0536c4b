"""Layer C: a quantile regression on the simulation and simple rules of thumb, refitted each night.

log(wait + kappa) = beta' x for each quantile, solved by iteratively reweighted least squares:
w = (p if r >= 0 else 1 - p) / max(|r|, eps), beta = (X'WX + ridge)^-1 X'Wy. Numpy only.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lobby.forecast.calibration import KAPPA_S
from lobby.forecast.estimate_builder import QUANTILES
from lobby.forecast.scene import Floats

ROWS_MIN = 500
"""Tickets before the first fit."""

DAYS = 45
ROWS, STORED = 12_000, 6000
"""Rows of one fit, and of those that are stored: older ones are thinned evenly, or left."""

COMMON = 30
"""Rows of one service or class before it gets a level of its own."""

ROUNDS = 15
"""A fit begins where last night's ended, so few are enough; the first takes `INITIAL_ROUNDS`."""

INITIAL_ROUNDS = 40
RIDGE, EPS = 1.0, 0.02

BLOCK = 128
"""Rows of one product."""

TOLERANCE = 0.001
"""A fit that moves no coefficient further is done."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What layer C looks at for one ticket: numbers (always as many), and what it is."""

    numbers: tuple[float, ...]
    service: str
    priority: str


@dataclass(frozen=True, slots=True)
class _Row:
    day: int
    inputs: Inputs
    wait_s: float


class QuantileRegression:
    """Remembers joined tickets with their waits, and the last fit."""

    def __init__(self) -> None:
        self._rows: deque[_Row] = deque(maxlen=4 * ROWS)
        self._names: list[str] = []
        self._beta: Floats | None = None
        self._middle = self._scale = np.empty(0)

    @property
    def is_fitted(self) -> bool:
        return self._beta is not None

    def learn(self, day: int, inputs: Inputs, wait_s: float) -> None:
        self._rows.append(_Row(day, inputs, wait_s))

    def refit(self, day: int) -> None:
        """Once a night, on the last 45 days."""
        while self._rows and self._rows[0].day < day - DAYS:
            self._rows.popleft()
        if len(self._rows) < ROWS_MIN:
            return
        step = -(-len(self._rows) // ROWS)
        rows = list(self._rows)[::-1][::step]
        names = _names(rows)
        numbers = np.array([row.inputs.numbers for row in rows])
        self._middle, self._scale = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
        known = self._beta if names == self._names else None
        self._names = names
        inputs = self._matrix(numbers, [row.inputs for row in rows])
        waits = np.log(np.array([row.wait_s for row in rows]) + KAPPA_S)
        self._beta = np.stack(
            [
                _quantile_fit(inputs, waits, share, known[at] if known is not None else None)
                for at, share in enumerate(QUANTILES)
            ]
        )

    def quantiles_s(self, inputs: Inputs) -> list[float]:
        """The waits at `QUANTILES`, ascending, of one ticket; needs a fit."""
        assert self._beta is not None, "ask is_fitted first"
        row = self._matrix(np.array([inputs.numbers]), [inputs])[0]
        waits_s = np.exp(np.minimum(self._beta @ row, 12.0)) - KAPPA_S
        return sorted(max(0.0, float(each)) for each in waits_s)

    def _matrix(self, numbers: Floats, inputs: Sequence[Inputs]) -> Floats:
        """Columns: one, the numbers in standard units, then one for each common level."""
        at = {name: column for column, name in enumerate(self._names)}
        width = 1 + numbers.shape[1]
        matrix = np.zeros((len(numbers), width + len(at)))
        matrix[:, 0] = 1.0
        matrix[:, 1:width] = np.clip((numbers - self._middle) / self._scale, -6.0, 6.0)
        for row, each in enumerate(inputs):
            for name in _levels(each):
                if name in at:
                    matrix[row, width + at[name]] = 1.0
        return matrix

    def plain(self) -> dict[str, Any]:
        return {
            "rows": [
                [row.day, row.inputs.service, row.inputs.priority, round(row.wait_s, 1)]
                + [round(number, 3) for number in row.inputs.numbers]
                for row in list(self._rows)[-STORED:]
            ],
            "names": self._names,
            "beta": None if self._beta is None else self._beta.tolist(),
            "middle": self._middle.tolist(),
            "scale": self._scale.tolist(),
        }

    def restore(self, plain: Mapping[str, Any]) -> None:
        for day, service, priority, wait_s, *numbers in plain["rows"]:
            self.learn(day, Inputs(tuple(numbers), service, priority), wait_s)
        self._names = list(plain["names"])
        self._beta = None if plain["beta"] is None else np.array(plain["beta"])
        self._middle, self._scale = np.array(plain["middle"]), np.array(plain["scale"])


def _levels(inputs: Inputs) -> tuple[str, str]:
    return f"service {inputs.service}", f"class {inputs.priority}"


def _names(rows: Sequence[_Row]) -> list[str]:
    """Services and classes common enough for a level of their own."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in _levels(row.inputs):
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= COMMON)


def _products(left: Floats, right: Floats) -> Floats:
    """The product of one matrix, turned, with another, block by block: large products would wake as
    many threads as the machine has cores, and take them from those who serve."""
    blocks = -(-len(left) // BLOCK)
    shape = (blocks, BLOCK)
    padded = [np.zeros((blocks * BLOCK, each.shape[1])) for each in (left, right)]
    padded[0][: len(left)], padded[1][: len(right)] = left, right
    first, second = (each.reshape(*shape, each.shape[1]) for each in padded)
    products: Floats = np.matmul(first.transpose(0, 2, 1), second).sum(axis=0)
    return products


def _quantile_fit(inputs: Floats, waits: Floats, share: float, beta: Floats | None) -> Floats:
    ridge = RIDGE * np.eye(inputs.shape[1])
    ridge[0, 0] = 1e-6
    rounds = INITIAL_ROUNDS if beta is None else ROUNDS
    found: Floats = np.zeros(inputs.shape[1]) if beta is None else beta
    for _ in range(rounds):
        rest = waits - np.einsum("ij,j->i", inputs, found)
        weights = np.where(rest >= 0, share, 1 - share) / np.maximum(np.abs(rest), EPS)
        weighted = inputs * weights[:, None]
        solved = np.linalg.solve(
            _products(weighted, inputs) + ridge, np.einsum("ij,i->j", weighted, waits)
        )
        moved = float(np.abs(solved - found).max())
        found = solved.astype(np.float64)
        if moved < TOLERANCE:
            break
    return found
