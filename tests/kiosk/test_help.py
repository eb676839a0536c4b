"""A colleague called from the kiosk: from every screen, once, and without losing an answer."""

import pytest

from lobby.queueing.commands.floor import AnswerHelp, EndHelp
from lobby.queueing.model.help import HelpKind
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp

HELP = "/kiosk/help"
COMES = {
    "zh": "工作人员马上过来。",
    "vi": "Nhân viên sẽ đến ngay.",
    "en": "Somebody is coming to help you.",
}
SCREENS = (
    "/kiosk",
    "/kiosk?group=all",
    "/kiosk/advice?service=A01",
    "/kiosk/advice?service=A01&amount=more",
    "/kiosk/advice?service=A01&colour=red",
    "/kiosk/tickets/A001",
    "/kiosk/tickets/Z999",
)


@pytest.mark.parametrize("path", SCREENS)
def test_it_is_one_tap_away_on_every_screen(counsel: LocalApp, path: str) -> None:
    page = counsel.paired(DeviceKind.KIOSK).get(path).text
    assert 'method="post" action="/kiosk/help' in page
    assert "Ask for help" in page


@pytest.mark.parametrize("language", COMES)
def test_it_calls_and_says_so_and_leads_on(counsel: LocalApp, language: str) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    asked = f"?language={language}&service=A01&amount=up_to_5000".replace("?language=en&", "?")
    answer = kiosk.post(HELP + asked)
    assert (answer.status_code, answer.headers["location"]) == (303, HELP + asked)
    (call,) = counsel.riverside.hall.help_calls
    assert (call.kind, call.place, call.ticket) == (HelpKind.HELP, "kiosk 1", None)
    page = kiosk.get(HELP + asked).text
    assert COMES[language] in page
    onward = f"/kiosk/advice{asked}".replace("&", "&amp;")
    assert f'href="{onward}" data-key="1"' in page
    assert "data-idle" not in page, "nothing runs out while somebody is on the way"


def test_it_shows_that_somebody_goes_and_ends_when_they_were_there(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    kiosk.post(HELP)
    (call,) = counsel.riverside.hall.help_calls
    counsel.perform(AnswerHelp(call.id, "Lan Secretive"))
    page = kiosk.get(HELP).text
    assert "Somebody is on the way to you." in page
    assert "Secretive" not in page
    counsel.perform(EndHelp(call.id, "helped"))
    assert kiosk.get(HELP).headers["location"] == "/kiosk"


def test_it_calls_once_however_often_it_is_asked(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    for _tap in range(3):
        assert kiosk.post(HELP).status_code == 303
    assert len(counsel.riverside.hall.help_calls) == 1


def test_it_names_the_ticket_that_is_on_the_screen(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    assert 'name="ticket" value="A001"' in kiosk.get("/kiosk/tickets/A001").text
    assert kiosk.post(HELP, ticket="A001").headers["location"] == f"{HELP}/A001"
    assert counsel.riverside.hall.help_calls[0].ticket == "A001"
    assert 'href="/kiosk/tickets/A001" data-key="1"' in kiosk.get(f"{HELP}/A001").text
    kiosk.post(HELP, ticket="<b>")
    assert counsel.riverside.hall.help_calls[1].ticket is None


def test_it_hints_that_somebody_does_not_get_on_and_shows_nothing(counsel: LocalApp) -> None:
    kiosk = counsel.paired(DeviceKind.KIOSK)
    assert kiosk.post_json(HELP, kind="stuck").status_code == 200
    assert [call.kind for call in counsel.riverside.hall.help_calls] == [HelpKind.STUCK]
    assert kiosk.get(HELP).headers["location"] == "/kiosk"
    kiosk.post(HELP, kind="risk")
    kinds = [call.kind for call in counsel.riverside.hall.help_calls]
    assert kinds == [HelpKind.HELP], "a kiosk says no more than that, and one person has one card"


def test_it_refuses_others_and_other_ways(counsel: LocalApp) -> None:
    for person in (counsel.stranger(), counsel.signed_in("thu")):
        assert person.post(HELP).status_code == 401
    kiosk = counsel.paired(DeviceKind.KIOSK)
    assert kiosk.post(HELP, key=None).status_code == 400
    assert kiosk.request("DELETE", HELP).status_code == 405
    assert counsel.riverside.hall.help_calls == ()
