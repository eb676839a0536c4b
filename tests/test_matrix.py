"""The pairwise core of what every run looks at leaves out no pair."""

from itertools import combinations, product

import pytest

from tests.app.matrix import OPTION, Matrix, pairwise

SCREENS = [f"screen {number}" for number in range(11)]
LANGUAGES, SIZES = ("zh", "vi", "en"), ("", "large")


class Config:
    def __init__(self, *, whole: bool) -> None:
        self.whole = whole

    def getoption(self, name: str) -> bool:
        assert name == OPTION
        return self.whole


def matrix(*, whole: bool) -> Matrix:
    return Matrix(Config(whole=whole))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "dimensions", [(SCREENS, LANGUAGES, SIZES), (LANGUAGES, SIZES), (SIZES, SIZES, LANGUAGES, "ab")]
)
def test_every_value_meets_every_value_of_another_dimension(
    dimensions: tuple[tuple[str, ...], ...],
) -> None:
    chosen = pairwise(dimensions)
    for one, other in combinations(range(len(dimensions)), 2):
        met = {(combination[one], combination[other]) for combination in chosen}
        assert met == set(product(dimensions[one], dimensions[other]))


def test_it_is_about_as_few_as_can_be() -> None:
    assert len(SCREENS) * len(LANGUAGES) <= len(pairwise((SCREENS, LANGUAGES, SIZES))) <= 36


def test_the_option_looks_at_everything() -> None:
    assert matrix(whole=True)(SCREENS, LANGUAGES, SIZES) == list(product(SCREENS, LANGUAGES, SIZES))
    assert len(matrix(whole=True).turns(SCREENS, LANGUAGES)) == len(SCREENS) * len(LANGUAGES)


def test_in_turns_each_thing_is_looked_at_once_and_each_manner_used() -> None:
    chosen = matrix(whole=False).turns(SCREENS, LANGUAGES)
    assert [screen for screen, _ in chosen] == SCREENS
    assert {language for _, language in chosen} == set(LANGUAGES)
