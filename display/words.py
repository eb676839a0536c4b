"""The few words of a display, each in the languages that the people in its hall read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan

MAIN_LANGUAGES = 2
"""More beside each other are hard to read at five metres; the welcome has room for all."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One text, and the `lang` that tells the browser how to draw and say it."""

    lang: str
    text: str


Sayings = tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class PageWords:
    """The device's language first in each."""

    ticket: Sayings
    counter: Sayings
    waiting: Sayings
    stale: Sayings
    sign_stale: Sayings
    touch: Sayings


def page_words(plan: Plan, language: str) -> PageWords:
    languages = main_languages(plan, language)
    return PageWords(
        ticket=translated(languages, mark("Ticket")),
        counter=translated(languages, mark("Counter")),
        waiting=translated(languages, mark("People waiting")),
        stale=translated(
            languages,
            mark("Connection lost, trying again. Please watch the signs at the counters."),
        ),
        sign_stale=translated(
            languages, mark("This sign may be out of date. Please listen for your number.")
        ),
        touch=translated(
            languages, mark("The sound is off. Touch this screen once so that calls are heard.")
        ),
    )


def welcome(plan: Plan, language: str) -> Sayings:
    return _always(languages_of(plan, language), mark("Please take a number at the kiosk"))


def no_numbers(plan: Plan, language: str) -> Sayings:
    """Outside opening hours, or while the kiosks are stopped, to those who wait still."""
    words = mark("The kiosk gives no numbers now. If you have one, please wait to be called.")
    return _always(languages_of(plan, language), words)


def closed(plan: Plan, language: str, opens: str) -> tuple[Sayings, Sayings]:
    """That nobody can be served now, and when that changes if it is still today."""
    languages = languages_of(plan, language)
    later = translated(languages, mark("Open from %(time)s"), time=opens) if opens else ()
    return translated(languages, mark("The branch is closed now")), later


def languages_of(plan: Plan, language: str) -> tuple[str, ...]:
    """The device's language, the branch's own, then the others in which the branch has a name."""
    wanted = dict.fromkeys((language, plan.language, *plan.names))
    return tuple(code for code in wanted if code in LANGUAGES)


def main_languages(plan: Plan, language: str) -> tuple[str, ...]:
    return languages_of(plan, language)[:MAIN_LANGUAGES]


@lru_cache(maxsize=64)
def _always(languages: tuple[str, ...], msgid: str) -> Sayings:
    """What stands on every picture is put together once."""
    return translated(languages, msgid)


def translated(languages: tuple[str, ...], msgid: str, **blanks: object) -> Sayings:
    def fill(text: str) -> str:
        return text % blanks if blanks else text

    return in_each_language(languages, lambda code: fill(texts(code).gettext(msgid)))


def in_each_language(languages: tuple[str, ...], text_in: Callable[[str], str]) -> Sayings:
    """The same thing in each of the languages; twice the same words are shown once."""
    lang_of: dict[str, str] = {}
    for code in languages:
        lang_of.setdefault(text_in(code), LANGUAGES[code].html_code)
    return tuple(Saying(lang, text) for text, lang in lang_of.items() if text)


def staff_text(languages: tuple[str, ...], texts: Mapping[str, str]) -> Sayings:
    """What people of the branch have written, which may lack a language."""
    sayings = in_each_language(languages, lambda code: texts.get(code, ""))
    written = tuple(code for code in LANGUAGES if texts.get(code))
    return sayings or in_each_language(written[:1], lambda code: texts[code])
