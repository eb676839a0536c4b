"""A branch at work: every role over a connection of its own, until the server goes away."""

import asyncio
import json
import random
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from lobby.queueing.model.hall import Hall
from tests.bench.hall_setup import Cookies
from tests.bench.mixed_roles import Customers, Kiosk, Phone, Role, Tablet, Teller, Wanted
from tests.bench.wire import Connection, post
from tests.faults.asked_acts import Asked

KIOSKS, PHONES = 16, 6

REFUSED = frozenset({403, 404, 409, 410})
"""Nothing was done: not allowed, no such ticket, not in this state, over."""


class MixedLoad:
    """`rest_s` is how long each waits between an answer and the next act, on average."""

    def __init__(
        self, cookies: Cookies, rest_s: float = 0.0, *, kiosks: int = KIOSKS, phones: int = PHONES
    ) -> None:
        self._rest_s = rest_s
        self._answers = 0
        self._over = asyncio.Event()
        self._tasks: list[asyncio.Task[list[Asked]]] = []
        customers = Customers()
        self._tellers = [
            Teller(str(number), cookie) for number, cookie in enumerate(cookies.badges.tellers, 1)
        ]
        self._tablets = [Tablet(cookie, customers) for cookie in cookies.tablets]
        self._roles: list[Role] = [
            *self._tellers,
            *self._tablets,
            *(Kiosk(cookies.badges.kiosk, customers) for _ in range(kiosks)),
            *(Phone(customers) for _ in range(phones)),
        ]

    def begin(self, hall: Hall) -> None:
        """Everybody looks at what there is."""
        for teller in self._tellers:
            teller.begins(hall)
        for tablet in self._tablets:
            tablet.begins(hall)

    @property
    def is_acting(self) -> bool:
        return not all(role.done() for role in self._tasks)

    async def answers(self, count: int) -> None:
        """Until so many more have come, or nobody acts any more."""
        wanted = self._answers + count
        while self._answers < wanted and self.is_acting:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.001)

    def start(self, port: int) -> list[asyncio.Task[list[Asked]]]:
        """All at once; each gives what it asked for when the server has gone."""
        self._tasks = [asyncio.create_task(self._act(role, port)) for role in self._roles]
        return self._tasks

    def stop(self) -> None:
        """Nobody begins another act."""
        self._over.set()

    async def _act(self, role: Role, port: int) -> list[Asked]:
        asked: list[Asked] = []
        try:
            connection = await Connection.open(port)
            while not self._over.is_set():
                wanted = role.next_act()
                asked.append(asked_for(wanted))
                answer = await ask(connection, asked[-1])
                self._answers += 1
                if answer is not None:
                    role.answered(wanted, answer)
                else:
                    role.refused(asked[-1].refusal)
                with suppress(TimeoutError):
                    async with asyncio.timeout(2 * random.random() * self._rest_s):
                        await self._over.wait()
        except OSError:
            pass
        return asked


def asked_for(wanted: Wanted) -> Asked:
    return Asked(
        key=secrets.token_hex(8),
        path=wanted.path,
        fields=wanted.fields,
        cookie=wanted.cookie,
        leaves_events=wanted.leaves_events,
    )


async def ask(connection: Connection, asked: Asked) -> Mapping[str, Any] | None:
    """What the server said of an act that was done. Raises `ConnectionError` where it went away,
    `RuntimeError` where it answered as it never may."""
    request = post(asked.path, asked.fields, asked.key, asked.cookie)
    status, body = await connection.send(request)
    if status not in {200, 201, *REFUSED}:
        raise RuntimeError(f"{asked.path}: {status} {body.decode()[:500]}")
    asked.hear(status, body)
    if status in REFUSED:
        return None
    answer: dict[str, Any] = json.loads(body)
    return answer


async def ask_again(port: int, acts: Iterable[Asked]) -> None:
    """Once more under the same key."""
    connection = await Connection.open(port)
    for asked in acts:
        await ask(connection, asked)
    connection.close()
