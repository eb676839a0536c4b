"""What was asked of the server under a key, and all that it answered to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

DONE = frozenset({200, 201})


@dataclass(slots=True)
class Asked:
    """`answers` are status and body, one for each time that an answer came; none where the server
    went away every time."""

    key: str
    path: str
    fields: Mapping[str, str | Sequence[str]]
    cookie: str
    leaves_events: bool = True
    answers: list[tuple[int, bytes]] = field(default_factory=list)

    def hear(self, status: int, body: bytes) -> None:
        self.answers.append((status, body))

    @property
    def is_acknowledged(self) -> bool:
        return any(status in DONE for status, _ in self.answers)

    @property
    def is_refused(self) -> bool:
        return bool(self.answers) and not self.is_acknowledged

    @property
    def is_answered(self) -> bool:
        return bool(self.answers)

    @property
    def is_contradicted(self) -> bool:
        """Once done, an act has one answer for ever."""
        if not self.is_acknowledged:
            return False
        first = next(at for at, (status, _) in enumerate(self.answers) if status in DONE)
        return len(set(self.answers[first:])) > 1

    @property
    def refusal(self) -> str:
        """The name of the last one."""
        refusal: str = json.loads(self.answers[-1][1]).get("refusal", "")
        return refusal

    @property
    def tickets(self) -> list[str]:
        """The numbers that were acknowledged."""
        for status, body in self.answers:
            if status in DONE:
                return _numbers_in(json.loads(body))
        return []


def _numbers_in(answer: dict[str, Any]) -> list[str]:
    if "number" in answer:
        return [answer["number"]]
    if answer["location"].startswith("/floor/tickets/"):
        return [answer["location"].rpartition("/")[2]]
    numbers: list[str] = answer.get("tickets", [])
    return numbers
