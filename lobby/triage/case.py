"""One request in one situation, and the facts that rules ask about it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lobby.triage.catalogue import Catalogue, Credential, Job, MachineRule, Service, Strength
from lobby.triage.errors import UnknownAnswerError
from lobby.triage.machine import MachineFunction, MachineStatus
from lobby.triage.profile import LimitName, Profile
from lobby.triage.request import Preference, Request
from lobby.triage.situation import Situation

UNHURRIED = 1.75
"""First-time and large-print users take one and a half to twice as long at a machine."""

FREE_WITHIN_MIN = 1.0
"""Where nobody waits and a counter is free within a minute there is no queue."""

READERS = {
    Credential.CARD: frozenset({MachineFunction.CARD_READER}),
    Credential.PASSBOOK: frozenset({MachineFunction.PASSBOOK_READER}),
}


@dataclass(frozen=True, slots=True)
class Case:
    """Made by `case_of`; `limits` are those of the situation's day."""

    catalogue: Catalogue
    request: Request
    situation: Situation
    service: Service
    profile: Profile
    limits: Mapping[LimitName, int]

    @property
    def job(self) -> Job:
        return self.service.job

    @property
    def rule(self) -> MachineRule | None:
        """How a machine could do it, where the customer wishes for one or we would name one."""
        rule, wished = self.service.machine, self.request.preference is Preference.MACHINE
        return rule if rule and (wished or rule.strength is not Strength.NONE) else None

    @property
    def is_away(self) -> bool:
        """Whether branches of this kind do not offer it."""
        return self.situation.branch_kind not in self.service.branches

    @property
    def has_counter(self) -> bool:
        """Whether a counter here serves it: not without one, and not what has no line."""
        return self.situation.has_counter and self.service.has_line and not self.is_away

    def exceeds(self, name: LimitName) -> bool:
        """A limit that the country does not have is never exceeded."""
        limit = self.limits.get(name)
        return limit is not None and self.request.exceeds(limit)

    def reaches_large(self) -> bool:
        return self.job is Job.LARGE_CASH or self.request.reaches(self.limits[LimitName.LARGE])

    @property
    def amount(self) -> int | None:
        """The exact one, or the upper end of the band; none where neither is known."""
        exact, band = self.request.amount, self.request.band
        return exact if exact is not None or band is None else band.up_to

    @property
    def likely_amount(self) -> float | None:
        """The exact one, or the middle of the band: how often a machine pays follows from it. The
        first band counts as its end, for it is small; one without an end as its beginning."""
        exact, band = self.request.amount, self.request.band
        if exact is not None or band is None:
            return exact
        if band.up_to is None or not band.above:
            return band.up_to or band.above
        return (band.above + band.up_to) / 2

    @property
    def functions(self) -> frozenset[MachineFunction]:
        """What a machine needs for this job and for what the customer has at hand."""
        rule, credential = self.rule, self.request.credential
        if rule is None:
            return frozenset()
        reader = READERS.get(credential, frozenset()) if rule.credentials else frozenset()
        return rule.functions | reader

    def built_for_it(self, functions: frozenset[MachineFunction] | None = None) -> bool:
        """Whether the branch has such a machine, working or not."""
        wanted = self.functions if functions is None else functions
        return any(status.has(wanted) for status in self.situation.machines)

    @property
    def machine(self) -> MachineStatus | None:
        """The working one with the shortest queue."""
        if self.rule is None:
            return None
        able = [m for m in self.situation.machines if m.can(self.functions)]
        return min(able, key=lambda m: (m.queue_min, m.machine.number, m.machine.id), default=None)

    @property
    def machine_minutes(self) -> float:
        """Queue and job at the machine; endless where there is none."""
        if self.machine is None or self.rule is None:
            return math.inf
        slow = self.request.first_time or self.request.large_print
        pace = UNHURRIED if slow else 1.0
        return self.machine.queue_min + self._minutes_at(self.rule) * pace

    @property
    def counter_minutes(self) -> float:
        """Wait and job at the counter; endless where there is none, and where nobody can say when
        the first one opens."""
        now = self.situation
        opens_in_min = 0.0 if now.open_counters else now.opens_in_min
        if not self.has_counter or opens_in_min is None:
            return math.inf
        return max(opens_in_min, now.counter_wait_min) + now.counter_service_min

    @property
    def is_faster(self) -> bool:
        return self.machine_minutes <= self.counter_minutes

    @property
    def has_no_queue(self) -> bool:
        now = self.situation
        soon = now.waiting == 0 and now.counter_wait_min <= FREE_WITHIN_MIN
        return now.open_counters > 0 and (now.counter_free or soon)

    def _minutes_at(self, rule: MachineRule) -> float:
        if rule.minutes is not None:
            return rule.minutes
        return self._operations() * self.situation.minutes_per_operation

    def _operations(self) -> int:
        amount = self.likely_amount
        if amount is None:
            return 1
        match self.job:
            case Job.CASH_OUT | Job.PENSION:
                limits = self.limits
                at_once = self.situation.per_operation_limit or limits[LimitName.PER_OPERATION]
                return max(1, math.ceil(amount / at_once))
            case Job.CASH_IN:
                notes = self.request.notes or amount / self.limits[LimitName.NOTE_UNIT]
                return max(1, math.ceil(notes / self.limits[LimitName.BATCH]))
            case _:
                return 1


def case_of(catalogue: Catalogue, request: Request, situation: Situation) -> Case:
    """Raises a `TriageError` where the request names what the catalogue does not know."""
    if request.amount is not None and request.amount <= 0:
        raise UnknownAnswerError("amount")
    if request.priority is not None and request.priority not in catalogue.priorities:
        raise UnknownAnswerError("priority")
    service = catalogue.service(request.service)
    profile = catalogue.profile_named(situation.profile, situation.day)
    limits = profile.amounts
    return Case(catalogue, request, situation, service, profile, limits)
