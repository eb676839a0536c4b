"""The people of a past day of the demo's branch: what each came for, whether a machine could do it,
and whether they went there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lobby.demo.arrivals import arrivals
from lobby.demo.customers import COME_BACK, DONE_AT_MACHINE
from lobby.demo.history import DayOfPast
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel
from lobby.triage.advising import rule_set_version
from lobby.triage.catalogue import Catalogue, Service, Strength

RULES = {
    "cash_out": "R22",
    "cash_in": "R23",
    "transfer": "R24",
    "statement": "R25",
    "bills": "R26",
    "pin": "R27",
    "account": "R28",
    "digital_banking": "R29",
    "personal_data": "R29",
    "term_deposit": "R30",
}
"""By what a machine does."""

NOT_ELIGIBLE = (
    (0.12, "R12", "LOOSE_CHANGE"),
    (0.10, "R18", "CREDENTIAL"),
    (0.08, "R11", "ASSIST"),
    (0.07, "R05", "PREF_COUNTER"),
    (0.05, "R21", "NOT_FASTER"),
)
"""How many of those whose business a machine does are not sent there, by which rule, and why."""

DECLINES, ASKS_FOR_HELP = 0.45, 0.05
AT_COUNTER = "R31"
FROM_FLOOR, IN_NEED, PREMIUM = 0.1, 0.06, 0.03
"""Shares of those who get their number from a colleague, need help, and are premium clients."""


@dataclass(frozen=True, slots=True)
class Guest:
    """`joins_at` is when they stand in line, None for who does not; `machine` where they went
    first, with when that was over, and how."""

    number: str
    service: str
    language: str
    taken_at: datetime
    leaves_at: datetime | None
    priority: Priority
    channel: Channel
    rule: str = ""
    rule_set: str = ""
    exclusion: str = ""
    eligible: bool = False
    machine: str | None = None
    done_at: datetime | None = None
    returned_at: datetime | None = None

    @property
    def joins_at(self) -> datetime | None:
        return self.taken_at if self.machine is None else self.returned_at


def guests_of(
    past: DayOfPast, catalogue: Catalogue | None, tellers: int, seed: int
) -> Iterator[Guest]:
    """In the order of taking."""
    draw = Random(f"{seed} past {past.day}")  # noqa: S311 - a play, not a secret
    ordinals: dict[str, int] = {}
    for arrival in arrivals(past.plan, past.day, tellers * past.load, seed):
        service = past.plan.services[arrival.service]
        ordinals[service.prefix] = ordinals.get(service.prefix, 0) + 1
        chance = draw.random()
        yield Guest(
            number=f"{service.prefix}{ordinals[service.prefix]:03d}",
            service=arrival.service,
            language=arrival.language,
            taken_at=arrival.at,
            leaves_at=arrival.leaves_at,
            priority=_priority(chance),
            channel=Channel.FLOOR if draw.random() < FROM_FLOOR else Channel.KIOSK,
            **_advised(past, catalogue, arrival.service, arrival.at, draw),
        )


def _priority(chance: float) -> Priority:
    if chance < IN_NEED:
        return Priority.ASSISTANCE
    return Priority.PREMIUM if chance < IN_NEED + PREMIUM else Priority.REGULAR


def _advised(
    past: DayOfPast, catalogue: Catalogue | None, code: str, at: datetime, draw: Random
) -> dict[str, Any]:
    """As the rules would have advised, by how often their reasons come up."""
    if catalogue is None:
        return {}
    version = rule_set_version(catalogue)
    service = catalogue.services[code]
    machines = _machines(past, service)
    if not machines:
        return {"rule": AT_COUNTER, "rule_set": version, "exclusion": "DEFAULT"}
    chance = draw.random()
    for share, rule, reason in NOT_ELIGIBLE:
        if chance < share:
            return {"rule": rule, "rule_set": version, "exclusion": reason}
        chance -= share
    told: dict[str, Any] = {"rule": _rule(service), "rule_set": version, "eligible": True}
    if draw.random() < DECLINES:
        return told
    fate, ends_at = draw.random(), at + timedelta(minutes=draw.uniform(2, 7))
    told["machine"] = draw.choice(machines)
    if fate < DONE_AT_MACHINE:
        return told | {"done_at": ends_at}
    return told | {"returned_at": ends_at} if fate < DONE_AT_MACHINE + COME_BACK else told


def _machines(past: DayOfPast, service: Service) -> list[str]:
    rule = service.machine
    if rule is None or rule.strength is Strength.NONE:
        return []
    return [
        machine.id for machine in past.plan.machines.values() if rule.functions <= machine.functions
    ]


def _rule(service: Service) -> str:
    assert service.machine is not None, "looked at before"
    return next((RULES[each] for each in sorted(service.machine.functions) if each in RULES), "")
