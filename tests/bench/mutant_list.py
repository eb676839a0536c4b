"""The faults that are planted, each named by what it breaks, with the tests that hold it."""

from dataclasses import dataclass

SCORE = "lobby/queueing/calling/score.py"
SELECT = "lobby/queueing/calling/select.py"
DECIDE = "lobby/queueing/decide"
EVOLVE = "lobby/queueing/evolve"
TRIAGE = "lobby/triage"
QUEUEING_TESTS = ("tests/queueing",)
DAY_TESTS = ("tests/days",)
SLIP_TESTS = ("tests/faults/test_slips.py",)
TAIL_TESTS = ("tests/store/test_tail.py",)
BOUNDARY_TESTS = ("tests/triage/test_boundaries.py", "tests/triage/test_rules.py")


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` occurs once in `file`; some of `tests` fail where it is `new`."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def _queueing(name: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(name, file, old, new, QUEUEING_TESTS)


def _triage(name: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(name, f"{TRIAGE}/{file}", old, new, BOUNDARY_TESTS)


QUEUEING = (
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
        "service=event.service, reserved_counter=None, is_next=False",
        "service=event.service, is_next=False",
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
        "machine is None or not case.has_counter",
        "machine is None",
    ),
)

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
        "following = max(given, count)",
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
)

MUTANTS = (*QUEUEING, *TRIAGE_MUTANTS, *SHELL)
