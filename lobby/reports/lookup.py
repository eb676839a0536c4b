"""Looks a ticket up by number and day, for the head and whoever audits; each look is kept."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from lobby import typed_text
from lobby.queueing.model.plan import Plan
from lobby.reports.access import report_reader
from lobby.reports.figures import Figures
from lobby.reports.journey import Journey, Names, Step
from lobby.reports.reading import readable
from lobby.store.announced_waits import load_announced_waits
from lobby.store.day_plans import day_plan
from lobby.store.journeys import Lookup, deeds_of_ticket, keep_lookup, lookups_of, names_of_all
from lobby.store.kinds import ActorKind
from lobby.web.pages import language_of
from lobby.web.services import Services
from lobby.web.staff import Role, Staff

TOLD_NAMES = frozenset({Role.BRANCH_HEAD, Role.AUDITOR})
"""Who reads which colleague did what to a ticket; each of their looks is kept."""

NUMBER_MAX = 8
"""As long as the column of numbers."""


async def ticket_page(request: Request) -> Response:
    """Without a number the two fields to fill in."""
    services, staff, plan = await report_reader(request)
    language = language_of(request, staff.language)
    day = typed_text.day(request.query_params.get("day", ""))
    number = _number(request.query_params.get("number", ""))
    blanks: dict[str, Any] = {"steps": (), "lookups": ()}
    if day is not None and number:
        blanks = await _found(
            services,
            staff,
            plan,
            Lookup(services.clock.now(), str(staff.id), day, number),
            language,
        )
    return services.pages.page(
        request,
        "reports/ticket.html",
        language,
        plan=plan,
        day=day or plan.business_day(services.clock.now()),
        number=number,
        **blanks,
    )


async def _found(
    services: Services, staff: Staff, plan: Plan, lookup: Lookup, language: str
) -> dict[str, Any]:
    """The look is on record before anything is shown."""
    day, number = lookup.business_day, lookup.number
    await services.store.write(lambda connection: keep_lookup(connection, plan.id, lookup))
    kept, deeds, told, known, looks = await services.store.read(
        lambda connection: (
            day_plan(connection, plan, day),
            deeds_of_ticket(connection, plan.id, day, number),
            load_announced_waits(connection, plan.id, day),
            names_of_all(connection, plan.id),
            lookups_of(connection, plan.id, day, number),
        )
    )
    figures = Figures(language, kept.plan)
    names: Names | None = known if staff.role in TOLD_NAMES else None
    journey = Journey(figures, readable(kept.catalogue), names)
    steps: tuple[Step, ...] = journey.steps(deeds, [row for row in told if row.number == number])
    return {
        "figures": figures,
        "steps": steps,
        "lookups": [(look.at, known.get((ActorKind.STAFF, look.staff), "")) for look in looks],
    }


def _number(typed: str) -> str:
    """`a 12` for A012: the day's tickets are in the record alone."""
    plain = typed_text.code(typed)[:NUMBER_MAX]
    return f"{plain[:1]}{plain[1:]:0>3}" if plain[1:].isdecimal() else plain
