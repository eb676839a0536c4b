"""What to bring and what it costs, from the catalogue to the customer's own page."""

import pytest

from kiosk.papers import papers_for
from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.commands.counter import CallNext, OpenCounter
from lobby.queueing.commands.ticket import ChangeService, TakeTicket
from lobby.queueing.model.intake import Intake
from lobby.triage.catalogue import FeeChannel
from tests.app.app import LocalApp

CATALOGUE = read_catalogue(DEMO)
PAGE = "/t/secret-of-the-payer"


@pytest.fixture
def payer(door: LocalApp) -> LocalApp:
    """A001 waits for a transfer, in a branch with the demo catalogue."""
    door.services.catalogues = {"riverside": CATALOGUE}
    door.perform(TakeTicket("A04", "en", "secret-of-the-payer"))
    return door


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_lists_the_papers_and_the_fees_of_the_own_service(
    payer: LocalApp, language: str
) -> None:
    service = CATALOGUE.services["A04"]
    page = payer.stranger().get(f"{PAGE}?language={language}").text
    shown = page.replace("&#39;", "'")
    assert all(document.names[language] in shown for document in service.documents)
    assert all(fee.notes[language] in shown for fee in service.fees.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_knows_every_service_of_the_catalogue(language: str) -> None:
    for code, service in CATALOGUE.services.items():
        papers = papers_for(CATALOGUE, code, language)
        assert papers is not None
        assert len(papers.documents) == len(service.documents)
        assert len(papers.costs) == len(service.fees)


def test_it_names_an_amount_only_where_there_is_one() -> None:
    papers = papers_for(CATALOGUE, "A04", "zh")
    assert papers is not None
    named = {cost.channel: bool(cost.amount) for cost in papers.costs}
    fees = CATALOGUE.services["A04"].fees
    assert list(named.values()) == [fees[c].amounts["CN"] > 0 for c in FeeChannel if c in fees]


def test_it_says_nothing_without_a_catalogue_or_a_known_service() -> None:
    assert papers_for(None, "A04", "en") is None
    assert papers_for(CATALOGUE, "Z99", "en") is None


def test_it_works_without_a_catalogue(payer: LocalApp) -> None:
    payer.services.catalogues = {}
    page = payer.stranger().get(f"{PAGE}?language=en")
    assert page.status_code == 200
    assert "What to bring" not in page.text


def test_it_leaves_the_papers_aside_once_called(payer: LocalApp) -> None:
    payer.perform(OpenCounter("2", "thu", ("A04",)))
    payer.perform(CallNext("2"))
    assert "What to bring" not in payer.stranger().get(f"{PAGE}?language=en").text


@pytest.mark.parametrize(
    ("amount", "is_wanted"),
    [("up_to_5000", False), ("up_to_50000", True), ("more", True), ("coins", True), ("", True)],
)
def test_it_leaves_out_papers_for_large_amounts_where_the_amount_is_small(
    amount: str, *, is_wanted: bool
) -> None:
    papers = papers_for(CATALOGUE, "A01", "en", amount)
    assert papers is not None
    assert ("ID card, for large amounts" in papers.documents) is is_wanted
    assert "Bank card or passbook" in papers.documents


@pytest.mark.parametrize(("change", "is_wanted"), [(False, False), (True, True)])
def test_it_trusts_an_amount_only_for_the_business_it_was_said_for(
    payer: LocalApp, *, change: bool, is_wanted: bool
) -> None:
    intake = Intake(answers=(("amount", "up_to_5000"),))
    payer.perform(TakeTicket("A01", "en", "secret-of-the-saver", intake=intake))
    if change:
        payer.perform(ChangeService("A002", "A02"))
    page = payer.stranger().get("/t/secret-of-the-saver?language=en").text
    assert "What to bring" in page
    assert ("ID card, for large amounts" in page) is is_wanted
