"""What a tap on an advice screen asks of the branch: a ticket, a slip, a colleague."""

from dataclasses import dataclass

from kiosk.advised import advise_here, adviser_named
from kiosk.context import KioskContext
from kiosk.errors import ChangedMeanwhileError
from kiosk.machines import machine_name
from kiosk.session import Answers
from kiosk.steps import request_of
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.screens.advice import intake_of, modes_of, priority_of
from lobby.screens.service_change import HELP_BY_REASON
from lobby.screens.situations import situation_of
from lobby.triage.advice import Advice, Channel, Choice, ChoiceKind
from lobby.triage.catalogue import Catalogue
from lobby.triage.staff_answers import without_amount

TO_A_COLLEAGUE = frozenset({ChoiceKind.COLLEAGUE, ChoiceKind.BOOKING})
TO_A_MACHINE = frozenset({ChoiceKind.MACHINE, ChoiceKind.MACHINE_WITH_HELP})

HELP_BY_SERVICE = {"H03": HelpKind.LOST_ITEM, "H04": HelpKind.HOME_SERVICE}


@dataclass(frozen=True, slots=True)
class SelectedOption:
    """`ticket` None: no number is drawn. `help` None: nobody is called. `place` is where the
    colleague is asked to come, and `service` and `intake` are what to know of who has no number."""

    ticket: TakeTicket | None
    help: HelpKind | None
    place: str
    service: str = ""
    intake: Intake = NO_INTAKE


def selected_option(kiosk: KioskContext, secret: str) -> SelectedOption:
    """Raises `TriageError` and `ChangedMeanwhileError`. A program that names a service and
    nothing else gets its ticket without advice."""
    session, catalogue = kiosk.session, kiosk.catalogue
    is_plain = kiosk.wants_json and "choice" not in kiosk.form and not session.answers
    if catalogue is None or is_plain:
        if catalogue is not None:
            _refuse_without_counter(kiosk, catalogue)
        ticket = TakeTicket(session.service, session.language, secret)
        return SelectedOption(ticket, None, kiosk.place)
    kind = kiosk.form.get("choice", ChoiceKind.COUNTER.value)
    return _advised_option(kiosk, catalogue, kind, secret)


def _refuse_without_counter(kiosk: KioskContext, catalogue: Catalogue) -> None:
    """A ticket only where somebody will call it today."""
    service = catalogue.services.get(kiosk.session.service)
    if service is None:
        return  # the branch itself says that it does not know it
    now = kiosk.services.clock.now()
    if service.has_line and not situation_of(catalogue, kiosk.branch, service, now).has_counter:
        raise ChangedMeanwhileError(service.code)


def _advised_option(
    kiosk: KioskContext, catalogue: Catalogue, selected: str, secret: str
) -> SelectedOption:
    """The same answers, advised once more."""
    session, request = kiosk.session, request_of(kiosk, catalogue)
    advice = advise_here(kiosk, request)
    choice = _choice(advice, selected)
    kind = ChoiceKind(selected)
    help_kind, place = _help(advice, kind, session.service), _place(kiosk, choice)
    is_helped = request.help or kind is ChoiceKind.MACHINE_WITH_HELP
    intake = intake_of(advice, _answers(kiosk, catalogue), help_wanted=is_helped)
    if kind in TO_A_COLLEAGUE and not advice.then_counter:
        return SelectedOption(None, help_kind, place, session.service, intake)
    ticket = TakeTicket(
        session.service,
        session.language,
        secret,
        intake=intake,
        machine=_machine(choice) if kind in TO_A_MACHINE else None,
        keeps_place_min=advice.keeps_place_min,
        priority=priority_of(advice),
        call_modes=modes_of(advice),
        adviser=adviser_named(kiosk) if kind is ChoiceKind.SAME_ADVISER else None,
    )
    return SelectedOption(ticket, help_kind, place)


def _choice(advice: Advice, selected: str) -> Choice:
    choice = next((choice for choice in advice.choices if choice.kind == selected), None)
    if choice is None:
        raise ChangedMeanwhileError(selected)
    return choice


def _answers(kiosk: KioskContext, catalogue: Catalogue) -> Answers:
    """Of an amount that staff typed no more is kept than its band."""
    session, profile = kiosk.session, catalogue.profile_named(day=kiosk.day)
    service = catalogue.service(session.service)
    return tuple(
        (code, without_amount(service, profile, code, given)) for code, given in session.answers
    )


def _machine(choice: Choice) -> str:
    assert choice.machine is not None, "advised with the machine it leads to"
    return choice.machine.machine.id


def _help(advice: Advice, kind: ChoiceKind, service: str) -> HelpKind | None:
    """Who is to come, if anybody: for protection first, then for what was asked."""
    if advice.reasons[0] in HELP_BY_REASON:
        return HELP_BY_REASON[advice.reasons[0]]
    if kind in TO_A_COLLEAGUE:
        return HELP_BY_SERVICE.get(service, HelpKind.HELP)
    if kind is ChoiceKind.MACHINE_WITH_HELP or advice.tells_lobby:
        return HelpKind.ARRIVAL
    return None


def _place(kiosk: KioskContext, choice: Choice) -> str:
    """At the machine where a colleague is to come along, at this kiosk otherwise."""
    if choice.machine is None or choice.channel is not Channel.ASSISTED_SELF:
        return kiosk.place
    return machine_name(choice.machine.machine, kiosk.branch.plan.language)
