"""One scene in the numbers that the calling rule looks at, the same for either engine.

People are numbered by their places. After the last of them `size` is anybody yet to come and
`size + 1` nobody. After the last line stands one that holds nobody and is chosen where no other
can be called from; after the last counter one that nobody sits at, whose turn it is when all
others are done.
"""

from dataclasses import dataclass

import numpy as np

from lobby.forecast.scene import Bools, Floats, Ints, Scene
from lobby.forecast.sentinels import BOUNDLESS, CLASS_APART, CLOSED, LONG_AGO_S, OPEN, TIE
from lobby.queueing.model.priority import Order


@dataclass(frozen=True, slots=True)
class RuleTables:
    """A key is min((now - origin) * pace, limit): larger is called first. By person: `origin_s`,
    `limit`, `following`, `line`, `overtakes`, `is_next`, `is_probe`. By line:
    `first`, `pace`. By counter and line `barred`: 0 where it may call, else `CLOSED`. Lines from
    `coming` on hold those to come; of those, arriving at t, the origin is `late_s` + t * `later`,
    the limit `full` - t * `TIE`."""

    size: int
    coming: int
    origin_s: Floats
    limit: Floats
    following: Ints
    overtakes: Ints
    is_next: Bools
    is_probe: Bools
    serves_person: Bools
    first: Ints
    pace: Floats
    barred: Floats
    late_s: Floats
    later: Floats
    is_rule_a: bool
    counts: bool
    keeps_next: bool
    is_booked: bool
    has_help: bool
    has_own_pool: bool


def tables_of(scene: Scene) -> RuleTables:
    """What stays the same in every replicate."""
    people, groups, rules = scene.people, scene.groups, scene.rules
    size = scene.size
    is_rule_a = rules.order is Order.RULE_A
    keeps_next = is_rule_a and rules.keeps_next
    pace = groups.pace if is_rule_a else np.ones(len(groups.pace))
    late_s = -groups.head_start_s if is_rule_a else _class_apart(scene)
    later = 1.0 + TIE / pace if is_rule_a else np.ones(len(pace))
    place: Floats = np.arange(size, dtype=np.float64) - size
    if is_rule_a:
        own_s = people.clock_s + late_s[people.group] + TIE * place / pace[people.group]
    else:
        own_s = place + late_s[people.group]
    has_premium = bool(groups.is_premium.any())
    serves = scene.counters.serves
    return RuleTables(
        size=size,
        coming=len(groups.first) - int((groups.rate > 0).sum()),
        origin_s=np.append(own_s, [0.0, LONG_AGO_S if is_rule_a else -OPEN]),
        limit=np.append(groups.full[people.group] - TIE * place, [0.0, OPEN]),
        following=np.append(_or_nobody(people.following, size), [size, size + 1]),
        overtakes=np.append(
            np.minimum(people.overtakes, min(rules.overtakes_max, BOUNDLESS)), [0, 0]
        ),
        is_next=np.append(people.is_next & keeps_next, [False, False]),
        is_probe=np.append(np.isneginf(people.leaves_s[0]), [False, False]),
        serves_person=np.pad(serves[:, people.group], ((0, 1), (0, 2))),
        first=np.append(groups.first, size + 1),
        pace=np.append(pace, 1.0),
        barred=_barred(serves),
        late_s=late_s,
        later=later,
        is_rule_a=is_rule_a,
        counts=is_rule_a and rules.overtakes_max < BOUNDLESS,
        keeps_next=keeps_next,
        is_booked=is_rule_a and bool((people.clock_s > 0).any()),
        has_help=is_rule_a and has_premium and bool(groups.is_assistance.any()),
        has_own_pool=has_premium and bool(scene.counters.is_premium.any()),
    )


def _class_apart(scene: Scene) -> Floats:
    """Where a key is zero if only places count, or classes before places."""
    strict = CLASS_APART if scene.rules.order is Order.STRICT else 0.0
    return strict * scene.groups.rank


def _or_nobody(following: Ints, size: int) -> Ints:
    return np.where(following == size, size + 1, following)


def _barred(serves: Bools) -> Floats:
    """The line of nobody is open to every counter: nobody's key is `OPEN`, the least of all."""
    barred = np.where(np.pad(serves, ((0, 1), (0, 0))), 0.0, CLOSED)
    return np.pad(barred, ((0, 0), (0, 1)))
