"""Answers of the demo's customers at the kiosk, and whether they follow its advice."""

from datetime import date, datetime
from random import Random

from msgspec import structs

from lobby.branch import Branch
from lobby.demo.arrivals import Arrival
from lobby.queueing.commands.ticket import TakeTicket
from lobby.screens.advice import advise_with, intake_of, offers_machine
from lobby.triage.answers import QuestionCode, request_from
from lobby.triage.catalogue import Catalogue
from lobby.triage.profile import Profile
from lobby.triage.questions import next_question

WANT_HELP = 0.08
PREFER_COUNTER = 0.1
TAKE_THE_OFFER = 0.6
USUAL = (6, 3, 1, 1, 1, 1)
"""Weights of a question's answers in their order: most people have a usual case."""


class Answers:
    """Drawn from the seed, like the arrivals; without a catalogue nobody is asked anything."""

    def __init__(self, branch: Branch, catalogue: Catalogue | None, seed: int) -> None:
        self._branch, self._catalogue, self._seed = branch, catalogue, seed
        self._draw = Random(f"{seed} answers")  # noqa: S311 - a play, not a secret

    def begin(self, day: date) -> None:
        self._draw = Random(f"{self._seed} answers {day}")  # noqa: S311 - as above

    def ticket(self, arrival: Arrival, secret: str) -> TakeTicket:
        """The number or slip that this customer takes after the questions."""
        plain = TakeTicket(arrival.service, arrival.language, secret)
        if self._catalogue is None:
            return plain
        service = self._catalogue.services[arrival.service]
        answers = self._answers(self._catalogue, arrival)
        request = request_from(service, self._profile(self._catalogue, arrival.at), answers)
        advice = advise_with(self._catalogue, self._branch, request, arrival.at)
        intake = intake_of(advice, tuple(answers.items()), help_wanted=request.help)
        takes_offer = offers_machine(advice) and self._draw.random() < TAKE_THE_OFFER
        machine = advice.machine.machine.id if takes_offer and advice.machine else None
        return structs.replace(plain, intake=intake, machine=machine)

    def _profile(self, catalogue: Catalogue, at: datetime) -> Profile:
        return catalogue.profile_named(day=self._branch.plan.business_day(at))

    def _answers(self, catalogue: Catalogue, arrival: Arrival) -> dict[str, str]:
        service, profile = catalogue.services[arrival.service], self._profile(catalogue, arrival.at)
        answers: dict[str, str] = {}
        if self._draw.random() < WANT_HELP:
            answers[QuestionCode.HELP] = "yes"
        if self._draw.random() < PREFER_COUNTER:
            answers[QuestionCode.PREFERENCE] = "counter"
        while question := next_question(service, profile, answers):
            offered = [answer.code for answer in question.answers]
            (chosen,) = self._draw.choices(offered, USUAL[: len(offered)])
            answers[question.code] = chosen
        return answers
