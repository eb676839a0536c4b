"""The conditions of the decision table, each a plain question about a case."""

from lobby.triage.case import Case
from lobby.triage.catalogue import Credential, FeeChannel, Job
from lobby.triage.profile import LimitName
from lobby.triage.request import Preference

SECOND_OFFER_AFTER_MIN = 8.0
RETURN_WITHIN_MIN = 30.0

LEAVES_THE_BANK = frozenset({Job.CASH_OUT, Job.LARGE_CASH, Job.TRANSFER})
"""Money that is gone afterwards; taking out a term deposit early is the fourth."""

CASH_OUT = frozenset({Job.CASH_OUT, Job.LARGE_CASH, Job.PENSION})
ADVISED = frozenset({Job.WEALTH, Job.LOAN, Job.INHERITANCE})


def at_risk(case: Case) -> bool:
    """Someone asked for it from afar, whatever it is; or the receiver is a stranger."""
    stranger = not case.request.receiver_known and money_leaves(case)
    return case.request.asked_by_phone or stranger


def needs_a_second_look(case: Case) -> bool:
    hurried = case.request.help and case.request.urgent_today
    large = case.request.early_withdrawal or case.reaches_large()
    return hurried and money_leaves(case) and large


def money_leaves(case: Case) -> bool:
    early = case.job is Job.TERM_DEPOSIT and case.request.early_withdrawal
    return early or case.job in LEAVES_THE_BANK


def came_back(case: Case) -> bool:
    """From a machine, and does not wish to try once more."""
    recent = case.request.minutes_waited <= RETURN_WITHIN_MIN
    again = case.request.preference is Preference.MACHINE
    return case.request.returned_from_machine and recent and not again


def wants_counter(case: Case) -> bool:
    return case.request.preference is Preference.COUNTER


def wants_help_at_machine(case: Case) -> bool:
    assisted = case.rule is not None and case.rule.assisted
    return wants_machine(case) and (case.request.help or assisted)


def wants_machine(case: Case) -> bool:
    wished = case.request.preference is Preference.MACHINE
    return wished and is_possible(case) and amount_is_known(case)


def wants_phone(case: Case) -> bool:
    return case.request.preference is Preference.PHONE and can_be_done_by_phone(case)


def can_be_done_by_phone(case: Case) -> bool:
    over = case.exceeds(LimitName.TRANSFER) or wants_chip_id(case)
    return FeeChannel.PHONE in case.service.fees and not over


def not_here(case: Case) -> bool:
    return case.is_away


def not_here_but_there(case: Case) -> bool:
    return case.is_away and case.situation.other_branch is not None


def has_loose_change(case: Case) -> bool:
    cash = case.job in CASH_OUT or case.job is Job.CASH_IN
    return case.job is Job.COINS or (cash and case.request.coins)


def is_odd_amount(case: Case) -> bool:
    exact, unit = case.request.amount, case.limits[LimitName.NOTE_UNIT]
    return case.job in CASH_OUT and exact is not None and exact % unit != 0


def has_too_many_notes(case: Case) -> bool:
    most = case.limits[LimitName.BATCH] * case.limits[LimitName.BATCHES]
    too_many = (case.request.notes or 0) > most
    return case.job is Job.CASH_IN and (too_many or case.request.notes_unfit)


def is_too_much_cash(case: Case) -> bool:
    moves_cash = case.job in CASH_OUT or case.job is Job.CASH_IN
    return case.job is Job.LARGE_CASH or (moves_cash and case.exceeds(LimitName.CASH))


def is_too_large_a_transfer(case: Case) -> bool:
    return case.job is Job.TRANSFER and case.exceeds(LimitName.TRANSFER)


def wants_chip_id(case: Case) -> bool:
    """Only where the country has such a limit."""
    by_day = case.limits.get(LimitName.BIOMETRIC_DAY)
    total = (case.amount or 0) + case.request.sent_today
    above = case.exceeds(LimitName.BIOMETRIC) or (by_day is not None and total > by_day)
    return case.job is Job.TRANSFER and above and not case.request.biometric_enrolled


def lacks_credential(case: Case) -> bool:
    """No machine here reads what the customer has, or the passbook cannot be read."""
    rule, credential = case.rule, case.request.credential
    if rule is None or not rule.credentials:
        return False
    unreadable = credential is Credential.PASSBOOK and not case.request.passbook_readable
    return unreadable or credential not in rule.credentials or not has_reader(case)


def has_reader(case: Case) -> bool:
    """Whether a machine built for the job also reads it; without any such machine, no matter."""
    assert case.rule is not None
    return case.built_for_it() or not case.built_for_it(case.rule.functions)


def is_out_of_order(case: Case) -> bool:
    """The branch has such machines and none of them can do it now."""
    wanted = case.rule is not None and fits(case)
    return wanted and case.built_for_it() and case.machine is None


def has_no_queue(case: Case) -> bool:
    return case.machine is not None and fits(case) and case.has_no_queue


def is_not_faster(case: Case) -> bool:
    return case.machine is not None and fits(case) and not case.is_faster


def is_possible(case: Case) -> bool:
    """Whether a machine can do it now: none of the rules R12 to R19 stands against it."""
    obstacles = (
        has_loose_change,
        is_odd_amount,
        has_too_many_notes,
        is_too_much_cash,
        is_too_large_a_transfer,
        wants_chip_id,
        lacks_credential,
    )
    return case.machine is not None and fits(case) and not any(hit(case) for hit in obstacles)


def fits(case: Case) -> bool:
    """What a single job asks for beyond the rest."""
    request = case.request
    match case.job:
        case Job.ACCOUNT:
            return request.own_id and request.adult
        case Job.DIGITAL_BANKING | Job.PERSONAL_DATA:
            return request.own_id
        case Job.PIN:
            return request.old_pin_known
        case Job.TERM_DEPOSIT:
            return not request.early_withdrawal and not case.exceeds(LimitName.TRANSFER)
        case _:
            return True


def amount_is_known(case: Case) -> bool:
    asked = case.job in {Job.CASH_OUT, Job.CASH_IN, Job.TRANSFER, Job.TERM_DEPOSIT}
    return case.amount is not None or not asked


def may_be_named(case: Case) -> bool:
    """A machine can do it, and this visit has not yet been offered one."""
    before = case.request.returned_from_machine or case.request.offered_before
    return is_possible(case) and amount_is_known(case) and not before


def may_be_second(case: Case) -> bool:
    """For a ticket in line: once, by a colleague who has the time to walk along."""
    waited = case.request.minutes_waited >= SECOND_OFFER_AFTER_MIN
    return waited and case.situation.lobby_manager_free and may_be_named(case)


def may_be_second_with_help(case: Case) -> bool:
    return case.rule is not None and case.rule.assisted and may_be_second(case)


def may_be_first(case: Case) -> bool:
    """At the kiosk; who stands in line already is asked by a person or not at all."""
    return case.request.minutes_waited == 0 and may_be_named(case)
