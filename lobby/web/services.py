"""What every handler can reach: one of each, made by the composition root."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from lobby.accounts.service import Accounts
from lobby.branch import Branches
from lobby.days.service import Days
from lobby.live.hub import Hub
from lobby.planning.service import Planning
from lobby.printing.branch_printers import BranchPrinters
from lobby.printing.slip_ledger import SlipLedger
from lobby.readiness import ReadinessCheck
from lobby.settings import Settings
from lobby.setup.service import SetUp
from lobby.staffing.service import Staffing
from lobby.steady_clock import SteadyClock
from lobby.store.epochs import Epoch
from lobby.store.rollups import RollUp
from lobby.store.store import Store
from lobby.supervision import Supervisor
from lobby.triage.catalogue import Catalogue
from lobby.waits.service import WaitService
from lobby.web.connections import Connections, capacity_of_process
from lobby.web.identity import Sessions
from lobby.web.pages import Pages
from lobby.web.permissions import is_at_work


@dataclass(slots=True)
class Services:
    """`branches` and `catalogues` (by branch) are filled when the house opens: they are in the
    store. A branch may do without a catalogue: it gives tickets, but no advice. `failure` is the
    sentence that says why it could not open; `restored` when branches were put back from a backup.
    `roll_up` measures a day that is over and keeps its sums.
    """

    settings: Settings
    clock: SteadyClock
    store: Store
    hub: Hub
    pages: Pages
    sessions: Sessions
    waits: WaitService
    staffing: Staffing
    days: Days
    branches: Branches
    supervisor: Supervisor = field(default_factory=Supervisor)
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    printers: BranchPrinters = field(default_factory=BranchPrinters)
    roll_up: RollUp | None = None
    failure: str = ""
    restored: Mapping[str, Epoch] = field(default_factory=dict)
    connections: Connections = field(default_factory=lambda: Connections(capacity_of_process()))
    readiness: ReadinessCheck = field(init=False)
    slips: SlipLedger = field(init=False)
    accounts: Accounts = field(init=False)
    planning: Planning = field(init=False)
    set_up: SetUp = field(init=False)

    def __post_init__(self) -> None:
        self.slips = SlipLedger(self.store)
        self.planning = Planning(self.store, self.clock)
        self.accounts = Accounts(
            self.store,
            self.sessions.clock.now,
            self.sessions.passwords,
            on_change=self.sessions.forget_staff,
            is_at_work=self._is_at_work,
        )
        self.set_up = SetUp(
            self.store, self.clock.now, lambda: self.branches, adopt=self.days.adopt
        )
        self.readiness = ReadinessCheck(self.store, self.clock, lambda: self.branches)

    def _is_at_work(self, branch_id: str, staff: str) -> bool:
        return branch_id in self.branches and is_at_work(self.branches[branch_id].hall, staff)


def services_of(connection: HTTPConnection) -> Services:
    services: Services = connection.app.state.services
    return services
