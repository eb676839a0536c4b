"""`lobby serve`: the branch, until somebody stops it."""

from argparse import Namespace
from contextlib import suppress
from typing import Any

from lobby.console.database import branches_of, require_ready, settings_of_environment
from lobby.console.errors import CommandError
from lobby.console.server import HouseServer, address, listening_socket
from lobby.control.server import ControlSocket
from lobby.main import build
from lobby.settings import LOOPBACK
from lobby.web import logs

UNENCRYPTED = (
    "Warning: names, passwords and numbers go over the network unencrypted. Put a proxy with TLS "
    "in front and set LOBBY_PUBLIC_URL to its https address."
)


class _BranchServer(HouseServer):
    """Commands reach it while it serves."""

    _commands: ControlSocket | None = None

    async def open_doors(self) -> None:
        self._commands = ControlSocket(self.services)
        await self._commands.open()

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        if self._commands is not None:
            await self._commands.close()
        await super().shutdown(sockets)


def run(_options: Namespace) -> int:
    settings = settings_of_environment()
    require_ready(settings.database)
    branches = ", ".join(plan.name("en") for plan in branches_of(settings.database))
    listening = listening_socket(settings.host, settings.port, "LOBBY_PORT")
    logs.configure(settings)

    def say() -> None:
        here = address(settings, settings.port)
        if not settings.secure and settings.host not in LOOPBACK:
            print(UNENCRYPTED, flush=True)
        print(f"Lobby serves {branches} at {here} (Ctrl-C stops it)", flush=True)

    app = build(settings)
    server = _BranchServer(app, settings, say)
    with suppress(KeyboardInterrupt, SystemExit):  # how uvicorn ends a start that failed
        server.run(sockets=[listening])
    if app.state.services.failure:
        raise CommandError(app.state.services.failure)
    return 0 if server.started else 1
