"""What a display says of the hall, whatever its language, and how long ago that was true."""

import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from lobby.queueing.events.event import Event
from lobby.queueing.model.hall import Hall
from tests.bench.live_page import LivePage
from tests.faults.branch_log import BranchLog

CALL = re.compile(r'data-ticket="(\w+)" data-counter="(\w+)"')
COUNT = re.compile(r'class="line__count number">.*?(\d+)</span>', re.DOTALL)
READ_EVERY_S = 0.05
NOTICE = re.compile(r'class="notice-line"')


@dataclass(frozen=True, slots=True)
class Facts:
    """The last calls, how many wait in each line, whether a notice hangs there."""

    calls: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]
    has_notices: bool

    @classmethod
    def of(cls, regions: Mapping[str, str]) -> "Facts":
        return cls(
            tuple(CALL.findall(regions.get("calls", ""))),
            tuple(COUNT.findall(regions.get("waiting", ""))),
            NOTICE.search(regions.get("notices", "")) is not None,
        )

    @classmethod
    def in_hall(cls, hall: Hall) -> "Facts":
        """What a display without a zone has to show of it."""
        plan = hall.plan
        return cls(
            tuple((c.ticket, plan.counters[c.counter].label) for c in hall.calls),
            tuple(
                str(hall.waiting_in_pool(pool))
                for pool in dict.fromkeys(service.pool for service in plan.services.values())
                if hall.waiting_in_pool(pool) or _is_served(hall, pool)
            ),
            bool(hall.notices),
        )


def _is_served(hall: Hall, pool: str) -> bool:
    services = (code for code, service in hall.plan.services.items() if service.pool == pool)
    return any(hall.open_counters(code) for code in services)


class Truth:
    """What displays have to show, and since when, from the log of the branch."""

    def __init__(self, log: BranchLog) -> None:
        self._log = log
        self._facts = [Facts.in_hall(log.hall)]
        self._since_s = [0.0]
        self._read_at_s = 0.0
        self._last = {self._facts[0]: 0}
        log.seen = self._note

    def age_s(self, facts: Facts, now_s: float) -> float:
        """For how long these have not been true any more; 0 while they are, infinite for what never
        was."""
        if facts not in self._last or now_s - self._read_at_s > READ_EVERY_S:
            self._read_at_s = now_s
            self._log.read_on()
        at = self._last.get(facts)
        if at is None:
            return math.inf
        following = at + 1
        return now_s - self._since_s[following] if following < len(self._since_s) else 0.0

    def _note(self, event: Event, hall: Hall) -> None:
        facts = Facts.in_hall(hall)
        if facts != self._facts[-1]:
            self._last[facts] = len(self._facts)
            self._facts.append(facts)
            self._since_s.append(event.at.timestamp())


def had_its_chance(page: LivePage, called_at_s: float, expires_at_s: float) -> bool:
    """Whether the display drew anything while this call was to be called out, and not at the very
    edge of that time."""
    first = bisect_right(page.frames_at_s, called_at_s + 1.0)
    return first < len(page.frames_at_s) and page.frames_at_s[first] < expires_at_s - 2.0
