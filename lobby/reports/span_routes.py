"""Weeks, months and twelve months as pages, workbooks, tables and figures for programs."""

from datetime import date
from typing import Any

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.reports.access import report_reader
from lobby.reports.day_list import KINDS, DayKind
from lobby.reports.figures import Figures
from lobby.reports.sheet_files import csv_response, workbook_response
from lobby.reports.sheets import Sheet, as_records, shown
from lobby.reports.span_chart import span_chart
from lobby.reports.span_figures import head_figures
from lobby.reports.span_report import SpanReport, span_report
from lobby.reports.span_sheets import span_sheets
from lobby.reports.span_words import before_words, change_sentence, span_sentences, span_title
from lobby.reports.spans import Span, SpanKind, span_named, span_of
from lobby.reports.week_chart import SHADES, map_charts
from lobby.screens.words import speaker
from lobby.web.commands import json_response, wants_json
from lobby.web.pages import language_of
from lobby.web.services import Services

ADDRESSES = {"weeks": SpanKind.WEEK, "months": SpanKind.MONTH, "years": SpanKind.YEAR}
"""By what stands in the address."""


async def span_page(request: Request) -> Response:
    """With `?service=` the map of the week tells of one service."""
    if wants_json(request):
        return await span_figures(request)
    services, report, figures, sheets = await _read(request)
    today = figures.plan.business_day(services.clock.now())
    drawn = await anyio.to_thread.run_sync(_drawn, report, figures)
    return services.pages.page(
        request,
        "reports/span.html",
        figures.language,
        plan=figures.plan,
        report=report,
        figures=figures,
        title=span_title(report, figures),
        **drawn,
        shades=range(1, SHADES + 1),
        service_names=_services_asked(figures),
        changes=[(each.day, change_sentence(each, figures)) for each in report.changes],
        sheets={sheet.key: sheet for sheet in sheets},
        shown=shown,
        kinds=KINDS,
        without={kind: sum(day.kind is kind for day in report.days) for kind in KINDS},
        visits=DayKind.VISITS,
        say=speaker(figures.language),
        address=_address(report.span),
        others=[(other, _address(_span_near(other, report))) for other in SpanKind],
        earlier=_address(report.span.earlier),
        later=_address(report.span.later) if report.span.last < today else "",
    )


def _drawn(report: SpanReport, figures: Figures) -> dict[str, Any]:
    return {
        "sentences": span_sentences(report, figures),
        "head": head_figures(report, figures),
        "before": before_words(report, figures),
        "chart": span_chart(report) if report.total["tickets"] else None,
        "maps": map_charts(report.map, figures),
    }


async def span_figures(request: Request) -> Response:
    """Unrounded, for programs: each table of the page as a list of objects."""
    _services, report, figures, sheets = await _read(request)
    return json_response(
        {
            "branch": figures.plan.id,
            "kind": report.span.kind.value,
            "first": report.span.first.isoformat(),
            "last": report.span.last.isoformat(),
            "until": report.until.isoformat(),
            "running": report.is_running,
            "before_first": report.before_span.first.isoformat(),
            "before_last": report.before_span.last.isoformat(),
            **{sheet.key: as_records(sheet, figures) for sheet in sheets},
        }
    )


async def span_workbook(request: Request) -> Response:
    _services, report, figures, sheets = await _read(request)
    name = f"report-{figures.plan.id}-{report.span.key}.xlsx"
    return await workbook_response(sheets, figures, name)


async def span_table(request: Request) -> Response:
    _services, report, figures, sheets = await _read(request)
    return csv_response(request, sheets, figures, report.span.key)


async def _read(request: Request) -> tuple[Services, SpanReport, Figures, tuple[Sheet, ...]]:
    """Read, and put into tables, beside the event loop: a year takes a tenth of a second."""
    services, staff, plan = await report_reader(request)
    span = _span(request)
    service = request.query_params.get("service", "")
    service = service if service in plan.services else ""
    now = services.clock.now()

    figures = Figures(language_of(request, staff.language), plan)

    def read(connection: Any) -> SpanReport:
        return span_report(connection, plan, span, now, service)

    report = await services.store.read(read)
    sheets = await anyio.to_thread.run_sync(span_sheets, report, figures)
    return services, report, figures, sheets


def _span(request: Request) -> Span:
    kind = ADDRESSES[request.url.path.split("/")[2]]
    span = span_named(kind, request.path_params["key"])
    if span is None:
        raise HTTPException(404)
    return span


def _address(span: Span) -> str:
    plural = next(name for name, kind in ADDRESSES.items() if kind is span.kind)
    return f"/reports/{plural}/{span.key}"


def _span_near(kind: SpanKind, report: SpanReport) -> Span:
    """The one in which this one ends, as far as it has come."""
    return span_of(kind, max(report.span.first, report.until))


def _services_asked(figures: Figures) -> list[tuple[str, str]]:
    """Those of the branch as it is now: the map can be drawn for each."""
    return [(code, figures.service(code)) for code in figures.plan.services]


def addresses_of(today: date) -> dict[SpanKind, str]:
    """Of the spans that this day lies in, for the list of days."""
    return {kind: _address(span_of(kind, today)) for kind in SpanKind}


routes: list[BaseRoute] = [
    Route(f"/reports/{name}/{{key}}{ending}", view)
    for name in ADDRESSES
    for ending, view in (
        ("/tables/{table}.csv", span_table),
        (".xlsx", span_workbook),
        (".json", span_figures),
        ("", span_page),
    )
]
