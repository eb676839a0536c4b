"""The real application behind a real port, on a thread of its own, for browsers and sockets."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import uvicorn
from httpx2 import Response, request
from websockets.sync.client import ClientConnection, connect

from lobby.clock import FrozenClock
from lobby.main import build
from lobby.settings import Settings
from lobby.web.services import Services
from lobby.web.websocket import OPTIONS, LiveServer, LiveSocket
from tests.app.app import App, Furnish, Person, people
from tests.app.badges import Badge
from tests.app.database import furnished_database
from tests.app.people import MORNING
from tests.app.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

T = TypeVar("T")


class Running:
    """A server on a thread of its own, and a way to do things on its event loop."""

    def __init__(self, server: uvicorn.Server, port: int) -> None:
        self.server = server
        self.port = port
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()
        wait_until(lambda: self.server.started, 10)

    def stop(self, within_s: float = 10) -> None:
        """May be called again."""
        self.server.should_exit = True
        self._thread.join(within_s)
        assert not self._thread.is_alive(), "the server does not stop"

    def do(self, act: Callable[[], Awaitable[T]]) -> T:
        async def now() -> T:
            return await act()

        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(now(), self._loop).result(60)

    def soon(self, act: Callable[[], object]) -> None:
        """Like a commit: the act is done on the event loop before this returns."""

        async def now() -> None:
            act()

        self.do(now)

    def connect(self, path: str = "/live", **options: Any) -> ClientConnection:
        address = f"ws://127.0.0.1:{self.port}{path}"
        client: ClientConnection = connect(address, compression=None, **options)
        return client

    def _run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await self.server.serve()

        asyncio.run(serve())


class ServedApp(App):
    """The application as browsers see it."""

    def __init__(
        self, running: Running, services: Services, clock: FrozenClock, badges: Mapping[str, Badge]
    ) -> None:
        address = f"http://127.0.0.1:{running.port}"
        super().__init__(services, clock, badges, address, self._run)
        self.running = running

    def send(self, method: str, path: str, **options: Any) -> Response:
        return request(method, f"{self.address}{path}", **options)

    def listen(self, person: Person, path: str) -> ClientConnection:
        """A live socket, as a page of this person opens it."""
        cookie = {"cookie": person.cookie_header} if person.cookies else {}
        return self.running.connect(path, origin=self.address, additional_headers=cookie)

    def let_in(self, context: "BrowserContext", person: Person) -> None:
        """A browser that this person or device has used before."""
        context.add_cookies(
            [
                {"name": name, "value": value, "url": self.address}
                for name, value in person.cookies.items()
            ]
        )

    def sign_in(self, context: "BrowserContext", who: str) -> None:
        self.let_in(context, self.known(who))

    def _run(self, function: Any, *arguments: Any) -> Any:
        return self.running.do(lambda: function(*arguments))


@contextmanager
def serve_app(
    folder: Path, furnish: Furnish = people, at: datetime = MORNING
) -> Iterator[ServedApp]:
    database, port, clock = folder / "lobby.db", free_port(), FrozenClock(at)
    badges = furnished_database(database, furnish)
    app = build(Settings(database=database, port=port, build="test"), clock)
    services: Services = app.state.services
    config = uvicorn.Config(
        app, port=port, ws=LiveSocket, log_config=None, timeout_graceful_shutdown=5, **OPTIONS
    )
    running = Running(LiveServer(config, services.hub), port)
    running.start()
    try:
        yield ServedApp(running, services, clock, badges)
    finally:
        running.stop()


def wait_until(true: Callable[[], object], within_s: float) -> None:
    pause = threading.Event()
    for _ in range(int(within_s / 0.01)):
        if true():
            return
        pause.wait(0.01)
    raise AssertionError(f"still not so after {within_s} s")
