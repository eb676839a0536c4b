"""A set-up becomes a tree and a file again and loses nothing; two differ value by value."""

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from lobby.catalogue.file_tree import canonical, tree_of
from lobby.catalogue.reading import DEMO, TreeError, read_branch_file, read_branch_tree
from lobby.catalogue.toml_text import to_toml
from lobby.setup.changes import (
    ABSENT,
    Change,
    NoPlaceError,
    changed,
    differences,
    from_text,
    path_of,
    to_text,
    value_at,
)

FILE = tomllib.loads(DEMO.read_text(encoding="utf-8"))
DEMO_TREE = canonical(FILE, read_branch_file(DEMO))
BREAKS = """
[hours]
retail = { weekday = [[08:30:00, 11:30:00], [13:30:00, 17:00:00]], friday = [08:30:00, 16:00:00] }
corporate = {}
counters = { weekday = [13:30:00, 17:00:00] }
last_ticket_min = 15
special_days = [
  { day = 2026-03-09, until = 2026-03-12, open = [], names = { en = "S", zh = "S", vi = "S" } },
  { day = 2026-03-14, like = "monday" },
  { day = 2026-03-16, open = [09:00:00, 11:00:00], whose = ["corporate"] },
]
"""


def test_the_tree_of_a_branch_reads_as_the_same_branch() -> None:
    branch = read_branch_file(DEMO)
    assert read_branch_tree(tree_of(branch)) == branch
    assert read_branch_tree(DEMO_TREE) == branch


def test_hours_of_every_kind_come_back_as_they_were() -> None:
    file = {**FILE, "hours": tomllib.loads(BREAKS)["hours"]}
    branch = read_branch_tree(deepcopy(file))
    assert read_branch_tree(canonical(file, branch)) == branch


def test_what_is_written_reads_as_the_same_tree_and_is_stable(tmp_path: Path) -> None:
    text = to_toml(DEMO_TREE)
    assert tomllib.loads(text) == DEMO_TREE
    file = tmp_path / "written.toml"
    file.write_text(text, encoding="utf-8")
    again = read_branch_file(file)
    assert to_toml(canonical(tomllib.loads(text), again)) == text
    assert max(map(len, text.splitlines())) < 200


def test_a_set_up_that_is_the_same_has_no_differences() -> None:
    assert differences(DEMO_TREE, deepcopy(DEMO_TREE)) == []


def edited(edit: Any) -> Any:
    tree = deepcopy(DEMO_TREE)
    edit(tree)
    return tree


def drop(tree: Any, key: str, position: int) -> None:
    tree[key].pop(position)


def put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    *parents, last = path
    for key in parents:
        tree = tree[key]
    tree[last] = value


@pytest.mark.parametrize(
    ("edit", "paths"),
    [
        (lambda tree: put(tree, ("branch", "target_min"), 10), [("branch", "target_min")]),
        (
            lambda tree: put(tree, ("services", 2, "fees", "counter", "amounts", "CN"), 12),
            [("services", "A04", "fees", "counter", "amounts", "CN")],
        ),
        (lambda tree: drop(tree, "services", 5), [("services", "B01")]),
        (lambda tree: tree["services"].reverse(), [("services",)]),
        (
            lambda tree: tree["hours"]["special_days"].append({"day": 1}),
            [("hours", "special_days", "1")],
        ),
        (
            lambda tree: put(tree, ("profiles", "CN", "limits", 1, "amount"), 30_000),
            [("profiles", "CN", "limits", "cash 2026-01-01", "amount")],
        ),
        (lambda tree: put(tree, ("branch", "counters"), ["1"]), [("branch", "counters")]),
        (lambda tree: tree["services"][0].pop("machine"), [("services", "A01", "machine")]),
    ],
    ids=["value", "in a list", "gone", "order", "new", "named by two", "plain list", "table"],
)
def test_a_difference_names_its_place_and_makes_the_other_tree(
    edit: Any, paths: list[tuple[str, ...]]
) -> None:
    after = edited(edit)
    found = differences(DEMO_TREE, after)
    assert [each.path for each in found] == paths
    changes = [each.change for each in found]
    assert changed(DEMO_TREE, changes) == after
    assert from_text(to_text(changes)) == tuple(changes)
    assert all(value_at(after, each.path) == each.value for each in changes)


def test_a_change_of_what_is_gone_says_so() -> None:
    lost = Change(("services", "Z99", "minutes"), 4)
    with pytest.raises(NoPlaceError, match="services / Z99 / minutes"):
        changed(DEMO_TREE, [lost])
    assert value_at(DEMO_TREE, lost.path) is ABSENT


def test_two_changes_touch_where_one_lies_within_the_other() -> None:
    fee = Change(("services", "A04", "fees"), {})
    assert fee.touches(("services", "A04", "fees", "counter")) and fee.touches(("services",))
    assert not fee.touches(("services", "A01")) and fee.touches(())


def test_a_mistake_has_the_path_of_its_value() -> None:
    wrong = edited(lambda tree: put(tree, ("services", 2, "minutes"), -1))
    with pytest.raises(TreeError) as told:
        read_branch_tree(wrong)
    (mistake,) = told.value.mistakes
    assert path_of(wrong, mistake.place) == ("services", "A04", "minutes")
    assert "service A04 has -1 for 'minutes'" in mistake.sentence


def test_a_service_that_is_not_offered_keeps_its_place_and_texts() -> None:
    file = deepcopy(FILE)
    file["services"][5]["offered"] = False
    branch = read_branch_tree(deepcopy(file))
    assert "B01" in branch.not_offered
    assert "B01" not in branch.catalogue.services and "B01" not in branch.plan.services
    assert "B01" not in branch.catalogue.routine
    kept = canonical(file, branch)
    assert differences(DEMO_TREE, kept)[0].path == ("services", "B01", "offered")
    assert len(differences(DEMO_TREE, kept)) == 1
