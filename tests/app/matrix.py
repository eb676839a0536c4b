"""Which combinations of screens, languages, sizes and manners a test looks at.

Every run looks at so many that each value of one dimension has met each value of every other; with
`--matrix` a test looks at them all. What is wrong in one language and size shows in a pair; what
takes three to go wrong is for the option.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import Any

import pytest

OPTION = "--matrix"

Combination = tuple[Any, ...]
Pair = tuple[int, Any, int, Any]


class Matrix:
    """`is_whole` where everything is to be looked at."""

    def __init__(self, config: pytest.Config) -> None:
        self.is_whole: bool = config.getoption(OPTION)

    def __call__(self, *dimensions: Iterable[Any]) -> list[Combination]:
        """The combinations to look at, in the order of their product."""
        values = [list(dimension) for dimension in dimensions]
        return list(product(*values)) if self.is_whole else pairwise(values)

    def turns(self, things: Iterable[Any], manners: Sequence[Any]) -> list[tuple[Any, Any]]:
        """Each thing once, each in another manner than the one before."""
        things = list(things)
        if self.is_whole:
            return list(product(things, manners))
        return [(thing, manners[count % len(manners)]) for count, thing in enumerate(things)]


def pairwise(dimensions: Sequence[Sequence[Any]]) -> list[Combination]:
    """Few combinations that have every pair of values of two dimensions among them: time after
    time the one that has the most pairs that are still missing."""
    every = list(product(*dimensions))
    missing = {pair for combination in every for pair in _pairs(combination)}
    chosen = set()
    while missing:
        best = max(every, key=lambda combination: len(missing & _pairs(combination)))
        chosen.add(best)
        missing -= _pairs(best)
    return [combination for combination in every if combination in chosen]


def _pairs(combination: Combination) -> set[Pair]:
    return {
        (one, combination[one], other, combination[other])
        for one, other in combinations(range(len(combination)), 2)
    }
