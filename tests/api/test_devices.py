"""A machine's own reports at the front door: believed about itself, and about nothing else."""

from typing import Any

import pytest
from httpx2 import Response

from lobby.machines import MachineState
from lobby.queueing.commands.floor import ReportMachine
from lobby.queueing.model.machine import Machine
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, Person

ATM = "/api/v1/devices/atm-1"
NINE = "2026-03-02T01:00:00Z"


class Reporter:
    """A program beside a machine: it has a token, no cookies, and no page that it came from."""

    def __init__(self, door: LocalApp, token: str = "") -> None:
        self._nobody = door.stranger()
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str = ATM, key: str = "", **options: Any) -> Response:
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        return self._nobody.request(method, path, headers=headers, **options)

    def put(self, path: str = ATM, key: str = "", **fields: Any) -> Response:
        return self.ask("PUT", path, key, json=fields)


def token_of(person: Person) -> str:
    (token,) = person.cookies.values()
    return token


def reporter(door: LocalApp, machine: str = "atm-1", branch_id: str = "riverside") -> Reporter:
    paired = door.paired(DeviceKind.MACHINE, branch_id, machine=machine)
    return Reporter(door, token_of(paired))


def atm(door: LocalApp) -> Machine:
    return door.riverside.hall.machines["atm-1"]


def test_it_believes_a_machine_about_itself(door: LocalApp) -> None:
    answer = reporter(door).put(state="out_of_notes", queue=2)
    said = {"machine": "atm-1", "state": "out_of_notes", "queue": 2, "since": NINE}
    assert (answer.status_code, answer.json()) == (200, said)
    assert atm(door) == Machine("atm-1", MachineState.OUT_OF_NOTES, 2, door.clock.now())


def test_it_tells_a_machine_what_is_known_of_it(door: LocalApp) -> None:
    fresh = {"machine": "atm-1", "state": "up", "queue": 0, "since": None}
    assert reporter(door).ask("GET").json() == fresh
    door.perform(ReportMachine("atm-1", MachineState.DOWN, 1))
    assert reporter(door).ask("GET").json()["state"] == "down"


def test_it_keeps_the_queue_where_a_machine_cannot_count(door: LocalApp) -> None:
    door.perform(ReportMachine("atm-1", MachineState.UP, 3))
    assert reporter(door).put(state="down").json()["queue"] == 3


@pytest.mark.parametrize("key", ["", "the-same"])
def test_it_takes_a_report_sent_twice_for_one(door: LocalApp, key: str) -> None:
    machine = reporter(door)
    first = machine.put(state="down", queue=1, key=key)
    version = door.riverside.hall.version
    door.clock.advance(60)
    assert machine.put(state="down", queue=1, key=key).json() == first.json()
    assert door.riverside.hall.version == version


def test_it_refuses_a_key_that_was_used_for_another_report(door: LocalApp) -> None:
    machine = reporter(door)
    machine.put(state="down", key="the-same")
    answer = machine.put(state="up", key="the-same")
    assert answer.status_code == 422
    assert "sentence" in answer.json()
    assert atm(door).state is MachineState.DOWN


def test_it_lets_nobody_report_without_a_token(door: LocalApp) -> None:
    for nobody in (Reporter(door), Reporter(door, "x" * 43)):
        answer = nobody.put(state="down")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "sentence" in answer.json()
    assert atm(door).since is None


def test_it_shows_a_machine_only_itself(door: LocalApp) -> None:
    machine = reporter(door)
    for path in ("/api/v1/devices/crs-2", "/api/v1/devices/9", "/api/v1/devices/atm-1%20"):
        assert machine.put(path, state="down").status_code == 404
        assert machine.ask("GET", path).status_code == 404
    assert door.riverside.hall.machines["crs-2"].state is MachineState.UP


def test_it_keeps_the_branches_apart(door: LocalApp) -> None:
    assert reporter(door, branch_id="harbour").put(state="down").status_code == 200
    assert door.harbour.hall.machines["atm-1"].state is MachineState.DOWN
    assert atm(door).state is MachineState.UP


@pytest.mark.parametrize("kind", [DeviceKind.KIOSK, DeviceKind.DISPLAY])
def test_it_believes_no_other_device(door: LocalApp, kind: DeviceKind) -> None:
    kiosk = Reporter(door, token_of(door.paired(kind, machine="atm-1")))
    assert kiosk.put(state="down").status_code == 404
    assert atm(door).state is MachineState.UP


def test_it_believes_no_machine_that_has_left_the_branch(door: LocalApp) -> None:
    assert reporter(door, "stm-9").put("/api/v1/devices/stm-9", state="up").status_code == 404
    assert reporter(door, "").put("/api/v1/devices/", state="up").status_code == 404


def test_it_believes_no_person(door: LocalApp) -> None:
    assert door.signed_in("lan").request("PUT", ATM, json={"state": "down"}).status_code == 401
    assert atm(door).state is MachineState.UP


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": "broken"},
        {"state": "DOWN"},
        {"state": None},
        {"queue": 1},
        {"state": "up", "queue": -1},
        {"state": "up", "queue": 51},
        {"state": "up", "queue": 1.5},
        {"state": "up", "queue": True},
        {"state": "up", "queue": "٣"},
        {"state": "up", "queue": 10**40},
        {"state": {"is": "up"}},
    ],
)
def test_it_says_what_a_report_looks_like(door: LocalApp, fields: dict[str, Any]) -> None:
    answer = reporter(door).put(**fields)
    assert answer.status_code == 400
    assert answer.json()["sentence"]
    assert door.riverside.hall.version == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"3", b"[" * 5000])
def test_it_survives_what_is_no_report(door: LocalApp, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    machine = reporter(door)
    machine._headers |= headers
    assert machine.ask("PUT", content=body).status_code == 400
    assert door.riverside.hall.version == 0


def test_it_reads_no_report_longer_than_a_report_is(door: LocalApp) -> None:
    answer = reporter(door).put(state="up", why="x" * 20_000)
    assert answer.status_code == 413
    assert "sentence" in answer.json()


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_it_answers_no_other_method(door: LocalApp, method: str) -> None:
    answer = reporter(door).ask(method)
    assert answer.status_code == 405
    assert "sentence" in answer.json()


def test_it_speaks_the_machines_language(door: LocalApp) -> None:
    paired = door.paired(DeviceKind.MACHINE, language="vi", machine="atm-1")
    answer = Reporter(door, token_of(paired)).put(state="broken")
    assert "Chưa có gì thay đổi" in answer.json()["sentence"]


def test_it_gives_a_paired_machine_its_token_and_its_address(door: LocalApp) -> None:
    lan = door.signed_in("lan")
    fields = {"kind": "machine/atm-1", "name": "ATM left", "device_language": "vi"}
    page = lan.post("/floor/devices", **fields).text
    code = "".join(part for part in page.split("pairing-code")[1][:120] if part.isdigit())
    told = door.stranger().post_json("/pair", code=code[-8:]).json()
    assert told["location"] == ATM
    assert Reporter(door, told["token"]).put(told["location"], state="down").status_code == 200
