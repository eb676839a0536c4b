"""What every handler can reach: one of each, made by the composition root."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from lobby.branch import Branches
from lobby.clock import Clock
from lobby.live.hub import Hub
from lobby.settings import Settings
from lobby.store.store import Store
from lobby.web.gate import Gate
from lobby.web.pages import Pages


@dataclass(slots=True)
class House:
    """`branches` is filled when the house opens: reading their history needs the store."""

    settings: Settings
    clock: Clock
    store: Store
    hub: Hub
    pages: Pages
    gate: Gate
    branches: Branches


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house
