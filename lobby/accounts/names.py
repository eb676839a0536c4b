"""How people are called: what may be a name, and what a user name."""

import unicodedata

from lobby import typed_text
from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.store.people import normal_username

NAME_LETTERS_MAX = 40
"""What a tablet's head and a counter's card show on one line; longer than any full name we met."""

USERNAME_LETTERS_MAX = 40
"""As many as the sign-in page takes."""


def checked_name(text: str) -> str:
    """One line of composed letters (NFKC). Raises `AccountRefusedError`."""
    name = typed_text.name(text)
    if not 1 <= len(name) <= NAME_LETTERS_MAX or _has_unseen(name):
        raise AccountRefusedError(Problem.NAME, count=NAME_LETTERS_MAX)
    return name


def checked_username(text: str) -> str:
    """As it is kept and compared. Raises `AccountRefusedError`."""
    username = normal_username(text)
    is_one_word = 1 <= len(username) <= USERNAME_LETTERS_MAX and " " not in username
    if not is_one_word or _has_unseen(username):
        raise AccountRefusedError(Problem.USERNAME, count=USERNAME_LETTERS_MAX)
    return username


def _has_unseen(text: str) -> bool:
    """Control and formatting characters, by which two names can look alike."""
    return any(unicodedata.category(letter).startswith("C") for letter in text)
