"""The tables of a day at the machines as values: funnel, who offered, machines, faults, help."""

from collections.abc import Iterator

from lobby.i18n.texts import mark
from lobby.reports.at_machines import AtMachines
from lobby.reports.day import DayReport
from lobby.reports.figures import Figures
from lobby.reports.funnel import Diversion
from lobby.reports.machine_words import HELP_KINDS, MACHINE_STATES, REASONS, RISK_OUTCOMES
from lobby.reports.measures import Rate
from lobby.reports.offers import Offers
from lobby.reports.sheets import CellKind, Row, Sheet, Value, sheet_named

NAME, COUNT, SHARE = CellKind.NAME, CellKind.COUNT, CellKind.SHARE
TICKETS = ("tickets", mark("Tickets"), COUNT)


def machine_sheets(report: DayReport, figures: Figures, *, with_people: bool) -> Iterator[Sheet]:
    """None for a branch that has neither machines nor rules."""
    told = report.machines
    if told is None:
        return
    if told.diversion.funnel.offers.offered:
        yield _steps(told.diversion, figures)
        yield _offerers(told.diversion, figures, with_people=with_people)
        yield _services(told.diversion, figures)
    yield _exclusions(told.diversion, figures)
    yield _machines(told, figures)
    yield _faults(told, figures)
    yield _help(told, figures)
    yield _outcomes(told, figures)


def _steps(told: Diversion, figures: Figures) -> Sheet:
    say, funnel, offers = figures.words.gettext, told.funnel, told.funnel.offers
    steps: tuple[tuple[str, int, Rate | None], ...] = (
        (mark("Eligible"), funnel.eligible, None),
        (mark("Offered"), offers.offered, funnel.offering),
        (mark("Accepted"), offers.accepted, offers.acceptance),
        (mark("Declined"), offers.declined, None),
        (mark("No reply"), offers.unanswered, None),
        (mark("Completed"), offers.completed, offers.completion),
        (mark("Returned"), offers.returned, offers.returns),
        (mark("Unconfirmed"), offers.unconfirmed, None),
        (mark("Still at the machine"), offers.at_machine, None),
    )
    rows = [
        Row((say(name), count, rate.share if rate else None, rate.of if rate else None))
        for name, count, rate in steps
    ]
    columns = (
        ("step", mark("Step"), NAME),
        TICKETS,
        ("share", mark("Share"), SHARE),
        ("of", mark("Of"), COUNT),
    )
    return sheet_named("funnel", mark("From eligible to completed"), columns, rows, figures)


def _offerers(told: Diversion, figures: Figures, *, with_people: bool) -> Sheet:
    """Rates of fewer than twenty offers are not told, as on the page."""
    say = figures.words.gettext
    lines = [
        (say(mark("When the number was taken")), told.first),
        (say(mark("By a colleague during the wait")), told.second),
    ]
    if with_people:
        each = say(mark("of these, colleague %(id)s"))
        lines += [(each % {"id": line.staff}, line.offers) for line in told.colleagues]
    rows = [Row((name, *_outcome(offers), *_rates(offers))) for name, offers in lines]
    columns = (
        ("offered_by", mark("Offered by"), NAME),
        ("offered", mark("Offered"), COUNT),
        *OUTCOME,
        ("completed_share", mark("Completed, of accepted"), SHARE),
        ("returned_share", mark("Returned, of accepted"), SHARE),
    )
    return sheet_named("offered_by", mark("By who offered it"), columns, rows, figures)


OUTCOME = (
    ("accepted", mark("Accepted"), COUNT),
    ("completed", mark("Completed"), COUNT),
    ("returned", mark("Returned"), COUNT),
    ("unknown", mark("Not known"), COUNT),
)


def _outcome(of: Offers) -> tuple[Value, ...]:
    unknown = of.unconfirmed + of.at_machine
    return (of.offered, of.accepted, of.completed, of.returned, unknown)


def _rates(of: Offers) -> tuple[Value, ...]:
    return (None, None) if of.is_few else (of.completion.share, of.returns.share)


