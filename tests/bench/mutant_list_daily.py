"""Planted faults in what people meet every day: typed text, calls, the kiosk's and the screens'
small acts."""

from tests.bench.mutant import Mutant

AUTO_CALL_TESTS = ("tests/queueing/test_auto_call.py", "tests/counter/test_auto_call.py")

DAILY = (
    Mutant(
        "a counter that becomes free calls nobody by itself",
        "lobby/queueing/decide/auto_call.py",
        "return (*arrival, *_called_by_freed(hall, after, now))",
        "return arrival",
        AUTO_CALL_TESTS,
    ),
    Mutant(
        "who was just sent away is called back at once",
        "lobby/queueing/decide/auto_call.py",
        "if choice is not None and choice.number != held.ticket:",
        "if choice is not None:",
        AUTO_CALL_TESTS,
    ),
    Mutant(
        "a customer is called into a teller's break",
        "lobby/queueing/decide/auto_call.py",
        "counter.ticket is None and not has_break_now(counter, now)",
        "counter.ticket is None",
        AUTO_CALL_TESTS,
    ),
)
