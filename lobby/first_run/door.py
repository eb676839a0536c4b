"""Who may set up the first branch: whoever has the code that this start has printed.

The code is exchanged at once for a cookie, so that it stands in no address that is kept or sent on.
It is good until there is a branch; after that there is nothing here to be let in to.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from lobby import typed_text
from lobby.accounts.new_passwords import drawn_password
from lobby.first_run.draft import Draft
from lobby.web.credentials import hash_of, new_token
from lobby.web.rate_limit import Limit, RateLimiter

TRIES_PER_PLACE = Limit(tries=10, within_s=15 * 60)
"""79 random bits are guessed by nobody; who tries is slowed down and stands in the log."""

PASSES_MAX = 20
"""Browsers that have shown the code; beyond that the one that was used longest ago begins anew."""

PASS_LIVES_S = 4 * 3600
CODE_LETTERS_MAX = 60


@dataclass(slots=True)
class _Pass:
    used_at_s: float
    draft: Draft = field(default_factory=Draft)


class FirstRunDoor:
    """Of one process. Event loop only."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self.code = drawn_password()
        self.tries = RateLimiter(TRIES_PER_PLACE, clock_s)
        self._clock_s = clock_s
        self._code_hash = hash_of(_plain(self.code))
        self._passes: OrderedDict[str, _Pass] = OrderedDict()

    def wait_s(self, place: str) -> float:
        """How long until the next try from there; 0 where this one is allowed, which it then is."""
        wait_s = self.tries.wait_s(place)
        if wait_s <= 0:
            self.tries.note(place)
        return wait_s

    def let_in(self, typed: str, place: str) -> str | None:
        """The token for the browser, where the code is right. Blanks, strokes and capitals do not
        count."""
        typed_hash = hash_of(_plain(typed[:CODE_LETTERS_MAX]))
        if not secrets.compare_digest(typed_hash, self._code_hash):
            return None
        self.tries.take_back(place)
        token = new_token()
        self._passes[hash_of(token)] = _Pass(self._clock_s())
        while len(self._passes) > PASSES_MAX:
            self._passes.popitem(last=False)
        return token

    def draft_of(self, token_hash: str | None) -> Draft | None:
        """What was typed in the browser with this token; None for one that was not let in, or too
        long ago."""
        found = self._passes.get(token_hash or "")
        if found is None or token_hash is None:
            return None
        now_s = self._clock_s()
        if now_s - found.used_at_s > PASS_LIVES_S:
            del self._passes[token_hash]
            return None
        found.used_at_s = now_s
        self._passes.move_to_end(token_hash)
        return found.draft

    def close(self) -> None:
        """There is a branch: nothing that was typed is kept any longer."""
        self._passes.clear()


def _plain(code: str) -> str:
    return typed_text.code(code).replace("-", "")
