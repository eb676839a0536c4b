"""The shell: an act is decided, kept and told once, in one order, and outlives a restart."""

import asyncio
import secrets
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from lobby.branch import Actor, Branch, KeyReusedError, Outcome
from lobby.live.changes import Change
from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.counter import CallAgain, CallNext, Hold, OpenCounter, StartServing
from lobby.queueing.commands.ticket import CancelTicket, SetCallModes, TakeTicket
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.waiting_line import WaitingLine
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import CounterBusy, CounterNotOpen, NobodyWaiting
from lobby.settings import Database
from lobby.store.history import History
from lobby.store.known_acts import KnownActs
from lobby.store.log import Act
from lobby.store.tables import ACTS, EVENTS, SITTINGS, VISITS
from lobby.store.writer import StoreUnavailableError
from tests.store.office import KIOSK, Office, in_office, number_of, open_office

OPEN = OpenCounter("1", "thu", ("A01", "A02", "B01"))


async def check_double_tap(office: Office) -> None:
    """Two taps one after the other, then twenty at once: one ticket each time."""
    first = await office.take("tap")
    again = await office.take("tap")
    assert again == replace(first, repeated=True)
    outcomes = await office.together(*(office.take("burst") for _ in range(20)))
    assert {outcome.version for outcome in outcomes} == {first.version + 1}
    assert [outcome.repeated for outcome in outcomes] == [False] + 19 * [True]
    assert {number_of(outcome) for outcome in outcomes} == {"A002"}
    assert len(office.rows(VISITS)) == 2
    assert [change.version for change in office.changes] == [first.version, first.version + 1]


def test_it_takes_a_double_tap_for_one_act(database: Database) -> None:
    in_office(database, check_double_tap)


class KeyPerRequest(Branch):
    """What a kiosk does that draws its key when it sends, not when the screen is shown."""

    async def perform(self, command: Command, actor: Actor, key: str, **more: Any) -> Outcome:
        return await super().perform(command, actor, f"{key}-{secrets.token_hex(4)}", **more)


class Forgetful(KnownActs):
    def get(self, key: str) -> Act | None:
        """Knows of nothing."""


class ForgetfulBranch(Branch):
    """Never looks whether a key was used before."""

    def __init__(self, history: History, *others: Any) -> None:
        super().__init__(history, *others)
        self._acts = Forgetful()


def test_it_would_notice_a_key_made_per_request(database: Database) -> None:
    async def scenario() -> None:
        async with open_office(database, KeyPerRequest) as office:
            await check_double_tap(office)

    with pytest.raises(AssertionError):
        asyncio.run(scenario())


def test_it_has_a_second_line_of_defence_in_the_database(database: Database) -> None:
    async def scenario() -> None:
        async with open_office(database, ForgetfulBranch) as office:
            await office.take("tap")
            with pytest.raises(
                StoreUnavailableError, match=r"UNIQUE constraint failed: acts|\"pk_acts\""
            ):
                await office.take("tap")
            assert len(office.rows(VISITS)) == 1
            assert office.refolded() == office.riverside.hall

    asyncio.run(scenario())


def test_it_remembers_a_key_after_a_restart(database: Database) -> None:
    first = in_office(database, lambda office: office.take("tap"))

    async def scenario(office: Office) -> None:
        assert await office.take("tap") == replace(first, repeated=True)
        assert office.changes == []
        assert number_of(await office.take("other")) == "A002"

    in_office(database, scenario)


@pytest.mark.parametrize(
    ("command", "actor"),
    [
        (TakeTicket("A02", "vi", "secret"), KIOSK),
        (TakeTicket("A01", "zh", "secret"), KIOSK),
        (CancelTicket("A001"), KIOSK),
    ],
)
def test_it_refuses_a_key_that_was_used_for_something_else(
    database: Database, command: Command, actor: Actor
) -> None:
    async def scenario(office: Office) -> None:
        first = await office.take("tap")
        before = office.riverside.hall
        with pytest.raises(KeyReusedError):
            await office.act(command, "tap", actor=actor)
        together = await office.together(
            office.take("tap"), office.act(command, "tap", actor=actor), office.take("next")
        )
        assert together[0] == replace(first, repeated=True)
        assert isinstance(together[1], KeyReusedError)
        assert number_of(together[2]) == "A002"
        assert office.riverside.hall.version == before.version + 1

    in_office(database, scenario)


