"""The few words on the wall, each in the languages that the people in this hall read."""

from dataclasses import dataclass

from lobby.i18n.languages import HTML_CODES, LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.plan import Plan

CALM = 2
"""Languages beside each other before a wall begins to chatter; the welcome has room for all."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One text, and the `lang` that tells the browser how to draw and say it."""

    lang: str
    text: str


Sayings = tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The device's language first in each."""

    ticket: Sayings
    counter: Sayings
    waiting: Sayings
    welcome: Sayings
    stale: Sayings


def words(plan: Plan, language: str) -> Words:
    tongues = languages_of(plan, language)
    calm = tongues[:CALM]
    return Words(
        ticket=_said(calm, mark("Ticket")),
        counter=_said(calm, mark("Counter")),
        waiting=_said(calm, mark("People waiting")),
        welcome=_said(tongues, mark("Please take a number at the kiosk")),
        stale=_said(calm, mark("Updating. Please watch the counters' own signs.")),
    )


def languages_of(plan: Plan, language: str) -> tuple[str, ...]:
    """The device's language, the branch's own, then the others in which the branch has a name."""
    wanted = dict.fromkeys((language, plan.language, *plan.names))
    return tuple(code for code in wanted if code in LANGUAGES)


def _said(languages: tuple[str, ...], msgid: str) -> Sayings:
    return tuple(Saying(HTML_CODES[code], texts(code).gettext(msgid)) for code in languages)
