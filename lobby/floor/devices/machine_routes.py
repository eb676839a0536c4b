"""The machines of the branch: what each does, told in two taps, and how long it did not today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.alerts.cards import Card, cards_of
from lobby.floor.core.words import CARD_WORDS, MACHINE_KINDS, MACHINE_STATES
from lobby.floor.devices.machine_views import MachineRow, machine_rows
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.machines import MachineState
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.machine import Machine
from lobby.store.faults import Fault, faults_between
from lobby.web.commands import FormFields, command_response, form_fields, idempotency_key, perform

PAGE = "/floor/machines"


@dataclass(frozen=True, slots=True)
class Record:
    """A machine with today's faults. `down_s` is how long they lasted today, up to now."""

    row: MachineRow
    faults: tuple[Fault, ...]
    down_s: float


@dataclass(frozen=True, slots=True)
class MachinesView:
    """`cards` are the calls to machines: approvals that are waited for, and faults."""

    machines: tuple[MachineRow, ...]
    cards: tuple[Card, ...]


def machines_part(tablet: TabletRequest) -> LivePart:
    stand = tablet.stand

    def present(hall: Hall, now: datetime) -> MachinesView:
        cards = cards_of(stand, hall, now)
        calls = (card for card in (*cards.shown, *cards.folded) if card.machine is not None)
        return MachinesView(machine_rows(hall), tuple(calls))

    regions = {"machines": "floor/devices/_machines.html"}
    return LivePart("machines", f"{PAGE}/live", regions, present, CARD_WORDS)


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    return tablet.page(request, "floor/devices/machines.html", part=machines_part(tablet))


async def change(request: Request) -> Response:
    """A new state, or a new number of people before the machine; the other one stays."""
    tablet = await floor_staff_request(request)
    form = await form_fields(request)
    machine = _known(tablet, request.path_params["machine"])
    command = ReportMachine(machine.id, _state(form, machine), _queue(form, machine))
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, PAGE)


async def record(request: Request) -> Response:
    """Today's faults with the times of their repair."""
    tablet = await floor_staff_request(request)
    now = tablet.services.clock.now()
    begin = _midnight(tablet, now)
    end = begin + timedelta(days=2)
    faults = await tablet.services.store.read(
        lambda connection: faults_between(connection, tablet.branch.id, begin, end)
    )
    return tablet.page(
        request,
        "floor/devices/faults.html",
        records=tuple(_records(tablet, faults, begin, now)),
        begin=begin,
        machine_kinds=MACHINE_KINDS,
        machine_states=MACHINE_STATES,
    )


def _records(
    tablet: TabletRequest, faults: list[Fault], begin: datetime, now: datetime
) -> Iterable[Record]:
    for row in machine_rows(tablet.branch.hall):
        mine = tuple(fault for fault in faults if fault.machine == row.plan.id)
        down_s = sum(_lasted_s(fault, begin, now) for fault in mine)
        yield Record(row, mine, down_s)


def _lasted_s(fault: Fault, begin: datetime, now: datetime) -> float:
    return max(0.0, ((fault.closed_at or now) - max(fault.opened_at, begin)).total_seconds())


def _midnight(tablet: TabletRequest, now: datetime) -> datetime:
    """The branch's last midnight."""
    plan = tablet.branch.plan
    return datetime.combine(plan.business_day(now), time(), plan.time_zone).astimezone(UTC)


def _known(tablet: TabletRequest, machine_id: str) -> Machine:
    machine = tablet.branch.hall.machines.get(machine_id)
    if machine is None:
        raise HTTPException(404)
    return machine


def _state(form: FormFields, machine: Machine) -> MachineState:
    try:
        return MachineState(form.get("state") or machine.state)
    except ValueError:
        raise HTTPException(400) from None


def _queue(form: FormFields, machine: Machine) -> int:
    text = form.get("queue")
    if text is None:
        return machine.queue
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        raise HTTPException(400)
    return int(text)


routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live_socket(lambda tablet, _connection: machines_part(tablet))),
    Route(f"{PAGE}/faults", record),
    Route(f"{PAGE}/{{machine}}/reports", change, methods=["POST"]),
]
