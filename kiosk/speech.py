"""What each screen of the kiosk says aloud: its question or answer, then the ways to go on."""

from collections.abc import Iterable

from kiosk.cards import Card, Way
from kiosk.offers import OfferScreen
from lobby.i18n.formats import ticket_code
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.printing.slip import Slip
from lobby.speech.utterance import Utterance, spoken

SENTENCE_ENDS = ".?。？"


def sentences(parts: Iterable[str], language: str) -> Utterance:
    """One after the other, each with an end that a voice can hear. Where not all is recorded, the
    recordings say those of the sentences that they can say whole."""
    spelling = LANGUAGES[language]
    ended = [p if p[-1] in SENTENCE_ENDS else p + spelling.full_stop for p in parts if p]
    whole = spoken(spelling.sentences(*ended), language)
    if whole.clips:
        return whole
    clips = tuple(clip for sentence in ended for clip in spoken(sentence, language).clips)
    return Utterance(whole.text, clips, is_whole=False)


def spoken_offers(screen: OfferScreen, language: str) -> Utterance:
    return sentences((screen.question, *(offer.name for offer in screen.offers)), language)


def spoken_card(card: Card, language: str) -> Utterance:
    ways = (words for way in (*card.ways, *card.others) for words in _way(way))
    return sentences((*card.sentences, *ways, *card.documents), language)


def spoken_slip(slip: Slip, next_step: str, language: str) -> Utterance:
    say = texts(language).gettext
    number = f"{say(mark('Your number'))} {ticket_code(slip.number)}"
    return sentences((number, slip.machine or next_step, *slip.documents), language)


def _way(way: Way) -> Iterable[str]:
    return (way.title, way.time, way.place)
