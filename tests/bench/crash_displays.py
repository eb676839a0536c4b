"""The displays of a hall over crashes: their pages stay on, and come back as soon as they can."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

from tests.bench.live_page import LivePage
from tests.bench.wire import open_screen
from tests.faults.branch_log import LoggedCall

DISPLAYS = 4
HEARD_WITHIN_S = 3.0
"""After a start every call that has not expired has been called out by then."""

LEFT_S = 5.0
"""A call with less time than this may expire while the server starts."""


class Displays:
    """The last page is opened anew after each crash, as where a display was switched off and on;
    the others remember what they have called out."""

    def __init__(self, cookie: str) -> None:
        self._cookie = cookie
        self._pages = [LivePage() for _ in range(DISPLAYS)]

    async def connect(self, port: int) -> None:
        self._pages[-1] = LivePage()
        for page in self._pages:
            page.connecting(time.time())
            await open_screen(port, "/display/live", self._cookie, partial(_hear, page))

    async def unheard(self, calls: Sequence[LoggedCall]) -> int:
        """How many of these calls were not called out, each counted for each display."""
        lasting = [call for call in calls if call.expires_at.timestamp() > time.time() + LEFT_S]
        deadline_s = time.monotonic() + HEARD_WITHIN_S
        while self._missing(lasting) and time.monotonic() < deadline_s:  # noqa: ASYNC110  no event
            await asyncio.sleep(0.01)
        return self._missing(lasting)

    def spoken_twice(self) -> int:
        """By one page, at any time since it was opened."""
        calls = ([heard.call for heard in page.calls.called_out] for page in self._pages)
        return sum(len(spoken) - len(set(spoken)) for spoken in calls)

    def _missing(self, calls: Sequence[LoggedCall]) -> int:
        wanted = {call.call for call in calls}
        return sum(len(wanted - _called_out(page)) for page in self._pages)


def _called_out(page: LivePage) -> set[tuple[str, str, str]]:
    return {heard.call for heard in page.calls.called_out}


def _hear(page: LivePage, message: bytes) -> None:
    page.hear(message, time.time())
