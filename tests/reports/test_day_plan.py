"""A day that is over reads the same for ever, whatever the branch is set up to be since."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from lobby.queueing.commands.counter import CallNext, Finish, StartServing
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority, Promise
from lobby.store.catalogue import save_plan
from lobby.store.tables_days import DAY_PLANS
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING, plan

DAY = "2026-03-02"
NEXT_DAY = MORNING + timedelta(days=1)


def serve_one(app: LocalApp, wait_min: float = 15) -> None:
    number = app.take("A01")
    app.clock.advance(60 * wait_min)
    for command in (CallNext("3"), StartServing("3", number)):
        app.perform(command)
    app.clock.advance(240)
    app.perform(Finish("3", number))


def renamed() -> Plan:
    """Every name is another one, counters bear other numbers, and all is promised within five."""
    was = plan()
    promises = {priority: Promise(5, 0) for priority in Priority}
    return replace(
        was,
        names={"en": "Branch under another name"},
        target_min=5,
        services={
            code: replace(each, names={"en": f"New name of {code}"})
            for code, each in was.services.items()
        },
        counters={
            id_: replace(each, label=str(int(each.label) + 40))
            for id_, each in was.counters.items()
        },
        calling=replace(was.calling, promises=promises),
    )


def set_up(app: LocalApp, changed: Plan) -> None:
    app.run(app.services.store.write, lambda connection: save_plan(connection, changed))


def figures(app: LocalApp, day: str = DAY) -> dict[str, Any]:
    told: dict[str, Any] = app.get("minh", f"/reports/days/{day}.json").json()
    return told


def test_a_day_that_is_over_keeps_its_names_promises_and_counters(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        app.open_counters()
        serve_one(app)
        before = figures(app)
        set_up(app, renamed())
    assert before["within_target"] == {"count": 1, "of": 1, "share": 1.0}
    with open_app(tmp_path, at=NEXT_DAY) as app:
        after = figures(app)
        page = app.get("minh", f"/reports/days/{DAY}?language=en").text
        sheet = app.get("minh", f"/reports/days/{DAY}.csv?language=en").text
    assert (after["target_min"], after["within_target"]) == (20, before["within_target"])
    assert after["order"] == before["order"]
    assert "Riverside Branch" in page and "Cash withdrawal" in page
    for text in (page, sheet):
        assert "another name" not in text and "New name" not in text
    assert ",3," in sheet and ",43," not in sheet


def test_the_day_after_goes_by_the_new_plan(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        app.open_counters()
        serve_one(app)
        set_up(app, renamed())
    with open_app(tmp_path, at=NEXT_DAY) as app:
        app.open_counters()
        serve_one(app)
        assert figures(app, "2026-03-03")["within_target"]["count"] == 0
    with open_app(tmp_path, at=NEXT_DAY + timedelta(days=1)) as app:
        assert figures(app, "2026-03-03")["target_min"] == 5
        assert figures(app)["target_min"] == 20


def test_a_process_that_only_ends_the_day_leaves_its_plan_alone(tmp_path: Path) -> None:
    """Set up anew in the evening and started anew before the counters were closed."""
    with open_app(tmp_path) as app:
        app.open_counters()
        serve_one(app)
        app.take("B01")
        set_up(app, renamed())
    with open_app(tmp_path, at=NEXT_DAY) as app:
        app.take("A01")
        assert figures(app)["target_min"] == 20
        assert figures(app)["within_target"]["count"] == 1


def test_a_day_on_which_the_plan_changed_knows_both(tmp_path: Path) -> None:
    """A service that was taken out at noon still has its name."""
    with open_app(tmp_path) as app:
        app.open_counters()
        serve_one(app)
        services = {code: each for code, each in plan().services.items() if code != "A01"}
        set_up(app, replace(plan(), services=services, target_min=30))
    with open_app(tmp_path, at=MORNING + timedelta(hours=3)) as app:
        app.take("B01")
    with open_app(tmp_path, at=NEXT_DAY) as app:
        page = app.get("minh", f"/reports/days/{DAY}?language=en").text
        assert figures(app)["target_min"] == 30
    assert "Cash withdrawal" in page and "Open account or card" in page


def test_days_from_before_plans_were_kept_keep_the_one_that_goes(tmp_path: Path) -> None:
    with open_app(tmp_path) as app:
        app.open_counters()
        serve_one(app)
        app.run(app.services.store.write, forget_plans)
        set_up(app, renamed())
    with open_app(tmp_path, at=NEXT_DAY) as app:
        assert figures(app)["target_min"] == 20
        assert "Cash withdrawal" in app.get("minh", f"/reports/days/{DAY}?language=en").text


def test_a_day_keeps_one_plan_of_its_own(tmp_path: Path) -> None:
    def kept(connection: Connection) -> list[date]:
        return list(connection.execute(DAY_PLANS.select()).scalars("business_day"))

    with open_app(tmp_path) as app:
        app.open_counters()
        serve_one(app)
        assert app.run(app.services.store.read, kept) == [date(2026, 3, 2)]


def forget_plans(connection: Connection) -> None:
    connection.execute(DAY_PLANS.delete())
