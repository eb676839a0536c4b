"""Sentences about promises: to whom they were kept, from when to when they were not, and for whom
least of all. Harm comes first, and nobody is measured by another one's promise."""

from lobby.i18n.texts import mark
from lobby.reports.day import DayReport
from lobby.reports.figures import Figures
from lobby.reports.measures import FEW, Rate
from lobby.reports.promises import BrokenStretch, Group, GroupKind, Promises
from lobby.screens.words import POOLS, PRIORITIES


def promise_sentences(report: DayReport, figures: Figures) -> list[str]:
    """At most three; none where nobody's wait has ended."""
    promises = report.promises
    if promises is None or not promises.kept.of:
        return []
    told = [_kept(report, promises, figures)]
    if promises.broken is not None:
        told.insert(0, _broken(promises, promises.broken, figures))
    if promises.worst is not None:
        told.append(_group(promises.worst, figures))
    return told


def _kept(report: DayReport, promises: Promises, figures: Figures) -> str:
    blanks = {"people": share_of_people(promises.kept, figures)}
    blanks["time"] = figures.clock(report.until) if report.is_running else ""
    say = figures.words.gettext
    if promises.promise_min is None:
        sentence = (
            say(
                mark(
                    "Today until %(time)s, %(people)s were served within the time promised to them."
                )
            )
            if report.is_running
            else say(mark("%(people)s were served within the time promised to them."))
        )
    else:
        blanks["promise"] = figures.minutes_long(promises.promise_min * 60)
        sentence = (
            say(
                mark(
                    "Today until %(time)s, %(people)s were served within the promised %(promise)s."
                )
            )
            if report.is_running
            else say(mark("%(people)s were served within the promised %(promise)s."))
        )
    told = sentence % blanks
    return told[:1].upper() + told[1:]


def _broken(promises: Promises, broken: BrokenStretch, figures: Figures) -> str:
    blanks = {
        "start": figures.clock(broken.start),
        "end": figures.clock(broken.end),
        "count": figures.count(broken.beyond.count),
        "of": figures.count(broken.beyond.of),
    }
    largest, say = broken.largest, figures.words.gettext
    if not _is_p90_beyond(largest):
        return (
            say(
                mark(
                    "From %(start)s to %(end)s, %(count)s of %(of)s people waited longer "
                    "than promised."
                )
            )
            % blanks
        )
    blanks["p90"] = figures.minutes_long(largest.waits.p90_s)
    blanks["promise"] = figures.minutes_long((largest.promise_min or 0.0) * 60)
    if promises.promise_min is not None:
        return (
            say(
                mark(
                    "From %(start)s to %(end)s, %(count)s of %(of)s people waited longer than the "
                    "promised %(promise)s; 1 in 10 waited %(p90)s or more."
                )
            )
            % blanks
        )
    blanks["class"] = _name(largest, figures)
    return (
        say(
            mark(
                "From %(start)s to %(end)s, %(count)s of %(of)s people waited longer than "
                "promised. Customers of the class “%(class)s” were promised %(promise)s; "
                "1 in 10 of them waited %(p90)s or more."
            )
        )
        % blanks
    )


def _is_p90_beyond(group: Group) -> bool:
    """Only of twenty and more: below that the P90 is one person's wait."""
    p90_s, promise_min = group.waits.p90_s, group.promise_min
    return group.waits.count >= FEW and bool(p90_s and promise_min and p90_s > promise_min * 60)


def _group(group: Group, figures: Figures) -> str:
    blanks = {
        "who": _name(group, figures),
        "count": figures.count(group.kept.count),
        "of": figures.count(group.kept.of),
    }
    say = figures.words.gettext
    if group.promise_min is None:
        return (
            say(mark("The promise was kept least for “%(who)s”: to %(count)s of %(of)s people."))
            % blanks
        )
    blanks["promise"] = figures.minutes_long(group.promise_min * 60)
    return (
        say(
            mark(
                "The promise was kept least for “%(who)s”: "
                "%(count)s of %(of)s people were served within %(promise)s."
            )
        )
        % blanks
    )


def _name(group: Group, figures: Figures) -> str:
    match group.kind:
        case GroupKind.CLASS:
            return figures.named({key.value: name for key, name in PRIORITIES.items()}, group.key)
        case GroupKind.POOL:
            return figures.named(POOLS, group.key)
        case GroupKind.SERVICE:
            return figures.service(group.key)


def share_of_people(rate: Rate, figures: Figures) -> str:
    """Of few people each counts; of many, `about 8 of 10` is what a person remembers."""
    count, of = figures.count(rate.count), figures.count(rate.of)
    if rate.count == rate.of > 1:
        return figures.words.gettext("all %(of)s people") % {"of": of}
    if rate.of < FEW or rate.count == 0:
        return figures.words.gettext("%(count)s of %(of)s people") % {"count": count, "of": of}
    tenths = round(10 * rate.count / rate.of)
    if tenths == 10:
        return figures.words.gettext("nearly all of %(of)s people") % {"of": of}
    if tenths == 0:
        return figures.words.gettext("hardly any of %(of)s people") % {"of": of}
    return figures.words.gettext("about %(tenths)s in 10 people") % {"tenths": tenths}
