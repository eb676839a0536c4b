"""Advice on one request: the table decides, the dial caps, the modifiers add, no end is dead."""

from dataclasses import dataclass

from lobby.triage.advice import Advice, Channel, Modifier, Reason
from lobby.triage.case import Case, case_of
from lobby.triage.catalogue import PREMIUM_POOL, Catalogue, Document, Job, Strength
from lobby.triage.choices import choices_for
from lobby.triage.fees import fee_lines, gain, with_fees
from lobby.triage.modifiers import (
    KEPT_PLACE_MIN,
    closes_too_soon,
    grace_s,
    leaves_too_soon,
    lobby_should_know,
    modifiers,
    priority,
)
from lobby.triage.profile import LimitName
from lobby.triage.request import Request
from lobby.triage.rules import RULES_VERSION, Rule, deciding_rule
from lobby.triage.situation import Dial, Situation

AT_A_MACHINE = frozenset({Channel.SELF_SERVICE, Channel.ASSISTED_SELF})
BY_A_PERSON = frozenset({Channel.COUNTER, Channel.ADVISER})
CAPS = {Dial.INFORM: Strength.NONE, Dial.OFFER: Strength.OFFER, Dial.SUGGEST: Strength.SUGGEST}
ORDER = tuple(Strength)


@dataclass(frozen=True, slots=True)
class _Way:
    """Where a rule leads in this branch, after the dial and without a dead end."""

    channel: Channel
    strength: Strength
    is_notice: bool
    has_nobody: bool


def advise(catalogue: Catalogue, request: Request, situation: Situation) -> Advice:
    """The same input gives the same advice, reasons included.

    Raises a `TriageError` where the request names a service, profile or priority class that the
    catalogue does not know.
    """
    case = case_of(catalogue, request, situation)
    rule = deciding_rule(case)
    return _advice(case, rule, _way(case, rule))


def rule_set_version(catalogue: Catalogue) -> str:
    """The version of the data and that of the table, as each ticket keeps them."""
    return f"{catalogue.version}/{RULES_VERSION}"


def _way(case: Case, rule: Rule) -> _Way:
    strength = min(rule.strength, CAPS[case.situation.dial], key=ORDER.index)
    is_notice = rule.strength is not Strength.NONE and strength is Strength.NONE
    channel = Channel.COUNTER if is_notice else rule.channel
    has_nobody = channel in BY_A_PERSON and not case.has_counter
    if has_nobody:
        channel = Channel.LOBBY_FIRST
    return _Way(channel, strength, is_notice, has_nobody)


def _advice(case: Case, rule: Rule, way: _Way) -> Advice:
    machine = case.machine if way.channel in AT_A_MACHINE or way.is_notice else None
    choices = choices_for(case, way.channel, way.strength)
    fees = fee_lines(case, choices)
    return Advice(
        rule=rule.id,
        rule_set_version=rule_set_version(case.catalogue),
        channel=way.channel,
        strength=way.strength,
        pool=_pool(case),
        reasons=_reasons(case, rule, way),
        modifiers=modifiers(case),
        eligible=rule.eligible,
        exclusion=None if rule.eligible else rule.reason,
        choices=with_fees(choices, fees),
        documents=_documents(case),
        fees=fees,
        grace_s=grace_s(case),
        priority=priority(case),
        urgent=case.job is Job.LOSS,
        notice=way.is_notice,
        then_counter=rule.reason is Reason.RISK_SOFT and case.has_counter,
        keeps_issue_time=Modifier.RETURNED in modifiers(case),
        keeps_place_min=KEPT_PLACE_MIN if Modifier.DOCUMENT in modifiers(case) else 0,
        tells_lobby=way.channel is Channel.LOBBY_FIRST or lobby_should_know(case),
        machine=machine,
        gain=gain(case) if machine else None,
        over_limit=_over_limit(case, rule),
        call_modes=case.request.call_modes,
    )


def _pool(case: Case) -> str:
    """Premium customers have their own, but corporate and adviser jobs stay with who knows them."""
    keeps = case.job in {Job.CORPORATE, Job.LOAN, Job.WEALTH, Job.INHERITANCE}
    is_premium = case.request.premium and case.service.has_line and not keeps
    return PREMIUM_POOL if is_premium else case.service.pool


def _reasons(case: Case, rule: Rule, way: _Way) -> tuple[Reason, ...]:
    added = (
        (Reason.NOT_HERE, way.has_nobody and case.is_away),
        (Reason.NO_COUNTER, way.has_nobody and not case.is_away and case.service.has_line),
        (Reason.MISSING_DOCUMENT, case.request.documents_ready is False),
        (Reason.DEADLINE, leaves_too_soon(case)),
        (Reason.CLOSING, closes_too_soon(case)),
    )
    return (rule.reason, *(reason for reason, holds in added if holds))


def _documents(case: Case) -> tuple[Document, ...]:
    """Also those for large amounts where the amount is not known: better once too many."""
    unknown = case.request.amount is None and case.request.band is None
    with_large = unknown or case.reaches_large()
    return tuple(d for d in case.service.documents if with_large or not d.only_large)


def _over_limit(case: Case, rule: Rule) -> int | None:
    """The limit that the sentence names."""
    if rule.reason is not Reason.OVER_LIMIT:
        return None
    name = LimitName.TRANSFER if case.job is Job.TRANSFER else LimitName.CASH
    return case.limits[name]
