"""Why a ticket was called and no other: kept with the call, told to whoever asks."""

from enum import StrEnum

from lobby.queueing.model.value import Value


class Rule(StrEnum):
    """What decided: `PROMISE` the largest used share of a promise, `BUDGET` somebody who could be
    passed no more, `NEXT` somebody who was shown as next already."""

    FIRST_COME = "first_come"
    STRICT = "strict"
    PROMISE = "promise"
    BUDGET = "budget"
    NEXT = "next"
    RESERVED = "reserved"
    CHOSEN = "chosen"


class Score(Value, frozen=True):
    """The parts of rule A for one ticket at one moment. `overtakes` is how many later tickets have
    passed it so far; `quickness` the shortest typical serving over this one's, 0 to 1; a promise
    is used up to `used_max` of it, and no further."""

    waited_min: float
    head_start_min: float
    within_min: float
    quickness: float
    overtakes: int = 0
    used_max: float = 1.0

    @property
    def value(self) -> float:
        used = (self.waited_min + self.head_start_min) / self.within_min
        return min(self.used_max, used) * self.quickness


class Choice(Value, frozen=True):
    """The chosen ticket and why. `waited_s` is its wait up to its first
    call in seconds; `passed` are those
    with an earlier place whom this counter could have served, `passed_times` how often each has
    been passed now; `reason` is the teller's own where a ticket was chosen by hand."""

    number: str
    rule: Rule
    waited_s: float
    passed: tuple[str, ...] = ()
    reason: str = ""
    passed_times: tuple[int, ...] = ()
    score: Score | None = None
