"""The catalogue as dated data: services, fees, limits, machines and hours, read by every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from lobby.triage.errors import UnknownProfileError, UnknownServiceError
from lobby.triage.hours import Hours, SpecialDay
from lobby.triage.machine import Machine, MachineFunction
from lobby.triage.profile import Profile

Texts: TypeAlias = Mapping[str, str]
"""One text in every language, by language code."""

ROUTINE_MOST = 6
"""As many services as the kiosk's first screen has room for."""


class Job(StrEnum):
    """What a service is to the rules; any number of services may be the same job."""

    CASH_OUT = "cash_out"
    CASH_IN = "cash_in"
    COINS = "coins"
    TRANSFER = "transfer"
    INQUIRY = "inquiry"
    BILLS = "bills"
    PENSION = "pension"
    LARGE_CASH = "large_cash"
    ACCOUNT = "account"
    LOSS = "loss"
    PIN = "pin"
    DIGITAL_BANKING = "digital_banking"
    PERSONAL_DATA = "personal_data"
    TERM_DEPOSIT = "term_deposit"
    CORPORATE = "corporate"
    LOAN = "loan"
    WEALTH = "wealth"
    INHERITANCE = "inheritance"
    COMPLAINT = "complaint"
    OTHER = "other"


class Credential(StrEnum):
    """What the customer has at hand. `ID` is an identity card and nothing else."""

    CARD = "card"
    PASSBOOK = "passbook"
    ID = "id"
    PHONE = "phone"
    CASH = "cash"


class Strength(StrEnum):
    """How strongly a machine is put forward: not at all, as an equal, or first."""

    NONE = "none"
    OFFER = "offer"
    SUGGEST = "suggest"


class BranchKind(StrEnum):
    """`HUB` offers everything, `SPOKE` what its services say; `MACHINES` has no counters at all."""

    HUB = "hub"
    SPOKE = "spoke"
    MACHINES = "machines"


class FeeChannel(StrEnum):
    COUNTER = "counter"
    MACHINE = "machine"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Fee:
    """`amounts` by profile, in that profile's currency; `notes` say what the amount stands for."""

    amounts: Mapping[str, Decimal]
    notes: Texts
    source: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Document:
    """`only_large`: asked for only from the limit `large` on."""

    names: Texts
    only_large: bool = False


@dataclass(frozen=True, slots=True)
class MachineRule:
    """How a service can be done at a machine.

    `credentials` empty means that any will do. `strength` none means: by the customer's own wish
    only. `assisted` means that a colleague comes along. `minutes` where they do not follow from
    the amount.
    """

    functions: frozenset[MachineFunction]
    strength: Strength
    credentials: frozenset[Credential] = frozenset()
    assisted: bool = False
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One row. Without a `prefix` it has no line: a colleague in the hall takes care of it."""

    code: str
    job: Job
    prefix: str | None
    pool: str
    minutes: float
    names: Texts
    documents: tuple[Document, ...]
    steps: Mapping[str, tuple[str, ...]]
    fees: Mapping[FeeChannel, Fee]
    machine: MachineRule | None = None
    branches: frozenset[BranchKind] = frozenset(BranchKind)

    @property
    def has_line(self) -> bool:
        return self.prefix is not None


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """Priority by need: `names` is all that is ever shown of it, `grace_s` the time to appear."""

    code: str
    names: Texts
    proofs: Texts
    grace_s: int


@dataclass(frozen=True, slots=True)
class NearBranch:
    """Where a branch sends people for what it does not do itself."""

    id: str
    names: Texts


@dataclass(frozen=True, slots=True)
class BranchFacts:
    """What the rules need to know of the branch itself. `per_operation_limit` None: the country's
    own; `minutes_per_operation` is one such operation at a machine."""

    kind: BranchKind = BranchKind.HUB
    hub: NearBranch | None = None
    takes_bookings: bool = True
    per_operation_limit: int | None = None
    minutes_per_operation: float = 1.5


PREMIUM_POOL = "premium"
"""The pool of premium customers: the counters that `premium_counters` of the branch names."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that advice rests on, with its version, the day it begins and where it comes from.
    `hours` are those of retail and corporate customers, and of the counters where they differ;
    `last_ticket_min`: no number later than so many minutes before the branch closes."""

    version: str
    valid_from: date
    source: str
    profile: str
    complaint_phone: str
    blocking_phone: str
    services: Mapping[str, Service]
    routine: tuple[str, ...]
    profiles: Mapping[str, Profile]
    priorities: Mapping[str, PriorityClass]
    machines: Mapping[str, Machine]
    hours: Mapping[str, Hours]
    branch: BranchFacts = BranchFacts()
    special_days: tuple[SpecialDay, ...] = ()
    last_ticket_min: float = 0.0

    def service(self, code: str) -> Service:
        """Raises `UnknownServiceError`."""
        found = self.services.get(code)
        if found is None:
            raise UnknownServiceError(code)
        return found

    def profile_named(self, name: str | None = None, day: date | None = None) -> Profile:
        """The catalogue's own without a name; with a day only what holds on it.

        Raises `UnknownProfileError`.
        """
        found = self.profiles.get(name or self.profile)
        if found is None:
            raise UnknownProfileError(str(name))
        return found if day is None else found.on(day)
