import pytest

from lobby.queueing.model.ticket import TicketState
from lobby.reports.day import report_of
from lobby.reports.figures import Figures
from lobby.reports.machine_sentences import machine_sentences
from lobby.reports.sentences import sentences
from lobby.store.visits import Visit
from tests.reports.kpi_day import COINS, DAY, DONE, SITTINGS, VISITS, at, diverted, visit
from tests.reports.test_day import NEXT_MORNING, PLAN
from tests.reports.test_machine_hours import WITH_MACHINES


def told(*visits: Visit, language: str = "en", minute: float = 24 * 60) -> tuple[str, ...]:
    report = report_of(WITH_MACHINES, DAY, visits, SITTINGS, at(minute))
    return machine_sentences(report, Figures(language, WITH_MACHINES))


@pytest.mark.parametrize(
    ("language", "went", "came_back"),
    [
        (
            "en",
            "3 of 4 people whose business a machine could do went to one: 1 finished there,"
            " 1 came back to the counter, 1 left no word.",
            "More than 15% of those who went came back: the offers may not suit these people,"
            " or a machine may need checking.",
        ),
        (
            "zh",
            "4 位客户的业务可在自助设备办理，其中 3 位前往："
            "1 位在自助设备办结，1 位退回窗口，1 位未确认。",
            "前往自助设备的客户中，退回窗口的超过 15%："
            "可能推荐不适合这些客户，也可能自助设备需要检查。",
        ),
        (
            "vi",
            "3 trong 4 khách có giao dịch máy làm được đã ra máy: 1 khách làm xong tại máy,"
            " 1 khách quay lại quầy, 1 khách chưa rõ.",
            "Hơn 15% khách ra máy đã quay lại quầy: có thể gợi ý chưa hợp với khách,"
            " hoặc máy cần được kiểm tra.",
        ),
    ],
)
def test_it_says_what_a_person_would_say(language: str, went: str, came_back: str) -> None:
    assert told(*VISITS, language=language) == (went, came_back)


def test_it_says_who_is_still_there_while_the_day_runs() -> None:
    there = visit("A001", 0, state=TicketState.AT_MACHINE, **diverted(0, accepted=0))
    assert told(there, minute=9) == (
        "1 of 1 person whose business a machine could do went to one: 0 finished there,"
        " 0 came back to the counter, 0 left no word, 1 still there.",
    )


def test_it_says_in_words_that_there_is_nothing_to_count() -> None:
    excluded = visit("A001", 0, 1, 2, 3, **COINS)
    plain = report_of(PLAN, DAY, [excluded], [], NEXT_MORNING)
    figures = Figures("en", PLAN)
    assert machine_sentences(plain, figures) == ("This branch has no machines.",)
    assert told(excluded) == ("Nobody came for anything that a machine could do.",)
    eligible = [visit(f"A{n:03}", 0, 1, 2, 3, **diverted()) for n in range(2)]
    assert told(*eligible) == (
        "2 people came for something that a machine could do; no machine was offered.",
    )
    stayed = visit("A001", 0, 1, 2, 3, **diverted(0, declined=0))
    assert told(stayed) == (
        "1 person came for something that a machine could do; nobody went to one.",
    )


def test_it_says_nothing_of_machines_where_there_is_no_catalogue() -> None:
    report = report_of(PLAN, DAY, [visit("A001", 0, 1, 2, 3)], [], NEXT_MORNING)
    assert machine_sentences(report, Figures("en", PLAN)) == ()


def test_who_finished_at_a_machine_is_not_called_unserved() -> None:
    done = visit("A001", 0, ended=9, state=DONE, **diverted(0, accepted=0, done=9))
    report = report_of(PLAN, DAY, [done], [], NEXT_MORNING)
    assert sentences(report, Figures("en", PLAN)) == (
        "1 person took a number; nobody has been served at a counter.",
    )
