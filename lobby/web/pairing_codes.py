"""The codes with which devices join: how long they are, how long they live, how one is drawn."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from lobby.store.devices import add_pairing
from lobby.web.credentials import hash_of

NAME_LETTERS_MAX = 60
"""Of a device: what a card in the list of devices shows on two lines."""

CODE_LIVES = timedelta(minutes=5)
CODE_DIGITS = 8


def new_code(connection: Any, device_id: int, now: datetime) -> str:
    """One that no other device has now; an earlier one of this device ends."""
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if add_pairing(connection, hash_of(code), device_id, now, now + CODE_LIVES):
            return code
