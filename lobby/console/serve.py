"""`lobby serve`: the branch, until somebody stops it."""

from argparse import Namespace
from contextlib import suppress
from typing import Any

import structlog

from lobby.console.database import (
    make_where_nothing_is,
    read,
    require_ready,
    settings_of_environment,
)
from lobby.console.errors import CommandError
from lobby.console.server import HouseServer, address, listening_socket
from lobby.control.server import ControlSocket
from lobby.main import build
from lobby.settings import LOOPBACK
from lobby.store.catalogue import load_plans
from lobby.web import logs
from lobby.web.first_steps import PAGE as FIRST_RUN

log = structlog.get_logger()

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
    make_where_nothing_is(settings.database)
    require_ready(settings.database)
    branches = ", ".join(plan.name("en") for plan in read(settings.database, load_plans))
    listening = listening_socket(settings.host, settings.port, "LOBBY_PORT")
    logs.configure(settings)
    app = build(settings)

    def say() -> None:
        here = address(settings, settings.port)
        if not settings.secure and settings.host not in LOOPBACK:
            print(UNENCRYPTED, flush=True)
        if branches:
            print(f"Lobby serves {branches} at {here} (Ctrl-C stops it)", flush=True)
        else:
            _say_where_to_begin(here, app.state.first_run.code)

    server = _BranchServer(app, settings, say)
    with suppress(KeyboardInterrupt, SystemExit):  # how uvicorn ends a start that failed
        server.run(sockets=[listening])
    if app.state.services.failure:
        raise CommandError(app.state.services.failure)
    return 0 if server.started else 1


def _say_where_to_begin(here: str, code: str) -> None:
    """For whoever started it, and in the log for whoever reads it later. What requests bring is
    hidden there; this code is meant to be read."""
    print(
        "There is no branch yet. Open this address in a browser to set up the first one; the code "
        f"in it is good until then, and for this start only:\n\n  {here}{FIRST_RUN}?code={code}\n\n"
        "(Ctrl-C stops Lobby)",
        flush=True,
    )
    log.warning("no branch yet", open=f"{here}{FIRST_RUN}", first_run_code=code)
