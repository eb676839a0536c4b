"""What every handler can reach: one of each, made by the composition root."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from lobby.branch import Branches
from lobby.clock import Clock
from lobby.live.hub import Hub
from lobby.printing.branch_printers import BranchPrinters
from lobby.settings import Settings
from lobby.staffing.service import Staffing
from lobby.store.store import Store
from lobby.triage.catalogue import Catalogue
from lobby.waits.service import WaitService
from lobby.web.identity import Sessions
from lobby.web.pages import Pages


@dataclass(slots=True)
class Services:
    """`branches` and `catalogues` (by branch) are filled when the house opens: they are in the
    store. A branch may do without a catalogue: it gives tickets, but no advice."""

    settings: Settings
    clock: Clock
    store: Store
    hub: Hub
    pages: Pages
    sessions: Sessions
    waits: WaitService
    staffing: Staffing
    branches: Branches
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    printers: BranchPrinters = field(default_factory=BranchPrinters)


def services_of(connection: HTTPConnection) -> Services:
    services: Services = connection.app.state.services
    return services
