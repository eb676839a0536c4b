"""What staff do beside the counters, drawn from a chance: help, duty, notices, escorts, care."""

from collections.abc import Callable
from random import Random

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.floor import (
    AnswerHelp,
    CallColleague,
    EndEscort,
    EndHelp,
    HandBackHelp,
    LeaveDuty,
    PostNotice,
    SetDuty,
    StartEscort,
    WithdrawNotice,
)
from lobby.queueing.commands.ticket import AskAdviser, GiveLongerGrace, RecordCare, SetCallModes
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.escorts import ESCORT_OUTCOMES
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.notices import NOTICE_REASONS, NoticeKind
from lobby.queueing.model.outcomes import OUTCOMES
from lobby.queueing.model.ticket import TicketState
from tests.queueing.shift import LAN, THU, WEI

PLACES = ("Kiosk 1", "Seats", "Entrance")


Numbered = Callable[..., str]
"""From a hall and states the number of somebody who is in one of them."""


def staff_act(hall: Hall, chance: Random, number: Numbered) -> Command:
    acts = (_help, _duty, _notice, _escort, _care)
    return chance.choices(acts, (3, 2, 1, 1, 4))[0](hall, chance, number)


def _help(hall: Hall, chance: Random, number_of: Numbered) -> Command:
    call = chance.choice(hall.help_calls) if hall.help_calls else None
    kind = call.kind if call else chance.choice(list(HelpKind))
    help_id, staff = call.id if call else 0, chance.choice([THU, LAN])
    outcome = chance.choice([*OUTCOMES[kind], "no idea"])
    number = chance.choice([None, number_of(hall, *TicketState)])
    commands: dict[Command, int] = {
        CallColleague(chance.choice(list(HelpKind)), chance.choice(PLACES), number, "soon"): 4,
        AnswerHelp(help_id, staff): 3,
        HandBackHelp(help_id, staff): 1,
        EndHelp(help_id, outcome): 2,
    }
    return chance.choices(list(commands), list(commands.values()))[0]


def _duty(_hall: Hall, chance: Random, _number_of: Numbered) -> Command:
    staff, other = chance.choice([THU, WEI, LAN]), chance.choice([None, THU, LAN])
    if chance.random() < 0.3:
        return LeaveDuty(staff, chance.choice(["", "Umbrella at the desk"]))
    return SetDuty(staff, chance.choice(list(DutyState)), other)


def _notice(hall: Hall, chance: Random, _number_of: Numbered) -> Command:
    if hall.notices and chance.random() < 0.4:
        return WithdrawNotice(chance.choice(hall.notices).id)
    kind = chance.choice(list(NoticeKind))
    reason = chance.choice([*NOTICE_REASONS[kind], ""])
    texts = {"en": "The door is open"} if kind is NoticeKind.CUSTOM else {}
    return PostNotice(kind, reason, chance.choice([0, 1, 30]), texts, LAN)


def _escort(hall: Hall, chance: Random, number_of: Numbered) -> Command:
    if hall.escorts and chance.random() < 0.5:
        escort = chance.choice(hall.escorts)
        return EndEscort(escort.id, chance.choice([*ESCORT_OUTCOMES, "lost"]))
    number = chance.choice([None, number_of(hall, *TicketState)])
    return StartEscort(chance.choice([THU, LAN]), number, *chance.sample(PLACES, 2))


def _care(hall: Hall, chance: Random, number_of: Numbered) -> Command:
    number = number_of(hall, *TicketState)
    modes = tuple(chance.sample(list(CallMode), chance.randrange(3)))
    teller = chance.choice([None, THU, WEI])
    return chance.choice(
        (
            RecordCare(number, chance.choice(list(CareStep)), LAN),
            SetCallModes(number, modes, chance.choice(["", "7", "8"])),
            GiveLongerGrace(number),
            AskAdviser(number_of(hall, TicketState.WAITING), teller),
        )
    )
