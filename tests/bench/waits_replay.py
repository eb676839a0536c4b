"""Replays days of a log: at each join a prediction of ours and of rules of thumb, scored at the
start of service. Nothing from the future is ever looked at."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from lobby.forecast.correction_layers import CorrectedEstimate, CorrectionLayers
from lobby.forecast.estimate_builder import QUANTILES, quantiles
from lobby.forecast.forward import run
from lobby.forecast.heuristics import QueueSituation, RecentWaits, inputs_of
from tests.bench.waits_hall import LogHall
from tests.bench.waits_log import Call, Moment, happenings

SHADOW_DAYS = 50
"""So long before the first scored day predictions begin, to have something to learn from: layer C
looks back 45 days. Before that only tables are learned."""

UNKNOWN_S = 600.0
"""Told where nobody is on duty yet that could serve."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One served caller who waited: what came, what was told, what others would have told."""

    day: date
    wait_s: float
    told: CorrectedEstimate
    others_s: Mapping[str, float]
    pessimistic_s: float


@dataclass(slots=True)
class Replay:
    """Predicts for every caller who joins, from the first day on; keeps what is scored."""

    replicates: int
    seed: int = 1
    hall: LogHall = field(default_factory=LogHall)
    layers: CorrectionLayers = field(default_factory=CorrectionLayers)
    recent: RecentWaits = field(default_factory=RecentWaits)
    scored: list[Scored] = field(default_factory=list)
    open: dict[int, Scored] = field(default_factory=dict)
    predicts: bool = True

    def day(self, day: date, calls: Sequence[Call], score_from: date) -> None:
        number, keep = day.toordinal(), day >= score_from
        self.predicts = (score_from - day).days <= SHADOW_DAYS
        self.hall.begin_day(number, day.weekday())
        self.recent, self.open = RecentWaits(), {}
        by_key = {call.key: call for call in calls}
        steps: Mapping[Moment, Callable[[Call], None]] = {
            Moment.END: self.hall.end,
            Moment.LEAVE: self._leave,
            Moment.START: lambda call: self._start(number, call, keep),
            Moment.JOIN: lambda call: self._join(day, call),
        }
        for happening in happenings(calls):
            steps[happening.moment](by_key[happening.key])
        self.hall.end_day()
        self.hall.knowledge.end_day(day)
        self.layers.end_day(number)

    def _leave(self, call: Call) -> None:
        self.open.pop(call.key, None)
        self.hall.leave(call)

    def _start(self, number: int, call: Call, keep: bool) -> None:
        self.hall.start(call)
        if not call.queued:
            return
        self.recent.learn(call.exit_s, call.kind, call.wait_s)
        scored = self.open.pop(call.key, None)
        if scored is None:
            return
        self.layers.learn(number, scored.told, call.wait_s)
        if keep:
            self.scored.append(scored)

    def _join(self, day: date, call: Call) -> None:
        """Who hangs up is not predicted: nothing is scored or learned from that."""
        if call.served and self.predicts:
            self.open[call.key] = self._predicted(day, call)
        self.hall.join(call)

    def _predicted(self, day: date, call: Call) -> Scored:
        rng = np.random.default_rng((self.seed, day.toordinal(), call.key))
        starts_s = run(self.hall.scene(call, rng, self.replicates), rng)[:, -1:]
        raw_s = np.where(np.isfinite(starts_s), starts_s, np.inf)
        waits_s = [min(each, 7200.0) for each in quantiles(raw_s)[:, 0].tolist()]
        if not math.isfinite(float(raw_s.min())):
            waits_s = [UNKNOWN_S * share * 2 for share in QUANTILES]
        situation = self._situation(call)
        inputs = inputs_of(waits_s, situation, self.recent, call.arrival_s)
        told = self.layers.correct(waits_s, inputs)
        others_s, pessimistic_s = self._others(situation)
        return Scored(day, call.wait_s, told, others_s, pessimistic_s)

    def _situation(self, call: Call) -> QueueSituation:
        hall, now_s = self.hall, call.arrival_s
        jobs, waiting = hall.knowledge.jobs, hall.waiting.values()
        same = [other for other in waiting if other.kind == call.kind]
        able = hall.on_duty(now_s, call.kind) or hall.on_duty(now_s)
        mix = [jobs.mean_s(other.kind) for other in waiting]
        mean_s = jobs.mean_s(call.kind)
        return QueueSituation(
            service=call.kind,
            priority=hall.priority(call).value,
            ahead=len(hall.ahead(call)),
            same=len(same),
            everybody=len(hall.waiting),
            counters=max(1, len(able)),
            busy=sum(server.call is not None for server in able),
            mean_job_s=mean_s,
            mean_all_s=sum(mix) / len(mix) if mix else mean_s,
            leaving_rate=hall.knowledge.leaving.mean_rate(),
            oldest_s=max((now_s - other.arrival_s for other in same), default=0.0),
            hour=now_s / 3600,
        )

    def _others(self, at: QueueSituation) -> tuple[dict[str, float], float]:
        """Rules of thumb with learned means; of the pair of ZMS the middle."""
        slot_s = at.mean_job_s / at.counters
        pessimistic_s = slot_s * (at.everybody + 1)
        optimistic_s = 0.8 * slot_s * max(at.everybody - at.counters, 0)
        last_s = self.recent.last_s(at.service)
        return {
            "naive": at.same * slot_s,
            "naive_all": at.everybody * at.mean_all_s / at.counters,
            "les": last_s,
            "hol": at.oldest_s or last_s,
            "ma10": self.recent.ten_s(),
            "zms": (pessimistic_s + optimistic_s) / 2,
        }, pessimistic_s
