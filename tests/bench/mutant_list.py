"""The faults that are planted, each named by what it breaks, with the tests that hold it."""

from tests.bench.mutant import Mutant as Mutant
from tests.bench.mutant_list_daily import DAILY
from tests.bench.mutant_list_rests import RESTS
from tests.bench.mutant_list_rules import RULES
from tests.bench.mutant_list_shell import SHELL
from tests.bench.mutant_list_waits import WAITS

SCORE = "lobby/queueing/calling/score.py"
SELECT = "lobby/queueing/calling/select.py"
DECIDE = "lobby/queueing/decide"
EVOLVE = "lobby/queueing/evolve"
TRIAGE = "lobby/triage"
QUEUEING_TESTS = ("tests/queueing",)
BOUNDARY_TESTS = ("tests/triage/test_boundaries.py", "tests/triage/test_rules.py")


def _queueing(name: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(name, file, old, new, QUEUEING_TESTS)


def _triage(name: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(name, f"{TRIAGE}/{file}", old, new, BOUNDARY_TESTS)


QUEUEING = (
    _queueing(
        "a call at a counter that was left is decided as if nobody had come back",
        f"{DECIDE}/dispatch.py",
        "DECIDERS[kind](fold(hall, seated), command, now)",
        "DECIDERS[kind](hall, command, now)",
    ),
    _queueing(
        "numbers that were kept free are given out after a turn is taken back",
        f"{EVOLVE}/taking_back.py",
        "register = passing_over(register, event.given)",
        "register = passing_over(register, {})",
    ),
    _queueing(
        "a day that becomes another gives out the numbers kept free there",
        f"{EVOLVE}/correction.py",
        "tickets = passing_over(tickets, hall.reserved.get(event.day, {}))",
        "tickets = passing_over(tickets, {})",
    ),
    _queueing(
        "places that come together at now are told apart by their old numbers",
        f"{EVOLVE}/correction.py",
        "if last is not None and moved <= last:",
        "if last is None:",
    ),
    _queueing(
        "a place ahead of now keeps its customer behind those who come later",
        f"{DECIDE}/return_places.py",
        "behind if returner.place.at > latest_at else max(returner.place, behind)",
        "max(returner.place, behind)",
    ),
    _queueing(
        "a premium counter calls past whom nobody may pass any more",
        SELECT,
        "spent = [each for each in waiting if each",
        "spent = [each for each in _own_or_all(hall, counter, waiting) if each",
    ),
    _queueing(
        "a booking counts from its earlier time",
        SCORE,
        "since = max(since, ticket.booked_at)",
        "since = min(since, ticket.booked_at)",
    ),
    _queueing(
        "who is shown next is found without counting who is passed once more",
        SELECT,
        "overtakes=passed[each.ticket.number]",
        "overtakes=each.ticket.overtakes",
    ),
    _queueing(
        "the second to postpone is put behind the first",
        f"{DECIDE}/return_places.py",
        "turn = float(version) if follower is None else (last.turn + follower.turn) / 2",
        "turn = float(version)",
    ),
    _queueing(
        "a finished ticket goes back although its sender works at this counter",
        f"{DECIDE}/serving.py",
        "sender is None or sender.teller == counter.teller or sender.counter == counter.id",
        "sender is None or sender.teller == counter.teller",
    ),
    _queueing(
        "one service more than the bound is accepted",
        f"{DECIDE}/serving.py",
        "if len(ticket.services_done) + 1 >= SERVICES_DONE_MAX:",
        "if len(ticket.services_done) >= SERVICES_DONE_MAX:",
    ),
    _queueing(
        "a second transfer forgets the return",
        f"{DECIDE}/serving.py",
        "if command.come_back else ticket.return_to",
        "if command.come_back else None",
    ),
    _queueing(
        "a change of service keeps the reserved counter",
        f"{EVOLVE}/ticket.py",
        "return replace(after, reserved_counter=None, is_next=False)",
        "return replace(after, is_next=False)",
    ),
    _queueing(
        "a transfer without a note wipes the note",
        f"{EVOLVE}/ticket.py",
        "note=event.note or before.note",
        "note=event.note",
    ),
    _queueing(
        "another is responsible where the clock went back",
        "lobby/queueing/model/duty.py",
        "max(now - call.waiting_since, ESCALATE_AFTER * 0)",
        "now - call.waiting_since",
    ),
    _queueing(
        "a change of service is refused at a machine",
        f"{DECIDE}/allowed.py",
        "ChangeService: TO_BE_CALLED",
        "ChangeService: WAITING | ON_HOLD",
    ),
    _queueing(
        "an ended ticket stays next",
        f"{EVOLVE}/ticket_changes.py",
        "counter=None, ended_at=at, is_next=False",
        "counter=None, ended_at=at",
    ),
    Mutant(
        "any teller acts at another's counter",
        "counter/act_request.py",
        "if counter.teller != act.teller:",
        'if counter.teller != act.teller and not act.text("number"):',
        ("tests/counter/test_people.py", "tests/counter/test_acts.py"),
    ),
    _queueing(
        "a ticket forgets its booked time",
        f"{EVOLVE}/ticket_in_hall.py",
        "        booked_at=event.booked_at,\n",
        "",
    ),
    _queueing(
        "a ticket forgets how often it was held",
        f"{EVOLVE}/ticket.py",
        "        holds=before.holds + 1,\n",
        "",
    ),
    _queueing(
        "an undo leaves the end of the serving",
        f"{EVOLVE}/ticket_changes.py",
        "        care=now.care,\n",
        "        care=now.care,\n        servings=now.servings,\n",
    ),
)

TRIAGE_MUTANTS = (
    _triage(
        "a large request is sent to a colleague though no money leaves",
        "conditions.py",
        "return hurried and money_leaves(case) and large",
        "return hurried and large",
    ),
    _triage(
        "a day's limit is passed at its edge", "conditions.py", "total > by_day", "total >= by_day"
    ),
    _triage(
        "an inheritance goes to the premium pool",
        "advising.py",
        "Job.WEALTH, Job.INHERITANCE}",
        "Job.WEALTH}",
    ),
    _triage(
        "two reasons contradict each other",
        "advising.py",
        "way.has_nobody and not case.is_away and case.service.has_line",
        "way.has_nobody and case.service.has_line",
    ),
    _triage(
        "a counter is promised that does not exist",
        "advising.py",
        "rule.reason is Reason.RISK_SOFT and case.has_counter",
        "rule.reason is Reason.RISK_SOFT",
    ),
    _triage(
        "a declared class comes before a lost card",
        "modifiers.py",
        "if case.job is Job.LOSS:",
        "if case.job is Job.LOSS and case.request.priority is None:",
    ),
    _triage(
        "a machine gains over a counter that does not exist",
        "fees.py",
        "machine is None or math.isinf(case.counter_minutes)",
        "machine is None",
    ),
)

MUTANTS = (*QUEUEING, *TRIAGE_MUTANTS, *RULES, *SHELL, *DAILY, *WAITS, *RESTS)
