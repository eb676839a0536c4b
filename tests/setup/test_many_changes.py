"""A branch whose set-up was changed often: its page is read once, and lists so many changes as a
person can look through."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from lobby.catalogue import reading
from lobby.setup import changes
from lobby.setup.changes import changed
from lobby.setup_pages.history import SHOWN_MAX
from tests.app.app import LocalApp
from tests.setup.demo import CASH_LIMIT, TODAY, change, held, open_demo, versions, wish
from tests.setup.test_changes import DEMO_TREE


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[LocalApp]:
    with open_demo(tmp_path) as app:
        yield app


def change_often(app: LocalApp, times: int) -> None:
    for number in range(times):
        day = TODAY + timedelta(days=number % 3)
        change(app, wish((CASH_LIMIT, 21_000 + number), day=day))


def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a text was parsed and a whole set-up read, from now on."""
    count: Counter[str] = Counter()
    parse, read = tomllib.loads, reading.read_branch_tree

    def loads(text: str) -> Any:
        count["parsed"] += 1
        return parse(text)

    def read_branch_tree(tree: Any) -> Any:
        count["read"] += 1
        return read(tree)

    monkeypatch.setattr("lobby.setup.changes.tomllib.loads", loads)
    monkeypatch.setattr("lobby.setup.holding.read_branch_tree", read_branch_tree)
    return count


def test_no_text_is_parsed_twice_and_no_more_is_read_for_more_changes(
    branch: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_often(branch, 40)
    changes._few_in.cache_clear()
    changes._whole_in.cache_clear()
    count = counted(monkeypatch)
    assert branch.get("minh", "/setup").status_code == 200
    assert count == {"parsed": 41, "read": 2}
    assert branch.get("minh", "/setup").status_code == 200
    assert count == {"parsed": 41, "read": 4}


def test_a_tree_that_was_changed_is_the_same_but_for_the_change_and_shares_the_rest() -> None:
    path = ("services", "A04", "fees", "counter", "amounts", "CN")
    new = changed(DEMO_TREE, [changes.Change(path, 12)])
    assert changes.value_at(DEMO_TREE, path) == 10
    assert changes.value_at(new, path) == 12
    assert new["hours"] is DEMO_TREE["hours"]
    assert new["services"][0] is DEMO_TREE["services"][0]


def test_the_page_lists_the_newest_and_says_how_many_are_older(branch: LocalApp) -> None:
    change_often(branch, SHOWN_MAX + 5)
    page = branch.get("minh", "/setup").text
    assert page.count('class="setup-change"') == SHOWN_MAX
    assert "5 older changes are not listed here." in page
    older = re.search(r'href="(/setup\?branch=riverside&amp;older=\d+)#changes"', page)
    assert older
    page = branch.get("minh", older[1].replace("&amp;", "&")).text
    assert page.count('class="setup-change"') == 5
    assert "not listed here" not in page and "Show the newest changes" in page
    assert "¥20,000 → ¥21,000" in page


@pytest.mark.parametrize("older", ["soon", "", "9" * 30])
def test_an_address_of_no_change_shows_the_newest(branch: LocalApp, older: str) -> None:
    change_often(branch, 2)
    page = branch.get("minh", f"/setup?older={older}").text
    assert page.count('class="setup-change"') == 2


def test_a_branch_without_a_catalogue_is_told_so_whatever_is_sent(branch: LocalApp) -> None:
    told = "This branch has been set up without services"
    assert told in branch.get("ada", "/setup?branch=harbour").text
    form = {"branch": "harbour", "from": TODAY.isoformat(), "limit_cash": "30000"}
    answer = branch.post("ada", "/setup", **form)
    assert (answer.status_code, told in answer.text) == (422, True)
    answer = branch.post("ada", "/setup", branch="harbour")
    assert (answer.status_code, told in answer.text) == (422, True)
    assert branch.post("ada", "/setup/1/take-back", branch="harbour").status_code == 404


def test_a_change_that_is_none_is_not_taken_back(branch: LocalApp) -> None:
    change_often(branch, 1)
    base, only = versions(branch)
    assert branch.post("ada", "/setup/999/take-back", branch="riverside").status_code == 404
    assert branch.post("ada", f"/setup/{base.id}/take-back", branch="riverside").status_code == 404
    assert branch.post("ada", f"/setup/{only.id}/take-back", branch="riverside").status_code == 303
    assert changes.value_at(held(branch, TODAY).tree, CASH_LIMIT) == 20_000
