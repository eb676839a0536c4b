"""The branch head's pages: the list of days, and one day as page, CSV or JSON."""

from datetime import date
from functools import partial
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.branch import Actor, ActorKind
from lobby.queueing.commands.command import TakeBackDay
from lobby.queueing.events.event import DayClosedOut, DayTakenBack
from lobby.reports import machine_words
from lobby.reports.access import day_named, report_reader
from lobby.reports.accuracy_words import accuracy_sentences, fairness_sentences
from lobby.reports.branch_routes import HOME as BRANCHES
from lobby.reports.branch_routes import routes as branch_routes
from lobby.reports.charts import day_chart, service_chart
from lobby.reports.closings import closing_sentences
from lobby.reports.day_files import day_table, day_workbook, sees_people
from lobby.reports.day_list import KINDS, ListedDay, past_days
from lobby.reports.day_sheets import day_sheets
from lobby.reports.export import as_csv, as_json
from lobby.reports.figures import Figures
from lobby.reports.funnel_chart import funnel_chart
from lobby.reports.lookup import ticket_page
from lobby.reports.machine_sentences import machine_sentences
from lobby.reports.offers import RETURN_ALERT
from lobby.reports.reading import read_day
from lobby.reports.rule_outcomes import rules_page
from lobby.reports.sentences import sentences
from lobby.reports.span_routes import addresses_of
from lobby.reports.span_routes import routes as span_routes
from lobby.reports.summary import summary_page
from lobby.reports.tomorrow import tomorrow_page
from lobby.screens.clock_words import clock_notice
from lobby.screens.day_words import new_numbers, turn_notice
from lobby.screens.staffing_words import advised_in
from lobby.screens.words import PRIORITIES, speaker
from lobby.web.commands import (
    command_response,
    form_fields,
    json_response,
    once,
    sent_act,
    wants_json,
)
from lobby.web.pages import language_of
from lobby.web.permissions import nobody_on_duty
from lobby.web.services import services_of
from lobby.web.staff import Role, require_staff


async def days(request: Request) -> Response:
    """The days with data, newest first; today, told in a sentence, on top."""
    services, staff, plan = await report_reader(request)
    today = plan.business_day(services.clock.now())
    report = (await read_day(services, plan, today)).report
    figures = Figures(language_of(request, staff.language), plan)
    past = await past_days(services, plan, today)
    return services.pages.page(
        request,
        "reports/days.html",
        figures.language,
        plan=plan,
        today=today,
        sentences=sentences(report, figures),
        advised=advised_in(services, services.branches[plan.id].hall, figures.language),
        clock=clock_notice(services, plan, figures.language),
        turn=turn_notice(services.branches[plan.id].hall, figures.language),
        answers_clock=staff.role is Role.BRANCH_HEAD,
        lobby_is_empty=staff.role is Role.BRANCH_HEAD
        and nobody_on_duty(services.branches[plan.id].hall),
        back="/reports",
        kinds=KINDS,
        say=speaker(figures.language),
        spans=addresses_of(today),
        branches=BRANCHES if staff.role is Role.ADMINISTRATOR else "",
        months=[(figures.month(first), first, own) for first, own in _by_month(past)],
    )


async def answer_clock(request: Request) -> Response:
    """Whether the clock that jumped is right; said twice it is the same answer."""
    staff = await require_staff(request, Role.BRANCH_HEAD)
    services, form = services_of(request), await form_fields(request)
    if form.get("answer") not in ("right", "wrong"):
        raise HTTPException(400)
    await services.days.answer_clock(is_right=form["answer"] == "right", by=str(staff.id))
    return command_response(request, "/reports")


async def take_day_back(request: Request) -> Response:
    """The turn to this day was false; said twice, the second is refused."""
    staff = await require_staff(request, Role.BRANCH_HEAD)
    form = await form_fields(request)
    command = TakeBackDay(_day(request), str(staff.id))
    branch = services_of(request).branches[staff.branch_id]
    sent = sent_act(request, branch, Actor(ActorKind.STAFF, str(staff.id)), form)
    await once(sent.first_outcome, partial(sent.perform, command))
    return command_response(request, f"/reports/days/{branch.hall.day}")


async def day_page(request: Request) -> Response:
    if wants_json(request):
        return await day_figures(request)
    services, staff, plan = await report_reader(request)
    reading = await read_day(services, plan, _day(request))
    report, plan, records = reading.report, reading.plan, reading.record.records
    figures = Figures(language_of(request, staff.language), plan)
    sheets = day_sheets(report, figures, with_people=sees_people(staff))
    return services.pages.page(
        request,
        "reports/day.html",
        figures.language,
        plan=plan,
        report=report,
        figures=figures,
        sentences=sentences(report, figures),
        closings=[
            closing_sentences(closing, plan, figures)
            for closing in records
            if isinstance(closing, DayClosedOut)
        ],
        new_numbers=[
            new_numbers(dict(r.renumbered)) for r in records if isinstance(r, DayTakenBack)
        ],
        day_chart=day_chart(report, plan),
        service_chart=service_chart(report),
        machine_sentences=machine_sentences(report, figures),
        accuracy_sentences=accuracy_sentences(report, figures),
        fairness_sentences=fairness_sentences(report, figures),
        priority_names=PRIORITIES,
        say=speaker(figures.language),
        names=machine_words,
        return_alert=RETURN_ALERT,
        funnel_chart=funnel_chart(report),
        sees_people=sees_people(staff),
        sheets={sheet.key: sheet for sheet in sheets},
    )


async def day_figures(request: Request) -> Response:
    services, staff, plan = await report_reader(request)
    report = (await read_day(services, plan, _day(request))).report
    return json_response(as_json(report, with_people=sees_people(staff)))


async def day_visits(request: Request) -> Response:
    services, staff, plan = await report_reader(request)
    reading = await read_day(services, plan, _day(request))
    report, plan = reading.report, reading.plan
    name = f"visits-{plan.id}-{report.day}.csv"
    return Response(
        as_csv(report, plan, language_of(request, staff.language)),
        media_type="text/csv",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _day(request: Request) -> date:
    return day_named(request.path_params["day"])


def _by_month(past: list[ListedDay]) -> list[tuple[date, list[ListedDay]]]:
    """Each month by its first of the month, in the order given."""
    grouped = groupby(past, key=lambda listed: listed.day.replace(day=1))
    return [(first, list(own)) for first, own in grouped]


routes: list[BaseRoute] = [
    Route("/reports", days),
    Route("/reports/ticket", ticket_page),
    Route("/reports/tomorrow", tomorrow_page),
    *branch_routes,
    *span_routes,
    Route("/reports/clock", answer_clock, methods=["POST"]),
    Route("/reports/days/{day}.csv", day_visits),
    Route("/reports/days/{day}.json", day_figures),
    Route("/reports/days/{day}.xlsx", day_workbook),
    Route("/reports/days/{day}/tables/{table}.csv", day_table),
    Route("/reports/days/{day}/rules", rules_page),
    Route("/reports/days/{day}/summary", summary_page),
    Route("/reports/days/{day}/returns", take_day_back, methods=["POST"]),
    Route("/reports/days/{day}", day_page),
]
