"""What each screen of the kiosk says aloud: its question or answer, then the ways to go on."""

from collections.abc import Iterable, Iterator

from kiosk.back_key import BACK, NO_BACK_KEY, BackKey
from kiosk.cards import Card, Way
from kiosk.hours import Closed
from kiosk.offers import OfferScreen
from kiosk.printing import Paper
from lobby.i18n.formats import ticket_code
from lobby.i18n.texts import mark, texts
from lobby.printing.slip import Slip
from lobby.speech.sentences import sentences
from lobby.speech.utterance import Utterance

MORE_SERVICES = mark("More services")
READY = mark("Please have ready")
LOWEST_FEE = mark("Lowest fee")
MACHINES_WORK = mark("These machines work now")
NOT_PRINTED = mark("The slip did not print. Please take a photo of your number or remember it.")


def spoken_offers(screen: OfferScreen, language: str, back: BackKey = NO_BACK_KEY) -> Utterance:
    """Last the key for who comes back to a place that was kept, where somebody is away."""
    say = texts(language).gettext
    more = (say(MORE_SERVICES),) if screen.more else ()
    key = (say(BACK),) if back.href and not screen.back else ()
    names = (offer.name for offer in screen.offers)
    return sentences((screen.question, *names, *more, *key), language)


def spoken_closed(closed: Closed, language: str) -> Utterance:
    """Why and when it opens, and what works meanwhile."""
    words = texts(language).gettext(MACHINES_WORK)
    names = (f"{machine.name}: {machine.place}" for machine in closed.machines)
    machines = (words, *names) if closed.machines else ()
    return sentences((closed.word, closed.why, closed.opens, *machines), language)


def spoken_question(prompt: str, answers: Iterable[str], language: str) -> Utterance:
    return sentences((prompt, *answers), language)


def spoken_card(card: Card, language: str, more: str = "") -> Utterance:
    ways = (words for way in card.ways for words in spoken_way(way, language))
    others = (words for way in card.others for words in _other(way, language))
    ready = _ready(card.documents, language)
    return sentences((*card.sentences, *ways, *others, more, *ready), language)


def spoken_elsewhere(way: Way, how: str, counter: Way, language: str) -> Utterance:
    """A way out of the hall, who shows it, and the person beside it."""
    title, *facts = spoken_way(way, language)
    return sentences((title, how, *facts, counter.title), language)


def spoken_slip(slip: Slip, next_steps: tuple[str, ...], paper: Paper, language: str) -> Utterance:
    say = texts(language).gettext
    number = f"{say(mark('Your number'))} {ticket_code(slip.number)}"
    trouble = (say(NOT_PRINTED),) if paper is Paper.FAILED else ()
    return sentences((number, *next_steps, *trouble, *_ready(slip.documents, language)), language)


def spoken_way(way: Way, language: str) -> Iterator[str]:
    """As it stands on its card: the time, the fee, the place."""
    yield way.title
    yield way.time
    yield f"{way.fee} {way.fee_note}".strip()
    if way.is_cheapest:
        yield texts(language).gettext(LOWEST_FEE)
    yield way.place


def _other(way: Way, language: str) -> Iterator[str]:
    yield way.title
    if way.is_cheapest:
        yield texts(language).gettext(LOWEST_FEE)


def _ready(documents: tuple[str, ...], language: str) -> tuple[str, ...]:
    return (texts(language).gettext(READY), *documents) if documents else ()
