"""Typed text: what people type, read as a name, a number, a code, a secret or free words.

Chinese and Vietnamese keyboards write one thing in several ways: digits and letters of full width,
an ideographic space, an accent as a character of its own (Unicode Standard Annex 15). Every form
reads what was typed through this module, so that the same keys mean the same thing everywhere.
"""

import re
import unicodedata
from datetime import date

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def name(text: str) -> str:
    """A name or another short line: compatibility forms are one (NFKC), blanks are single."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def words(text: str) -> str:
    """Free words on one line: composed (NFC), but with the punctuation as it was typed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def code(text: str) -> str:
    """A code of letters and digits, such as `a 12` for a ticket: in capitals, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def digits(text: str) -> str:
    """The digits of a code that is shown in groups; empty where anything else was typed."""
    plain = code(text)
    return plain if plain.isascii() and plain.isdecimal() else ""


def whole_number(text: str, *, digits_max: int) -> int | None:
    """None where what was typed is no whole number from 0 up, or is longer than `digits_max`."""
    plain = digits(text)
    return int(plain) if plain and len(plain) <= digits_max else None


def day(text: str) -> date | None:
    """`2026-03-09`, as a field for a day sends it; None for what is no day of the calendar."""
    plain = name(text)
    try:
        return date.fromisoformat(plain) if ISO_DATE.fullmatch(plain) else None
    except ValueError:
        return None


def number(text: str) -> float | None:
    """With the comma of Vietnam or the point of China; None where it is no number of this size."""
    try:
        value = float(name(text).replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None


def secret(text: str) -> str:
    """A password: composed (NFC), and otherwise exactly as typed, blanks included (RFC 8265)."""
    return unicodedata.normalize("NFC", text)
