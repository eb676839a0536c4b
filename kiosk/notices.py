"""What may come over any screen of the kiosk: its words, and how they are said aloud."""

from dataclasses import dataclass

from kiosk.session import KioskSession
from lobby.i18n.texts import mark, texts
from lobby.speech.sentences import sentences
from lobby.speech.utterance import Utterance

MORE_TIME = mark("Would you like more time?")
STARTS_OVER = mark("This screen starts over in 20 seconds.")
NO_HURRY = mark("Take your time. Without an answer, this screen starts over.")
NEED_TIME = mark("I need more time")
AWAY = (
    mark("One moment please: the connection is lost."),
    mark("Nothing is lost. This screen goes on by itself."),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """`spoken` None where the screen is not read aloud."""

    sentences: tuple[str, ...]
    spoken: Utterance | None


def more_time(session: KioskSession) -> Notice:
    """Large text shows no clock."""
    return _notice((MORE_TIME, NO_HURRY if session.is_large else STARTS_OVER, NEED_TIME), session)


def connection_lost(session: KioskSession) -> Notice:
    return _notice(AWAY, session)


def _notice(msgids: tuple[str, ...], session: KioskSession) -> Notice:
    words = tuple(map(texts(session.language).gettext, msgids))
    return Notice(words, sentences(words, session.language) if session.is_spoken else None)
