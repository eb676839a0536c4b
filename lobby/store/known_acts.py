"""The acts of a branch that are known again by their keys, in memory and bounded.

Of each actor the newest are kept; an older key is still found in the table, which the writer reads
once anything was left out here.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from lobby.store.kinds import ActorKind
from lobby.store.log import Act

KEYS_PER_ACTOR_MAX = 5_000
"""More than a kiosk gives tickets in two days. Whoever repeats an act does so within minutes."""

KEYS_MAX = 50_000
"""About 20 MB; the busiest branch has a third of it."""

IDLE_MAX = 1_000
"""Of acts that found nothing to do, and stand in no table."""

UNBOUNDED = f"{ActorKind.SYSTEM}/"
"""The house's own keys are few, and what it asks of them it asks all day long."""


class KnownActs:
    """By scoped key, oldest first. Written in the writer's thread, read from any."""

    def __init__(self, acts: Iterable[tuple[str, Act]] = ()) -> None:
        self._acts: dict[str, Act] = {}
        self._idle: dict[str, Act] = {}
        self._per_actor: Counter[str] = Counter()
        self.is_complete = True
        """Whether all that the table holds is known here."""
        for key, act in acts:
            self.add(key, act)

    def __contains__(self, key: str) -> bool:
        return key in self._acts or key in self._idle

    def __len__(self) -> int:
        return len(self._acts) + len(self._idle)

    def get(self, key: str) -> Act | None:
        return self._acts.get(key) or self._idle.get(key)

    def add(self, key: str, act: Act) -> None:
        if act.is_idle:
            self._idle[key] = act
            if len(self._idle) > IDLE_MAX:
                del self._idle[next(iter(self._idle))]
        elif key not in self._acts:
            self._acts[key] = act
            self._per_actor[act.actor] += 1
            self._keep_bounds(act)

    def remove(self, key: str) -> None:
        """Of an act that was not kept."""
        self._idle.pop(key, None)
        act = self._acts.pop(key, None)
        if act is not None:
            self._per_actor[act.actor] -= 1

    def forget_before(self, version: int) -> None:
        """What is in the table no more either."""
        for key in [key for key, act in self._acts.items() if act.last_version < version]:
            self.remove(key)
        self._per_actor = +self._per_actor

    def _keep_bounds(self, newest: Act) -> None:
        if newest.actor.startswith(UNBOUNDED):
            return
        if self._per_actor[newest.actor] > KEYS_PER_ACTOR_MAX:
            of_actor = (key for key, act in self._acts.items() if act.actor == newest.actor)
            self._leave_to_table(islice(of_actor, KEYS_PER_ACTOR_MAX // 10))
        elif len(self._acts) > KEYS_MAX:
            bounded = (k for k, act in self._acts.items() if not act.actor.startswith(UNBOUNDED))
            self._leave_to_table(islice(bounded, KEYS_MAX // 10))

    def _leave_to_table(self, oldest: Iterable[str]) -> None:
        """A tenth of the bound at once, so that they are seldom looked for."""
        for key in list(oldest):
            self.remove(key)
        self.is_complete = False
