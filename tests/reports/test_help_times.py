from datetime import timedelta

from lobby.queueing.model.help import HelpKind
from lobby.reports.help_times import help_lines
from lobby.reports.measures import Rate
from lobby.store.help_calls import KeptCall
from tests.reports.kpi_day import at

EVENING = at(600)


def call(
    called: float,
    taken_after_s: float | None = None,
    ended_after_s: float | None = None,
    kind: HelpKind = HelpKind.HELP,
) -> KeptCall:
    taken, ended = (
        None if after_s is None else at(called) + timedelta(seconds=after_s)
        for after_s in (taken_after_s, ended_after_s)
    )
    return KeptCall(int(called), kind, "Kiosk", None, at(called), "lan", taken, ended, None)


def test_it_tells_how_soon_somebody_came() -> None:
    (line, together) = help_lines([call(0, 20), call(5, 60), call(9, 61)], EVENING)
    assert (line.kind, line.calls, line.contact.median_s) == (HelpKind.HELP, 3, 60)
    assert line.prompt == Rate(2, 3)
    assert (together.kind, together.prompt) == (None, Rate(2, 3))


def test_it_counts_a_call_nobody_answered_as_late_once_it_had_a_minute() -> None:
    assert help_lines([call(0, 20), call(5)], EVENING)[-1].prompt == Rate(1, 2)
    assert help_lines([call(0, 20), call(5)], at(5.5))[-1].prompt == Rate(1, 1)


def test_a_call_that_was_ended_at_once_was_seen_to_then() -> None:
    assert help_lines([call(0, None, 30)], EVENING)[-1].contact.median_s == 30


def test_it_tells_kinds_in_the_order_of_harm() -> None:
    calls = [call(0, 5, kind=HelpKind.PRINTER), call(1, 5, kind=HelpKind.RISK)]
    assert [line.kind for line in help_lines(calls, EVENING)] == [
        *(HelpKind.RISK, HelpKind.PRINTER, None),
    ]


def test_no_call_makes_no_line() -> None:
    assert help_lines([], EVENING) == ()
