"""A branch's rules as its file says them: dated, checked, and defaults where it says nothing."""

from datetime import date
from pathlib import Path

import pytest

from lobby.catalogue.branch_rules import IN_RULES, READERS, read_branch_rules
from lobby.catalogue.entries import Entry
from lobby.catalogue.mistakes import Mistakes
from lobby.catalogue.reading import DEMO, CatalogueError, read_plan, read_rules
from lobby.queueing.model.priority import CallingRule, Order, Priority, Promise
from lobby.store.branch_rules import BranchRules

MAY = date(2026, 5, 1)


def rules_of(content: dict[str, object]) -> dict[date, BranchRules]:
    mistakes = Mistakes()
    dated = read_branch_rules(Entry(content, "the file", mistakes))
    mistakes.require_none("branch.toml", lambda _: 1)
    return dated


def test_each_rule_that_a_branch_has_is_read_from_its_file() -> None:
    assert READERS.keys() == IN_RULES


def test_a_file_without_rules_gives_the_defaults_since_ever() -> None:
    assert list(rules_of({}).values()) == [BranchRules()]


def test_each_set_holds_from_its_day_and_keeps_the_defaults_it_does_not_name() -> None:
    dated = rules_of(
        {
            "rules": [
                {"valid_from": date(2026, 1, 1), "order": "first_come"},
                {
                    "valid_from": MAY,
                    "overtakes_max": 2,
                    "auto_call": True,
                    "stuck_outcome_min": 20,
                    "promises": {"regular": {"within_min": 15, "head_start_min": 0}},
                },
            ]
        }
    )
    assert dated[date(2026, 1, 1)].calling == CallingRule(order=Order.FIRST_COME)
    may = dated[MAY]
    assert (
        may.calling.overtakes_max,
        may.counter_policy.auto_call,
        may.counter_policy.grace_s,
    ) == (2, True, 45)
    assert (may.lobby_policy.stuck_outcome_min, may.lobby_policy.risk_outcome_min) == (20, 15)
    assert may.calling.promise(Priority.REGULAR) == Promise(15, 0)
    assert may.calling.promise(Priority.ASSISTANCE) == Promise(10, 5)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"overtakes": 3}, "'overtakes', which nobody reads; did you mean 'overtakes_max'"),
        ({"promises": {"regulr": {}}}, "did you mean 'regular'"),
        ({"promises": {"regular": {"within": 9}}}, "did you mean 'within_min'"),
        ({"promises": 3}, "it takes a table of values"),
        ({"grace": 3}, "did you mean 'grace_s'"),
        ({"order": "loudest"}, "it knows first_come, strict, rule_a"),
        ({"overtakes_max": -1}, "it takes a whole number from 0 to 1,000"),
        ({"overtakes_max": "three"}, "it takes a whole number from 0"),
        ({"calls_before_absent": 0}, "it takes a whole number from 1 to 20"),
        ({"help_outcome_min": 0}, "it takes a number from 0.1 to 480"),
        ({"valid_from": "soon"}, "it takes a day such as 2026-01-01"),
        ({"promises": {"regular": {"within_min": 0, "head_start_min": 0}}}, "from 0.1 to 480"),
    ],
)
def test_it_says_what_is_wrong_with_a_set(entry: dict[str, object], words: str) -> None:
    with pytest.raises(CatalogueError, match=words):
        rules_of({"rules": [entry]})


def test_two_sets_of_one_day_are_refused() -> None:
    with pytest.raises(CatalogueError, match="same day"):
        rules_of({"rules": [{"valid_from": MAY}, {"valid_from": MAY}]})


def test_the_demo_branch_calls_by_rule_a(tmp_path: Path) -> None:
    assert read_plan(DEMO).calling == CallingRule()
    assert list(read_rules(DEMO)) == [date(2026, 1, 1)]
    premium = tmp_path / "branch.toml"
    text = DEMO.read_text(encoding="utf-8")
    premium.write_text(
        text.replace("counters = [1, 2, 3, 4, 5, 6]", "counters = [1, 2]\npremium_counters = [2]"),
        encoding="utf-8",
    )
    assert [each.premium for each in read_plan(premium).counters.values()] == [False, True]
    premium.write_text(
        text.replace("counters = [1, 2, 3, 4, 5, 6]", "counters = [1, 2]\npremium_counters = [7]"),
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match="no counter 7"):
        read_plan(premium)
