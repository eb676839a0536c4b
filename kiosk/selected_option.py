"""What a tap on an advice screen asks of the branch: a ticket, a slip, a colleague."""

from dataclasses import dataclass, replace

from kiosk.cards import machine_name
from kiosk.context import KioskContext
from kiosk.errors import ChangedMeanwhileError
from kiosk.session import KioskSession
from kiosk.steps import request_of
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.help import HelpKind
from lobby.screens.advice import advise_now, intake_of
from lobby.triage.advice import Advice, Channel, Choice, ChoiceKind, Reason
from lobby.triage.catalogue import Catalogue

TO_A_COLLEAGUE = frozenset({ChoiceKind.COLLEAGUE, ChoiceKind.BOOKING})
TO_A_MACHINE = frozenset({ChoiceKind.MACHINE, ChoiceKind.MACHINE_WITH_HELP})

KINDS = {
    Reason.RISK: HelpKind.RISK,
    Reason.RISK_SOFT: HelpKind.RISK,
    Reason.COMPLAINT: HelpKind.COMPLAINT,
}
SERVICES = {"H03": HelpKind.LOST_ITEM, "H04": HelpKind.HOME_SERVICE}

OPTION_GONE = ""
"""Stands for the machine of a slip that was given before: repeated, it is the same slip."""


@dataclass(frozen=True, slots=True)
class SelectedOption:
    """`ticket` None: no number is drawn. `help` None: nobody is called. `place` is where the
    colleague is asked to come."""

    ticket: TakeTicket | None
    help: HelpKind | None
    place: str


def plain_option(kiosk: KioskContext, choices: KioskSession, secret: str) -> SelectedOption:
    """A ticket without questions."""
    return SelectedOption(TakeTicket(choices.service, choices.language, secret), None, kiosk.place)


def advised_option(
    kiosk: KioskContext,
    catalogue: Catalogue,
    choices: KioskSession,
    chosen: str,
    secret: str,
    *,
    again: bool,
) -> SelectedOption:
    """The same answers, advised once more. Raises `TriageError` and `ChangedMeanwhileError`.

    `again`: the act was done before and only its answer was lost, so the hall may have changed.
    """
    request = request_of(catalogue, choices)
    advice = advise_now(kiosk.services, kiosk.branch, request, kiosk.services.clock.now())
    choice = _chosen(advice, chosen, again=again)
    kind = ChoiceKind(chosen)
    helped = request.help or kind is ChoiceKind.MACHINE_WITH_HELP
    answers = choices.answers
    if kind is ChoiceKind.SAME_ADVISER:
        answers = (*answers, ("adviser", "same"))
    ticket = TakeTicket(
        choices.service,
        choices.language,
        secret,
        intake=intake_of(advice, answers, help_wanted=helped),
        machine=_machine(choice) if kind in TO_A_MACHINE else None,
    )
    order = SelectedOption(ticket, _help(advice, kind, choices.service), _place(kiosk, choice))
    talks_first = kind in TO_A_COLLEAGUE and not advice.then_counter
    return replace(order, ticket=None) if talks_first else order


def _chosen(advice: Advice, chosen: str, *, again: bool) -> Choice | None:
    found = next((choice for choice in advice.choices if choice.kind == chosen), None)
    if found is None and not (again and chosen in {kind.value for kind in ChoiceKind}):
        raise ChangedMeanwhileError(chosen)
    return found


def _machine(choice: Choice | None) -> str:
    return choice.machine.machine.id if choice and choice.machine else OPTION_GONE


def _help(advice: Advice, kind: ChoiceKind, service: str) -> HelpKind | None:
    """Who is to come, if anybody: for protection first, then for what was asked."""
    if advice.reasons[0] in KINDS:
        return KINDS[advice.reasons[0]]
    if kind in TO_A_COLLEAGUE:
        return SERVICES.get(service, HelpKind.HELP)
    if kind is ChoiceKind.MACHINE_WITH_HELP or advice.tells_lobby:
        return HelpKind.ARRIVAL
    return None


def _place(kiosk: KioskContext, choice: Choice | None) -> str:
    """At the machine where a colleague is to come along, at this kiosk otherwise."""
    if choice is None or choice.machine is None or choice.channel is not Channel.ASSISTED_SELF:
        return kiosk.place
    return machine_name(choice.machine.machine, kiosk.branch.plan.language)
