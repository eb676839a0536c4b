import pytest

from lobby.reports.rule_outcomes import RuleOutcome, rule_outcomes
from lobby.triage.rules import rule_ids
from tests.reports.conftest import Desk
from tests.reports.kpi_day import DAY, VISITS

PATH = f"/reports/days/{DAY}/rules"


def test_it_tells_what_became_of_each_rule_also_of_silent_ones() -> None:
    lines = {line.rule: line for line in rule_outcomes(VISITS, ())}
    assert lines["R22"] == RuleOutcome(
        "R22", fired=4, called=0, offered=4, followed=3, refused=1, came_back=1
    )
    assert lines["R01"] == RuleOutcome("R01", 0, 0, 0, 0, 0, 0)
    assert tuple(lines) == rule_ids()


@pytest.mark.parametrize(("language", "word"), [("en", "Followed"), ("zh", "R22"), ("vi", "R22")])
def test_the_page_has_codes_and_words(desk: Desk, language: str, word: str) -> None:
    answer = desk.get(f"{PATH}?language={language}")
    assert answer.status_code == 200
    assert word in answer.text


@pytest.mark.parametrize(("who", "status"), [("minh", 200), ("ada", 200), ("lan", 403)])
def test_who_reads_reports_sees_it(desk: Desk, who: str, status: int) -> None:
    assert desk.get(PATH, who).status_code == status
    assert desk.get("/reports/days/nonsense/rules").status_code == 404
