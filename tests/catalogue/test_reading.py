"""A branch's file is read whole, or refused with a sentence that names what is wrong."""

from pathlib import Path

import pytest

from lobby.catalogue.reading import DEMO, CatalogueError, read_plan
from lobby.i18n.languages import LANGUAGES
from lobby.triage.profile import LimitName

HEAD = """
version = "harbour-1"
valid_from = 2026-01-01
source = "The bank"
profile = "VN"
complaint_phone = "1"
blocking_phone = "2"
routine = ["A01"]
priorities = []
"""
SERVICE = """
[[services]]
code = "A01"
job = "cash_out"
prefix = "A"
pool = "cash"
minutes = 4
names = { en = "Cash", zh = "现金", vi = "Tiền mặt" }
documents = [{ en = "Card", zh = "卡", vi = "Thẻ" }]
steps = { en = ["Come"], zh = ["来"], vi = ["Đến"] }
fees.counter = { amounts = { VN = 0 }, notes = { en = "Free", zh = "免费", vi = "Miễn phí" } }
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
REST = """
[hours]
retail = { weekday = [08:30, 11:30] }
corporate = { weekday = [8:30, 11:30] }

[tariff]
source = "Tariff"
valid_from = 2026-01-01

[profiles.VN]
currency = "VND"
"""


def limits() -> str:
    rows = (
        f'{{ name = "{name}", amount = 1_000, valid_from = 2026-01-01, source = "Notice" }}'
        for name in LimitName
    )
    return f"limits = [{', '.join(rows)}]\n"


WHOLE = HEAD + BRANCH + REST + limits() + SERVICE


def test_the_demo_branch_is_whole() -> None:
    plan = read_plan(DEMO)
    assert len(plan.services) == 21
    assert {service.prefix for service in plan.services.values()} == set("ABCFLW")
    assert all(s.names.keys() >= set(LANGUAGES) for s in plan.services.values())
    assert list(plan.counters) == ["1", "2", "3", "4", "5", "6"]


def test_it_reads_a_branch(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text(WHOLE, encoding="utf-8")
    plan = read_plan(file)
    assert plan.id == "harbour"
    assert plan.services["A01"].name("vi") == "Tiền mặt"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "lacks 'branch'"),
        (BRANCH, "lacks 'services'"),
        ("[branch", "cannot be read"),
        (WHOLE.replace('vi = "Tiền mặt"', 'vi = ""'), "service A01 has no name in vi"),
        (WHOLE.replace("minutes = 4", "minutes = 0"), "service A01 has 0 for 'minutes'"),
        (WHOLE.replace('prefix = "A"', 'prefix = "AB"'), "the prefix 'AB'"),
        (WHOLE.replace('pool = "cash"', ""), "service A01 lacks 'pool'"),
        (WHOLE + SERVICE, "the service A01 twice"),
        (WHOLE.replace("Ho_Chi_Minh", "Nowhere"), "no time zone 'Asia/Nowhere'"),
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
