"""The list of planted faults fits the code: each can be planted, and its tests are there."""

from pathlib import Path

import pytest

from tests.bench.mutant_list import MUTANTS, Mutant

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_it_can_be_planted_in_exactly_one_place(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert mutant.old != mutant.new


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_tests_that_are_to_catch_it_are_there(mutant: Mutant) -> None:
    assert mutant.tests
    assert all((ROOT / test.split("::")[0]).exists() for test in mutant.tests)
