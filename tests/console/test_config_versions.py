"""A branch's set-up goes out as a file, is compared, and comes back as a change with a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.clock import SystemClock
from lobby.store.set_up import SetUpVersion, set_up_versions
from lobby.store.store import Store
from tests.app.process import Server
from tests.console.console import Console, one_sentence

TODAY = SystemClock().now().date()
LATER = TODAY + timedelta(days=40)


@pytest.fixture
def exported(console: Console, tmp_path: Path) -> Path:
    file = tmp_path / "branch.toml"
    assert console.founded().do("config", "export", file).code == 0
    return file


def edited(file: Path, *changes: tuple[str, str]) -> Path:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    other = file.with_name("edited.toml")
    other.write_text(text, encoding="utf-8")
    return other


def versions(console: Console) -> list[SetUpVersion]:
    store = Store(console.database)
    found = store.read_now(lambda connection: set_up_versions(connection, "riverside"))
    store.close()
    return found


def target(console: Console, day: date | None = None) -> str:
    """Without a day, what holds today by the branch's own clock."""
    options = ("--day", str(day)) if day else ()
    text = console.do("config", "export", *options).out
    return next(line for line in text.splitlines() if line.startswith("target_min"))


def test_what_is_exported_says_the_same_as_the_file(console: Console, exported: Path) -> None:
    assert read_branch_file(exported) == read_branch_file(DEMO)
    assert console.do("config", "export").out == exported.read_text(encoding="utf-8")
    assert console.do("config", "diff", exported).out == "There is no difference.\n"
    assert console.do("config", "diff", DEMO).code == 0
    assert one_sentence(console.do("config", "export", exported), "cannot be written")


def test_a_difference_is_one_line_with_both_values(console: Console, exported: Path) -> None:
    other = edited(exported, ("target_min = 20", "target_min = 10"))
    for files in ([other], [exported, other]):
        said = console.do("config", "diff", *files)
        assert (said.code, said.out) == (1, "branch / target_min: 20 -> 10\n")


def test_a_file_is_imported_for_its_day(console: Console, exported: Path) -> None:
    changes = (
        (
            'version = "demo-2026.1"\nvalid_from = 2026-01-01',
            f'version = "l"\nvalid_from = {LATER}',
        ),
        ("target_min = 20", "target_min = 10"),
        ('counters = ["1", "2", "3", "4", "5", "6"]', 'counters = ["1", "2"]'),
    )
    limits = exported.read_text(encoding="utf-8").count("[[profiles")
    assert limits
    said = console.do("config", "import", edited(exported, *changes), "--reason", "New tariff")
    assert (said.code, str(LATER) in said.out) == (0, True), said
    assert (target(console), target(console, LATER)) == (
        "target_min = 20",
        "target_min = 10",
    )
    assert [each.reason for each in versions(console)] == ["", "New tariff"]


def test_every_mistake_is_named_and_nothing_is_stored(console: Console, exported: Path) -> None:
    wrong = edited(exported, ("target_min = 20", "target_min = -5"), ("minutes = 4", "minutes = 0"))
    said = console.do("config", "import", wrong)
    assert said.code == 1
    assert "edited.toml has 2 mistakes:" in said.out and "target_min" in said.out
    assert versions(console) == []


def test_the_file_of_a_branch_that_is_not_there_is_refused(
    console: Console, exported: Path
) -> None:
    other = edited(exported, ('id = "riverside"', 'id = "harbour"'))
    assert one_sentence(console.do("config", "import", other), "no branch 'harbour'")
    assert one_sentence(console.do("config", "import", exported), "Nothing would change")
    past = ("config", "import", edited(exported, ("target_min = 20", "target_min = 9")))
    assert one_sentence(console.do(*past, "--day", "2026-01-05"), "A day that is over")


def test_a_changed_branch_is_not_loaded_over(console: Console, exported: Path) -> None:
    file = edited(exported, ("target_min = 20", "target_min = 10"))
    assert console.do("config", "import", file).code == 0
    assert one_sentence(console.do("migrate", "--branch", DEMO), "lobby config import")


@pytest.fixture
def served(console: Console) -> Iterator[Console]:
    with Server(console.founded().database):
        yield console


def test_a_running_server_takes_a_file_at_once(served: Console, tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    assert served.do("config", "export", file).code == 0
    said = served.do("config", "import", edited(file, ("target_min = 20", "target_min = 10")))
    assert (said.code, said.err) == (0, "")
    assert target(served) == "target_min = 10"
    assert versions(served)[-1].actor.startswith("system/")
