"""The log is the truth: hall, visits and sittings are what a fresh look at it makes of them."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from lobby.queueing.events.care import MachineOffered
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.queueing.refusals.refusal import Refusal
from lobby.settings import Database
from lobby.store.log import decode, events_of_last_day, scoped_key
from lobby.store.projection import sitting_row, visit_row
from lobby.store.tables import ACTS, EVENTS, SITTINGS, VISITS
from lobby.store.visits import (
    SittingSpan,
    Visit,
    days_with_visits,
    sittings_of,
    visit_by_secret,
    visits_of,
)
from tests.app.people import plan
from tests.app.postgres import database_of
from tests.queueing.people import People
from tests.store.office import KIOSK, Office, in_office, open_office

BRANCHES = ("riverside", "harbour")


async def some_days(office: Office, seed: int, acts: int) -> None:
    """Both branches at once, on a clock that mostly goes forward and now and then jumps."""
    random, people = Random(seed), People(seed)
    jumps = [timedelta(hours=hours) for hours in (6, -2, 24, 24, -12, 48)]
    for number in range(acts):
        branch = random.choice(BRANCHES)
        command = people.act(office.branches[branch].hall)
        with suppress(Refusal):
            await office.act(command, f"{seed}-{number}", branch)
        office.clock.advance(random.randrange(60))
        if random.random() < 0.02:
            office.clock.move_to(office.clock.now() + random.choice(jumps))


@pytest.fixture(scope="module", params=[("sqlite", 1), ("sqlite", 2), ("postgres", 3)], ids=str)
def days(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """A database that the tests only read."""
    kind, seed = request.param
    with database_of(kind, request, tmp_path_factory.mktemp("days")) as place:
        in_office(place, lambda office: some_days(office, seed, 400))
        yield place


def replayed(rows: Iterable[dict[str, Any]], branch: str) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Visits and sittings made from nothing but the event rows."""
    visits: dict[Any, Any] = {}
    sittings: dict[Any, Any] = {}
    offers: dict[Any, str] = {}
    hall = Hall.empty(plan(branch))
    for row in rows:
        event = decode(row["kind"], row["payload"])
        hall = evolve(hall, event)
        assert (row["version"], row["at"]) == (hall.version, event.at)
        assert row["business_day"] == hall.day
        if isinstance(event, MachineOffered):
            offers[hall.day, event.number] = row["actor_id"]
        for ticket in hall.tickets.values():
            offered_by = {"offered_staff": offers.get((ticket.day, ticket.number))}
            visits[ticket.day, ticket.number] = visit_row(branch, ticket) | offered_by
        for counter in hall.counters.values():
            if counter.session is not None:
                made = sitting_row(hall, counter.id, counter.session)
                sittings[counter.id, counter.session.opened_at] = made
    return visits, sittings


def test_it_projects_what_a_fresh_look_at_the_log_makes(days: Database) -> None:
    async def scenario(office: Office) -> None:
        for branch in BRANCHES:
            events = office.rows(EVENTS, branch)
            assert [row["version"] for row in events] == list(range(1, len(events) + 1))
            visits, sittings = replayed(events, branch)
            assert {
                (row["business_day"], row["number"]): row for row in office.rows(VISITS, branch)
            } == visits
            assert {
                (row["counter"], row["opened_at"]): row for row in office.rows(SITTINGS, branch)
            } == sittings
            assert len(visits) > 20

    in_office(days, scenario)


def test_it_finds_the_same_hall_after_a_restart(database: Database) -> None:
    async def scenario() -> None:
        for seed in range(4):
            async with open_office(database) as office:
                await some_days(office, seed, 60)
                before = {branch: office.branches[branch].hall for branch in BRANCHES}
                assert {branch: office.refolded(branch) for branch in BRANCHES} == before
            async with open_office(database) as office:
                assert {branch: office.branches[branch].hall for branch in BRANCHES} == before

    asyncio.run(scenario())


def test_it_signs_every_event_and_keeps_every_key_of_two_days(days: Database) -> None:
    """The act that opened the first of them began by ending the day before."""

    async def scenario(office: Office) -> None:
        for branch in BRANCHES:
            events, acts = office.rows(EVENTS, branch), office.rows(ACTS, branch)
            assert {(row["actor_kind"], row["actor_id"]) for row in events} == {
                (KIOSK.kind, KIOSK.id)
            }
            yesterday = sorted({row["business_day"] for row in events})[-2]
            recent = [row for row in events if row["business_day"] >= yesterday]
            assert len(recent) < len(events)
            spans = {act["key"]: (act["first_version"], act["last_version"]) for act in acts}
            versions = [v for first, last in spans.values() for v in range(first, last + 1)]
            first_kept, last_kept = min(versions), recent[-1]["version"]
            assert sorted(versions) == list(range(first_kept, last_kept + 1))
            assert all(last >= recent[0]["version"] for _, last in spans.values())
            for row in recent:
                first, last = spans[scoped_key(KIOSK.kind, KIOSK.id, row["key"])]
                assert first <= row["version"] <= last

    in_office(days, scenario)


def test_it_reads_days_visits_and_sittings_for_reports(days: Database) -> None:
    async def scenario(office: Office) -> None:
        read = office.store.read_now
        listed = read(lambda connection: days_with_visits(connection, "riverside"))
        assert listed == sorted(listed, reverse=True)
        assert len(listed) > 1
        found = 0
        for day in listed:
            visits, sittings = report_of(office, day)
            assert [v.taken_at for v in visits] == sorted(v.taken_at for v in visits)
            assert all(v.wait_s is None or v.wait_s >= 0 for v in visits)
            assert all(v.served_s >= 0 for v in visits)
            found += len(visits)
            assert all(sitting.paused_s >= 0 for sitting in sittings)
        assert found == len(office.rows(VISITS))

    in_office(days, scenario)


def report_of(office: Office, day: date) -> tuple[list[Visit], list[SittingSpan]]:
    return office.store.read_now(
        lambda c: (visits_of(c, "riverside", day), sittings_of(c, "riverside", day))
    )


def test_it_finds_a_ticket_by_its_secret_only(days: Database) -> None:
    async def scenario(office: Office) -> None:
        read = office.store.read_now
        row = office.rows(VISITS)[0]
        found = read(lambda connection: visit_by_secret(connection, row["secret"]))
        assert found == ("riverside", row["business_day"], row["number"])
        assert read(lambda connection: visit_by_secret(connection, row["number"])) is None

    in_office(days, scenario)


def test_it_reads_no_more_than_the_newest_day(days: Database) -> None:
    async def scenario(office: Office) -> None:
        before, events = office.store.read_now(lambda c: events_of_last_day(c, "riverside"))
        rows = office.rows(EVENTS)
        newest = max(row["business_day"] for row in rows)
        assert before == sum(row["business_day"] < newest for row in rows)
        assert 0 < len(events) == len(rows) - before < len(rows)

    in_office(days, scenario)
