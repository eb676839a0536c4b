"""Why a change of set-up is not made: a closed set, each with its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from lobby.i18n.texts import mark
from lobby.setup.changes import Path
from lobby.store.set_up import SetUpVersion


class Problem(Enum):
    """The value is the sentence's msgid; blanks are filled from the refusal."""

    PAST = mark("A day that is over cannot be changed. Please choose %(day)s or a later day.")
    TOO_FAR = mark("Please choose a day before %(day)s.")
    NOTHING = mark("Nothing would change: this is how it is on that day already.")
    SERVICES_WAITED_FOR = mark(
        "People are here for services that would be gone (%(people)s). Serve them or change their "
        "service first, or let it hold from tomorrow."
    )
    COUNTERS_OPEN = mark(
        "Counters that would be gone are open (%(counters)s). Close them first, or let it hold "
        "from tomorrow."
    )
    MACHINES_REPORTED = mark(
        "Machines that would be gone are reported as not working (%(machines)s). Report them as "
        "working first, or let it hold from tomorrow."
    )
    TIME_ZONE_TODAY = mark(
        "The time zone cannot change in the middle of a day. Choose a later day."
    )
    OTHER_BRANCH = mark("This is the set-up of another branch, %(branch)s.")
    NO_CATALOGUE = mark("This branch has been set up without services; load its file first.")
    GONE = mark("There is no such change, or it was taken back already.")
    NO_PLACE = mark(
        "On %(day)s there is nothing any more that this changes, or a later change rests on it."
    )


class SetUpRefusedError(Exception):
    """Nothing was changed; `blanks` fill the sentence."""

    def __init__(self, problem: Problem, **blanks: str | int) -> None:
        self.problem, self.blanks = problem, blanks
        super().__init__(problem.value % blanks)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that the reader does not take, and its sentence, in English."""

    path: Path
    sentence: str


class WrongSetUpError(Exception):
    """What would hold from `day` on cannot be read; every mistake is there."""

    def __init__(self, day: date, mistakes: Sequence[Wrong]) -> None:
        self.day, self.mistakes = day, tuple(mistakes)
        sentences = (mistake.sentence for mistake in mistakes)
        super().__init__("\n".join([f"What would hold from {day} on cannot be read:", *sentences]))


class ChangedMeanwhileError(Exception):
    """Others have changed the same since it was looked at."""

    def __init__(self, versions: Sequence[SetUpVersion]) -> None:
        self.versions = tuple(versions)
        numbers = ", ".join(str(version.id) for version in versions)
        super().__init__(f"This was changed meanwhile (change {numbers}). Nothing was stored.")
