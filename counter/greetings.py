"""What a teller may say first, in the customer's own language: two or three short sentences."""

from enum import StrEnum

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket
from lobby.triage.advice import Reason
from lobby.triage.answers import QuestionCode

RISKS = frozenset({Reason.RISK.value, Reason.RISK_SOFT.value})


class Occasion(StrEnum):
    """Each calls for a sentence of its own."""

    WELCOME = "welcome"
    WELCOME_BACK = "welcome_back"
    LATE = "late"
    FROM_MACHINE = "from_machine"
    FROM_COLLEAGUE = "from_colleague"
    SERVICE = "service"
    RECEIVER = "receiver"
    PAPERS = "papers"
    HELP = "help"


SENTENCES = {
    Occasion.WELCOME: mark("Good day, please have a seat."),
    Occasion.WELCOME_BACK: mark("Welcome back. Let us carry on where we stopped."),
    Occasion.LATE: mark("Thank you for your patience today."),
    Occasion.FROM_MACHINE: mark("We are sorry about the machine. I will do this for you here."),
    Occasion.FROM_COLLEAGUE: mark("My colleague has told me what you need."),
    Occasion.SERVICE: mark("You are here for this: %(service)s. Is that right?"),
    Occasion.RECEIVER: mark("Before we begin: do you know the receiver in person?"),
    Occasion.PAPERS: mark("Do you have your ID card with you now?"),
    Occasion.HELP: mark("Take your time. Please tell me whenever I can help."),
}


def greeting_occasions(ticket: Ticket, *, is_late: bool) -> tuple[Occasion, ...]:
    """At most three: a welcome, one question, and one thing more, before it or after it."""
    if ticket.holds and ticket.servings:
        return (Occasion.WELCOME_BACK,)
    before = _before(ticket)
    if before is not None:
        return (Occasion.WELCOME, before, _question(ticket))
    if ticket.intake.help_wanted:
        return (Occasion.WELCOME, _question(ticket), Occasion.HELP)
    late = (Occasion.LATE,) if is_late else ()
    return (Occasion.WELCOME, *late, _question(ticket))


def _before(ticket: Ticket) -> Occasion | None:
    """What the customer has behind them here already."""
    if ticket.diversion is not None and ticket.diversion.returned_at is not None:
        return Occasion.FROM_MACHINE
    return Occasion.FROM_COLLEAGUE if ticket.transfers else None


def _question(ticket: Ticket) -> Occasion:
    """Protection before papers, papers before the ordinary."""
    if RISKS & set(ticket.reasons):
        return Occasion.RECEIVER
    if dict(ticket.intake.answers).get(QuestionCode.OWN_ID) == "no":
        return Occasion.PAPERS
    return Occasion.SERVICE


def greeting(occasions: tuple[Occasion, ...], service: Service, language: str) -> str:
    """The sentences one after the other; Chinese sets no space between them."""
    text = texts(language)
    name = service.name(language)
    sentences = (text.gettext(SENTENCES[occasion]) % {"service": name} for occasion in occasions)
    return LANGUAGES[language].sentences(*sentences)
