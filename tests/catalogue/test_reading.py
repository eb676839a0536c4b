"""A branch's file is read whole, or refused with a sentence that names what is wrong."""

from pathlib import Path

import pytest

from lobby.catalogue.reading import DEMO, CatalogueError, read_plan
from lobby.i18n.languages import LANGUAGES

SERVICE = """
[[services]]
code = "A01"
prefix = "A"
pool = "cash"
minutes = 4
names = { en = "Cash", zh = "现金", vi = "Tiền mặt" }
"""
BRANCH = """
[branch]
id = "harbour"
time_zone = "Asia/Ho_Chi_Minh"
language = "vi"
target_min = 15
names = { en = "Harbour", zh = "港口", vi = "Cảng" }
counters = [1, 2]
"""


def test_the_demo_branch_is_whole() -> None:
    plan = read_plan(DEMO)
    assert len(plan.services) == 21
    assert {service.prefix for service in plan.services.values()} == set("ABCFLW")
    assert all(s.names.keys() >= set(LANGUAGES) for s in plan.services.values())
    assert list(plan.counters) == ["1", "2", "3", "4", "5", "6"]


def test_it_reads_a_branch(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text(BRANCH + SERVICE, encoding="utf-8")
    plan = read_plan(file)
    assert plan.id == "harbour"
    assert plan.services["A01"].name("vi") == "Tiền mặt"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "lacks 'branch'"),
        (BRANCH, "lacks 'services'"),
        ("[branch", "cannot be read"),
        (BRANCH + SERVICE.replace('vi = "Tiền mặt"', 'vi = ""'), "service A01 has no name in vi"),
        (BRANCH + SERVICE.replace("minutes = 4", "minutes = 0"), "service A01 has 0 minutes"),
        (BRANCH + SERVICE.replace('prefix = "A"', 'prefix = "AB"'), "the prefix 'AB'"),
        (BRANCH + SERVICE.replace('pool = "cash"', ""), "service A01 lacks 'pool'"),
        (BRANCH + SERVICE + SERVICE, "A01 stands there twice"),
        (BRANCH.replace("Ho_Chi_Minh", "Nowhere") + SERVICE, "no time zone 'Asia/Nowhere'"),
    ],
)
def test_it_says_what_is_wrong(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "branch.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=said):
        read_plan(file)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_plan(tmp_path / "none.toml")
