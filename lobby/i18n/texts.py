"""The sentences of a language, read from the `.po` catalogs at first use and kept in memory."""

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

CATALOGS = Path(__file__).parent / "po"


def mark(msgid: str) -> str:
    """Marks a sentence for translation where it is written; it is translated where it is shown."""
    return msgid


@cache
def texts(language: str) -> NullTranslations:
    """All areas' catalogs as one. English is the language of the msgids and has no catalog."""
    found = sorted((CATALOGS / language).glob("*.po"))
    merged: NullTranslations = NullTranslations()
    for file in found:
        translations = _translations(file)
        translations.add_fallback(merged)
        merged = translations
    return merged


def _translations(file: Path) -> Translations:
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return Translations(compiled)
