"""What may be a password, by OWASP ASVS 5.0 (6.2): long enough, none of the common ones, not one's
own name, and no other rule; and passwords that are drawn by chance."""

import secrets
from functools import cache
from pathlib import Path

from lobby import typed_text
from lobby.accounts.refusals import AccountRefusedError, Problem

LENGTH_MIN = 8
LENGTH_MAX = 128
"""ASVS 6.2.1 and 6.2.9: from 8, and at least 64; hashing more would serve nobody."""

COMMON = Path(__file__).with_name("common_passwords.txt")
END_OF_LICENCE = "\n---\n"

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""No two that look alike: a printed password is typed by hand."""

GROUPS, GROUP_LENGTH = 4, 4

NAME_LETTERS_MIN = 3
"""Of a name of one or two letters nearly every password has a piece."""

OWN_SHARE_MIN = 5
"""So many characters besides one's own name are something to guess."""


def drawn_password() -> str:
    """About 79 random bits in groups that can be read out."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def checked_password(text: str, *, name: str, username: str) -> str:
    """Composed (NFC), otherwise as typed. Raises `AccountRefusedError`."""
    password = typed_text.secret(text)
    if len(password) < LENGTH_MIN:
        raise AccountRefusedError(Problem.TOO_SHORT, count=LENGTH_MIN)
    if len(password) > LENGTH_MAX:
        raise AccountRefusedError(Problem.TOO_LONG, count=LENGTH_MAX)
    if _is_common(password):
        raise AccountRefusedError(Problem.TOO_COMMON)
    if _is_own_name(password, name, username):
        raise AccountRefusedError(Problem.OWN_NAME)
    return password


def _is_common(password: str) -> bool:
    """Also where it is one character over and over, or runs along the keys or the alphabet."""
    plain = password.casefold()
    return (
        plain in common_passwords()
        or not plain.strip()
        or _is_repeated(plain)
        or any(plain in run or plain in run[::-1] for run in RUNS)
    )


RUNS = ("0123456789" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def _is_repeated(plain: str) -> bool:
    """One short piece over and over, such as `aaaaaaaa`, `12341234` or `lobbylobby`."""
    return any(
        plain == (plain[:length] * len(plain))[: len(plain)]
        for length in range(1, len(plain) // 2 + 1)
    )


def _is_own_name(password: str, name: str, username: str) -> bool:
    """Whether little is left of it without one's names."""
    rest = "".join(password.casefold().split())
    for piece in sorted(_pieces(name, username), key=len, reverse=True):
        rest = rest.replace(piece, "")
    return len(rest) < min(OWN_SHARE_MIN, len(password))


def _pieces(name: str, username: str) -> set[str]:
    words = {name, "".join(name.split()), *name.split(), username}
    return {word.casefold() for word in words if len(word) >= NAME_LETTERS_MIN}


@cache
def common_passwords() -> frozenset[str]:
    """Read at first use."""
    text = COMMON.read_text(encoding="utf-8")
    return frozenset(text.partition(END_OF_LICENCE)[2].split())
