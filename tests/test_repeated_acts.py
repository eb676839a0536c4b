"""An act that is sent again with its key is answered as the first time, whatever has changed since,
and nothing is done twice: on every route that acts."""

import asyncio
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import func, select
from starlette.routing import Route

from lobby.branch import Actor, ActorKind, Outcome
from lobby.machines import MachineState
from lobby.main import all_routes
from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import CallNext, CloseCounter, OpenCounter
from lobby.queueing.commands.floor import EndHelp, LeaveDuty, ReportMachine
from lobby.queueing.commands.ticket import CancelTicket
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.queueing.refusals.ticket import CounterBusy
from lobby.settings import Settings
from lobby.store import records
from lobby.store.acts import KeyedAct
from lobby.store.columns import Table
from lobby.web import commands
from lobby.web.commands import KEY_LENGTH_MAX, SentAct, once
from tests.app.app import App, LocalApp, open_app, people_and_devices
from tests.halls_before_acts import on_duty, seated, waiting
from tests.repeated_acts import BY_THEMSELVES, CASES, WITHOUT_KEY, Case, address

A_DAY_S = 86_400
ACTING = {"POST", "PUT", "PATCH", "DELETE"}
OTHERS = frozenset({"staff_sessions", "staff", "devices", "learned", "told_waits"})
"""Rows that no act writes: who is here, and what the forecast keeps for itself."""

ALWAYS_OPEN = frozenset(
    {
        *("/kiosk/tickets", "/kiosk/help", "/floor/help", "/floor/complaints", "/floor/risks"),
        *("/floor/tickets", "/floor/duty", "/floor/duty/ends", "/floor/escorts", "/floor/notices"),
        *("/floor/machines/{machine}/reports", "/api/v1/devices/{machine}", "/counter/openings"),
        *("/counter/day/comments", "/floor/amenities", "/floor/lost-items"),
        *("/floor/amenities/loans/{loan_id:int}/returns",),
        *("/floor/lost-items/{item_id:int}/contacts", "/floor/lost-items/{item_id:int}/attempts"),
        *("/floor/scripts/{situation}/votes", "/t/{secret}/returns", "/t/{secret}/help"),
    }
)
"""What may be done on any day, with another key."""


@pytest.fixture
def door(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, people_and_devices) as office:
        yield office


def send(app: App, case: Case, path: str, key: str) -> Response:
    fields = {
        name: address(app, value) if isinstance(value, str) else value
        for name, value in case.fields.items()
    }
    person = app.known(case.who)
    headers = {"Accept": "application/json", "Idempotency-Key": key}
    if case.method == "PUT":
        return person.request(case.method, path, json=fields, headers=headers)
    return person.request(case.method, path, data=fields, headers=headers)


