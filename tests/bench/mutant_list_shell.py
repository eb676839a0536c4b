"""The faults that are planted around the core: store, days, clock, keys, screens and paper."""

from tests.bench.mutant import Mutant

DECIDE = "lobby/queueing/decide"
EVOLVE = "lobby/queueing/evolve"
DAY_TESTS = ("tests/days",)
SLIP_TESTS = ("tests/faults/test_slips.py",)
TAIL_TESTS = ("tests/store/test_tail.py",)

SHELL = (
    Mutant(
        "a disk that fails while the database is opened goes unnoticed",
        "lobby/store/sqlite.py",
        "if _is_disk_fault(error):",
        "if False:",
        ("tests/store/test_failing_disk.py",),
    ),
    Mutant(
        "a database whose end is missing is served",
        "lobby/store/tail.py",
        "version < marked.version or newest is None",
        "newest is None",
        TAIL_TESTS,
    ),
    Mutant(
        "a record that was edited is served",
        "lobby/store/tail.py",
        "if _digest(connection, branch_id, marked.version) != marked.digest:",
        "if False:",
        TAIL_TESTS,
    ),
    Mutant(
        "a copy without its log is served",
        "lobby/store/tail.py",
        "_was_in_use(database) and not has_log(database)",
        "False",
        TAIL_TESTS,
    ),
    Mutant(
        "readiness is well for a second after acts have failed",
        "lobby/readiness.py",
        "if self.last.trouble is None and has_failed:",
        "if False:",
        TAIL_TESTS,
    ),
    Mutant(
        "a part that has stopped stays stopped",
        "lobby/supervision.py",
        "        self._start_again_later(error or",
        "        (error or",
        ("tests/test_supervision.py",),
    ),
    Mutant(
        "a restore leaves the old log beside the copy",
        "lobby/store/file_swap.py",
        "        log.rename(log_beside(kept))\n",
        "        pass\n",
        ("tests/console/test_copies.py", "tests/store/test_restore.py"),
    ),
    Mutant(
        "keys of one actor are those of all",
        "lobby/store/log.py",
        '"\\0".join((actor_kind, actor_id, key))',
        "key",
        ("tests/test_keys.py",),
    ),
    Mutant(
        "yesterday's keys are forgotten as the day opens",
        "lobby/branch.py",
        "kept_from, self._day_began = self._day_began, version",
        "kept_from = self._day_began = version",
        ("tests/test_branch.py", "tests/test_keys.py"),
    ),
    Mutant(
        "the rules of a new day are not in force",
        "lobby/store/day_rules.py",
        "return self.hall_under(connection, hall, hall.plan.business_day(now))",
        "return hall",
        DAY_TESTS,
    ),
    Mutant(
        "only the quiet night settles what belongs to a new day",
        "lobby/branch.py",
        "            self.on_day_opened()\n",
        "            pass\n",
        DAY_TESTS,
    ),
    Mutant(
        "a day never turns by itself",
        "lobby/days/service.py",
        "if is_quiet(branch.hall, now):",
        "if False:",
        ("tests/test_keys.py", *DAY_TESTS),
    ),
    Mutant(
        "a jump of the clock is followed at once",
        "lobby/steady_clock.py",
        "if abs(offset_s) <= JUMP_S:",
        "if True:",
        DAY_TESTS,
    ),
    Mutant(
        "a clock that was set moves the day and leaves its times",
        f"{EVOLVE}/correction.py",
        "later: Ticket = shifted(ticket, timedelta(seconds=event.shift_s))",
        "later: Ticket = ticket",
        DAY_TESTS,
    ),
    Mutant(
        "a corrected day keeps its rows where they were",
        "lobby/branch_work.py",
        "                record_correction(transaction, before, event, after)\n",
        "                pass\n",
        DAY_TESTS,
    ),
    Mutant(
        "a forgotten counter keeps the day open",
        "lobby/days/service.py",
        "            await self._close_out(branch)\n",
        "",
        DAY_TESTS,
    ),
    Mutant(
        "who is served over midnight is closed out",
        "lobby/days/service.py",
        "now - last_at < self._close_out_after",
        "now - last_at < timedelta(0)",
        DAY_TESTS,
    ),
    Mutant(
        "a day that was taken back opens again with the next ticket",
        f"{DECIDE}/day.py",
        "return today > hall.day and not is_refused",
        "return today > hall.day",
        DAY_TESTS,
    ),
    Mutant(
        "who came on a false day keeps a number that somebody else holds",
        f"{DECIDE}/taking_back.py",
        "following = max(given, hall.tickets.count(prefix))",
        "following = 0",
        DAY_TESTS,
    ),
    Mutant(
        "a page keeps its version on a new socket",
        "static/js/live.js",
        "= Date.now();\n    this.#version = -1;\n    this.#picture = 0;\n",
        "= Date.now();\n    this.#picture = 0;\n",
        ("tests/live/test_page.py",),
    ),
    Mutant(
        "a slip is sent before anybody knows of it",
        "lobby/printing/print_queue.py",
        "if drawn is None or not await self._is_noted(job):",
        "if drawn is None:",
        SLIP_TESTS,
    ),
    Mutant(
        "half a slip is left in the printer by the last process",
        "kiosk/slips_after_start.py",
        "queue_of(kiosk, broke_off=True)",
        "queue_of(kiosk)",
        SLIP_TESTS,
    ),
    Mutant(
        "a slip is not kept with its ticket",
        "kiosk/tickets.py",
        "        transaction.record_slip(self._slip.row())\n",
        "",
        SLIP_TESTS,
    ),
    Mutant(
        "a start reads all keys again for each event",
        "lobby/store/log.py",
        ".outerjoin(EVENTS, first)",
        ".join(EVENTS, first)",
        ("tests/store/test_keys_read.py",),
    ),
    Mutant(
        "whoever is told first is looked for along the whole line",
        "lobby/forecast/correcting.py",
        "same = hall.ahead_in_line(ticket) if ticket else len(line)",
        "same = line.index(ticket.number) if ticket else len(line)",
        ("tests/forecast/test_forecaster.py",),
    ),
)
