"""The whole life of one live socket after it was accepted, whatever it is made of."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from lobby.live.channels import Channel
from lobby.live.frames import Batch, Goodbye
from lobby.live.tally import Tally

log = logging.getLogger(__name__)

# A page sends nothing at all, so anything that talks more than this is not one of our pages.
MAX_MESSAGES = 20
MESSAGES_WINDOW_S = 60.0

RESTART = Goodbye("restart", retry_s=2.0)
REVOKED = Goodbye("revoked", retry_s=1.0)
TOO_TALKATIVE = Goodbye("too_talkative", retry_s=10.0)
CLOSE_CODES = {"restart": 1012, "revoked": 1008, "too_talkative": 1008}


class Socket(Protocol):
    """What a session needs of a socket. From `begin` on it tells the session when it is ready again
    (`resumed`) and when its client has said something (`heard`)."""

    @property
    def is_ready(self) -> bool:
        """Whether everything has gone out that was written."""

    def begin(self, session: "Session") -> None: ...
    def write(self, batch: Batch) -> None: ...
    def end(self, last: Batch, code: int, reason: str) -> None: ...
    def abort(self) -> None: ...


class Session:
    """One reader of a channel. Writes only to a socket that has taken all it was given before, so
    there is never more under way than one batch; who was not ready gets the newest later."""

    __slots__ = (
        "_behind_since_s",
        "_heard_at_s",
        "_is_over",
        "_leave",
        "_socket",
        "_still_allowed",
        "_tally",
        "_told_calls",
        "_told_picture",
        "channel",
    )

    def __init__(
        self,
        socket: Socket,
        channel: Channel,
        still_allowed: Callable[[], bool],
        leave: Callable[["Session"], None],
        tally: Tally,
    ) -> None:
        self.channel = channel
        self._socket = socket
        self._still_allowed = still_allowed
        self._leave = leave
        self._tally = tally
        self._is_over = False
        self._told_picture = self._told_calls = 0
        self._behind_since_s: float | None = None
        self._heard_at_s: deque[float] | None = None

    def tell(self) -> None:
        """Send what the socket lacks, if it is ready; otherwise that waits until it is."""
        if self._is_over or not self._socket.is_ready:
            return
        channel = self.channel
        batch = channel.news(self._told_picture, self._told_calls)
        if batch is not None:
            self._told_picture, self._told_calls = channel.picture.number, channel.calls_heard
            self._write(batch)

    def greet(self, hello: Batch | None) -> None:
        if hello is not None and not self._is_over and self._socket.is_ready:
            self._write(hello)

    def resumed(self) -> None:
        self._behind_since_s = None
        self.tell()

    def heard(self) -> None:
        """A client that will not be quiet is shown the door."""
        if self._heard_at_s is None:
            self._heard_at_s = deque(maxlen=MAX_MESSAGES)
        self._heard_at_s.append(time.monotonic())
        is_full = len(self._heard_at_s) == MAX_MESSAGES
        if is_full and self._heard_at_s[-1] - self._heard_at_s[0] < MESSAGES_WINDOW_S:
            self.end(TOO_TALKATIVE)

    def check(self, send_deadline_s: float) -> None:
        """Asked about once a second: who may not look any more goes, and so does who does not
        take what is sent."""
        if self._is_over:
            return
        if not self._is_allowed():
            self.end(REVOKED)
        elif self._is_behind_for(send_deadline_s):
            self._tally.slow_sockets_cut += 1
            self._is_over = True
            self._socket.abort()

    def end(self, goodbye: Goodbye) -> None:
        """Nothing is sent after a goodbye."""
        if self._is_over:
            return
        self._is_over = True
        code = CLOSE_CODES[goodbye.reason]
        self._socket.end(Batch.of(goodbye.encode()), code, goodbye.reason)

    def left(self) -> None:
        """The socket has ended. May be called again."""
        self._is_over = True
        self._leave(self)

    def _write(self, batch: Batch) -> None:
        self._socket.write(batch)
        self._tally.frames_sent += len(batch.texts)
        if not self._socket.is_ready:
            self._behind_since_s = time.monotonic()

    def _is_allowed(self) -> bool:
        """Who cannot be asked about may not."""
        try:
            return self._still_allowed()
        except Exception:
            log.exception("whether %s may go on cannot be asked", self.channel.rendering.key)
            return False

    def _is_behind_for(self, seconds: float) -> bool:
        since_s = self._behind_since_s
        return since_s is not None and time.monotonic() - since_s > seconds
