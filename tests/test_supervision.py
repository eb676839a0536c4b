"""Each part of the house is killed in turn: it is seen, logged and back by itself."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lobby import supervision
from lobby.printing.printers import Address
from lobby.store.devices import DeviceKind
from lobby.supervision import Part, PartKind, Supervisor
from tests.app.app import LocalApp
from tests.app.server import wait_until

ROOT = Path(__file__).parents[1]
OWN_TASKS = {
    "lobby/supervision.py": "starts them all",
    "lobby/printing/slip_ledger.py": "one slip, whose row the next start takes up",
    "lobby/store/writer.py": "the thread that ends the process when it fails",
    "lobby/replay/listening.py": "a command's own, which ends with it",
    "lobby/console/replay.py": "a command's own, which ends with it",
    "lobby/planning/service.py": "asked for by somebody, ended after its time and logged",
}


def test_nothing_runs_that_nobody_looks_after() -> None:
    """Whoever starts a task or a thread has it supervised, or says here why not."""
    starts = re.compile(r"\bcreate_task\(|\bensure_future\(|\bThread\(|\bTaskGroup\(")
    found = {
        str(path.relative_to(ROOT))
        for folder in ("lobby", "kiosk", "display", "counter")
        for path in (ROOT / folder).rglob("*.py")
        if starts.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(OWN_TASKS)


@pytest.fixture
def busy(door: LocalApp) -> Iterator[LocalApp]:
    """A house in which every kind of part runs: a display looks on, somebody is signed in, a
    printer is asked how it is."""
    door.signed_in("lan").get("/floor")
    display = door.paired(DeviceKind.DISPLAY)
    headers = {"Cookie": display.cookie_header, "Origin": "http://testserver"}

    async def use_a_printer() -> None:
        door.services.printers.at(Address("127.0.0.1", 9))

    door.run(use_a_printer)
    with door.client.websocket_connect("/display/live", headers=headers) as socket:
        socket.receive_json()
        yield door


def kinds(door: LocalApp) -> set[PartKind]:
    return {part.kind for part in door.services.supervisor.parts}


def test_every_kind_of_part_runs_in_a_busy_house(busy: LocalApp) -> None:
    outside = {PartKind.WRITER, PartKind.DEMO, PartKind.BACKUPS, PartKind.SUMMARIES}
    """They run where there is a demo, or a folder for copies or summaries."""
    assert kinds(busy) == set(PartKind) - outside


def kill(door: LocalApp, part: Part) -> None:
    async def cancel() -> None:
        part.task.cancel()

    door.run(cancel)


def check_each_part_comes_back(door: LocalApp) -> None:
    for part in door.services.supervisor.parts:
        before = part.task
        kill(door, part)
        wait_until(before.done, 5)
        wait_until(lambda part=part: not part.task.done(), 2)  # type: ignore[misc]
        assert part.task is not before, part.name
        assert part in door.services.supervisor.parts
        assert part.failures >= 1
        assert part.last_failure
        assert door.services.supervisor.failures[part.kind] >= 1


def test_each_part_that_is_killed_is_seen_and_comes_back(
    busy: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "WELL_AFTER_S", 60.0)
    check_each_part_comes_back(busy)
    assert busy.stranger().get("/readyz").status_code == 200
    assert busy.take() == "A001"


def test_it_would_notice_a_part_that_stays_dead(
    busy: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Part, "_start_again_later", lambda *_arguments: None)
    with pytest.raises(AssertionError):
        check_each_part_comes_back(busy)


async def until(holds: object) -> None:
    async with asyncio.timeout(5):
        while not holds():  # type: ignore[operator]  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def test_a_part_that_fails_again_and_again_is_tried_ever_more_rarely() -> None:
    async def scenario() -> None:
        supervisor, tries = Supervisor(), 0

        async def fail() -> None:
            nonlocal tries
            tries += 1
            raise ValueError(f"try {tries}")

        part = supervisor.start(PartKind.ADVICE, fail)
        rests = []
        for number in (1, 2, 3):
            await until(lambda number=number: part.failures == number)
            rests.append(part._rest_s)
        assert rests == [0.2, 0.4, 0.8]
        assert part.is_failing
        part.stop()
        assert supervisor.parts == ()

    asyncio.run(scenario())


def test_a_part_that_runs_on_is_well_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "WELL_AFTER_S", 0.05)

    async def scenario() -> None:
        supervisor, changes = Supervisor(), []
        supervisor.on_change = lambda part: changes.append(part.is_failing)
        part = supervisor.start(PartKind.DAYS, lambda: asyncio.sleep(60))
        part.task.cancel()
        await until(lambda: changes == [True, False])
        assert supervisor.failures[PartKind.DAYS] == 1
        part.stop()

    asyncio.run(scenario())


def test_a_part_that_knows_when_it_is_no_longer_needed_is_not_started_again() -> None:
    async def scenario() -> None:
        supervisor = Supervisor()
        part = supervisor.start(PartKind.SESSIONS, lambda: asyncio.sleep(0), may_end=True)
        await until(lambda: part.is_over)
        assert (supervisor.parts, part.failures) == ((), 0)

    asyncio.run(scenario())
