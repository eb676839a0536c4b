"""Small random days in the form of a file, each of them possible: nobody is at two places at once.

Minutes come in quarters, often equal ones, so that acts meet in one moment.
"""

import random
from collections.abc import Callable
from typing import Any

Line = dict[str, Any]

EXCLUSIONS = ("LOOSE_CHANGE", "OVER_LIMIT", "CREDENTIAL", "PREMIUM", "RISK")
PRIORITIES = ("ASSIST", "PREMIUM", "URGENT", "REGULAR")


class RandomDay:
    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._free_from = {f"c{n}": 0.0 for n in range(1, self._draw.randint(2, 4))}
        self._busy = dict.fromkeys(self._free_from, 0.0)

    def day(self) -> Line:
        tickets = [self._ticket(n) for n in range(1, self._draw.choice((5, 9, 13, 26)))]
        return {
            "target_min": self._target(tickets),
            "counters": [self._counter(name) for name in self._free_from],
            "tickets": tickets,
        }

    def _target(self, tickets: list[Line]) -> float:
        """As long as somebody waited for service, or until they gave up: the edge of the target."""
        ends = ("started", "no_show", "cancelled")
        lasted = [float(t[end]) - float(t["issued"]) for t in tickets for end in ends if end in t]
        return self._draw.choice(lasted or [10.0])

    def _minutes(self, most: float) -> float:
        """None at all as often as not much."""
        return self._draw.choice((0.0, self._draw.randint(0, int(most * 4)) / 4))

    def _counter(self, name: str) -> Line:
        """Signed in at least until its last customer has gone, with breaks where it has nobody."""
        signed_in = self._free_from[name] + self._minutes(20) + 1
        free = signed_in - self._busy[name]
        return {"name": name, "signed_in_min": signed_in, "breaks_min": min(free, self._minutes(8))}

    def _ticket(self, number: int) -> Line:
        line: Line = {"label": f"T{number}", "issued": self._minutes(40)}
        if self._draw.random() < 0.3:
            line["priority"] = self._draw.choice(PRIORITIES)
        fates: tuple[Callable[[Line], None], ...] = (
            self._served,
            self._served,
            self._missed,
            self._left,
            self._stays,
        )
        if self._draw.random() < 0.6:
            self._offered(line, fates)
            return line
        if self._draw.random() < 0.5:
            line["exclusion"] = self._draw.choice(EXCLUSIONS)
        self._draw.choice(fates)(line)
        return line

    def _offered(self, line: Line, fates: tuple[Callable[[Line], None], ...]) -> None:
        """Of those eligible: not offered, no answer, declined, or on the way to the machine."""
        line["eligible"] = True
        answer = self._draw.choice(("none", "offered", "declined", "accepted", "accepted"))
        if answer == "none":
            self._draw.choice(fates)(line)
            return
        line["offered"] = line["issued"] + self._minutes(3)
        if answer != "offered":
            line[answer] = line["offered"] + self._minutes(3)
        outcome = self._draw.choice(("self_completed", "returned", "unconfirmed"))
        if answer == "accepted" and outcome == "unconfirmed":
            return
        if answer == "accepted":
            line[outcome] = line["accepted"] + self._minutes(9)
        if answer != "accepted" or outcome == "returned":
            self._draw.choice(fates)(line)

    def _served(self, line: Line) -> None:
        counter, called = self._called(line)
        line["counter"] = counter
        line["started"] = line["calls"][-1] + self._minutes(2)
        line["finished"] = line["started"] + self._minutes(12)
        self._leaves(counter, called, line["finished"])

    def _missed(self, line: Line) -> None:
        counter, called = self._called(line)
        if self._draw.random() < 0.5:
            line["counter"] = counter
        line["no_show"] = line["calls"][-1] + self._minutes(2)
        self._leaves(counter, called, line["no_show"])

    def _left(self, line: Line) -> None:
        """On the way to the counter, or before any call."""
        if self._draw.random() < 0.3:
            counter, called = self._called(line)
            line["cancelled"] = line["calls"][-1] + self._minutes(2)
            self._leaves(counter, called, line["cancelled"])
        else:
            line["cancelled"] = _ready(line) + self._minutes(25)

    def _stays(self, line: Line) -> None:
        """Waits until the branch closes."""

    def _called(self, line: Line) -> tuple[str, float]:
        counter = min(self._free_from, key=lambda name: (self._free_from[name], name))
        called = max(self._free_from[counter], _ready(line)) + self._minutes(3)
        line["calls"] = [called]
        for _again in range(self._draw.choice((0, 0, 1, 2))):
            line["calls"].append(line["calls"][-1] + self._minutes(1))
        return counter, called

    def _leaves(self, counter: str, called: float, at: float) -> None:
        self._free_from[counter] = at
        self._busy[counter] += at - called


def _ready(line: Line) -> float:
    """When the ticket is in the line to be called."""
    steps = ("issued", "offered", "declined", "returned")
    return max(float(line[step]) for step in steps if step in line)


def random_day(seed: int) -> Line:
    return RandomDay(seed).day()
