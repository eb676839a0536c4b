"""Planted faults of the rules' wires: settings, answers, hours that do not reach the table."""

from tests.bench.mutant import Mutant

KINDS = ("tests/kiosk/test_branch_kinds.py",)

EVERY = ("tests/kiosk/test_every_rule.py",)

RULES = (
    Mutant(
        "a card without a number says nothing of what was answered",
        "kiosk/tickets.py",
        "service=option.service, intake=option.intake",
        "service=option.service",
        EVERY,
    ),
    Mutant(
        "a lost card waits like everybody",
        "kiosk/selected_option.py",
        "priority=priority_of(advice),",
        "",
        EVERY,
    ),
    Mutant(
        "the adviser who was chosen is not waited for",
        "kiosk/selected_option.py",
        "adviser=adviser_named(kiosk) if kind is ChoiceKind.SAME_ADVISER else None,",
        "",
        EVERY,
    ),
    Mutant(
        "who cannot hear is called by a voice",
        "kiosk/selected_option.py",
        "call_modes=modes_of(advice),",
        "",
        EVERY,
    ),
    Mutant(
        "anybody at a kiosk says that they are premium",
        "kiosk/steps.py",
        "if kiosk.stand_in is None and any(",
        "if kiosk.stand_in is not None and any(",
        EVERY,
    ),
    Mutant(
        "an exact amount is kept with the ticket",
        "kiosk/selected_option.py",
        "(code, without_amount(service, profile, code, given)) for",
        "(code, given) for",
        EVERY,
    ),
    Mutant(
        "a class gives no time to come",
        "lobby/screens/advice.py",
        "grace_s=advice.grace_s or 0,",
        "",
        EVERY,
    ),
    Mutant(
        "rules that end with a colleague count nothing",
        "lobby/reports/rule_hits.py",
        "if call.rule:",
        "if call.rule and call.ticket is not None:",
        EVERY,
    ),
    Mutant(
        "who is busy walks along all the same",
        "lobby/screens/situations.py",
        "lobby_manager_free=lobby_manager_free(hall),",
        "",
        EVERY,
    ),
    Mutant(
        "a branch of machines alone expects tellers",
        "lobby/screens/opening.py",
        "if facts.kind is BranchKind.MACHINES or not branch.plan.counters:",
        "if facts.kind is None:",
        KINDS,
    ),
    Mutant(
        "a counter is expected up to the minute of closing",
        "lobby/screens/opening.py",
        "if is_agreed and local + timedelta(minutes=service.minutes) <= closes:",
        "if is_agreed:",
        KINDS,
    ),
    Mutant(
        "companies are served in the hours of everybody",
        "lobby/screens/opening.py",
        "whose = CORPORATE if service.job is Job.CORPORATE else RETAIL",
        "whose = RETAIL",
        KINDS,
    ),
    Mutant(
        "a promise of a counter stands where there is none",
        "kiosk/cards.py",
        "return tuple(others) if has_nobody and first not in TRUE_WITHOUT_COUNTER else",
        "return",
        KINDS,
    ),
    Mutant(
        "a program gets a number that nobody will call",
        "kiosk/selected_option.py",
        "if service.has_line and not situation_of(",
        "if not service.has_line and not situation_of(",
        KINDS,
    ),
    Mutant(
        "the kind of the branch is not told to the rules",
        "lobby/screens/situations.py",
        "branch_kind=facts.kind,",
        "",
        KINDS,
    ),
    Mutant(
        "the nearest branch is not told to the rules",
        "lobby/screens/situations.py",
        "other_branch=other_branch,",
        "other_branch=None,",
        KINDS,
    ),
    Mutant(
        "bookings are offered where the branch takes none",
        "lobby/screens/situations.py",
        "takes_bookings=facts.takes_bookings,",
        "",
        KINDS,
    ),
    Mutant(
        "a machine pays by the country's setting alone",
        "lobby/screens/situations.py",
        "per_operation_limit=facts.per_operation_limit,",
        "",
        KINDS,
    ),
    Mutant(
        "limits of next year shape today's questions",
        "kiosk/steps.py",
        "kiosk.session, catalogue.profile_named(day=kiosk.day)",
        "kiosk.session, catalogue.profile_named()",
        KINDS,
    ),
    Mutant(
        "an unknown key is refused without the one that was meant",
        "lobby/catalogue/entries.py",
        "if found else",
        "if not found else",
        ("tests/catalogue/test_whole.py",),
    ),
)
