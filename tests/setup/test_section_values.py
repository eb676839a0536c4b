"""Hours, counters and services of a branch, typed well and badly on their pages."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.commands.counter import OpenCounter
from lobby.setup.changes import ABSENT, from_text
from tests.app.app import LocalApp
from tests.setup.demo import NEXT_MONDAY, TODAY, at, change, held, open_demo, versions, wish
from tests.setup.forms import form_in, said, sent

HOURS, COUNTERS, SERVICES = "/setup/hours", "/setup/counters", "/setup/services"
TRANSFER = f"{SERVICES}/A04"
EIGHT, NOON, ONE, FIVE = time(8), time(12), time(13), time(17)


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[LocalApp]:
    with open_demo(tmp_path) as app:
        app.perform(OpenDay())
        yield app


def service(app: LocalApp, code: str) -> Any:
    return at(app, "services", code)


@pytest.mark.parametrize(
    "typed", ["8:00-12:00, 13:00-17:00", "8h-12h;13h–17h", "８：00～12：00、13点至17点"]
)
def test_a_weekday_has_several_spans_however_they_are_typed(branch: LocalApp, typed: str) -> None:
    assert sent(branch, HOURS, retail_monday=typed).status_code == 303
    assert at(branch, "hours", "retail", "monday") == [[EIGHT, NOON], [ONE, FIVE]]
    assert [each.path for each in _changes(branch)] == [("hours", "retail", "monday")]
    page = branch.get("minh", HOURS).text
    assert 'value="08:00-12:00, 13:00-17:00"' in page
    assert "Monday, Private customers: 08:30–17:00 → 08:00–12:00, 13:00–17:00" in page


def test_a_weekday_is_closed_where_nothing_is_typed(branch: LocalApp) -> None:
    assert sent(branch, HOURS, retail_sunday="", last_ticket_min="１５").status_code == 303
    assert at(branch, "hours", "retail", "sunday") == []
    assert at(branch, "hours", "last_ticket_min") == 15


def test_counters_get_hours_of_their_own_and_lose_them(branch: LocalApp) -> None:
    assert sent(branch, HOURS, counters_monday="13:00-17:00").status_code == 303
    assert at(branch, "hours", "counters", "monday") == [[ONE, FIVE]]
    assert sent(branch, HOURS, counters_monday="").status_code == 303
    assert "counters" not in at(branch, "hours")


def test_days_that_are_otherwise_come_and_go(branch: LocalApp) -> None:
    saturday = TODAY + timedelta(days=5)
    new = {"new_day": f"{saturday}", "new_open": "8-12"}
    assert sent(branch, HOURS, **new).status_code == 303
    assert at(branch, "hours", "special_days", f"{saturday}", "open") == [[EIGHT, NOON]]
    page = branch.get("minh", HOURS).text
    assert "Saturday, 7 March 2026: 08:00–12:00" in page
    again = sent(branch, HOURS, **new)
    assert (again.status_code, "in the list already" in again.text) == (422, True)
    assert sent(branch, HOURS, **{f"is_gone_{saturday}": "on"}).status_code == 303
    assert at(branch, "hours", "special_days") == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"retail_monday": "early"}, "Please type times such as"),
        ({"retail_monday": "08:00"}, "Please type times such as"),
        ({"retail_monday": "25:00-26:00"}, "Please type times such as"),
        ({"corporate_friday": "17:00-08:00"}, "Each span ends after it begins"),
        ({"retail_monday": "8-12, 11-17"}, "Each span ends after it begins"),
        ({"last_ticket_min": "300"}, "a whole number from 0 to 240"),
        ({"last_ticket_min": "soon"}, "a whole number from 0 to 240"),
        ({"new_open": "8-12"}, "Please choose a day."),
        ({"new_day": "2026-03-09", "new_until": "2026-03-08"}, "Please choose a last day"),
        ({"new_day": "2026-03-09", "new_until": "2027-03-08"}, "Please choose a last day"),
        ({"retail_monday": "8-12", "from": "soon"}, "Please choose a day."),
        ({"retail_monday": "8-12", "from": "2026-03-01"}, "A day that is over"),
        ({"retail_monday": "8-12", "from": "2036-03-01"}, "Please choose a day before"),
    ],
)
def test_hours_that_cannot_be_are_said_and_stay_typed(
    branch: LocalApp, typed: dict[str, str], sentence: str
) -> None:
    answer = sent(branch, HOURS, reason="Why not", **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert form_in(answer.text).items() >= ({"reason": "Why not"} | typed).items()
    assert versions(branch)[1:] == []


def test_counters_are_added_renamed_and_removed(branch: LocalApp) -> None:
    typed = {"label_1": "3-1", "is_gone_2": "on", "is_premium_6": "on", "new": "VIP 1、贵宾１"}
    assert sent(branch, COUNTERS, **typed).status_code == 303
    assert at(branch, "branch", "counters") == ["3-1", "3", "4", "5", "6", "VIP 1", "贵宾1"]
    assert at(branch, "branch", "premium_counters") == ["6"]
    assert next(iter(branch.riverside.plan.counters.values())).label == "3-1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label_1": ""}, "at most 8 letters and digits"),
        ({"label_1": "!"}, "at most 8 letters and digits"),
        ({"new": "much too long"}, "at most 8 letters and digits"),
        ({"label_1": "2"}, "There is a counter 2 already."),
        ({"new": "vip, VIP"}, "There is a counter VIP already."),
        ({f"is_gone_{number}": "on" for number in range(1, 7)}, "keeps at least one counter"),
    ],
)
def test_counters_that_cannot_be_are_said(
    branch: LocalApp, typed: dict[str, str], sentence: str
) -> None:
    answer = sent(branch, COUNTERS, **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert form_in(answer.text).items() >= typed.items()
    assert at(branch, "branch", "counters") == ["1", "2", "3", "4", "5", "6"]


def test_a_counter_that_is_open_is_not_removed_today(branch: LocalApp) -> None:
    branch.perform(OpenCounter("2", branch.id_of("thu"), ("A01",)))
    answer = sent(branch, COUNTERS, is_gone_2="on")
    assert answer.status_code == 422
    assert "Counters that would be gone are open (2)." in said(answer)
    assert sent(branch, COUNTERS, day=NEXT_MONDAY, is_gone_2="on").status_code == 303
    assert "2" in branch.riverside.plan.counters


def test_a_service_is_taken_out_and_offered_again(branch: LocalApp) -> None:
    assert sent(branch, SERVICES, is_offered_B01=None).status_code == 303
    assert service(branch, "B01")["offered"] is False
    assert "B01" not in branch.riverside.plan.services
    assert "B01 Open account or card: Not offered" in branch.get("minh", SERVICES).text
    assert sent(branch, SERVICES, is_offered_B01="on").status_code == 303
    assert "B01" in branch.riverside.plan.services


def test_a_service_that_people_wait_for_is_not_taken_out_today(branch: LocalApp) -> None:
    branch.take_together("B01", "B01")
    answer = sent(branch, SERVICES, is_offered_B01=None)
    assert answer.status_code == 422
    assert "B01: 2" in answer.text
    assert "is_offered_B01" not in form_in(answer.text)


def test_a_service_of_the_program_brings_no_price_that_nobody_typed(branch: LocalApp) -> None:
    change(branch, wish((("services", "C02"), ABSENT)))
    page = branch.get("minh", f"{SERVICES}?language=zh").text
    assert "45 分钟 · 按收费标准" in page
    assert sent(branch, SERVICES, is_offered_C02="on").status_code == 303
    fees = service(branch, "C02")["fees"]
    assert {amount for fee in fees.values() for amount in fee["amounts"].values()} == {0}
    assert fees["counter"]["notes"]["vi"] == "Theo biểu phí"


def test_a_service_has_a_name_and_not_that_of_a_person(branch: LocalApp) -> None:
    """The word for a person's name is another one."""
    for language, word in {"zh": "名称", "vi": "Tên"}.items():
        page = branch.get("minh", f"{TRANSFER}?language={language}").text
        assert f"<h2>{word}</h2>" in page


