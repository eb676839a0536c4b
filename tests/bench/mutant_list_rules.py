"""Planted faults of the rules' wires: settings, answers, hours that do not reach the table."""

from tests.bench.mutant import Mutant

KINDS = ("tests/kiosk/test_branch_kinds.py",)

RULES = (
    Mutant(
        "a branch of machines alone expects tellers",
        "lobby/screens/opening.py",
        "if facts.kind is BranchKind.MACHINES or not branch.plan.counters or span is None:",
        "if span is None:",
        KINDS,
    ),
    Mutant(
        "a counter is expected up to the minute of closing",
        "lobby/screens/opening.py",
        "is_time = local + timedelta(minutes=service.minutes) <= closes",
        "is_time = True",
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
        "catalogue.service(session.service), catalogue.profile_named(day=day)",
        "catalogue.service(session.service), catalogue.profile_named()",
        KINDS,
    ),
    Mutant(
        "an unknown key is refused without the one that was meant",
        "lobby/catalogue/entries.py",
        "if nearest else",
        "if not nearest else",
        ("tests/catalogue/test_whole.py",),
    ),
)
