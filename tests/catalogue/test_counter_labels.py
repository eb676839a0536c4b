"""A counter is called what stands on its sign: a number, or any short label."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection
from starlette.routing import Route

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.main import all_routes
from lobby.queueing.commands.counter import CallNext
from lobby.settings import Settings
from lobby.setup.branch_file import save_branch_file
from lobby.speech.calls import call_voice
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, open_app, people
from tests.app.badges import Badge

LABELS = ["3", "3-1", "VIP 1", "贵宾1", "Quầy 1", "a"]


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[LocalApp]:
    """The demo's branch with these counters, in this order."""
    file = tmp_path / "branch.toml"
    listed = ", ".join(f'"{label}"' for label in LABELS)
    text = DEMO.read_text(encoding="utf-8")
    counters = f"counters = [{listed}, 12]\npremium_counters = ['VIP 1']"
    file.write_text(text.replace("counters = [1, 2, 3, 4, 5, 6]", counters), encoding="utf-8")

    def furnish(connection: Connection) -> Mapping[str, Badge]:
        badges = people(connection)
        save_branch_file(connection, read_branch_file(file))
        return badges

    with open_app(tmp_path, furnish) as app:
        yield app


def id_of(branch: LocalApp, label: str) -> str:
    counters = branch.riverside.plan.counters.values()
    return next(each.id for each in counters if each.label == label)


def test_they_stay_in_the_order_of_the_file(branch: LocalApp) -> None:
    counters = branch.riverside.plan.counters.values()
    assert [counter.label for counter in counters] == [*LABELS, "12"]
    assert [counter.label for counter in counters if counter.premium] == ["VIP 1"]


@pytest.mark.parametrize("label", LABELS)
def test_wall_phone_and_counter_say_the_label(branch: LocalApp, label: str) -> None:
    id_ = id_of(branch, label)
    assert id_.replace("-", "").isalnum()
    assert id_.isascii()
    kiosk = branch.paired(DeviceKind.KIOSK)
    wall = branch.paired(DeviceKind.DISPLAY)
    kiosk.post_json("/kiosk/tickets", service="A01", language="zh")
    teller = branch.signed_in("thu")
    assert label in teller.get("/counter").text
    teller.post("/counter/openings", counter=id_, service="A01")
    branch.perform(CallNext(id_))
    assert f'data-counter="{label}"' in wall.get("/display").text
    assert label in teller.get("/counter").text
    manager = branch.signed_in("lan")
    assert label in manager.get("/floor/waiting").text


def test_every_page_knows_them(branch: LocalApp) -> None:
    """Whatever is opened by its address alone, by each role, and a display's settings."""
    kiosk, wall = branch.paired(DeviceKind.KIOSK), branch.paired(DeviceKind.DISPLAY)
    kiosk.post_json("/kiosk/tickets", service="A01", language="zh")
    id_ = id_of(branch, "3-1")
    branch.signed_in("thu").post("/counter/openings", counter=id_, service="A01")
    branch.perform(CallNext(id_))
    paths = [
        route.path
        for route in all_routes(Settings())
        if isinstance(route, Route) and "GET" in (route.methods or ()) and "{" not in route.path
    ]
    people_there = [branch.signed_in(who) for who in ("thu", "lan", "minh", "ada")]
    failed = [
        path
        for path in paths
        for asks in (kiosk, wall, *people_there)
        if asks.get(path).status_code >= 500 and path != "/readyz"
    ]
    assert failed == []
    shown = branch.signed_in("lan").get("/floor/devices").text
    (settings,) = set(re.findall(r"/floor/displays/\d+", shown))
    page = branch.signed_in("lan").get(settings).text
    assert [label for label in LABELS if f">{label}<" not in page] == []


def test_the_recordings_spell_what_has_letters_and_leave_words_to_the_browser() -> None:
    voice = call_voice("en", [*LABELS, "12"])
    assert voice is not None
    assert voice.counters["3-1"] == ("digit-3", "digit-1")
    assert voice.counters["VIP 1"] == ("letter-v", "letter-i", "letter-p", "digit-1")
    assert voice.counters["a"] == ("letter-a",)
    assert set(voice.counters) == {"3", "3-1", "VIP 1", "a", "12"}
