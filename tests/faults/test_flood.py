"""A flood of strangers shuts nobody out who works here: a short form of `bench flood`."""

import pytest

from tests.bench.flood import flood

FEW_DESCRIPTORS = """
import resource, runpy, sys
from lobby.web import connections, http_limits
n = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_NOFILE, (n, n))
http_limits.LimitedProtocol.limits = http_limits.Limits(
    receive_s=2.0, first_s=2.0, stranger_idle_s=2.0, send_s=2.0
)
%s
runpy.run_module("lobby", run_name="__main__", alter_sys=True)
"""
NOBODY_GOES = "connections.Connections._shed_one = lambda _self: False"

NOTHING_GIVEN_UP = "http_limits.LimitedProtocol._let_system_give_up = lambda _self, _line: None"


def check_flood(fault: str = "") -> None:
    program = ("-c", FEW_DESCRIPTORS % fault)
    figures = flood(500, 2.0, descriptors=200, wait_s=6.0, program=program)
    assert figures["teller_asked"] > 20
    assert figures["teller_refused"] == 0
    assert figures["ready_refused"] == 0
    assert figures["open_after_s"] == 0
    assert figures["untaken_after_s"] == 0


def test_a_flood_of_strangers_shuts_nobody_out_who_works_here() -> None:
    check_flood()


def test_it_would_notice_strangers_who_keep_their_places() -> None:
    with pytest.raises(AssertionError):
        check_flood(NOBODY_GOES)


def test_it_would_notice_answers_that_the_system_keeps_for_who_takes_nothing() -> None:
    with pytest.raises(AssertionError):
        check_flood(NOTHING_GIVEN_UP)
