"""Two branches with all that the demo has, for walks that end in either."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_plan
from lobby.machines import MachineState
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.floor import ReportMachine
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.triage.catalogue import BranchFacts, BranchKind, NearBranch
from lobby.triage.hours import Hours, Span
from tests.app.app import LocalApp, Person, staff
from tests.app.badges import Badge
from tests.kiosk.rule_walks import Walk


def both(connection: Connection) -> Mapping[str, Badge]:
    """Riverside and Harbour with the demo's services, counters and machines, and their people."""
    demo = read_plan(DEMO)
    save_plan(connection, demo)
    save_plan(connection, replace(demo, id="harbour"))
    return staff(connection)


def facts_of(world: str) -> BranchFacts:
    hub = NearBranch("harbour", {"en": "Harbour", "zh": "港口", "vi": "Cảng"})
    if world == "spoke":
        return BranchFacts(BranchKind.SPOKE, hub)
    if world == "settings":
        return BranchFacts(takes_bookings=False, per_operation_limit=5_000, minutes_per_operation=2)
    return BranchFacts()


def furnish(house: LocalApp, world: str) -> None:
    """One counter serves all and people wait for it; the rest as the walk needs it."""
    catalogue = replace(house.services.catalogues["riverside"], branch=facts_of(world))
    if world == "vietnam":
        catalogue = replace(catalogue, profile="VN")
    house.services.catalogues = {**house.services.catalogues, "riverside": catalogue}
    house.perform(ReportMachine("m3", MachineState.DOWN, 0))  # no other reads a passbook
    if world == "before the counters":
        afternoon = Hours.of(Span(time(13, 30), time(16)), None)
        catalogue = replace(catalogue, hours={**catalogue.hours, "counters": afternoon})
        house.services.catalogues = {**house.services.catalogues, "riverside": catalogue}
        return
    house.perform(OpenCounter("1", "adviser-5", tuple(house.riverside.plan.services)))
    house.perform(OpenCounter("2", "adviser-6", ("W01", "L01")))
    if world != "empty":
        house.take_together(*["A01"] * 9, "W01", "W01", "W01")
        house.call("1", "2")
    for machine in catalogue.machines if world in {"broken", "crowded"} else ():
        state = MachineState.DOWN if world == "broken" else MachineState.UP
        house.perform(ReportMachine(machine, state, 0 if world == "broken" else 20))
    house.settled()


def person(house: LocalApp, who: str) -> Person:
    return house.paired(DeviceKind.KIOSK) if who == "kiosk" else house.signed_in(who)


def advice_page(someone: Person, walk: Walk) -> str:
    fields = {"language": "en", "service": walk.service, **walk.answers}
    return someone.get("/kiosk/advice?" + "&".join(f"{k}={v}" for k, v in fields.items())).text


def newest(house: LocalApp, letter: str) -> Any:
    return [t for n, t in house.hall.tickets.items() if n.startswith(letter)][-1]


def fired(house: LocalApp, rule: str) -> int:
    """How often this rule held today, as the page of those who set rules tells it."""
    page = house.get("minh", "/reports/days/2026-03-02/rules").text
    line = page.split(f'rule-id">{rule}<')[1].split("</tr>")[0]
    return int(re.findall(r"<td[^>]*>\s*(\d+)", line)[0])
