"""Several branches in words: how they stand, and which of them stand out, and by how much."""

from collections.abc import Mapping

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.reports.branch_outliers import Against, Outlier, Share
from lobby.reports.branch_table import BranchesReport, Standing
from lobby.reports.figures import Figures
from lobby.reports.measures import Rate
from lobby.reports.span_measures import kept
from lobby.reports.spans import Span, SpanKind

STANDINGS: Mapping[Standing, str] = {
    Standing.CLOSED: mark("Closed all the time"),
    Standing.EMPTY: mark("Open, and nobody came"),
    Standing.NO_DATA: mark("No data"),
}

OUTLIER_NAMES: Mapping[Share, str] = {
    Share.PROMISE: mark("Within the promise"),
    Share.LEFT: mark("Left before service"),
    Share.RETURNS: mark("Return rate"),
}

VALUES: Mapping[Share, str] = {
    Share.PROMISE: mark("%(branch)s: %(value)s served within the promise"),
    Share.LEFT: mark("%(branch)s: %(value)s left before service"),
    Share.RETURNS: mark("%(branch)s: %(value)s came back from a machine"),
}

LIKE = {
    True: mark(
        "%(value)s. That is %(points)s points above the middle of %(of)s branches"
        " like it (%(middle)s)."
    ),
    False: mark(
        "%(value)s. That is %(points)s points below the middle of %(of)s branches"
        " like it (%(middle)s)."
    ),
}
PAST_WEEKS = {
    True: mark(
        "%(value)s. That is %(points)s points above its own middle of the %(of)s"
        " weeks before (%(middle)s)."
    ),
    False: mark(
        "%(value)s. That is %(points)s points below its own middle of the %(of)s"
        " weeks before (%(middle)s)."
    ),
}
PAST_MONTHS = {
    True: mark(
        "%(value)s. That is %(points)s points above its own middle of the %(of)s"
        " months before (%(middle)s)."
    ),
    False: mark(
        "%(value)s. That is %(points)s points below its own middle of the %(of)s"
        " months before (%(middle)s)."
    ),
}


def outlier_sentence(of: Outlier, span: Span, figures: Figures) -> str:
    say = figures.words.gettext
    past = PAST_WEEKS if span.kind is SpanKind.WEEK else PAST_MONTHS
    sentences = LIKE if of.against is Against.LIKE else past
    branch = {"branch": of.plan.name(figures.language), "value": figures.percent(of.value)}
    return LANGUAGES[figures.language].closed_up(
        say(sentences[of.distance > 0])
        % {
            "value": say(VALUES[of.share]) % branch,
            "points": figures.count(abs(of.distance) * 100),
            "of": figures.count(of.of),
            "middle": figures.percent(of.middle),
        }
    )


def branches_sentences(report: BranchesReport, figures: Figures) -> tuple[str, ...]:
    """The house as one, and the branch where fewest were served in time."""
    say = figures.words.gettext
    if report.until < report.span.first:
        return (say(mark("No day of this period is over yet.")),)
    if not report.has_visits:
        return (say(mark("In none of the branches did anybody take a number in this period.")),)
    told = [line for line in report.lines if not line.is_hidden]
    house = Rate(
        sum(kept(line.total).count for line in told), sum(kept(line.total).of for line in told)
    )
    if not house.of:
        return (say(mark("Nobody was served at a counter in this period.")),)
    sentence = say(
        mark(
            "In %(branches)s branches, %(kept)s of %(of)s people were served within the promise:"
            " %(share)s."
        )
    )
    blanks = {
        "branches": figures.count(sum(kept(line.total).of > 0 for line in told)),
        "kept": figures.count(house.count),
        "of": figures.count(house.of),
        "share": figures.percent(house.share),
    }
    return (LANGUAGES[figures.language].closed_up(sentence % blanks),)
