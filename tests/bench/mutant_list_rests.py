"""Faults planted in kept places: who is away, who comes back, and who left by mistake."""

from tests.bench.mutant import Mutant

PLACES = ("tests/kiosk/test_kept_places.py",)
TABLET = ("tests/floor/test_kept_places.py",)

RESTS = (
    Mutant(
        "who fetches a paper waits at once",
        "kiosk/selected_option.py",
        "keeps_place_min=advice.keeps_place_min",
        "keeps_place_min=0",
        PLACES,
    ),
    Mutant(
        "a place is kept for longer than was said",
        "lobby/queueing/decide/ticket.py",
        "checks.minutes(command.keeps_place_min, REST_MINUTES_MAX)",
        "2 * checks.minutes(command.keeps_place_min, REST_MINUTES_MAX)",
        PLACES,
    ),
    Mutant(
        "nobody wakes whose time is over",
        "lobby/days/service.py",
        "            await wake(branch, self._clock.now())\n",
        "",
        PLACES,
    ),
    Mutant(
        "a place is kept as often as it is asked for",
        "lobby/queueing/decide/ticket.py",
        "and came_back_later and not command.by_staff",
        "and came_back_later and command.by_staff",
        PLACES,
    ),
    Mutant(
        "the time away counts as a wait",
        "lobby/queueing/model/ticket.py",
        "return since + self.rested(since, self.first_called_at) if self.rests else since",
        "return since",
        PLACES,
    ),
    Mutant(
        "who is away counts as waiting in the report",
        "lobby/store/projection.py",
        '"state": ticket.state.value,',
        '"state": ticket.state.value.replace("resting", "waiting"),',
        PLACES,
    ),
    Mutant(
        "who left by mistake comes back to the old place",
        "lobby/queueing/decide/ticket.py",
        "place_behind(hall, ticket, now)),)",
        "ticket.place),)",
        PLACES,
    ),
    Mutant(
        "who left may come back all day",
        "lobby/queueing/model/returning.py",
        "return None if left is None else left + RETURN_WITHIN",
        "return None if left is None else left + RETURN_WITHIN * 99",
        PLACES,
    ),
    Mutant(
        "who left on the way to a machine waits for a counter",
        "lobby/queueing/evolve/ticket.py",
        "if diversion is not None and diversion.is_under_way:",
        "if diversion is not None and not diversion.is_under_way:",
        PLACES,
    ),
    Mutant(
        "the kiosk has no key for who comes back",
        "kiosk/back_key.py",
        'if overview.resting(hall) else ""',
        'if overview.on_hold(hall) else ""',
        PLACES,
    ),
    Mutant(
        "help wanted brings nobody to the seat",
        "lobby/queueing/decide/ticket.py",
        "return HELPED_MODES if command.intake.help_wanted else USUAL_MODES",
        "return USUAL_MODES",
        PLACES,
    ),
    Mutant(
        "help wanted brings no longer time to come",
        "lobby/queueing/decide/ticket.py",
        "longer_grace=command.intake.help_wanted",
        "longer_grace=False",
        PLACES,
    ),
    Mutant(
        "a teller calls by hand who is away",
        "lobby/queueing/decide/counter.py",
        "is TicketState.RESTING:",
        "is TicketState.ABSENT:",
        TABLET,
    ),
    Mutant(
        "nobody is called at once who wakes before an idle counter",
        "lobby/queueing/decide/auto_call.py",
        "    | RestEnded\n",
        "",
        ("tests/queueing/test_resting.py",),
    ),
    Mutant(
        "the tablet keeps a place for papers as for an errand",
        "lobby/floor/waiting/ticket_sheet.py",
        "RestReason.PAPERS: KEPT_PLACE_MIN",
        "RestReason.PAPERS: COME_BACK_MIN",
        TABLET,
    ),
)
