"""The day after a restore goes on: every screen of staff shows a hall with numbers passed over."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.store.backups import back_up
from lobby.store.restore import restore
from tests.app.app import LocalApp, open_app, people_and_devices
from tests.app.people import MORNING

PAGES = ("/floor", "/floor/waiting", "/floor/devices")


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[LocalApp]:
    """Three numbers were kept, four were lost; put back at twelve past nine."""
    database, backup = tmp_path / "lobby.db", tmp_path / "backup.db"
    with open_app(tmp_path, people_and_devices) as app:
        app.take_together("A01", "A01", "A01")
        back_up(database, backup)
        app.take_together("A01", "A01", "A01", "B01")
    restore(backup, database, MORNING + timedelta(minutes=12), replace=True)
    with open_app(tmp_path, people_and_devices, MORNING + timedelta(minutes=15)) as app:
        yield app


def test_the_tablet_says_what_was_lost_and_what_to_do(restored: LocalApp) -> None:
    page = restored.signed_in("lan").get("/floor").text
    assert "Put back from a backup at 09:12" in page
    assert "A\u200a004 – A\u200a006, B\u200a001" in page
    assert "Numbers go on at A\u200a007, B\u200a002." in page


def test_it_says_so_for_the_rest_of_the_day_only(restored: LocalApp) -> None:
    restored.clock.advance(24 * 3600)
    assert "Put back" not in restored.signed_in("lan").get("/floor").text


def test_every_screen_of_staff_shows_the_hall_after_it(restored: LocalApp) -> None:
    assert restored.take("A01") == "A007"
    restored.perform(OpenCounter("1", restored.id_of("thu"), ("A01",)))
    restored.perform(CallNext("1"))
    lan, thu = restored.signed_in("lan"), restored.signed_in("thu")
    assert [lan.get(path).status_code for path in PAGES] == [200] * len(PAGES)
    assert thu.get("/counter").status_code == 200
    assert restored.get("display", "/display").status_code == 200
    assert lan.get("/floor/tickets/A005").status_code == 404
    assert lan.get("/floor/tickets/A007").status_code == 200


def test_a_phone_says_that_its_number_was_lost(restored: LocalApp) -> None:
    with_json = {"Accept": "application/json"}
    secrets = restored.run(restored.services.store.read, _lost_secrets)
    answer = restored.stranger().get(f"/t/{secrets[0]}?language=zh")
    assert answer.status_code == 410
    assert "您的号码已丢失" in answer.text
    facts = restored.stranger().get(f"/t/{secrets[0]}", headers=with_json).json()
    assert facts["number"] == "A004"
    assert restored.stranger().get("/t/nobody").status_code == 404


def _lost_secrets(connection: object) -> list[str]:
    query = "SELECT secret FROM lost_tickets ORDER BY number"
    return list(connection.exec_driver_sql(query).scalars())  # type: ignore[attr-defined]
