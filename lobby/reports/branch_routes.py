"""Several branches side by side for whoever may see them, as page, workbook, tables and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lobby.reports.branch_course import GOAL_Y, HEIGHT, WIDTH, courses
from lobby.reports.branch_sheets import COLUMNS, NAME, SORTED_BY, Order, branch_sheets, in_order
from lobby.reports.branch_table import BranchesReport, Seen, branches_report
from lobby.reports.branch_words import branches_sentences, outlier_sentence
from lobby.reports.figures import Figures
from lobby.reports.sheet_files import csv_response, workbook_response
from lobby.reports.sheets import Sheet, as_records, shown
from lobby.reports.span_routes import ADDRESSES
from lobby.reports.span_words import period_title
from lobby.reports.spans import Span, SpanKind, span_named, span_of
from lobby.triage.catalogue import BranchKind
from lobby.web.commands import json_response, wants_json
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, Staff, require_staff

HOME = "/reports/branches"


@dataclass(frozen=True, slots=True)
class Read:
    """What a request asked for."""

    services: Services
    report: BranchesReport
    order: Order
    figures: Figures

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return branch_sheets(self.report, self.order, self.figures)


async def branches_home(request: Request) -> Response:
    """The month in which the last day ended."""
    staff = await _may_see_several(request)
    services = services_of(request)
    plan = services.branches[staff.branch_id].plan
    span = span_of(SpanKind.MONTH, plan.business_day(services.clock.now()))
    return RedirectResponse(address(span), status_code=303)


async def branches_page(request: Request) -> Response:
    if wants_json(request):
        return await branches_figures(request)
    read = await _read(request)
    report, figures, order = read.report, read.figures, read.order
    today = figures.plan.business_day(read.services.clock.now())
    sheets = read.sheets
    return read.services.pages.page(
        request,
        "reports/branches.html",
        figures.language,
        report=report,
        figures=figures,
        title=period_title(report.span, figures),
        sentences=branches_sentences(report, figures),
        outliers=[(e, outlier_sentence(e, report.span, figures)) for e in report.outliers],
        sheets={sheet.key: sheet for sheet in sheets},
        shown=shown,
        order=order,
        by_name=NAME,
        sort_link=lambda key: _sorted_by(report.span, key, order),
        courses=courses(in_order(report, order, figures)),
        course_size=(WIDTH, HEIGHT, GOAL_Y),
        address=address(report.span),
        others=[(kind, address(span_of(kind, report.span.last))) for kind in SpanKind],
        earlier=address(report.span.earlier),
        later=address(report.span.later) if report.span.last < today else "",
    )


async def branches_figures(request: Request) -> Response:
    """Unrounded, for programs."""
    read = await _read(request)
    report = read.report
    return json_response(
        {
            "kind": report.span.kind.value,
            "first": report.span.first.isoformat(),
            "last": report.span.last.isoformat(),
            "until": report.until.isoformat(),
            "running": report.is_running,
            "ids": [line.plan.id for line in in_order(report, read.order, read.figures)],
            **{sheet.key: as_records(sheet, read.figures) for sheet in read.sheets},
        }
    )


async def branches_workbook(request: Request) -> Response:
    read = await _read(request)
    name = f"branches-{read.report.span.key}.xlsx"
    return await workbook_response(read.sheets, read.figures, name)


async def branches_csv(request: Request) -> Response:
    read = await _read(request)
    return csv_response(request, read.sheets, read.figures, read.report.span.key)


async def _may_see_several(request: Request) -> Staff:
    """A person belongs to one branch; administrators look after all of them."""
    return await require_staff(request, Role.ADMINISTRATOR)


async def _read(request: Request) -> Read:
    staff = await _may_see_several(request)
    services = services_of(request)
    plan = services.branches[staff.branch_id].plan
    span, order = _span(request), _order(request)
    seen = _seen(services)
    today = plan.business_day(services.clock.now())

    def read(connection: Any) -> BranchesReport:
        return branches_report(connection, seen, span, today)

    report = await services.store.read(read)
    return Read(services, report, order, Figures(language_of(request, staff.language), plan))


def _seen(services: Services) -> Sequence[Seen]:
    catalogues = services.catalogues
    return [
        Seen(
            branch.plan,
            catalogues[branch.id].branch.kind if branch.id in catalogues else BranchKind.HUB,
        )
        for branch in services.branches.values()
    ]


def _span(request: Request) -> Span:
    """Raises the 404 of a period that is none."""
    kind = ADDRESSES[request.url.path.split("/")[3]]
    span = span_named(kind, request.path_params["key"])
    if span is None:
        raise HTTPException(404)
    return span


def _order(request: Request) -> Order:
    """Raises the 404 of a column that is none."""
    key = request.query_params.get("sort", NAME)
    direction = request.query_params.get("order", "up")
    if key not in SORTED_BY or direction not in ("up", "down"):
        raise HTTPException(404)
    return Order(key, direction == "down")


def _sorted_by(span: Span, key: str, now: Order) -> str:
    """Once more by the same column turns it round; figures begin with the largest."""
    is_down = not now.is_descending if key == now.key else key in COLUMNS
    return f"{address(span)}?sort={key}&order={'down' if is_down else 'up'}"


def address(span: Span) -> str:
    plural = next(name for name, kind in ADDRESSES.items() if kind is span.kind)
    return f"{HOME}/{plural}/{span.key}"


routes: list[BaseRoute] = [
    Route(HOME, branches_home),
    *(
        Route(f"{HOME}/{name}/{{key}}{ending}", view)
        for name in ADDRESSES
        for ending, view in (
            ("/tables/{table}.csv", branches_csv),
            (".xlsx", branches_workbook),
            (".json", branches_figures),
            ("", branches_page),
        )
    ),
]
