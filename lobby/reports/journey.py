"""The journey of one ticket in words: what it was asked, advised and told, who called it and why,
who was called before it and why, and what was done for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lobby.forecast.wait_range import WaitRange
from lobby.i18n.languages import LANGUAGES
from lobby.queueing.events import care, event, floor, ticket
from lobby.reports.figures import Figures
from lobby.reports.journey_words import DEEDS, PLAIN
from lobby.reports.machine_words import HELP_KINDS, REASONS, RULES
from lobby.screens.call_reasons import reason_for_teller
from lobby.screens.words import ACTS_TO_UNDO, PRIORITIES, REST_REASONS
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.store.journeys import Deed
from lobby.store.kinds import ActorKind
from lobby.triage.answers import QuestionCode, answer_named
from lobby.triage.catalogue import Catalogue
from lobby.waits.words import short_range

Names = Mapping[tuple[ActorKind, str], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the journey. `by` is who did it; empty where nobody did, or is not told."""

    at: datetime
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Journey:
    """Tells the deeds of a ticket; `names` None where people are not told."""

    figures: Figures
    catalogue: Catalogue | None
    names: Names | None

    def steps(self, deeds: Sequence[Deed], told: Sequence[AnnouncedWaitRow]) -> tuple[Step, ...]:
        lines = [step for deed in deeds for step in self._of_deed(deed)]
        lines += [Step(each.at, self._told(each), "") for each in told]
        return tuple(sorted(lines, key=lambda step: step.at))  # stable: what was taken, then told

    def _of_deed(self, deed: Deed) -> Iterator[Step]:
        for what in self._sentences(deed):
            yield Step(deed.event.at, what, self._by(deed))

    def _sentences(self, deed: Deed) -> Iterator[str]:
        told = deed.event
        match told:
            case event.DayTakenBack():
                yield self._say(DEEDS["renumbered"], number=deed.renumbered)
            case ticket.TicketTaken():
                yield from self._taken(told)
            case ticket.TicketCalled() if told.number != deed.number:
                yield self._say(DEEDS["passed"], other=told.number, **self._call(told))
            case ticket.TicketCalled():
                yield self._say(DEEDS["called"], **self._call(told))
            case floor.HelpCalled():
                kind = self._word(HELP_KINDS.get(told.kind, str(told.kind)))
                yield self._say(DEEDS["help"], kind=kind)
            case care.MachineOffered():
                yield self._say(DEEDS["offered"], machine=self.figures.machine(told.machine))
            case _ if type(told) in PLAIN:
                yield self._say(PLAIN[type(told)], **self._blanks(told))
            case _:
                return

    def _taken(self, told: ticket.TicketTaken) -> Iterator[str]:
        service = self.figures.service(told.service)
        ahead = self.figures.count(told.ahead)
        yield self._say(DEEDS["taken"], service=service, ahead=ahead)
        if answers := list(self._answers(told)):
            yield self._say(DEEDS["answered"], answers="; ".join(answers))
        intake = told.intake
        if intake.rule:
            words = self._word(RULES.get(intake.rule, intake.rule))
            yield self._say(DEEDS["advised"], why=words, rule=intake.rule, version=intake.rule_set)
        if intake.exclusion:
            why = self._word(REASONS.get(intake.exclusion, intake.exclusion))
            yield self._say(DEEDS["excluded"], why=why)
        if intake.help_wanted:
            yield self._say(DEEDS["help_wanted"])

    def _answers(self, told: ticket.TicketTaken) -> Iterator[str]:
        """In words as far as the catalogue of that day knows them."""
        service = self.catalogue.services.get(told.service) if self.catalogue else None
        for question, given in told.intake.answers:
            known = None
            if service is not None and self.catalogue and question in list(QuestionCode):
                profile = self.catalogue.profile_named(day=self.figures.plan.local(told.at).date())
                known = answer_named(QuestionCode(question), given, service, profile)
            if known is None:
                yield f"{question}: {given}"
            elif known.amount is None:
                yield self._word(known.label)
            else:
                amount = f"{self.figures.count(known.amount)} {known.currency}".strip()
                yield self._word(known.label).replace("%(amount)s", amount)

    def _call(self, told: ticket.TicketCalled) -> dict[str, str]:
        return {
            "counter": self._counter(told.counter),
            "why": reason_for_teller(told.choice, self.figures.language),
        }

    def _blanks(self, told: Any) -> dict[str, str]:
        """What a plain sentence may name of its event."""
        blanks: dict[str, Callable[[Any], str]] = {
            "counter": self._counter,
            "service": self.figures.service,
            "to_service": self.figures.service,
            "until": lambda at: self.figures.clock(at) if at else "",
            "priority": lambda priority: self._word(PRIORITIES[priority]),
            "act": lambda act: self._word(ACTS_TO_UNDO[act]),
            "reason": lambda why: self._word(REST_REASONS.get(why, str(why))),
            "services_done": lambda done: ", ".join(map(self.figures.service, done)),
        }
        given = {name: getattr(told, name, None) for name in blanks}
        return {
            name: tell(given[name]) if given[name] is not None else ""
            for name, tell in blanks.items()
        }

    def _told(self, row: AnnouncedWaitRow) -> str:
        shown = short_range(WaitRange(row.low_min, row.high_min), self.figures.language)
        return self._say(DEEDS["told"], wait=shown, ahead=self.figures.count(row.ahead))

    def _by(self, deed: Deed) -> str:
        if deed.actor_kind is ActorKind.STAFF and self.names is None:
            return self._say(DEEDS["by_staff"])
        if deed.actor_kind is ActorKind.CUSTOMER:
            return self._say(DEEDS["by_customer"])
        if deed.actor_kind is ActorKind.SYSTEM:
            return self._say(DEEDS["by_house"])
        return (self.names or {}).get((deed.actor_kind, deed.actor_id), deed.actor_id)

    def _counter(self, counter: str) -> str:
        return self.figures.counter(counter)

    def _word(self, words: str) -> str:
        return self.figures.words.gettext(words) if words else ""

    def _say(self, sentence: str, **blanks: str) -> str:
        told = self.figures.words.gettext(sentence) % blanks
        return LANGUAGES[self.figures.language].closed_up(told)
