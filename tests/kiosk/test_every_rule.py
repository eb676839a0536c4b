"""Each rule walked from a kiosk to what it leaves: the number and its class, or a colleague who
knows what was answered, and a line of the report."""

from dataclasses import MISSING, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.queueing.commands.floor import SetDuty
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.priority import Priority
from lobby.screens import advice as screens
from lobby.store.devices import DeviceKind
from lobby.triage.advising import advise
from lobby.triage.request import Request
from lobby.triage.rules import rule_ids
from lobby.triage.situation import Situation
from tests.app.app import LocalApp, open_app
from tests.kiosk.rule_house import advice_page, both, fired, furnish, newest, person
from tests.kiosk.rule_walks import INPUTS, SMALL, WALKS, Walk

TAKE = "/kiosk/tickets"
IN_THE_WAIT = {"R32", "R33"}
"""A colleague's offer on the tablet, and the way back from a machine: walked with the modifiers."""


@pytest.mark.parametrize(
    "walk", WALKS, ids=lambda walk: f"{walk.rule} {walk.service} {'-'.join(walk.answers.values())}"
)
def test_it_leads_from_the_screen_to_the_report(house: LocalApp, walk: Walk) -> None:
    furnish(house, walk.world)
    someone = person(house, walk.who)
    page = advice_page(someone, walk)
    assert walk.says in page
    form = {"service": walk.service, "language": "en", "choice": walk.choice, **walk.answers}
    assert someone.post(TAKE, **form).status_code == 303
    if walk.letter is None:
        (call,) = house.hall.help_calls
        assert (call.intake.rule, call.service, call.ticket) == (walk.rule, walk.service, None)
    else:
        ticket = newest(house, walk.letter)
        assert ticket.intake.rule == walk.rule
        assert "2503" not in str(ticket.intake.answers), "of an exact amount the band is kept"
    assert fired(house, walk.rule)


def test_every_rule_is_walked() -> None:
    assert {walk.rule for walk in WALKS} | IN_THE_WAIT == set(rule_ids())


def test_a_lost_card_waits_in_a_class_of_its_own(house: LocalApp) -> None:
    furnish(house, "busy")
    kiosk = house.paired(DeviceKind.KIOSK)
    kiosk.post(TAKE, service="B02", choice="counter")
    assert newest(house, "B").priority is Priority.URGENT


def test_the_adviser_who_is_known_is_waited_for(house: LocalApp) -> None:
    furnish(house, "busy")
    kiosk = house.paired(DeviceKind.KIOSK)
    assert "The adviser at counter 2" in kiosk.get("/kiosk/advice?service=W01").text
    kiosk.post(TAKE, service="W01", adviser="adviser-6", choice="same_adviser")
    assert newest(house, "W").reserved_teller == "adviser-6"


def test_who_may_not_hear_the_call_is_called_by_a_flash(house: LocalApp) -> None:
    furnish(house, "busy")
    kiosk = house.paired(DeviceKind.KIOSK)
    page = kiosk.get("/kiosk/advice?service=B07&calling=flash").text
    assert "Take a number" in page
    kiosk.post(TAKE, service="B07", calling="flash", choice="counter")
    assert newest(house, "B").call_modes == ("display", "flash")


def test_a_kiosk_asks_nobody_who_they_are(house: LocalApp) -> None:
    furnish(house, "busy")
    kiosk = house.paired(DeviceKind.KIOSK)
    for said in ("customer=PREMIUM", "amount=exact_500&credential=card"):
        assert kiosk.get(f"/kiosk/advice?service=A01&{said}").status_code == 409
    assert kiosk.get("/kiosk/customer?service=B07").status_code == 409
    lan = house.signed_in("lan").get("/kiosk/customer?service=B07&language=en").text
    assert "Priority: Service or veteran" in lan
    named = house.signed_in("lan").get("/kiosk/advice?service=B07&customer=MILITARY_VETERAN")
    assert named.status_code == 200


def test_a_class_gives_its_time_to_come(house: LocalApp) -> None:
    furnish(house, "busy")
    lan = house.signed_in("lan")
    lan.post(TAKE, service="B07", customer="PREGNANT_INFANT", choice="counter")
    ticket = newest(house, "B")
    assert (ticket.intake.grace_s, ticket.priority) == (180, Priority.ASSISTANCE)


def test_a_risk_card_without_a_number_says_what_was_answered(house: LocalApp) -> None:
    furnish(house, "busy")
    house.paired(DeviceKind.KIOSK).post(TAKE, service="A04", receiver="asked", choice="colleague")
    lan = house.signed_in("lan")
    lan.post("/floor/duty", state="on_duty")
    (call,) = house.hall.help_calls
    page = lan.get(f"/floor/risks/{call.id}?language=en").text
    assert "I was asked by phone or chat" in page
    assert "Transfer or remittance" in page
    assert call.kind is HelpKind.RISK
    lan.post(f"/floor/risks/{call.id}/outcomes", outcome="went_on")
    assert "Went ahead despite the warning" in house.get("minh", "/reports/days/2026-03-02").text


def test_every_input_of_the_rules_is_set_by_somebody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a person's act, a device's report or a setting: no field keeps its default for ever."""
    asked: list[tuple[Request, Situation]] = []

    def recorded(catalogue: Any, request: Request, situation: Situation) -> Any:
        asked.append((request, situation))
        return advise(catalogue, request, situation)

    monkeypatch.setattr(screens, "advise", recorded)
    for number, world in enumerate(dict.fromkeys(walk.world for walk in INPUTS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with open_app(folder, both) as house:
            catalogue = read_catalogue(DEMO)
            house.services.catalogues = {"riverside": catalogue, "harbour": catalogue}
            furnish(house, world)
            house.perform(SetDuty(house.id_of("lan"), DutyState.WITH_CUSTOMER))
            for walk in (walk for walk in INPUTS if walk.world == world):
                advice_page(person(house, walk.who), walk)
            kiosk = house.paired(DeviceKind.KIOSK)
            kiosk.post(TAKE, service="A01", **SMALL, choice="machine")
            if "S001" in house.hall.tickets:
                kiosk.post("/kiosk/tickets/S001/returns")
                now, ticket = house.clock.now() + timedelta(minutes=9), house.ticket("S001")
                screens.advice_in_line(house.services, house.riverside, ticket, now)
    untouched = {
        f"{kind.__name__}.{each.name}"
        for kind, given in ((Request, [r for r, _ in asked]), (Situation, [s for _, s in asked]))
        for each in fields(kind)
        if each.default is not MISSING
        and all(getattr(one, each.name) == each.default for one in given)
    }
    dial = {"Situation.dial"}
    """Set by the branch's file: `test_it_says_no_more_than_a_notice_where_the_dial_says_so`."""
    assert untouched - dial == set()
