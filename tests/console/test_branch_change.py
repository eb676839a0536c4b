"""A branch's file is loaded while the branch has a day: nobody is stranded, nothing comes early,
and what held before stays in the record."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.clock import SystemClock
from lobby.console.branch_change import BranchChangeError, require_possible_now
from lobby.store.tables_waits import CALLING_RULES
from tests.app.people import MORNING
from tests.console.console import Console, one_sentence
from tests.store.office import Office, in_office

TODAY = SystemClock().now().date()
LATER = TODAY + timedelta(days=40)


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = DEMO.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "branch.toml"
    file.write_text(text, encoding="utf-8")
    return file


HOLDS_LATER = (
    (
        'version = "demo-2026.1"\nvalid_from = 2026-01-01',
        f'version = "later"\nvalid_from = {LATER}',
    ),
)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("target_min = 20", "target_min = 10"), "target_min"),
        (('en = "Riverside Branch"', 'en = "Riverside"'), "names"),
        (("counters = [1, 2, 3, 4, 5, 6]", "counters = [1, 2, 3, 4]"), "counters"),
        (("minutes = 4\n", "minutes = 9\n"), "services (A01)"),
    ],
    ids=["target", "name", "counters", "minutes"],
)
def test_what_has_no_date_does_not_change_before_its_day(
    console: Console, tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    console.founded()
    file = changed(tmp_path, *HOLDS_LATER, change)
    assert one_sentence(console.do("migrate", "--branch", file), str(LATER), named)
    assert console.do("migrate", "--branch", changed(tmp_path, *HOLDS_LATER)).code == 0
    same_day = changed(tmp_path, ('version = "demo-2026.1"', 'version = "today"'), change)
    assert console.do("migrate", "--branch", same_day).code == 0


def rules_of(console: Console) -> dict[date, str]:
    engine = create_engine(f"sqlite:///{console.database}")
    with engine.connect() as connection:
        rows = connection.execute(select(CALLING_RULES.c.valid_from, CALLING_RULES.c.content))
        found = {row.valid_from: row.content for row in rows}
    engine.dispose()
    return found


def test_rules_that_held_stay_in_the_record(console: Console, tmp_path: Path) -> None:
    """A file that says otherwise of the past changes what holds from today on."""
    console.founded()
    before = rules_of(console)
    assert console.do("migrate", "--branch", DEMO).code == 0
    assert rules_of(console) == before
    first = 'valid_from = 2026-01-01\norder = "rule_a"'
    file = changed(tmp_path, (first, first.replace("rule_a", "first_come")))
    assert console.do("migrate", "--branch", file).code == 0
    after = rules_of(console)
    assert before.items() <= after.items()
    new = {day: content for day, content in after.items() if day not in before}
    assert len(new) == 1
    assert abs((min(new) - TODAY).days) <= 1
    assert "first_come" in new[min(new)]


async def two_come(office: Office) -> None:
    for _ in range(2):
        await office.take(service="B01")


def test_a_service_is_not_taken_out_under_those_who_wait_for_it(console: Console) -> None:
    in_office(console.founded().database, two_come)
    demo = read_branch_file(DEMO)
    services = {code: each for code, each in demo.plan.services.items() if code != "B01"}
    without = replace(demo, plan=replace(demo.plan, services=services))
    engine = create_engine(f"sqlite:///{console.database}")
    with engine.connect() as connection:
        with pytest.raises(BranchChangeError, match=r"B01: 2"):
            require_possible_now(connection, without, MORNING)
        require_possible_now(connection, demo, MORNING)
        require_possible_now(connection, without, MORNING + timedelta(days=1))
    engine.dispose()
