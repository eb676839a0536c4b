"""The characters a slip can print: what the subset of the typeface beside this file holds.

`python -m lobby.printing.characters` lists them for the tool that makes the subset.
"""

import unicodedata
from functools import lru_cache

import structlog

from lobby.i18n.languages import LANGUAGES

log = structlog.get_logger()

BOX = "□"
"""Printed in place of a character that is not in the subset, so that nobody misses it."""

KEPT_SPACES = "\u00a0\u3000"
"""The one that does not break and the Chinese one; all others print as a plain space."""

NOTED_MAX = 4096

LATIN = (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x100))
PUNCTUATION = (0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026)
SIGNS = (0x20AC, 0x2030, 0x2190, 0x2191, 0x2192, 0x2193, 0xFFE5)

KNOWN = frozenset((*LATIN, *PUNCTUATION, *SIGNS)).union(
    *(language.alphabet() for language in LANGUAGES.values())
)


def printable(text: str) -> str:
    """The text as a slip can show it: one line, no control characters, letters composed, spaces
    of every width plain, and a box for what the typeface lacks."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(map(_printable, composed)).strip(" ")


@lru_cache(maxsize=NOTED_MAX)
def _printable(character: str) -> str:
    """Cached, so that a missing character is logged the first time only."""
    if character.isspace() and character not in KEPT_SPACES:
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
        return ""
    if ord(character) in KNOWN:
        return character
    log.warning("no glyph on paper", character=f"U+{ord(character):04X}")
    return BOX


if __name__ == "__main__":
    print("\n".join(f"{code:04X}" for code in sorted(KNOWN)))  # pragma: no cover
