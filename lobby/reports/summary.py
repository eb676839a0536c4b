"""The summary of a day on one sheet: what a head reads when the branch has closed."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from lobby.i18n.formats import long_date
from lobby.i18n.texts import mark
from lobby.reports.access import day_named, report_reader
from lobby.reports.charts import day_chart
from lobby.reports.day_sheets import day_sheets
from lobby.reports.figures import Figures
from lobby.reports.machine_sentences import machine_sentences
from lobby.reports.reading import Reading, read_day
from lobby.reports.sentences import sentences
from lobby.reports.sheets import shown
from lobby.settings import STATIC_FILES
from lobby.web.pages import Pages, language_of

STYLES = ("tokens.css", "base.css", "plain.css", "reports.css", "report-summary.css")


@dataclass(frozen=True, slots=True)
class Summary:
    """For a folder or a mail: `page` stands for itself, without this server."""

    subject: str
    text: str
    page: str


async def summary_page(request: Request) -> Response:
    services, staff, plan = await report_reader(request)
    reading = await read_day(services, plan, day_named(request.path_params["day"]))
    figures = Figures(language_of(request, staff.language), reading.plan)
    return services.pages.page(
        request, "reports/summary.html", figures.language, **_told(reading, figures)
    )


def summary_of(reading: Reading, pages: Pages) -> Summary:
    """In the branch's own language."""
    plan, report = reading.plan, reading.report
    figures = Figures(plan.language, plan)
    say = figures.words.gettext
    title = f"{plan.name(plan.language)} · {long_date(report.day, plan.language)}"
    told = _told(reading, figures)
    page = pages.render("reports/summary_file.html", plan.language, styles=_styles(), **told)
    return Summary(
        subject=say(mark("Summary of the day: %(title)s")) % {"title": title},
        text="\n".join([title, "", *told["sentences"], "", *_figures(reading, figures), ""]),
        page=str(page),
    )


@cache
def _styles() -> Markup:
    """Within the file: no server gives it, so no policy of ours holds there."""
    sheets = [(STATIC_FILES / "css" / name).read_text("utf-8") for name in STYLES]
    return Markup("<style>\n{}\n</style>").format(Markup("\n".join(sheets)))  # noqa: S704 - ours


def _told(reading: Reading, figures: Figures) -> dict[str, Any]:
    report = reading.report
    return {
        "plan": reading.plan,
        "report": report,
        "figures": figures,
        "sentences": (*sentences(report, figures), *machine_sentences(report, figures))
        if report.visits
        else sentences(report, figures),
        "day_chart": day_chart(report, reading.plan) if report.visits else None,
    }


def _figures(reading: Reading, figures: Figures) -> list[str]:
    """`Median wait, min: 4.3`."""
    if not reading.report.visits:
        return []
    summary = day_sheets(reading.report, figures)[0]
    return [
        f"{row.cells[0]}: {shown(row.cells[1], row.kind(1, summary.columns), figures)}"
        for row in summary.rows
    ]
