"""The demo branch on a busy morning: eighteen minutes' wait, and a machine that can do all."""

from typing import Any

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.triage.advice import Advice, ChoiceKind
from lobby.triage.advising import advise
from lobby.triage.request import Request
from lobby.triage.situation import OtherBranch, Situation
from tests.triage.vectors import status

DEMO_BRANCH = read_catalogue(DEMO)
MACHINE = status(passbooks=True)
BUSY = Situation(open_counters=3, waiting=5, counter_wait_min=18, machines=(MACHINE,))
HARBOUR = OtherBranch("harbour", {"en": "Harbour", "zh": "港口", "vi": "Cảng"}, 12)


def advised(service: str, situation: Situation = BUSY, **answers: Any) -> Advice:
    return advise(DEMO_BRANCH, Request(service, **answers), situation)


def kinds(advice: Advice) -> list[ChoiceKind]:
    return [choice.kind for choice in advice.choices]
