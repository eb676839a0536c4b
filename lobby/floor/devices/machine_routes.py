"""The machines of the branch: their state, told in two taps, and their faults of today."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.branch import Outcome
from lobby.floor.core.words import MACHINE_KINDS, MACHINE_STATES
from lobby.floor.devices.faults import fault_records, midnight
from lobby.floor.devices.machine_views import machines_part
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.machines import MachineState
from lobby.queueing.commands.floor import ReportMachine
from lobby.store.faults import faults_between

PAGE = "/floor/machines"
QUEUE_DIGITS_MAX = 3


async def machines_view(tablet: TabletRequest) -> Response:
    return tablet.page("floor/devices/machines.html", part=machines_part(tablet))


async def faults_view(tablet: TabletRequest) -> Response:
    """Today's faults with the times of their repair."""
    now = tablet.now
    begin = midnight(tablet.plan, now)
    end = begin + timedelta(days=2)
    faults = await tablet.store.read(lambda c: faults_between(c, tablet.branch.id, begin, end))
    return tablet.page(
        "floor/devices/faults.html",
        records=tuple(fault_records(tablet.hall, faults, begin, now)),
        begin=begin,
        machine_kinds=MACHINE_KINDS,
        machine_states=MACHINE_STATES,
    )


async def report_machine(act: TabletAct) -> Outcome:
    """A new state, or a new number of people before the machine; the other one stays."""
    machine = act.tablet.hall.machines.get(act.path("machine"))
    if machine is None:
        raise HTTPException(404)
    state = act.choice(MachineState, "state") if act.text("state") else machine.state
    has_queue = "queue" in act.form
    queue = act.whole_number("queue", QUEUE_DIGITS_MAX) if has_queue else machine.queue
    return await act.perform(ReportMachine(machine.id, state, queue))


VIEWS: dict[str, View] = {PAGE: machines_view, f"{PAGE}/faults": faults_view}
ACTS: dict[str, Act] = {f"{PAGE}/{{machine}}/reports": Act(report_machine, PAGE)}
LIVE: dict[str, PartOf] = {f"{PAGE}/live": machines_part}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS), *live_routes(LIVE)]
