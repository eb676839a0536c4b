from datetime import timedelta

from lobby.reports.day import report_of
from lobby.reports.export import as_json
from lobby.reports.measures import Rate
from lobby.store.staffing import (
    AdviceKind,
    AdviceOutcome,
    StaffingAdvice,
    answer_staffing_advice,
    keep_staffing_advice,
)
from tests.reports.conftest import Desk
from tests.reports.kpi_day import DAY, SITTINGS, VISITS, at
from tests.reports.test_day import NEXT_MORNING, PLAN

ADVICE = StaffingAdvice(
    id="one",
    at=at(8),
    kind=AdviceKind.OPEN,
    counter="3",
    gain_points=30.0,
    gain_people=3.0,
    in_promise=0.5,
    reason={"people": 10, "would_be": 0.8},
)


def test_it_sets_what_came_beside_what_was_forecast() -> None:
    """Called from minute 8 on: 9, 11, 14, 8, 18 and 11 minutes, and one who left after 18."""
    report = report_of(PLAN, DAY, VISITS, SITTINGS, NEXT_MORNING, advice=[ADVICE])
    (line,) = report.given_advice
    assert (line.without, line.with_it, line.is_over) == (0.5, 0.8, True)
    assert line.kept == Rate(2, 7)
    (told,) = as_json(report)["staffing_advice"]
    assert (told["kind"], told["counter"], told["outcome"]) == ("open", "3", None)
    assert told["within_promise"] == {"count": 2, "of": 7, "share": 2 / 7}


def test_the_page_tells_what_was_advised_and_answered(desk: Desk) -> None:
    assert "Advice on counters" not in desk.get(f"/reports/days/{DAY}?language=en").text

    def keep(connection: object) -> None:
        keep_staffing_advice(connection, "riverside", ADVICE)  # type: ignore[arg-type]
        answer_staffing_advice(
            connection,  # type: ignore[arg-type]
            *("riverside", "one", AdviceOutcome.ACCEPTED),
            at=ADVICE.at + timedelta(minutes=1),
            by="1",
        )

    desk.app.run(desk.services.store.write, keep)
    told = desk.get(f"/reports/days/{DAY}?language=en").text
    assert "Advice on counters" in told
    assert "Open counter 3" in told
    assert "Arranged" in told
