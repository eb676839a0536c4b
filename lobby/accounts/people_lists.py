"""Lists of people that are handed out: a template to fill in, and the first passwords."""

from collections.abc import Iterator, Mapping

from lobby.accounts.importing import Imported
from lobby.accounts.people_columns import BRANCH, COLUMNS, LANGUAGE, NAME, ROLE, USERNAME
from lobby.accounts.roles import ROLES
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.spreadsheets.csv_file import csv_of
from lobby.spreadsheets.workbook import workbook_of
from lobby.store.kinds import Role

PASSWORD = mark("Password for the first sign-in")
EXAMPLE_NAMES = {"zh": "王伟", "vi": "Nguyễn Thị Thu", "en": "Thu Nguyen"}


def template_file(language: str, *, is_workbook: bool, branch_id: str = "riverside") -> bytes:
    """Titles and one example, in that language."""
    say = texts(language).gettext
    titles = tuple(say(column.title) for column in COLUMNS)
    example = {
        USERNAME: "thu.nguyen",
        NAME: EXAMPLE_NAMES.get(language, EXAMPLE_NAMES["en"]),
        ROLE: say(ROLES[Role.TELLER]),
        BRANCH: branch_id,
        LANGUAGE: LANGUAGES[language].own_name,
    }
    row = tuple(example[column.key] for column in COLUMNS)
    return workbook_of(titles, [row]) if is_workbook else csv_of([titles, row]).encode()


def password_lines(
    done: Imported, plans: Mapping[str, Plan], language: str
) -> Iterator[tuple[str, ...]]:
    """With a line of titles; by branch and name, as they are handed over."""
    say = texts(language).gettext
    titles = {column.key: say(column.title) for column in COLUMNS}
    yield (titles[BRANCH], titles[NAME], titles[USERNAME], say(PASSWORD))
    for account in sorted(done.new, key=lambda each: (each.person.branch_id, each.person.name)):
        person = account.person
        plan = plans.get(person.branch_id)
        branch = plan.name(language) if plan else person.branch_id
        yield (branch, person.name, person.username, account.password)
