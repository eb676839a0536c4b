"""Passwords: argon2, one at a time, so that a flood of guesses cannot starve the hall."""

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

WAITING_MAX = 50
"""Who comes when so many checks are waiting is asked to try again, rather than to wait long."""

HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)

DRAWN_HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""For passwords that were drawn by chance, with 79 bits: no guess is cheap enough to find one, and
a list of ten thousand has to be hashed while somebody waits."""

NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$Bi7yT4TjIQewa5PUXT0WSA$"
    "H3NAJ7gaoJmigPfp59Wb97jEDxLgAo3aca6Xm0aF35E"
)
"""Of a random password that nobody has: checking it takes as long as checking a real one."""


QUICK = "$argon2id$v=19$m=64,t=1,p=1$"
"""How the hashes of drawn passwords begin."""


class TooBusyError(Exception):
    """More people sign in at this moment than can be checked in a reasonable time."""


def hash_password(password: str) -> str:
    """Takes a good part of a tenth of a second, on purpose."""
    return HASHER.hash(password)


def hash_of_drawn(password: str) -> str:
    """A tenth of a millisecond. Never for a password that somebody chose."""
    return DRAWN_HASHER.hash(password)


class PasswordCheck:
    def __init__(self) -> None:
        self._slot = anyio.CapacityLimiter(1)

    async def fits(self, password: str, password_hash: str | None) -> bool:
        """Takes as long for somebody unknown (None). Raises `TooBusyError`."""
        if self._slot.statistics().tasks_waiting >= WAITING_MAX:
            raise TooBusyError
        return await anyio.to_thread.run_sync(
            _fits, password, password_hash or NOBODYS_HASH, limiter=self._slot
        )

    async def hashed(self, password: str) -> str:
        """Of a new password, in its turn among those that are checked."""
        return await anyio.to_thread.run_sync(hash_password, password, limiter=self._slot)


def _fits(password: str, password_hash: str) -> bool:
    """A quick hash takes as long as any other, so that nobody learns which accounts are new."""
    is_quick = password_hash.startswith(QUICK)
    fits = _is_of(password, password_hash)
    return (not is_quick or not _is_of(password, NOBODYS_HASH)) and fits


def _is_of(password: str, password_hash: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
