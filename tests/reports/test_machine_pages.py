import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest

from lobby.machines import MachineState
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.floor import AnswerHelp, CallColleague, ReportMachine
from lobby.queueing.commands.ticket import (
    ConfirmMachineJob,
    DeclineMachine,
    OfferMachine,
    ReturnFromMachine,
    TakeTicket,
)
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import ConfirmedBy, Intake
from lobby.reports.day import report_of
from lobby.reports.export import as_csv, as_json
from tests.reports.conftest import Desk
from tests.reports.kpi_day import DAY, SITTINGS, VISITS, at, visit
from tests.reports.test_day import NEXT_MORNING, PLAN, worked_day

DAY_PAGE = "/reports/days/2026-03-05"
LAN = "7"
ROUTINE = Intake(rule="R22", rule_set="1/1", eligible=True, offered=True)
COINS = Intake(rule="R12", rule_set="1/1", exclusion="LOOSE_CHANGE")
FREE = Intake(rule="R20", rule_set="1/1", exclusion="NO_QUEUE")


def test_it_gives_machines_the_funnel_of_the_worked_day(desk: Desk) -> None:
    diversion = desk.get(f"{DAY_PAGE}.json").json()["diversion"]
    names = ("eligible", "offered", "accepted", "completed", "returned", "unconfirmed")
    assert [diversion[name] for name in names] == [4, 4, 3, 1, 1, 1]
    assert diversion["acceptance_rate"]["share"] == 0.75
    assert diversion["diversion_rate"] == {"count": 1, "of": 4, "share": 0.25}
    assert diversion["return_rate"] == {"count": 1, "of": 3, "share": 1 / 3}
    assert diversion["exclusions"] == {"LOOSE_CHANGE": 1, "PREMIUM": 1, "": 6}
    assert diversion["saved_s"] == 300


@pytest.mark.parametrize(
    ("language", "heading", "reason"),
    [
        ("en", "At the machines", "Coins or small notes"),
        ("zh", "自助设备", "硬币或零钞"),
        ("vi", "Tại máy tự phục vụ", "Tiền xu hoặc tiền lẻ"),
    ],
)
def test_it_shows_the_machines_in_three_languages(
    desk: Desk, language: str, heading: str, reason: str
) -> None:
    page = desk.get(f"{DAY_PAGE}?language={language}").text
    assert f'<h2 id="machines-heading">{heading}</h2>' in page
    assert reason in page


def test_it_never_shows_the_diversion_rate_without_the_returns(desk: Desk) -> None:
    page = desk.get(DAY_PAGE).text
    assert page.index("<dt>Diversion rate</dt>") < page.index("<dt>Return rate</dt>")
    head = '<th scope="col" class="is-figure">{}</th>'
    rate, returns = (page.index(head.format(f"{name} rate")) for name in ("Diversion", "Return"))
    assert 0 < returns - rate < 100
    assert "33.3%" in page
    assert "above 15%" in page


def test_it_tells_of_the_rules_in_words_with_their_version_and_without_codes(desk: Desk) -> None:
    page = desk.get(DAY_PAGE).text
    assert "Rule set 2026-01/1." in page
    assert "Somebody may be deceiving the customer" in page
    told = page.split("definitions-heading")[0]
    assert not re.search(r"\bR\d\d\b", told), "codes are not for the head"


def test_a_branch_without_a_catalogue_keeps_its_report(desk: Desk) -> None:
    plain = report_of(PLAN, DAY, [visit("A001", 0, 1, 2, 3)], SITTINGS, NEXT_MORNING)
    assert not {"diversion", "rules", "machines", "faults", "help_calls"} & set(as_json(plain))
    empty = desk.get("/reports/days/2026-03-04")
    assert "machines-heading" not in empty.text
    assert "diversion" not in desk.get("/reports/days/2026-03-04.json").json()


def test_it_gives_spreadsheets_the_way_to_the_machine(desk: Desk) -> None:
    sheet = desk.get(f"{DAY_PAGE}.csv").content.decode("utf-8-sig")
    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(sheet))}
    done, back = rows["A003"], rows["A005"]
    assert (done["eligible"], done["offered_by"], done["machine"]) == ("1", "kiosk", "atm-1")
    assert (done["machine_done_at"], done["confirmed_by"]) == ("2026-03-05 09:10:00", "slip")
    assert (back["accepted_at"], back["returned_at"]) == (
        *("2026-03-05 09:07:00", "2026-03-05 09:12:00"),
    )
    assert (rows["A006"]["rule"], rows["A006"]["exclusion"]) == ("R12", "LOOSE_CHANGE")
    assert (rows["A001"]["eligible"], rows["A001"]["offered_at"]) == ("0", "")


