"""The page of the first administrator's own account: what may be typed, and what is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.app import LocalApp, open_app
from tests.first_run.house import ADA, PASSWORD, let_in, nobody, people, up_to


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, nobody) as house:
        yield house


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": " "}, "name", "Please give a name"),
        ({"name": "x" * 41}, "name", "Please give a name"),
        ({"username": "ada lovelace"}, "username", "without blanks"),
        ({"again": "another one"}, "password", "are not the same"),
        ({"password": "short", "again": "short"}, "password", "at least 8"),
        ({"password": "12345678", "again": "12345678"}, "password", "guessed first"),
        ({"password": "", "again": ""}, "password", "at least 8"),
    ],
)
def test_it_says_what_is_wrong_with_the_account(
    house: LocalApp, fields: dict[str, str], field: str, words: str
) -> None:
    browser = let_in(house)
    up_to(browser, "account")
    answer = browser.post("/first-run/account", **{**ADA, **fields})
    assert answer.status_code == 422
    assert words in answer.text and f'id="problem-{field}"' in answer.text
    assert PASSWORD not in answer.text
    assert not house.services.branches and people(house) == []


def test_a_good_password_need_not_be_typed_again(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "account")
    wrong = browser.post("/first-run/account", **{**ADA, "name": ""})
    assert "is kept" in wrong.text
    only_names = {**ADA, "password": "", "again": ""}
    assert browser.post("/first-run/account", **only_names).status_code == 303
    answer = house.stranger().post("/sign-in", username="ada", password=PASSWORD)
    assert answer.status_code == 303
