"""What became of each rule's advice on a day, for those who set the rules: codes and all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from lobby.reports import machine_words
from lobby.reports.access import day_named, report_reader
from lobby.reports.figures import Figures
from lobby.reports.reading import read_day
from lobby.reports.rule_hits import advised_to_call, rules_of
from lobby.store.help_calls import KeptCall
from lobby.store.visits import Visit
from lobby.triage.rules import rule_ids
from lobby.web.pages import language_of


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """`fired` so often, `called` of them for a colleague and without a number. Of the tickets: a
    machine was `offered`, the offer `followed` or `refused`, and so many `came_back`."""

    rule: str
    fired: int
    called: int
    offered: int
    followed: int
    refused: int
    came_back: int


def rule_outcomes(visits: Sequence[Visit], calls: Sequence[KeptCall]) -> tuple[RuleOutcome, ...]:
    """Every rule once, by number, also those that were silent."""
    return tuple(_outcomes(visits, [rule for rule, _version in advised_to_call(calls)]))


def _outcomes(visits: Sequence[Visit], called: Sequence[str]) -> Iterator[RuleOutcome]:
    known = {visit.rule for visit in visits if visit.rule} | set(called)
    for rule in (*rule_ids(), *sorted(known - set(rule_ids()))):
        own = [visit for visit in visits if rule in rules_of(visit)]
        accepted = [visit for visit in own if visit.accepted_at is not None]
        yield RuleOutcome(
            rule,
            fired=len(own) + called.count(rule),
            called=called.count(rule),
            offered=sum(visit.offered_at is not None for visit in own),
            followed=len(accepted),
            refused=sum(visit.declined_at is not None and visit not in accepted for visit in own),
            came_back=sum(visit.returned_at is not None for visit in accepted),
        )


async def rules_page(request: Request) -> Response:
    services, staff, plan = await report_reader(request)
    reading = await read_day(services, plan, day_named(request.path_params["day"]))
    language = language_of(request, staff.language)
    return services.pages.page(
        request,
        "reports/rules.html",
        language,
        plan=reading.plan,
        day=reading.report.day,
        figures=Figures(language, reading.plan),
        lines=rule_outcomes(reading.report.visits, reading.record.help_calls),
        names=machine_words.RULES,
    )
