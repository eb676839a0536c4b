"""The few words on the wall, each in the languages that the people in this hall read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lobby.i18n.languages import HTML_CODES, LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan

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
    stale: Sayings
    touch: Sayings


def words(plan: Plan, language: str) -> Words:
    calm = calm_languages(plan, language)
    return Words(
        ticket=said(calm, mark("Ticket")),
        counter=said(calm, mark("Counter")),
        waiting=said(calm, mark("People waiting")),
        stale=said(calm, mark("Updating. Please watch the counters' own signs.")),
        touch=said(calm, mark("No sound yet. Touch this screen once so that calls are heard.")),
    )


def welcome(plan: Plan, language: str) -> Sayings:
    return said(languages_of(plan, language), mark("Please take a number at the kiosk"))


def closed(plan: Plan, language: str, opens: str) -> tuple[Sayings, Sayings]:
    """That nobody can be served now, and when that changes if it is still today."""
    tongues = languages_of(plan, language)
    later = said(tongues, mark("Open from %(time)s"), time=opens) if opens else ()
    return said(tongues, mark("The branch is closed now")), later


def languages_of(plan: Plan, language: str) -> tuple[str, ...]:
    """The device's language, the branch's own, then the others in which the branch has a name."""
    wanted = dict.fromkeys((language, plan.language, *plan.names))
    return tuple(code for code in wanted if code in LANGUAGES)


def calm_languages(plan: Plan, language: str) -> tuple[str, ...]:
    return languages_of(plan, language)[:CALM]


def said(languages: tuple[str, ...], msgid: str, **blanks: object) -> Sayings:
    def fill(text: str) -> str:
        return text % blanks if blanks else text

    return told(languages, lambda code: fill(texts(code).gettext(msgid)))


def told(languages: tuple[str, ...], tell: Callable[[str], str]) -> Sayings:
    """The same thing in each of the languages; twice the same words are said once."""
    ways: dict[str, str] = {}
    for code in languages:
        ways.setdefault(tell(code), HTML_CODES[code])
    return tuple(Saying(lang, text) for text, lang in ways.items() if text)


def written(languages: tuple[str, ...], own: Mapping[str, str]) -> Sayings:
    """People's own words, which may lack a language."""
    return told(languages, lambda code: own.get(code, "")) or told(
        tuple(code for code in LANGUAGES if own.get(code))[:1], lambda code: own[code]
    )
