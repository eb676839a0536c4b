"""A day to take along: all tables of its page as a workbook, each of them as CSV."""

from starlette.requests import Request
from starlette.responses import Response

from lobby.reports.access import day_named, report_reader
from lobby.reports.day_sheets import day_sheets
from lobby.reports.figures import Figures
from lobby.reports.reading import read_day
from lobby.reports.sheet_files import csv_response, workbook_response
from lobby.reports.sheets import Sheet
from lobby.web.pages import language_of
from lobby.web.staff import Role, Staff


async def day_workbook(request: Request) -> Response:
    sheets, figures, key = await _read(request)
    return await workbook_response(sheets, figures, f"report-{figures.plan.id}-{key}.xlsx")


async def day_table(request: Request) -> Response:
    return csv_response(request, *await _read(request))


def sees_people(staff: Staff) -> bool:
    """What each colleague did is between them and the head of the branch."""
    return staff.role is Role.BRANCH_HEAD


async def _read(request: Request) -> tuple[tuple[Sheet, ...], Figures, str]:
    """By the plan of that day; the key is how the day is written in an address."""
    services, staff, plan = await report_reader(request)
    day = day_named(request.path_params["day"])
    reading = await read_day(services, plan, day)
    figures = Figures(language_of(request, staff.language), reading.plan)
    sheets = day_sheets(reading.report, figures, with_people=sees_people(staff))
    return sheets, figures, day.isoformat()