def test_a_service_of_the_program_is_added_with_its_texts_and_fees(branch: LocalApp) -> None:
    change(branch, wish((("services", "F01"), ABSENT)))
    assert "F01" not in held(branch, TODAY).set_up.catalogue.services
    assert "Ready to add" in branch.get("minh", SERVICES).text
    assert sent(branch, SERVICES, is_offered_F01="on").status_code == 303
    new = held(branch, TODAY).set_up.catalogue.services["F01"]
    assert new.names["zh"] == "外汇兑换"
    assert branch.take("F01") == "F001"


def test_a_branch_keeps_a_service_and_a_first_screen(branch: LocalApp) -> None:
    every: dict[str, Any] = {
        name: None for name in form_in(branch.get("minh", SERVICES).text) if "offered" in name
    }
    answer = sent(branch, SERVICES, **every)
    assert (answer.status_code, "at least one service" in answer.text) == (422, True)
    assert sent(branch, SERVICES, **(every | {"is_offered_F01": "on"})).status_code == 303
    assert at(branch, "routine") == ["F01"]


def test_everything_of_a_service_is_changed(branch: LocalApp) -> None:
    typed = {
        "name_en": "Transfers",
        "prefix": "ｔ",
        "pool": "transfers",
        "minutes": "7,5",
        "fee_counter_amount": "1,200",
        "fee_counter_source": "Tariff of March",
        "fee_counter_since": "2026-03-01",
        "document_2_zh": "印章",
        "document_2_vi": "Con dấu",
        "document_2_en": "Seal",
        "is_large_2": "on",
        "steps_zh": "说明\n签字",
        "steps_vi": "Nói\nKý",
        "steps_en": "Say it\n\n Sign it ",
    }
    assert sent(branch, TRANSFER, **typed).status_code == 303
    new = service(branch, "A04")
    assert (new["prefix"], new["pool"], new["minutes"]) == ("T", "transfers", 7.5)
    fee = new["fees"]["counter"]
    assert (fee["amounts"], fee["source"]) == ({"CN": 1200, "VN": 22_000}, "Tariff of March")
    assert new["documents"][2] == {"zh": "印章", "vi": "Con dấu", "en": "Seal", "only_large": True}
    assert new["steps"]["en"] == ["Say it", "Sign it"]
    assert branch.take("A04") == "T001"