def kept(app: App) -> dict[str, int]:
    """How many rows each table has."""
    tables = [t for t in Table.metadata.sorted_tables if t.name not in OTHERS]
    return app.services.store.read_now(
        lambda c: {t.name: c.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
    )


def check_once(app: App, case: Case, path: str, first: Response) -> None:
    before, version = kept(app), app.hall.version
    again = send(app, case, path, "once")
    assert (again.status_code, again.headers.get("location")) == (
        first.status_code,
        first.headers.get("location"),
    ), again.text
    if case.method == "POST":  # a machine's report is answered with how it stands now
        assert again.content == first.content
    assert (kept(app), app.hall.version) == (before, version), "nothing is done twice"


def new_day(app: App) -> None:
    """Whoever waited has lapsed, counters are closed, calls are over."""
    for call in app.hall.help_calls:
        app.perform(EndHelp(call.id, OUTCOMES[call.kind][0]))
    app.clock.advance(A_DAY_S)
    app.perform(OpenDay())


def check_case(app: App, case: Case) -> tuple[str, Response]:
    """The address of the act, and its first answer."""
    case.ready(app)
    path = address(app, case.path)
    first = send(app, case, path, "once")
    assert first.status_code in (200, 201), first.text
    check_once(app, case, path, first)
    new_day(app)
    check_once(app, case, path, first)
    return path, first


@pytest.mark.parametrize("route", CASES)
def test_it_answers_a_repeated_act_as_the_first_time(tmp_path: Path, route: str) -> None:
    case = CASES[route]
    with open_app(tmp_path, people_and_devices) as app:
        path, first = check_case(app, case)
        now = app.clock.now()
        if route not in ALWAYS_OPEN:
            other = send(app, case, path, secrets.token_hex(8))
            assert other.status_code >= 400, "the day's turn ends what this act needs"
    with open_app(tmp_path, people_and_devices, now) as app:
        check_once(app, case, path, first)


@pytest.mark.parametrize(
    "route",
    [
        "/kiosk/tickets/{number}/returns",
        "/t/{secret}/cancellations",
        "/counter/calls",
        "/floor/cards/{card}/answers",
        "/floor/risks/{help_id:int}/rooms",
    ],
)
def test_it_would_notice_a_precondition_before_the_key(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    """The control: keys are looked for in the writer alone, after the route has looked around."""

    async def unknown(*_of: object) -> None:
        """Nothing is known of any act."""

    monkeypatch.setattr(SentAct, "first_outcome", unknown)
    monkeypatch.setattr(SentAct, "first_record", unknown)
    with pytest.raises(AssertionError):
        check_case(door, CASES[route])


@pytest.mark.parametrize(
    "route", [route for route in CASES if "amenities" in route or "lost-items" in route]
)
def test_it_would_notice_a_record_that_is_written_again(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    """The control: what is written beside the log is written each time."""
    for module in (commands, records):
        monkeypatch.setattr(module, "recorded", lambda *_of: None)
    with pytest.raises(AssertionError):
        check_case(door, CASES[route])


def test_it_walks_every_route_that_acts() -> None:
    routes = all_routes(Settings(database=Path("lobby.db"), build="test"))
    acting = {each.path for each in routes if isinstance(each, Route) and _acts(each)}
    assert acting == CASES.keys() | WITHOUT_KEY.keys() | BY_THEMSELVES
    assert not CASES.keys() & WITHOUT_KEY.keys()


def _acts(route: Route) -> bool:
    return bool(ACTING & (route.methods or set()))


def test_it_answers_a_teller_after_somebody_else_sat_down(door: LocalApp) -> None:
    waiting(door)
    thu = {"key": "once", "counter": "1"}
    first = door.ask("thu", "/counter/calls", **thu)
    assert first.json()["tickets"] == ["A001"]
    door.perform(CancelTicket("A001"))
    door.perform(CloseCounter("1"))
    door.perform(OpenCounter("1", door.id_of("wei"), ("A01",)))
    assert door.ask("thu", "/counter/calls", **thu).content == first.content
    assert door.ticket("A002").calls == 0
    other = door.ask("thu", "/counter/calls", counter="1")
    assert (other.status_code, other.json()["refusal"]) == (409, "CounterTaken")


def test_it_answers_for_a_customer_who_has_left_since(door: LocalApp) -> None:
    waiting(door)
    page = f"/t/{door.ticket('A001').secret}"
    first = door.ask("nobody", f"{page}/help", key="once")
    door.perform(CancelTicket("A001"))
    again = door.ask("nobody", f"{page}/help", key="once")
    assert (again.status_code, again.content) == (200, first.content)
    assert door.ask("nobody", f"{page}/help").status_code == 409
    assert len(door.hall.help_calls) == 1


def test_it_answers_whoever_has_left_duty_since(door: LocalApp) -> None:
    """What was done while one might is not denied later; another act is."""
    door.post("thu", "/floor/duty", state="on_duty")
    call = {"key": "once", "place": "seats"}
    first = door.ask("thu", "/floor/help", **call)
    assert first.status_code == 200
    door.perform(LeaveDuty(door.id_of("thu")))
    assert door.ask("thu", "/floor/help", **call).content == first.content
    assert door.ask("thu", "/floor/help", place="door").status_code == 403


def test_a_key_is_good_for_one_act_of_one_person(door: LocalApp) -> None:
    seated(door)
    on_duty(door)
    place = {"key": "once", "place": "seats"}
    assert door.ask("lan", "/floor/help", **place).status_code == 200
    assert door.ask("lan", "/floor/help", **place | {"place": "door"}).status_code == 422
    assert door.ask("minh", "/floor/help", **place | {"place": "door"}).status_code == 200
    item = {"direction": "found", "kind": "umbrella", "place": "seats", "keeper": "Safe"}
    assert door.ask("lan", "/floor/lost-items", key="item", **item).status_code == 200
    assert (
        door.ask("lan", "/floor/lost-items", key="item", **item | {"kind": "bag"}).status_code
        == 422
    )
    assert door.ask("minh", "/floor/lost-items", key="item", **item).status_code == 200
    assert door.get("lan", "/floor/lost-items").text.count('id="item-') == 2


@pytest.mark.parametrize("key", ["", "k" * (KEY_LENGTH_MAX + 1), "钥匙", "a\tb", "caf\u00e9"])
@pytest.mark.parametrize("route", ["/floor/help", "/floor/lost-items", "/counter/openings"])
def test_it_says_what_cannot_be_a_key(door: LocalApp, route: str, key: str) -> None:
    case = CASES[route]
    answer = door.ask(case.who, case.path, **case.fields, key=key)
    assert answer.status_code == 400
    assert answer.json()["sentence"]
    assert kept(door)["acts"] == kept(door)["record_acts"] == 0


def test_it_does_once_what_was_sent_twice_at_the_same_time(door: LocalApp) -> None:
    """The second may find that the first has changed what it needs."""
    waiting(door)
    sent = KeyedAct(Actor(ActorKind.STAFF, door.id_of("thu")), "once", "sent:a call")
    act = SentAct(door.riverside, sent)

    async def do() -> Outcome:
        await asyncio.sleep(0)
        if door.hall.counters["1"].ticket:
            raise CounterBusy("A001")
        return await act.perform(CallNext("1"))

    async def late() -> Outcome:
        await asyncio.sleep(0.05)
        return await do()

    async def together() -> tuple[Outcome, Outcome]:
        return await asyncio.gather(once(act.first_outcome, do), once(act.first_outcome, late))

    first, second = door.run(together)
    assert (first.version, first.events) == (second.version, second.events)
    assert second.repeated


def test_it_remembers_that_nothing_was_to_be_done(door: LocalApp) -> None:
    """A report that was true when it was sent does not come true late."""
    report = {"key": "once", "state": "up"}
    door.ask("lan", "/floor/machines/atm-1/reports", state="up")
    version = door.hall.version
    assert door.ask("lan", "/floor/machines/atm-1/reports", **report).status_code == 200
    assert door.hall.version == version
    door.perform(ReportMachine("atm-1", MachineState.DOWN))
    assert door.ask("lan", "/floor/machines/atm-1/reports", **report).status_code == 200
    assert door.hall.machines["atm-1"].state is MachineState.DOWN
