"""Opening sentences of the report about the day at the machines."""

from lobby.reports.day import DayReport
from lobby.reports.figures import Figures
from lobby.reports.funnel import Funnel
from lobby.reports.offers import RETURN_ALERT


def machine_sentences(report: DayReport, figures: Figures) -> tuple[str, ...]:
    """At most two: where people went and what came of it, and whether too many came back."""
    if report.machines is None:
        return ()
    if not report.machines.has_machines:
        return (figures.words.gettext("This branch has no machines."),)
    funnel = report.machines.diversion.funnel
    told = [_went(funnel, figures)]
    if funnel.offers.return_alert:
        told.append(_came_back(figures))
    return tuple(told)


def _went(funnel: Funnel, figures: Figures) -> str:
    if not funnel.eligible:
        return figures.words.gettext("Nobody came for anything that a machine could do.")
    if not funnel.offers.offered:
        return _not_offered(funnel.eligible, figures)
    if not funnel.offers.accepted:
        return _stayed(funnel.eligible, figures)
    blanks = {
        "eligible": figures.count(funnel.eligible),
        "accepted": figures.count(funnel.offers.accepted),
        "completed": figures.count(funnel.offers.completed),
        "returned": figures.count(funnel.offers.returned),
        "unconfirmed": figures.count(funnel.offers.unconfirmed),
        "there": figures.count(funnel.offers.at_machine),
    }
    return _until_now(funnel, figures) % blanks


def _until_now(funnel: Funnel, figures: Figures) -> str:
    if funnel.offers.at_machine:
        return figures.words.ngettext(
            "%(accepted)s of %(eligible)s person whose business a machine could do went to one:"
            " %(completed)s finished there, %(returned)s came back to the counter,"
            " %(unconfirmed)s left no word, %(there)s still there.",
            "%(accepted)s of %(eligible)s people whose business a machine could do went to one:"
            " %(completed)s finished there, %(returned)s came back to the counter,"
            " %(unconfirmed)s left no word, %(there)s still there.",
            funnel.eligible,
        )
    return figures.words.ngettext(
        "%(accepted)s of %(eligible)s person whose business a machine could do went to one:"
        " %(completed)s finished there, %(returned)s came back to the counter,"
        " %(unconfirmed)s left no word.",
        "%(accepted)s of %(eligible)s people whose business a machine could do went to one:"
        " %(completed)s finished there, %(returned)s came back to the counter,"
        " %(unconfirmed)s left no word.",
        funnel.eligible,
    )


def _not_offered(eligible: int, figures: Figures) -> str:
    return figures.words.ngettext(
        "%(count)s person came for something that a machine could do; no machine was offered.",
        "%(count)s people came for something that a machine could do; no machine was offered.",
        eligible,
    ) % {"count": figures.count(eligible)}


def _stayed(eligible: int, figures: Figures) -> str:
    return figures.words.ngettext(
        "%(count)s person came for something that a machine could do; nobody went to one.",
        "%(count)s people came for something that a machine could do; nobody went to one.",
        eligible,
    ) % {"count": figures.count(eligible)}


def _came_back(figures: Figures) -> str:
    return figures.words.gettext(
        "More than %(limit)s of those who went came back: the offers may not suit these people,"
        " or a machine may need checking."
    ) % {"limit": figures.percent(RETURN_ALERT)}
