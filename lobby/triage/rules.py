"""The decision table: rules in the order in which they are asked; the first that holds decides.

Protection comes before the customer's wish, the wish before what is possible, and what is possible
before what is quick. Two rules stand out of the order of their numbers: R33, since who comes back
from a machine keeps the place whatever else is true, and R32, which is R22 for a ticket in line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lobby.triage import conditions as when
from lobby.triage.advice import Channel, Reason
from lobby.triage.case import Case
from lobby.triage.catalogue import Job, Strength

RULES_VERSION = "1"
"""Changes with any change to this table; a ticket keeps it beside the catalogue's version."""

Condition = Callable[[Case], bool]


class Group(StrEnum):
    PROTECTION = "protection"
    CARE = "care"
    PREFERENCE = "preference"
    PEOPLE = "people"
    POSSIBILITY = "possibility"
    EFFICIENCY = "efficiency"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Rule:
    """`eligible` counts the ticket in the diversion rate. Rules that share an id are one row of
    the table with more than one outcome."""

    id: str
    group: Group
    reason: Reason
    channel: Channel
    condition: Condition
    strength: Strength = Strength.NONE
    eligible: bool = False


def rule_ids() -> tuple[str, ...]:
    """Every rule once, by number: a report lists those without a hit, too."""
    return tuple(sorted({rule.id for rule in RULES}))


def deciding_rule(case: Case) -> Rule:
    return next(rule for rule in RULES if rule.condition(case))


def any_of(*jobs: Job) -> Condition:
    return lambda case: case.job in jobs


def first_offer(*jobs: Job) -> Condition:
    return lambda case: case.job in jobs and when.may_be_first(case)


def counter(number: str, group: Group, reason: Reason, condition: Condition) -> Rule:
    return Rule(number, group, reason, Channel.COUNTER, condition)


def colleague(number: str, group: Group, reason: Reason, condition: Condition) -> Rule:
    return Rule(number, group, reason, Channel.LOBBY_FIRST, condition)


def machine(number: str, reason: Reason, strength: Strength, *jobs: Job) -> Rule:
    condition = first_offer(*jobs)
    return Rule(
        number, Group.EFFICIENCY, reason, Channel.SELF_SERVICE, condition, strength, eligible=True
    )


def wish(reason: Reason, channel: Channel, condition: Condition) -> Rule:
    return Rule("R06", Group.PREFERENCE, reason, channel, condition, eligible=True)


def assisted(number: str, *jobs: Job) -> Rule:
    channel, offer = Channel.ASSISTED_SELF, Strength.OFFER
    condition = first_offer(*jobs)
    return Rule(number, Group.EFFICIENCY, Reason.ASSISTED, channel, condition, offer, eligible=True)


def second(channel: Channel, condition: Condition) -> Rule:
    offer, group = Strength.OFFER, Group.EFFICIENCY
    return Rule("R32", group, Reason.SECOND, channel, condition, offer, eligible=True)


SUGGEST, OFFER = Strength.SUGGEST, Strength.OFFER

PROTECTION = (
    colleague("R01", Group.PROTECTION, Reason.RISK, when.at_risk),
    colleague("R02", Group.PROTECTION, Reason.RISK_SOFT, when.needs_a_second_look),
)
CARE = (
    counter("R03", Group.CARE, Reason.URGENT, any_of(Job.LOSS)),
    colleague("R04", Group.CARE, Reason.COMPLAINT, any_of(Job.COMPLAINT)),
    Rule("R33", Group.CARE, Reason.RETURNED, Channel.COUNTER, when.came_back, eligible=True),
)
PREFERENCE = (
    counter("R05", Group.PREFERENCE, Reason.PREF_COUNTER, when.wants_counter),
    wish(Reason.PREF_MACHINE, Channel.ASSISTED_SELF, when.wants_help_at_machine),
    wish(Reason.PREF_MACHINE, Channel.SELF_SERVICE, when.wants_machine),
    wish(Reason.PREF_PHONE, Channel.DIGITAL, when.wants_phone),
)
PEOPLE = (
    Rule("R07", Group.PEOPLE, Reason.NOT_HERE, Channel.OTHER_BRANCH, when.not_here_but_there),
    Rule("R07", Group.PEOPLE, Reason.NOT_HERE, Channel.BOOKING, when.not_here),
    Rule("R08", Group.PEOPLE, Reason.ADVISER, Channel.ADVISER, any_of(*when.ADVISED)),
    counter("R09", Group.PEOPLE, Reason.CORPORATE, any_of(Job.CORPORATE)),
    counter("R10", Group.PEOPLE, Reason.KEEP_PREMIUM, lambda case: case.request.premium),
    counter("R11", Group.PEOPLE, Reason.ASSIST, lambda case: case.request.help),
)
POSSIBILITY = (
    counter("R12", Group.POSSIBILITY, Reason.LOOSE_CHANGE, when.has_loose_change),
    counter("R13", Group.POSSIBILITY, Reason.NOTE_UNIT, when.is_odd_amount),
    counter("R14", Group.POSSIBILITY, Reason.NOTES, when.has_too_many_notes),
    counter("R15", Group.POSSIBILITY, Reason.OVER_LIMIT, when.is_too_much_cash),
    counter("R16", Group.POSSIBILITY, Reason.OVER_LIMIT, when.is_too_large_a_transfer),
    counter("R17", Group.POSSIBILITY, Reason.BIOMETRIC, when.wants_chip_id),
    counter("R18", Group.POSSIBILITY, Reason.CREDENTIAL, when.lacks_credential),
    counter("R19", Group.POSSIBILITY, Reason.DEVICE_DOWN, when.is_out_of_order),
)
EFFICIENCY = (
    counter("R20", Group.EFFICIENCY, Reason.NO_QUEUE, when.has_no_queue),
    counter("R21", Group.EFFICIENCY, Reason.NOT_FASTER, when.is_not_faster),
    second(Channel.ASSISTED_SELF, when.may_be_second_with_help),
    second(Channel.SELF_SERVICE, when.may_be_second),
    machine("R22", Reason.SMALL_CASH_OUT, SUGGEST, Job.CASH_OUT),
    machine("R23", Reason.SMALL_CASH_IN, SUGGEST, Job.CASH_IN),
    machine("R24", Reason.SMALL_TRANSFER, SUGGEST, Job.TRANSFER),
    machine("R25", Reason.ROUTINE, SUGGEST, Job.INQUIRY),
    machine("R26", Reason.ROUTINE, OFFER, Job.BILLS),
    machine("R27", Reason.ROUTINE, OFFER, Job.PIN),
    assisted("R28", Job.ACCOUNT),
    assisted("R29", Job.DIGITAL_BANKING, Job.PERSONAL_DATA),
    machine("R30", Reason.ROUTINE, OFFER, Job.TERM_DEPOSIT),
)
REST = (
    colleague("R31", Group.REST, Reason.LOBBY, lambda case: not case.service.has_line),
    counter("R31", Group.REST, Reason.DEFAULT, lambda _: True),
)
RULES = (*PROTECTION, *CARE, *PREFERENCE, *PEOPLE, *POSSIBILITY, *EFFICIENCY, *REST)