def test_no_cell_about_machines_runs_as_a_formula() -> None:
    evil = replace(VISITS[3], rule="=1+1", rule_set="@x", exclusion="-y", machine="+z")
    text = as_csv(report_of(PLAN, DAY, [evil], [], NEXT_MORNING), PLAN, "en")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert [row[name] for name in ("rule", "rule_set", "exclusion", "machine")] == [
        *("'=1+1", "'@x", "'-y", "'+z"),
    ]


def test_what_each_colleague_did_is_told_to_the_branch_head_only(desk: Desk) -> None:
    live_through_a_day(desk)
    day = "/reports/days/2026-03-06"
    assert "of these, colleague 7" in desk.get(day, "minh").text
    assert "colleague 7" not in desk.get(day, "ada").text
    assert desk.get(f"{day}.json", "minh").json()["diversion"]["colleagues"][0]["staff"] == "7"
    assert "colleagues" not in desk.get(f"{day}.json", "ada").json()["diversion"]
    assert "colleagues" not in as_json(worked_day())["diversion"]
    assert "offered_staff" not in desk.get(f"{day}.csv", "minh").text


def test_it_tells_what_was_done_at_the_machines(desk: Desk) -> None:
    live_through_a_day(desk)
    figures = desk.get("/reports/days/2026-03-06.json").json()
    assert counted(figures["diversion"]) == {
        "eligible": 4,
        "offered": 4,
        "accepted": 3,
        "declined": 1,
        "unanswered": 0,
        "completed": 1,
        "returned": 1,
        "unconfirmed": 0,
        "at_machine": 1,
    }
    second = figures["diversion"]["second"]
    assert (second["offered"], second["declined"], second["completed"]) == (1, 1, 0)
    hits = {line["rule"]: line["hits"] for line in figures["rules"]}
    assert hits == {"R01": 0, "R02": 0, "R12": 1, "R20": 1, "R22": 3, "R32": 1, "R33": 1}
    assert figures["repairs"] == {"count": 1, "mean_s": 600}
    assert figures["help_calls"][0]["contact_median_s"] == 30
    page = desk.get("/reports/days/2026-03-06").text
    assert "3 of 4 people whose business a machine could do went to one" in page
    assert "1 still there." in page
    assert page.count("out of order") >= 1


COUNTED = (
    *("eligible", "offered", "accepted", "declined", "unanswered"),
    *("completed", "returned", "unconfirmed", "at_machine"),
)


def counted(figures: dict[str, Any]) -> dict[str, int]:
    return {name: figures[name] for name in COUNTED}


def live_through_a_day(desk: Desk) -> None:
    """The next day, through the commands of kiosk and floor: done, back, still there, declined,
    coins; a fault of ten minutes and a call for help."""
    desk.clock.move_to(at(24 * 60))
    desk.perform(OpenCounter("1", "thu", ("A01",)), LAN)
    for secret, intake, machine in (
        ("a", ROUTINE, "atm-1"),
        ("b", ROUTINE, "atm-1"),
        ("c", ROUTINE, "atm-1"),
        ("d", FREE, None),
        ("e", COINS, None),
    ):
        desk.perform(TakeTicket("A01", "vi", secret * 22, intake=intake, machine=machine), LAN)
    desk.perform(ConfirmMachineJob("S001", ConfirmedBy.CUSTOMER), LAN)
    desk.perform(ReturnFromMachine("S002"), LAN)
    desk.perform(OfferMachine("A001", "atm-1"), LAN)
    desk.perform(DeclineMachine("A001"), LAN)
    desk.perform(ReportMachine("atm-1", MachineState.DOWN, 0), LAN)
    desk.perform(CallColleague(HelpKind.HELP, "Kiosk", None), LAN)
    desk.clock.advance(30)
    (call,) = desk.app.hall.help_calls
    desk.perform(AnswerHelp(call.id, "7"), LAN)
    desk.clock.advance(570)
    desk.perform(ReportMachine("atm-1", MachineState.UP, 0), LAN)
