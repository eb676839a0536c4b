"""What a branch is set up to do: services, counters, machines, and the rules it calls by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.priority import CallingRule

UNKNOWN_MIN = 5.0
"""Minutes of a service that has left the plan during the day."""


@dataclass(frozen=True, slots=True)
class Service:
    """One row of the catalogue. `minutes` is the expected length of one serving."""

    code: str
    prefix: str
    pool: str
    minutes: float
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class CounterPlan:
    """A place that serves: `label` is what stands on its sign, "3" or "VIP 1", and what displays
    and voices say. `premium` counters call premium customers first: their own pool."""

    id: str
    label: str
    premium: bool = False


@dataclass(frozen=True, slots=True)
class CounterPolicy:
    """How counters call, from a day on. A customer is absent only after `calls_before_absent`
    calls and `grace_s` seconds since the last of them; who was promised a longer grace has twice
    as long. With `auto_call` an idle counter is given the next customer who arrives, and one that
    becomes free whoever is next."""

    grace_s: float = 45
    calls_before_absent: int = 2
    auto_call: bool = False


@dataclass(frozen=True, slots=True)
class LobbyPolicy:
    """How the lobby works, from a day on: minutes after which a card that somebody took, and for
    which there is no outcome yet, is open to the others again; and after which an open counter
    without an act and without its terminal counts as left."""

    help_outcome_min: float = 5
    wait_outcome_min: float = 5
    stuck_outcome_min: float = 10
    risk_outcome_min: float = 15
    fetch_outcome_min: float = 5
    counter_left_after_min: float = 15


@dataclass(frozen=True, slots=True)
class Plan:
    """A branch as configured: names by language, its clock, services and counters in order;
    `dial` is how far it goes in offering machines, `calling` the order in which it calls,
    `counter_policy` how often and how long a counter waits for whom it called, `lobby_policy` how
    long a card stays with who took it. `epoch` names the
    history in which the versions of its hall are counted: another one after a restore."""

    id: str
    names: Mapping[str, str]
    time_zone: tzinfo
    services: Mapping[str, Service]
    counters: Mapping[str, CounterPlan]
    language: str = "zh"
    target_min: float = 20
    machines: Mapping[str, MachinePlan] = field(default_factory=dict)
    dial: str = "suggest"
    calling: CallingRule = field(default_factory=CallingRule)
    counter_policy: CounterPolicy = field(default_factory=CounterPolicy)
    lobby_policy: LobbyPolicy = field(default_factory=LobbyPolicy)
    epoch: str = field(default="", compare=False)
    typical_min: Mapping[str, float] = field(init=False, repr=False, compare=False)
    """Minutes of one serving by service: the measured median, or what is configured."""
    shortest_min: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        measured = self.calling.typical_min
        typical_min = {
            code: measured.get(code) or service.minutes or UNKNOWN_MIN
            for code, service in self.services.items()
        }
        object.__setattr__(self, "typical_min", typical_min)
        shortest_min = min(typical_min.values(), default=UNKNOWN_MIN)
        object.__setattr__(self, "shortest_min", shortest_min)

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]

    def business_day(self, now: datetime) -> date:
        """The branch's local date: a day changes at the branch's midnight, never at UTC's."""
        return now.astimezone(self.time_zone).date()

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.time_zone)
