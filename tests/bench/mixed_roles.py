"""Who acts in a branch under load: tellers, kiosks, customers' phones, tablets. Each says which act
comes next and learns from the answer; acts that are to be refused are among them."""

import random
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.triage.answers import STANDING
from lobby.triage.questions import next_question
from tests.bench.hall_setup import LANGUAGES, SERVICES
from tests.faults.served_hall import held_numbers

KNOWN_MAX = 40
"""Customers who look at their phone while others act: those who came last."""

PHONE_ACTS = {"postponements": 5, "help": 3, "cancellations": 2}
TABLET_ACTS = {"ticket": 4, "priority": 3, "cancel": 1, "notice": 1, "go": 2, "end": 2, "return": 2}
AT_FREE_COUNTER = {"calls": 16, "undo": 2, "pauses": 1, "colleagues": 1}
WITH_CALLED = {
    "servings": 8,
    "calls/{number}/repeats": 3,
    "absences": 2,
    "holds": 1,
    "finishes": 1,
}
WHILE_SERVING = {
    "finishes": 10,
    "transfers": 2,
    "holds": 1,
    "interruptions": 1,
    "continuations": 1,
    "services": 1,
    "servings": 1,
}
"""How often each act is chosen, beside the others. Some are not allowed just then."""

MAY_BE_SO = frozenset({"services", "colleagues"})
ENDS = frozenset({"finishes", "absences", "holds", "transfers"})
"""After these a counter is free."""

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One act before it has a key. `leaves_events` False where what is asked may be so already."""

    path: str
    fields: Fields
    cookie: str = ""
    leaves_events: bool = True


class Role(Protocol):
    def next_act(self) -> Wanted: ...

    def answered(self, wanted: Wanted, answer: Mapping[str, Any]) -> None:
        """It was done; `answer` is what the server said."""

    def refused(self, refusal: str) -> None:
        """By the name of the refusal; empty where it was another one than those of the queue."""


@dataclass(slots=True)
class Customers:
    """The tickets that somebody holds: number and the secret of its page."""

    latest: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=KNOWN_MAX))

    def any_number(self) -> str:
        return random.choice(self.latest)[0] if self.latest else "A001"

    def any_secret(self) -> str:
        return random.choice(self.latest)[1] if self.latest else "none"


class Kiosk:
    """Every other customer answers the questions of the service, the others name it only."""

    def __init__(self, cookie: str, customers: Customers) -> None:
        self._cookie = cookie
        self._customers = customers

    def next_act(self) -> Wanted:
        service, language = random.choice(SERVICES), random.choice(LANGUAGES)
        fields = {"service": service, "language": language}
        if random.random() < 0.5:
            fields |= {**random_answers(service), "choice": "counter"}
        return Wanted(f"/kiosk/tickets?language={language}", fields, self._cookie)

    def answered(self, wanted: Wanted, answer: Mapping[str, Any]) -> None:
        self._customers.latest.append((answer["number"], answer["secret"]))

    def refused(self, refusal: str) -> None:
        """Something else comes next anyway."""


class Phone:
    """A customer who asks for more time or for help, or leaves."""

    def __init__(self, customers: Customers) -> None:
        self._customers = customers

    def next_act(self) -> Wanted:
        (act,) = random.choices(list(PHONE_ACTS), list(PHONE_ACTS.values()))
        path = f"/t/{self._customers.any_secret()}/{act}"
        return Wanted(path, {}, leaves_events=act != "help")

    def answered(self, wanted: Wanted, answer: Mapping[str, Any]) -> None:
        """Their page shows it."""

    def refused(self, refusal: str) -> None:
        """Something else comes next anyway."""


class Tablet:
    """A lobby manager with tickets, priorities, notices and calls for help."""

    def __init__(self, cookie: str, customers: Customers) -> None:
        self._cookie = cookie
        self._customers = customers
        self._help_ids: list[int] = [1]
        self._held: list[str] = ["A001"]

    def begins(self, hall: Hall) -> None:
        self._help_ids = [call.id for call in hall.help_calls] or self._help_ids
        self._held = held_numbers(hall) or self._held

    def next_act(self) -> Wanted:
        (act,) = random.choices(list(TABLET_ACTS), list(TABLET_ACTS.values()))
        path, fields = self._asked(act)
        return Wanted(path, fields, self._cookie, leaves_events=act != "priority")

    def _asked(self, act: str) -> tuple[str, Fields]:
        number, help_id = self._customers.any_number(), random.choice(self._help_ids)
        match act:
            case "ticket":
                return "/floor/tickets", {"service": random.choice(SERVICES), "language": "zh"}
            case "priority":
                priority = random.choice(("regular", "assistance"))
                return f"/floor/waiting/{number}/priorities", {"priority": priority}
            case "cancel":
                return f"/floor/waiting/{number}/cancellations", {}
            case "notice":
                return "/floor/notices", {"notice": "delay/many_customers", "minutes": "15"}
            case "return":
                return "/floor/returns", {"number": random.choice(self._held), "after": "hold"}
            case "go":
                return f"/floor/calls/{help_id}/answers", {}
            case _:
                return f"/floor/calls/{help_id}/outcomes", {"outcome": "nobody_there"}

    def answered(self, wanted: Wanted, answer: Mapping[str, Any]) -> None:
        """The socket of the tablet shows it."""

    def refused(self, refusal: str) -> None:
        """Something else comes next anyway."""


class Teller:
    """Works at one counter, and now and then asks for what is not allowed just then."""

    def __init__(self, counter: str, cookie: str) -> None:
        self._counter = counter
        self._cookie = cookie
        self._is_open = self._is_paused = self._is_serving = False
        self._number = self._last = ""

    def begins(self, hall: Hall) -> None:
        """Sits down again after a crash, and looks at the screen."""
        counter = hall.counters[self._counter]
        ticket = hall.ticket_at(counter)
        self._is_open, self._is_paused = counter.is_open, counter.is_paused
        self._number = ticket.number if ticket else ""
        self._is_serving = ticket is not None and ticket.state is TicketState.SERVING

    def next_act(self) -> Wanted:
        act = self._act()
        fields: dict[str, str | Sequence[str]] = {
            "counter": self._counter,
            "number": self._number,
            **self._more(act),
        }
        path = f"/counter/{act.format(number=self._number)}"
        return Wanted(path, fields, self._cookie, leaves_events=act not in MAY_BE_SO)

    def _act(self) -> str:
        if not self._is_open:
            return "openings"
        if self._is_paused:
            return "resumptions"
        acts = AT_FREE_COUNTER
        if self._number:
            acts = WHILE_SERVING if self._is_serving else WITH_CALLED
        return random.choices(list(acts), list(acts.values()))[0]

    def _more(self, act: str) -> Fields:
        match act:
            case "openings":
                return {"service": SERVICES}
            case "undo":
                return {"number": self._last}
            case "pauses" | "holds":
                return {"reason": "papers"}
            case "transfers":
                return {"to_service": random.choice(SERVICES)}
            case "services":
                return {"service": random.choice(SERVICES)}
            case "colleagues":
                return {"kind": "help"}
            case _:
                return {}

    def answered(self, wanted: Wanted, answer: Mapping[str, Any]) -> None:
        act = wanted.path.removeprefix("/counter/")
        self._is_open = True
        if act == "calls":
            self._number, self._is_serving = answer["tickets"][0], False
        elif act == "servings":
            self._is_serving = True
        elif act in ENDS:
            self._last, self._number = self._number, ""
        elif act == "undo":
            self._number, self._is_serving = answer["tickets"][0], True
        elif act in {"pauses", "resumptions"}:
            self._is_paused = act == "pauses"

    def refused(self, refusal: str) -> None:
        """The customer may have left meanwhile."""
        if refusal == "NotAtThisCounter":
            self._number = ""


CATALOGUE = read_catalogue(DEMO)


def random_answers(service: str) -> dict[str, str]:
    """To every question that the kiosk asks about this service, and sometimes a wish."""
    asked, profile = CATALOGUE.service(service), CATALOGUE.profile_named()
    answers: dict[str, str] = {}
    while (question := next_question(asked, profile, answers)) is not None:
        answers[question.code] = random.choice(question.answers).code
    for code, wish in STANDING.items():
        if code not in answers and random.random() < 0.2:
            answers[code] = wish.code
    return answers