def test_it_leaves_nothing_of_a_refused_act_and_its_key_free(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.act(OPEN)
        before = office.riverside.hall
        kept = [office.rows(table) for table in (EVENTS, ACTS, VISITS, SITTINGS)]
        with pytest.raises(NobodyWaiting):
            await office.act(CallNext("1"), "next")
        assert office.riverside.hall is before
        assert [office.rows(table) for table in (EVENTS, ACTS, VISITS, SITTINGS)] == kept
        assert len(office.changes) == 1
        await office.take()
        called = await office.act(CallNext("1"), "next")
        assert (called.repeated, office.riverside.hall.counters["1"].ticket) == (False, "A001")

    in_office(database, scenario)


def test_it_refuses_without_waiting_for_the_disk(tmp_path: Path) -> None:
    """Another program holds the file: what changes nothing needs no transaction."""

    async def scenario(office: Office) -> None:
        await office.take()
        commits = office.store.writer.figures.commits
        with closing(sqlite3.connect(tmp_path / "lobby.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            async with asyncio.timeout(5):
                acts = [office.act(CallNext("1")), office.act(CallNext("2")), office.act(OpenDay())]
                answers = await asyncio.gather(*acts, return_exceptions=True)
        assert all(isinstance(answer, Refusal) for answer in answers)
        assert office.store.writer.figures.commits == commits
        assert number_of(await office.take()) == "A002"

    in_office(tmp_path / "lobby.db", scenario)


def test_it_decides_each_act_of_a_batch_on_the_one_before(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.act(OPEN)
        commits = office.store.writer.figures.commits
        outcomes = await office.together(
            office.act(CallNext("1")),
            office.take(),
            office.act(CallNext("1")),
            office.act(CallNext("1")),
            office.act(CancelTicket("A001")),
            office.take(),
        )
        assert office.store.writer.figures.commits == commits + 2
        refused = [type(o) for o in outcomes if isinstance(o, Refusal)]
        assert refused == [NobodyWaiting, CounterBusy]
        versions = [o.version for o in outcomes if isinstance(o, Outcome)]
        assert versions == [3, 4, 5, 6]
        assert office.refolded() == office.riverside.hall

    in_office(database, scenario)


def test_it_publishes_in_the_order_of_commits_with_the_calls(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.act(OPEN)
        await office.together(
            office.take(),
            office.act(CallNext("1")),
            office.act(CallAgain("1", "A001")),
            office.act(StartServing("1", "A001")),
        )
        assert [change.version for change in office.changes] == [2, 3, 4, 5, 6]
        called, again = (c.announcements[0] for c in office.changes if c.announcements)
        assert (called.id, again.id) == ("riverside--4", "riverside--5")
        assert (called.ticket, called.counter) == ("A001", "1")
        assert called.languages == ("vi", "zh")
        assert called.expires_at == office.clock.now() + timedelta(seconds=30)

    in_office(database, scenario)


def test_it_says_with_each_call_how_the_customer_wants_to_be_called(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.act(OPEN)
        await office.take()
        await office.take()
        pager = (CallMode.PAGER, CallMode.FLASH)
        await office.act(SetCallModes("A002", pager, "7"))
        for command in (CallNext("1"), Hold("1", "A001", "form"), CallNext("1")):
            await office.act(command)
        usual, own = (call for change in office.changes for call in change.announcements)
        assert (usual.modes, usual.service, usual.pager) == (("voice", "display"), "A01", "")
        assert (own.modes, own.service, own.pager) == (("flash", "pager"), "A01", "7")

    in_office(database, scenario)


class Deaf:
    def publish(self, change: Change) -> None:
        raise ConnectionError(f"nobody hears of {change.version}")


def test_it_answers_also_when_telling_the_screens_fails(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(office: Office) -> None:
        office.restart_with(office.riverside.hall, Deaf())
        outcomes = await office.together(*(office.take() for _ in range(3)))
        assert [number_of(outcome) for outcome in outcomes] == ["A001", "A002", "A003"]

    in_office(database, scenario)
    assert len(caplog.records) == 3


def test_it_calls_from_a_counter_that_has_left_the_plan(database: Database) -> None:
    async def scenario(office: Office) -> None:
        await office.act(OPEN)
        await office.take()
        hall = office.riverside.hall
        fewer = {key: c for key, c in hall.plan.counters.items() if key != "1"}
        smaller = structs.replace(hall, plan=replace(hall.plan, counters=fewer))
        office.restart_with(smaller)
        await office.act(CallNext("1"))
        assert office.changes[-1].announcements[0].counter == "1"

    in_office(database, scenario)


def test_it_writes_nothing_of_an_act_that_cannot_be_folded(database: Database) -> None:
    """A hall that has lost a line is a bug; the log stays good all the same."""

    async def scenario(office: Office) -> None:
        for service in ("A01", "B01"):
            await office.take(service=service)
        good = office.riverside.hall
        office.restart_with(structs.replace(good, lines={"A01": WaitingLine((("A001",),), 1)}))
        office.clock.advance(24 * 3600)
        with pytest.raises(ValueError, match="not in tuple"):
            await office.act(OpenDay())
        assert len(office.rows(EVENTS)) == 3
        assert office.refolded() == good

    in_office(database, scenario)


def test_it_keeps_branches_apart(database: Database) -> None:
    async def scenario(office: Office) -> None:
        both = await office.together(
            *(office.take("same key", branch) for branch in ("riverside", "harbour")),
            *(office.take("", branch) for branch in 2 * ("riverside", "harbour")),
            office.act(OPEN, branch="harbour"),
            office.act(CallNext("1"), branch="harbour"),
            office.act(CallNext("1"), branch="riverside"),
        )
        assert isinstance(both[-1], CounterNotOpen)
        assert [number_of(o) for o in both[:6]] == ["A001", "A001", "A002", "A002", "A003", "A003"]
        assert (office.riverside.hall.version, office.harbour.hall.version) == (4, 6)
        for branch in ("riverside", "harbour"):
            assert office.refolded(branch) == office.branches[branch].hall
            own = [c.version for c in office.changes if c.branch_id == branch]
            assert own == sorted(own)
        assert office.riverside.hall.waiting_count() == 3

    in_office(database, scenario)
