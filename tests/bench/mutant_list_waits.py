"""The faults that are planted in what is said of waits: ranges, counts, reasons and advice."""

from tests.bench.mutant import Mutant

STAFFING = "lobby/forecast/staffing.py"
STAFFING_TESTS = ("tests/web/test_staffing.py", "tests/forecast/test_whatif.py")
REGIONS = "display/regions.py"
WALL_TESTS = (
    "tests/display/test_band.py",
    "tests/display/test_regions.py",
    "tests/display/test_sign.py",
)
LEDGER_TESTS = (
    "tests/waits/test_ledger.py",
    "tests/waits/test_reasons.py",
    "tests/waits/test_recount.py",
)

WAITS = (
    Mutant(
        "a counter is asked to close while somebody waits too long",
        STAFFING,
        "return standing.kind is Kind.OPEN or not _is_anybody_pressed(hall, now)",
        "return True",
        STAFFING_TESTS,
    ),
    Mutant(
        "advice to close stands beside figures that ask for one counter more",
        STAFFING,
        "closing = _closing(hall, figures, now, standing) if opening is None else None",
        "closing = _closing(hall, figures, now, standing)",
        STAFFING_TESTS,
    ),
    Mutant(
        "advice on counters stays where no figures can be made any more",
        "lobby/staffing/service.py",
        "if figures is not None else None\n        if told is None:",
        "if figures is not None else None\n        if told is None and figures is not None:",
        STAFFING_TESTS,
    ),
    Mutant(
        "a counter is asked to close again as soon as that was taken back",
        STAFFING,
        "if opening is not None or _is_soon(withdrawn_at, now):",
        "if opening is not None:",
        STAFFING_TESTS,
    ),
    Mutant(
        "the wall counts the pool's people beside each of its services",
        "lobby/waits/pools.py",
        "pools.setdefault(hall.pool(service), []).append(service)",
        "pools.setdefault(service, []).append(service)",
        WALL_TESTS,
    ),
    Mutant(
        "the wall says nothing where nobody waits and all counters are busy",
        "lobby/waits/words.py",
        "if not wait.is_busy:",
        "if wait.ahead == 0:",
        WALL_TESTS,
    ),
    Mutant(
        "a closed wall still says how long one waits",
        REGIONS,
        "waiting=() if is_closed else _pages",
        "waiting=_pages",
        WALL_TESTS,
    ),
    Mutant(
        "the wall invites to a kiosk that is closed",
        REGIONS,
        "welcome=welcome(plan, language) if gives_numbers else no_numbers(plan, language),",
        "welcome=welcome(plan, language),",
        WALL_TESTS,
    ),
    Mutant(
        "displays show yesterday until the first ticket of the day",
        "lobby/screens/today.py",
        "if hall.day is None or not has_new_date(hall, now):",
        "if True:",
        WALL_TESTS,
    ),
    Mutant(
        "who came in another pool of the same counters counts for nothing",
        "lobby/waits/newcomers.py",
        "return is_one_pool or bool(serving",
        "return is_one_pool and bool(serving",
        LEDGER_TESTS,
    ),
    Mutant(
        "those who came since the last forecast are counted with the newcomer's own minutes",
        "lobby/waits/newcomers.py",
        "count * minutes.get(code, UNKNOWN_MIN)",
        "count * minutes.get(service, UNKNOWN_MIN)",
        LEDGER_TESTS,
    ),
    Mutant(
        "who has nobody before them is told to be next",
        "lobby/waits/words.py",
        "if wait.is_next:",
        "if wait.is_next or not wait.ahead:",
        ("tests/waits/test_own_words.py", "tests/waits/test_words.py"),
    ),
    Mutant(
        "rule A is believed to call the first place first",
        "lobby/queueing/calling/surely_next.py",
        "or ticket.overtakes >= rule.overtakes_max",
        "or True",
        ("tests/queueing/test_surely_next.py", "tests/waits/test_own_words.py"),
    ),
    Mutant(
        "who comes back to an earlier place is forgotten by who is told to be next",
        "lobby/queueing/calling/surely_next.py",
        "for other in overview.keep_their_place(hall):",
        "for other in ():",
        ("tests/queueing/test_surely_next.py",),
    ),
    Mutant(
        "services of different length are told one wait",
        "lobby/forecast/reading.py",
        "kind = (serves, quickness(self.hall.plan, service))",
        "kind = (serves, round(quickness(self.hall.plan, service)))",
        ("tests/waits/test_one_wait.py",),
    ),
    Mutant(
        "the wait is explained with the minutes of one's own job",
        "lobby/forecast/estimate_builder.py",
        "before.mean_s or mean_s, p50)",
        "mean_s, p50)",
        ("tests/forecast/test_forecaster.py",),
    ),
    Mutant(
        "a wait falls while nothing happens but that others come",
        "lobby/waits/renewal.py",
        "if fall_min <= 0 or fall_min <=",
        "if True or fall_min <=",
        LEDGER_TESTS,
    ),
    Mutant(
        "each forecast throws new dice",
        "lobby/forecast/forecaster.py",
        "(self.seed, hall.day.toordinal() if hall.day else 0)",
        "(self.seed, hall.version)",
        ("tests/waits/test_one_wait.py",),
    ),
    Mutant(
        "a counter that paused is blamed for a wait that is as long with it",
        "lobby/waits/reasons.py",
        "return share >= 0.5",
        "return True",
        LEDGER_TESTS,
    ),
    Mutant(
        "whoever asked for more time reads that others come first",
        "lobby/waits/reasons.py",
        "if new.postponements > old.postponements:",
        "if False:",
        LEDGER_TESTS,
    ),
    Mutant(
        "a range moves by two steps seconds after the slip",
        "lobby/waits/renewal.py",
        "return is_small and is_same and self._now - old.at < SETTLES_AFTER",
        "return False",
        LEDGER_TESTS,
    ),
)
