"""Machines, their faults, calls for a colleague and catalogues, as the database keeps them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from lobby.machines import MachineState
from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, EndHelp, ReportMachine
from lobby.queueing.model.help import HelpKind
from lobby.settings import Database
from lobby.store.catalogue import load_plans, save_plan
from lobby.store.catalogues import (
    CatalogueEntry,
    CatalogueVersionTakenError,
    catalogue_on,
    catalogues_of,
    save_catalogue,
)
from lobby.store.faults import Fault, faults_between
from lobby.store.help_calls import KeptCall, help_calls_of
from lobby.store.tables import FAULTS
from tests.app.people import MORNING, plan
from tests.store.office import Office, in_office

UP, DOWN, OUT_OF_NOTES = MachineState.UP, MachineState.DOWN, MachineState.OUT_OF_NOTES
DAY = timedelta(days=1)


def minute(number: int) -> datetime:
    return MORNING + timedelta(minutes=number)


def play(database: Database, *commands: Command) -> None:
    """The commands, a minute apart."""

    async def scenario(office: Office) -> None:
        office.clock.move_to(MORNING)
        for command in commands:
            await office.act(command)
            office.clock.advance(60)

    in_office(database, scenario)


def kept(database: Database, work: Any) -> Any:
    async def scenario(office: Office) -> Any:
        return await office.store.read(work)

    return in_office(database, scenario)


def faults(
    database: Database, begin: datetime = MORNING, end: datetime = MORNING + DAY
) -> list[Fault]:
    found: list[Fault] = kept(database, lambda c: faults_between(c, "riverside", begin, end))
    return found


def calls(database: Database) -> list[KeptCall]:
    found: list[KeptCall] = kept(
        database, lambda c: help_calls_of(c, "riverside", date(2026, 3, 2))
    )
    return found


def test_it_opens_a_fault_and_closes_it_when_the_machine_works_again(database: Database) -> None:
    play(
        database,
        ReportMachine("atm-1", UP),
        ReportMachine("atm-1", DOWN),
        ReportMachine("atm-1", DOWN, queue=3),
        ReportMachine("atm-1", OUT_OF_NOTES),
        ReportMachine("crs-2", DOWN),
        ReportMachine("atm-1", UP),
    )
    found = faults(database)
    assert found == [
        Fault("atm-1", DOWN, minute(1), minute(3)),
        Fault("atm-1", OUT_OF_NOTES, minute(3), minute(5)),
        Fault("crs-2", DOWN, minute(4), None),
    ]
    assert [fault.lasted_s for fault in found] == [120, 120, None]


def test_it_finds_the_faults_that_reach_into_a_time(database: Database) -> None:
    play(database, ReportMachine("atm-1", DOWN), ReportMachine("atm-1", UP))
    assert len(faults(database, minute(0), minute(1))) == 1
    assert faults(database, minute(1), minute(2)) == []
    assert faults(database, minute(-5), minute(0)) == []


def test_it_keeps_one_fault_where_the_clock_stands_still(database: Database) -> None:
    """Two states at one moment: the later one is what the fault was."""

    async def scenario(office: Office) -> None:
        for state in (DOWN, OUT_OF_NOTES):
            await office.act(ReportMachine("atm-1", state))
        assert [row["state"] for row in office.rows(FAULTS)] == ["out_of_notes"]

    in_office(database, scenario)


def test_it_finds_its_machines_again_after_a_restart(database: Database) -> None:
    play(database, ReportMachine("atm-1", DOWN, queue=2))

    async def scenario(office: Office) -> None:
        machine = office.riverside.hall.machines["atm-1"]
        assert (machine.state, machine.queue, machine.since) == (DOWN, 2, MORNING)
        office.clock.advance(24 * 3600)
        await office.act(OpenDay())
        assert office.riverside.hall.machines["atm-1"] == machine
        assert office.refolded() == office.riverside.hall

    in_office(database, scenario)
    assert faults(database, MORNING + DAY, MORNING + 2 * DAY) == [
        Fault("atm-1", DOWN, MORNING, None)
    ]


def test_it_keeps_a_call_through_its_life(database: Database) -> None:
    play(
        database,
        CallColleague(HelpKind.HELP, "Kiosk 1"),
        CallColleague(HelpKind.RISK, "Seats"),
        AnswerHelp(2, "lan"),
        EndHelp(2, ENDED),
    )
    assert calls(database) == [
        KeptCall(2, HelpKind.HELP, "Kiosk 1", None, minute(0), "lan", minute(2), minute(3), ENDED),
        KeptCall(3, HelpKind.RISK, "Seats", None, minute(1), None, None, None, None),
    ]


ENDED = "brought_to_counter"


def test_it_answers_a_call_made_twice_without_a_second_one(database: Database) -> None:
    """Nothing is done, so no row is kept of the second one; its key is known meanwhile."""

    async def scenario(office: Office) -> None:
        call = CallColleague(HelpKind.HELP, "Kiosk 1")
        first = await office.act(call)
        second, again = await office.act(call, "twice"), await office.act(call, "twice")
        assert (first.version, second.version, again.version) == (2, 2, 2)
        assert (second.events, again.events, again.repeated) == ((), (), True)
        assert len(office.riverside.hall.help_calls) == 1

    in_office(database, scenario)
    assert len(calls(database)) == 1


def test_it_keeps_a_branchs_machines_in_their_order(database: Database) -> None:
    async def scenario(office: Office) -> None:
        (_, known) = await office.store.read(load_plans)
        assert known == plan()
        assert list(known.machines) == ["atm-1", "crs-2"]

        def without(connection: Connection) -> None:
            save_plan(connection, plan_without_machines)

        plan_without_machines = type(known)(
            **{name: getattr(known, name) for name in ("id", "names", "time_zone")},
            services=known.services,
            counters=known.counters,
            dial="inform",
        )
        await office.store.write(without)
        (_, known) = await office.store.read(load_plans)
        assert known == plan_without_machines

    in_office(database, scenario)


SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


def test_it_finds_the_catalogue_of_a_day(database: Database) -> None:
    def work(connection: Connection) -> list[str | None]:
        save_catalogue(connection, "riverside", "cn-2", SUMMER, "Head office", "summer")
        save_catalogue(connection, "riverside", "cn-1", SPRING, "Head office", "spring")
        save_catalogue(connection, "harbour", "vn-1", SPRING, "Head office", "harbour")
        days = (SPRING - DAY, SPRING, SUMMER - DAY, SUMMER, SUMMER + 365 * DAY)
        return [catalogue_on(connection, "riverside", day) for day in days]

    async def scenario(office: Office) -> None:
        found = await office.store.write(work)
        assert found == [None, "spring", "spring", "summer", "summer"]
        versions = await office.store.read(lambda c: catalogues_of(c, "riverside"))
        assert versions == [
            CatalogueEntry("cn-1", SPRING, "Head office"),
            CatalogueEntry("cn-2", SUMMER, "Head office"),
        ]

    in_office(database, scenario)


def test_it_never_changes_what_a_version_says(database: Database) -> None:
    def save(content: str) -> Any:
        return lambda c: save_catalogue(c, "riverside", "cn-1", SPRING, "Head office", content)

    async def scenario(office: Office) -> None:
        await office.store.write(save("spring"))
        await office.store.write(save("spring"))
        with pytest.raises(CatalogueVersionTakenError, match="cn-1 of branch riverside"):
            await office.store.write(save("another spring"))
        kept = await office.store.read(lambda c: catalogue_on(c, "riverside", SPRING))
        assert kept == "spring"

    in_office(database, scenario)
