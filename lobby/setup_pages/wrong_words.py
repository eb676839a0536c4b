"""What the reader of set-ups does not take, in the words of whoever typed it.

The reader says it in English, for files; each of its kinds of sentences has one here. One that has
none is shown as the reader says it.
"""

import re
from collections.abc import Mapping

from lobby.i18n.texts import mark, texts
from lobby.setup.refusals import Wrong

NUMBER = mark("%(key)s: please give a number from %(least)s to %(most)s.")
WHOLE = mark("%(key)s: please give a whole number from %(least)s to %(most)s.")
TEXT = mark("%(key)s: please give one line of at most %(most)s characters.")
LACKS = mark("%(key)s is missing.")
EMPTY = mark("%(key)s is empty.")
LANGUAGES_MISSING = mark("%(key)s is missing in: %(languages)s.")
TIMES = mark("%(key)s: please give times such as 08:30-11:30, in their order.")
ONE_OF = mark("%(key)s: please choose one of %(known)s.")
TWICE = mark("%(key)s stands there twice.")
NO_LINE = mark("There has to be a service that people wait for.")
ROUTINE = mark("The first screen of the kiosk takes 1 to %(most)s services that are offered.")

KINDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"it takes a whole number from (?P<least>\S+) to (?P<most>[\d,.]+?)\.$", WHOLE),
        (r"it takes a number from (?P<least>\S+) to (?P<most>[\d,.]+?)\.$", NUMBER),
        (r"(?:it takes|takes) (?:one line|texts) of at most (?P<most>\d+) characters", TEXT),
        (r"routine services; it takes 1 to (?P<most>\d+)", ROUTINE),
        (r"lacks '(?P<key>\w+)'", LACKS),
        (r" has no (?P<key>[\w ]+) in (?P<languages>[a-z, ]+)\.$", LANGUAGES_MISSING),
        (r"has no service that people wait for", NO_LINE),
        (r"it takes (?:times of a day|two times|spans in their order)", TIMES),
        (r"it knows (?P<known>[\w, ]+)\.$", ONE_OF),
        (r"twice", TWICE),
        (r" has no \w+\.$", EMPTY),
    )
)


def told_of(wrong: Wrong, language: str, label: str = "") -> str:
    """`label` names the value, where it has one on the page."""
    for pattern, sentence in KINDS:
        found = pattern.search(wrong.sentence)
        if found is not None:
            blanks: Mapping[str, str] = {"key": label or _key(wrong)} | found.groupdict()
            return texts(language).gettext(sentence) % blanks
    return wrong.sentence


def _key(wrong: Wrong) -> str:
    """Where it stands, as the file names it."""
    return " / ".join(wrong.path) or "?"
