"""A missing program is skipped aloud, or fails where it was asked for; never passed over."""

from pathlib import Path

import pytest

from tests import needs
from tests.needs import FINDERS, REASONS


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with none of the programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(needs, "DEBIAN_POSTGRES", tmp_path)
    monkeypatch.setattr(needs, "DEBIAN_SYSTEM_PROGRAMS", tmp_path)


@pytest.mark.parametrize("what", FINDERS)
def test_it_finds_whatever_this_run_requires(what: str) -> None:
    assert FINDERS[what]() is not None or what not in needs.required(), REASONS[what]


@pytest.mark.parametrize("what", FINDERS)
@pytest.mark.usefixtures("bare_machine")
def test_it_skips_with_a_reason_where_a_program_is_absent(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOBBY_TEST_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match=REASONS[what]):
        needs.needs(what)


@pytest.mark.parametrize("what", FINDERS)
@pytest.mark.usefixtures("bare_machine")
def test_it_fails_where_an_absent_program_is_required(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOBBY_TEST_REQUIRE", f"browser, {what}")
    with pytest.raises(pytest.fail.Exception, match=f"asks for {what}"):
        needs.needs(what)


def test_it_stops_at_a_requirement_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOBBY_TEST_REQUIRE", "browser,telepathy")
    with pytest.raises(pytest.UsageError, match="telepathy"):
        needs.required()


@pytest.mark.usefixtures("bare_machine")
def test_it_takes_the_newest_postgres_of_several(tmp_path: Path) -> None:
    for version in ("9", "15", "17"):
        program = tmp_path / version / "bin" / "postgres"
        program.parent.mkdir(parents=True)
        program.touch()
    assert FINDERS["postgres"]() == tmp_path / "17" / "bin" / "postgres"
