"""The pages of the first run in their order: which fields each has, and what is wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lobby.first_run.draft import HOURS, Draft
from lobby.first_run.forms import Blanks, Reading
from lobby.first_run.new_branch import shipped
from lobby.i18n.languages import LANGUAGES

Problems = Mapping[str, tuple[str, Blanks]]


@dataclass(frozen=True, slots=True)
class Step:
    """`fields` are those of its form that are kept; a password is none of them."""

    name: str
    fields: tuple[str, ...]
    problems: Callable[[Draft], Problems]

    @property
    def path(self) -> str:
        return f"/first-run/{self.name}"

    @property
    def template(self) -> str:
        return f"{self.name}.html"


def _no_problems(_draft: Draft) -> Problems:
    return {}


def _of_branch(draft: Draft) -> Problems:
    reading = Reading(draft)
    reading.branch_page()
    return reading.problems


def _of_offer(draft: Draft) -> Problems:
    reading = Reading(draft)
    reading.offer_page()
    return reading.problems


LANGUAGE = Step("language", (), _no_problems)
COUNTRY = Step("country", (), _no_problems)
BRANCH = Step(
    "branch",
    (
        *(f"name_{code}" for code in LANGUAGES),
        *("first_language", "time_zone", "complaint_phone", "blocking_phone"),
        *("currency", "cash", "transfer"),
    ),
    _of_branch,
)
OFFER = Step("offer", ("service", "counters", *HOURS, *shipped()["machine_kinds"]), _of_offer)
ACCOUNT = Step("account", ("name", "username"), _no_problems)
STEPS = (LANGUAGE, COUNTRY, BRANCH, OFFER, ACCOUNT)


def before(step: Step) -> Step:
    return STEPS[max(0, STEPS.index(step) - 1)]


def after(step: Step) -> Step:
    return STEPS[STEPS.index(step) + 1]


def first_open(draft: Draft) -> Step:
    """Where somebody goes on who was let in."""
    return next((step for step in STEPS if step.name not in draft.done), ACCOUNT)


def is_too_early(step: Step, draft: Draft) -> bool:
    """Whether a page before it was not filled in yet."""
    return STEPS.index(step) > STEPS.index(first_open(draft))
