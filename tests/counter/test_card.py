"""The customer's card: what the teller should know arrives with the call, in plain words."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

import pytest

from counter.customers import Customer
from counter.greetings import SENTENCES, greeting
from counter.views import OutsideHall, TerminalView, terminal_view
from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.commands.ticket import SetCallModes, TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.priority import Priority
from tests.app.app import LocalApp

CATALOGUE = read_catalogue(DEMO)
BANDED = {"receiver": "known", "amount": "up_to_50000", "biometric": "yes"}


def arrives(
    door: LocalApp,
    service: str = "A04",
    *,
    language: str = "vi",
    priority: Priority | None = None,
    reasons: tuple[str, ...] = (),
    help_wanted: bool = False,
    said: Mapping[str, str] = {},
) -> str:
    """Somebody who has answered the kiosk's questions."""
    intake = Intake(answers=tuple(said.items()), reasons=reasons, help_wanted=help_wanted)
    asked = TakeTicket(service, language, secrets.token_hex(8), intake=intake, priority=priority)
    taken = door.perform(asked).events[-1]
    assert isinstance(taken, TicketTaken)
    return taken.number


def card(door: LocalApp, language: str = "en") -> str:
    door.services.catalogues = {"riverside": CATALOGUE}
    if door.hall.counters["1"].ticket is None:
        services = ["A01", "A02", "A04", "B01"]
        door.post("thu", "/counter/openings", counter="1", service=services)
        door.post("thu", "/counter/calls", counter="1")
    return str(door.get("thu", f"/counter?language={language}").text)


def customer(door: LocalApp) -> Customer:
    card(door)
    view = terminal_view(
        door.hall, door.id_of("thu"), OutsideHall(str, CATALOGUE), door.clock.now()
    )
    assert isinstance(view, TerminalView) and view.customer
    return view.customer


@pytest.mark.parametrize(
    ("language", "amount"),
    [("en", "Up to ¥50,000"), ("zh", "5\u00a0万元以内"), ("vi", "Đến 50.000\u00a0tệ")],
)
def test_it_shows_the_band_and_never_an_amount(door: LocalApp, language: str, amount: str) -> None:
    arrives(door, said=BANDED)
    assert amount in card(door, language)


def test_it_names_the_papers_that_the_service_takes(door: LocalApp) -> None:
    arrives(door, said=BANDED)
    assert "Bank card or ID card" in card(door)


@pytest.mark.parametrize(
    ("own_id", "words"), [("yes", "Has the ID card here"), ("no", "Has no ID card here")]
)
def test_it_says_whether_the_papers_are_there(door: LocalApp, own_id: str, words: str) -> None:
    arrives(door, "B01", said={"own_id": own_id})
    assert words in card(door)


def test_it_is_silent_about_what_nobody_asked(door: LocalApp) -> None:
    arrives(door, "A01")
    html = card(door)
    assert "Amount" not in html and "Identity papers" not in html


def test_it_shows_answers_that_the_catalogue_no_longer_knows_as_nothing(door: LocalApp) -> None:
    arrives(door, said={"amount": "up_to_7"})
    assert "Amount" not in card(door)


def test_it_marks_who_would_like_help(door: LocalApp) -> None:
    arrives(door, "A01", help_wanted=True)
    assert "Would like help" in card(door)


@pytest.mark.parametrize(
    ("priority", "words"),
    [(Priority.PREMIUM, "Expects personal service"), (Priority.APPOINTMENT, "Has a booking")],
)
def test_it_marks_who_is_expected(door: LocalApp, priority: Priority, words: str) -> None:
    arrives(door, "A01", priority=priority)
    assert words in card(door)


@pytest.mark.parametrize(
    ("mode", "pager", "words"),
    [
        (CallMode.FETCH, "", "A colleague will bring them"),
        (CallMode.PAGER, "7", "Is called by pager"),
    ],
)
def test_it_says_how_somebody_comes_who_is_not_called_aloud(
    door: LocalApp, mode: CallMode, pager: str, words: str
) -> None:
    number = arrives(door, "A01")
    door.perform(SetCallModes(number, (mode,), pager))
    assert words in card(door)


def test_it_says_why_this_one(door: LocalApp) -> None:
    number = arrives(door, "A01")
    door.clock.advance(9 * 60)
    assert f"{number}: promised 20 min, has waited 9 min" in card(door)


def test_it_shows_a_wait_beyond_the_promise(door: LocalApp) -> None:
    arrives(door, "A01")
    door.clock.advance(25 * 60)
    html = card(door)
    assert "25 of 20 min" in html and "Cảm ơn quý khách đã kiên nhẫn chờ." in html


def test_it_greets_in_the_customers_language_and_says_what_it_means(door: LocalApp) -> None:
    arrives(door, "A01", language="vi")
    html = card(door)
    assert 'lang="vi">Kính chào quý khách, mời quý khách ngồi.' in html
    assert "Good day, please have a seat." in html


def test_it_does_not_translate_for_who_speaks_the_same_language(door: LocalApp) -> None:
    arrives(door, "A01", language="en")
    assert card(door).count("Good day, please have a seat.") == 1


def test_it_asks_about_the_receiver_first_where_there_is_a_risk(door: LocalApp) -> None:
    arrives(door, language="en", reasons=("RISK",), said={"receiver": "asked"})
    html = card(door)
    assert "do you know the receiver in person?" in html
    assert "Is that right?" not in html


def test_it_asks_for_papers_that_were_missing(door: LocalApp) -> None:
    arrives(door, "B01", language="en", said={"own_id": "no"})
    assert "Do you have your ID card with you now?" in card(door)


def test_it_puts_the_greeting_away_once_the_work_is_under_way(door: LocalApp) -> None:
    number = arrives(door, "A01", language="en")
    card(door)
    door.post("thu", "/counter/servings", counter="1", number=number)
    assert "Good day" in card(door)
    door.clock.advance(180)
    assert "Good day" not in card(door)


def test_it_goes_on_where_a_hold_interrupted(door: LocalApp) -> None:
    number = arrives(door, "A01", language="en")
    card(door)
    door.post("thu", "/counter/servings", counter="1", number=number)
    held = {"number": number, "reason": "Filling in a form", "minutes": "5"}
    door.post("thu", "/counter/holds", counter="1", **held)
    door.post("thu", "/counter/returns", number=number, after="hold")
    door.post("thu", "/counter/calls", counter="1")
    assert "Welcome back. Let us carry on where we stopped." in card(door)


def test_it_never_says_more_than_three_things_first(door: LocalApp) -> None:
    arrives(door, reasons=("RISK",), help_wanted=True, said={"receiver": "asked"})
    door.clock.advance(60 * 60)
    assert len(customer(door).occasions) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_every_sentence_in_every_language(door: LocalApp, language: str) -> None:
    arrives(door, "A01")
    service = customer(door).service
    for occasion in SENTENCES:
        said = greeting((occasion,), service, language)
        assert said and "%(" not in said
        assert language == "en" or said != greeting((occasion,), service, "en")


def test_it_paints_nothing_anew_while_nothing_has_changed(door: LocalApp) -> None:
    arrives(door, said=BANDED)
    first = customer(door)
    door.clock.advance(1)
    assert customer(door) == first
    assert replace(first, note="x") != first