def test_a_way_by_phone_comes_and_goes(branch: LocalApp) -> None:
    path = f"{SERVICES}/A01"
    notes = {f"fee_phone_note_{code}": "x" for code in ("zh", "vi", "en")}
    new = {"fee_phone_amount": "0", "fee_phone_source": "Tariff", "fee_phone_since": "2026-01-01"}
    assert sent(branch, path, **new, **notes).status_code == 303
    assert service(branch, "A01")["fees"]["phone"]["amounts"] == {"CN": 0, "VN": 0}
    assert sent(branch, path, **dict.fromkeys([*new, *notes], "")).status_code == 303
    assert "phone" not in service(branch, "A01")["fees"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name_vi": " "}, "in every language, at most 400"),
        ({"name_en": "x" * 401}, "in every language, at most 400"),
        ({"prefix": "S"}, "one letter from A to Z"),
        ({"prefix": "AB"}, "one letter from A to Z"),
        ({"minutes": "0"}, "a number of minutes from 0.1 to 480"),
        ({"minutes": "long"}, "a number of minutes from 0.1 to 480"),
        ({"pool": ""}, "a name of at most 40"),
        ({"fee_counter_amount": "free"}, "Please type an amount"),
        ({"fee_counter_amount": "-1"}, "Please type an amount"),
        ({"fee_machine_since": ""}, "Please choose a day."),
        ({"document_2_en": "Seal"}, "in every language, at most 400"),
        ({"steps_en": "Only one"}, "as many steps in each language"),
        ({f"steps_{code}": "" for code in ("zh", "vi", "en")}, "as many steps"),
    ],
)
def test_a_service_that_cannot_be_is_said_and_stays_typed(
    branch: LocalApp, typed: dict[str, str], sentence: str
) -> None:
    answer = sent(branch, TRANSFER, **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert form_in(answer.text).items() >= typed.items()
    assert versions(branch)[1:] == []


def _changes(app: LocalApp) -> Any:
    return from_text(versions(app)[-1].changes)
