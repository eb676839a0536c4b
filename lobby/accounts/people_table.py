"""People as rows of a spreadsheet: the columns, what a cell may say, and what is wrong where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

import msgspec

from lobby.accounts.names import checked_name, checked_username
from lobby.accounts.people_columns import (
    BRANCH,
    COLUMNS,
    LANGUAGE,
    NAME,
    REQUIRED,
    ROLE,
    USERNAME,
    branches_by_words,
    languages_by_words,
    roles_by_words,
)
from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.accounts.roles import ROLES
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.spreadsheets.cells import looks_like_formula
from lobby.spreadsheets.columns import Mapped, plain
from lobby.spreadsheets.table import Row, Table
from lobby.store.kinds import Role

T = TypeVar("T")

ALLOWED_SHOWN_MAX = 8
"""Of three hundred branches only the first fit into a sentence."""

FOUND_LETTERS_MAX = 40


class CellProblem(Enum):
    """What is wrong with a cell; the value is the sentence's msgid."""

    EMPTY = mark("Nothing stands here.")
    FORMULA = mark(
        "“%(found)s” looks like a formula. Please put the value itself here (copy, then paste "
        "values only)."
    )
    NOT_ALLOWED = mark("“%(found)s” is not known here. Allowed: %(allowed)s.")
    TWICE = mark("“%(found)s” stands in row %(row)s already.")
    NO_COLUMN = mark("This column is missing. Please say which one it is.")


class Person(msgspec.Struct, frozen=True):
    """One row that reads well; `row` is its number in the spreadsheet."""

    row: int
    username: str
    name: str
    role: Role
    branch_id: str
    language: str


class Mistake(msgspec.Struct, frozen=True):
    """`row` is 0 for the whole table; `column` is a column's key, and `sentence` a msgid."""

    row: int
    column: str
    sentence: str
    blanks: dict[str, str | int] = {}

    def said(self, language: str) -> str:
        return texts(language).gettext(self.sentence) % self.blanks


@dataclass(frozen=True, slots=True)
class PeopleTable:
    people: tuple[Person, ...]
    mistakes: tuple[Mistake, ...]


class CellError(Exception):
    def __init__(self, problem: CellProblem | Problem, **blanks: str | int) -> None:
        self.problem, self.blanks = problem, blanks
        super().__init__(problem)


def read_people(
    table: Table, columns: Mapped, plans: Sequence[Plan], *, own_branch: str, language: str
) -> PeopleTable:
    """`plans` are the branches that may be named; where there is one only, no column needs to say
    which. `own_branch` is that of who asks, and `language` that in which mistakes list what is
    allowed."""
    needed = REQUIRED | ({BRANCH} if len(plans) > 1 else set())
    absent = tuple(
        Mistake(0, column.key, CellProblem.NO_COLUMN.value)
        for column in COLUMNS
        if column.key in needed and columns.get(column.key) is None
    )
    if absent:
        return PeopleTable((), absent)
    reader = _Reader(columns, plans, own_branch, language)
    people = [reader.person(row) for row in table.rows]
    right = tuple(person for person in people if person is not None)
    return PeopleTable(right, tuple(reader.mistakes))


class _Reader:
    """Reads rows one after the other and gathers what is wrong."""

    def __init__(
        self, columns: Mapped, plans: Sequence[Plan], own_branch: str, language: str
    ) -> None:
        self._columns, self._own_branch = columns, own_branch
        self._languages_of = {plan.id: plan.language for plan in plans}
        self._branches = branches_by_words(plans)
        self._roles_said = ", ".join(texts(language).gettext(word) for word in ROLES.values())
        self._rows_by_username: dict[str, int] = {}
        self.mistakes: list[Mistake] = []

    def person(self, row: Row) -> Person | None:
        before = len(self.mistakes)
        username = self._cell(row, USERNAME, lambda found: self._username(found, row), "")
        name = self._cell(row, NAME, checked_name, "")
        role = self._cell(row, ROLE, self._role, Role.TELLER)
        branch = self._cell(row, BRANCH, self._branch, self._own_branch)
        spoken = self._cell(row, LANGUAGE, _language, self._languages_of.get(branch, "en"))
        if len(self.mistakes) > before:
            return None
        return Person(row.number, username, name, role, branch, spoken)

    def _cell(self, row: Row, key: str, read: Callable[[str], T], otherwise: T) -> T:
        """`otherwise` where what stands there is wrong, or nothing does and need not."""
        found = row.cell(self._columns.get(key))
        try:
            if looks_like_formula(found):
                raise CellError(CellProblem.FORMULA, found=found[:FOUND_LETTERS_MAX])
            if found:
                return read(found)
            if self._is_needed(key):
                raise CellError(CellProblem.EMPTY)
        except (CellError, AccountRefusedError) as error:
            self.mistakes.append(Mistake(row.number, key, error.problem.value, error.blanks))
        return otherwise

    def _is_needed(self, key: str) -> bool:
        return key in REQUIRED or (key == BRANCH and len(self._languages_of) > 1)

    def _username(self, found: str, row: Row) -> str:
        username = checked_username(found)
        earlier = self._rows_by_username.setdefault(username, row.number)
        if earlier != row.number:
            raise CellError(CellProblem.TWICE, found=username, row=earlier)
        return username

    def _role(self, found: str) -> Role:
        role = roles_by_words().get(plain(found))
        return _known(found, role, self._roles_said)

    def _branch(self, found: str) -> str:
        branch = self._branches.get(found.casefold()) or self._branches.get(plain(found))
        return _known(found, branch, _some(list(self._languages_of)))


def _language(found: str) -> str:
    allowed = ", ".join(language.own_name for language in LANGUAGES.values())
    return _known(found, languages_by_words().get(plain(found)), allowed)


def _known(found: str, meant: T | None, allowed: str) -> T:
    if meant is None:
        found = found[:FOUND_LETTERS_MAX]
        raise CellError(CellProblem.NOT_ALLOWED, found=found, allowed=allowed)
    return meant


def _some(names: Sequence[str]) -> str:
    more = ", …" if len(names) > ALLOWED_SHOWN_MAX else ""
    return ", ".join(names[:ALLOWED_SHOWN_MAX]) + more
