"""What I did today: own figures and own notes, and nothing of anybody else."""

from datetime import UTC, datetime

import pytest

from counter.day import TYPICAL_FROM, Day, ServingEnd, day_view
from tests.app.app import LocalApp
from tests.counter.desk import served


def page(door: LocalApp, person: str = "thu", language: str = "en") -> str:
    return str(door.get(person, f"/counter/day?language={language}").text)


def finish(door: LocalApp, minutes: float = 6) -> str:
    number = served(door)
    door.clock.advance(minutes * 60)
    door.post("thu", "/counter/finishes", counter="1", number=number)
    return number


def figures(door: LocalApp, person: str = "thu") -> Day:
    return day_view(door.hall, door.id_of(person), (), door.clock.now())


def test_it_counts_customers_and_minutes(at_counter: LocalApp) -> None:
    finish(at_counter, 6)
    finish(at_counter, 10)
    day = figures(at_counter)
    assert (day.customers, day.with_customers_s) == (2, 16 * 60)
    assert [row.end for row in day.rows] == [ServingEnd.FINISHED, ServingEnd.FINISHED]


def test_it_leaves_interruptions_out(at_counter: LocalApp) -> None:
    number = served(at_counter)
    at_counter.post("thu", "/counter/interruptions", counter="1", number=number)
    at_counter.clock.advance(300)
    at_counter.post("thu", "/counter/continuations", counter="1", number=number)
    at_counter.clock.advance(60)
    at_counter.post("thu", "/counter/finishes", counter="1", number=number)
    assert figures(at_counter).with_customers_s == 60


def test_it_shows_time_at_the_counter_and_pauses(at_counter: LocalApp) -> None:
    at_counter.clock.advance(30 * 60)
    at_counter.post("thu", "/counter/pauses", counter="1", reason="Lunch")
    at_counter.clock.advance(15 * 60)
    html = page(at_counter)
    assert "45 min" in html and "15 min on pause" in html


def test_it_says_what_is_typical_only_of_enough(at_counter: LocalApp) -> None:
    for _ in range(TYPICAL_FROM - 1):
        finish(at_counter, 4)
    assert figures(at_counter).typical_s is None
    finish(at_counter, 60)
    assert figures(at_counter).typical_s == 4 * 60


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_it_shows_a_teller_nothing_of_the_others(at_counter: LocalApp, language: str) -> None:
    number = finish(at_counter)
    at_counter.post("thu", "/counter/day/comments", text="Forms ran out at ten")
    assert figures(at_counter, "wei").rows == ()
    html = page(at_counter, "wei", language)
    assert f"{number[0]}\u200a{number[1:]}" not in html
    assert "Forms ran out" not in html and "Thu" not in html


def test_it_keeps_a_note_for_the_day(at_counter: LocalApp) -> None:
    answer = at_counter.post("thu", "/counter/day/comments", text="  Forms ran\nout <today> ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/counter/day")
    assert "Forms ran out &lt;today&gt;" in page(at_counter)


def test_it_keeps_a_repeated_note_once(at_counter: LocalApp) -> None:
    for _ in "ab":
        at_counter.post("thu", "/counter/day/comments", text="Only once", key="note")
    assert page(at_counter).count("Only once") == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_it_keeps_no_note_that_is_none_or_too_long(at_counter: LocalApp, text: str) -> None:
    assert at_counter.post("thu", "/counter/day/comments", text=text).status_code == 400
    assert "my-comment-form" in page(at_counter) and 'class="my-comment"' not in page(at_counter)


def test_it_keeps_no_note_without_a_key(at_counter: LocalApp) -> None:
    answer = at_counter.ask("thu", "/counter/day/comments", text="No key", key="")
    assert answer.status_code == 400


def test_it_begins_a_new_page_at_the_branchs_midnight_not_at_greenwichs(
    at_counter: LocalApp,
) -> None:
    at_counter.clock.move_to(datetime(2026, 3, 2, 15, 30, tzinfo=UTC))
    at_counter.post("thu", "/counter/day/comments", text="Late in the evening")
    assert "Late in the evening" in page(at_counter)
    at_counter.clock.move_to(datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    html = page(at_counter)
    assert "3 March" in html and "Late in the evening" not in html


@pytest.mark.parametrize(("person", "status"), [("nobody", 303), ("display", 303), ("ada", 403)])
def test_it_opens_to_nobody_who_serves_no_customers(
    at_counter: LocalApp, person: str, status: int
) -> None:
    assert at_counter.get(person, "/counter/day").status_code == status