def _services(told: Diversion, figures: Figures) -> Sheet:
    rows = [
        Row(
            (
                *(figures.service(line.code), own.eligible, *_outcome(own.offers)),
                *(own.diversion.share, own.offers.returns.share),
            ),
            is_few=own.diversion.is_few,
        )
        for line in told.services
        for own in [line.funnel]
    ]
    columns = (
        ("service", mark("Service"), NAME),
        ("eligible", mark("Eligible"), COUNT),
        ("offered", mark("Offered"), COUNT),
        *OUTCOME,
        ("diversion_rate", mark("Diversion rate"), SHARE),
        ("return_rate", mark("Return rate"), SHARE),
    )
    title = mark("At the machines, by service")
    return sheet_named("machine_services", title, columns, rows, figures)


def _exclusions(told: Diversion, figures: Figures) -> Sheet:
    rows = [Row((figures.named(REASONS, line.reason), line.tickets)) for line in told.exclusions]
    if rows:
        total = sum(line.tickets for line in told.exclusions)
        rows.append(Row((figures.words.gettext(mark("Total")), total), is_total=True))
    columns = (("reason", mark("Reason"), NAME), TICKETS)
    return sheet_named("exclusions", mark("Not eligible, and why"), columns, rows, figures)


def _machines(told: AtMachines, figures: Figures) -> Sheet:
    rows = [
        Row(
            (
                *(figures.machine(line.machine), line.offers.accepted, line.offers.completed),
                *(line.offers.returned, line.faults, line.available, line.used),
            )
        )
        for line in told.machines
    ]
    columns = (
        ("machine", mark("Machine"), NAME),
        ("accepted", mark("Went there"), COUNT),
        *OUTCOME[1:3],
        ("faults", mark("Faults"), COUNT),
        ("available", mark("In working order"), SHARE),
        ("used", mark("In use"), SHARE),
    )
    return sheet_named("machines", mark("Machines"), columns, rows, figures)


def _faults(told: AtMachines, figures: Figures) -> Sheet:
    rows = [
        Row(
            (
                *(figures.machine(fault.machine), figures.named(MACHINE_STATES, fault.state)),
                *(fault.opened_at, fault.closed_at, fault.lasted_s),
            )
        )
        for fault in told.faults
    ]
    if told.repairs.count:
        mean = figures.words.gettext(mark("Mean time to repair"))
        rows.append(Row((mean, None, None, None, told.repairs.mean_s), is_total=True))
    columns = (
        ("machine", mark("Machine"), NAME),
        ("what", mark("What"), NAME),
        ("from", mark("From"), CellKind.MOMENT),
        ("until", mark("Until"), CellKind.MOMENT),
        ("lasted_s", mark("h:min"), CellKind.HOURS),
    )
    return sheet_named("faults", mark("Faults"), columns, rows, figures)


def _help(told: AtMachines, figures: Figures) -> Sheet:
    total = figures.words.gettext(mark("Total"))
    rows = [
        Row(
            (
                figures.named(HELP_KINDS, line.kind) if line.kind else total,
                *(line.calls, line.contact.median_s, line.prompt.share),
            ),
            is_few=line.prompt.is_few,
            is_total=line.kind is None,
        )
        for line in told.help
    ]
    columns = (
        ("reason", mark("Reason for the call"), NAME),
        ("calls", mark("Calls"), COUNT),
        ("response_median_s", mark("Median response, min"), CellKind.MINUTES),
        ("within_a_minute", mark("Within a minute"), SHARE),
    )
    return sheet_named("help", mark("Calls for a colleague"), columns, rows, figures)


def _outcomes(told: AtMachines, figures: Figures) -> Sheet:
    rows = [Row((figures.named(RISK_OUTCOMES, each.outcome), each.calls)) for each in told.outcomes]
    columns = (("outcome", mark("Outcome"), NAME), ("cards", mark("Cards"), COUNT))
    return sheet_named("risk_outcomes", mark("What came of risk cards"), columns, rows, figures)
