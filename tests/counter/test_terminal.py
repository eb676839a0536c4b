"""What the terminal shows in each state, and in which language."""

from dataclasses import replace

import pytest
from msgspec import structs

from counter.regions import Painter
from counter.views import OutsideHall, TerminalView, terminal_view
from lobby.forecast.wait_range import WaitRange
from tests.app.app import LocalApp
from tests.counter.desk import called, missed


def page(door: LocalApp, language: str = "en") -> str:
    return str(door.get("thu", f"/counter?language={language}").text)


def test_it_offers_the_free_counters_and_names_who_sits_at_the_others(door: LocalApp) -> None:
    door.post("wei", "/counter/openings", counter="2", service="A01")
    html = page(door)
    assert 'value="2" required disabled' in html
    assert 'value="1" required>' in html
    assert "Wei" in html


def test_it_proposes_the_counter_and_services_of_before(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/closings", counter="1")
    html = page(at_counter)
    assert 'value="1" required checked' in html
    assert 'value="B01" checked' in html
    assert 'value="F01" checked' not in html


def test_it_counts_whom_this_counter_can_call(at_counter: LocalApp) -> None:
    at_counter.take("A01")
    at_counter.take("F01")
    assert 'For this counter <strong class="number">1</strong>' in page(at_counter)


@pytest.mark.parametrize(
    ("language", "state"), [("en", "Called"), ("zh", "已叫号"), ("vi", "Đã gọi")]
)
def test_it_shows_the_customer(at_counter: LocalApp, language: str, state: str) -> None:
    at_counter.take("A02", language="vi")
    at_counter.clock.advance(125)
    at_counter.post("thu", "/counter/calls", counter="1")
    html = page(at_counter, language)
    assert "A\u200a001" in html
    assert state in html
    assert "Tiếng Việt" in html
    assert {"en": "2 of 20 min", "zh": "2 / 20 分钟", "vi": "2 / 20 phút"}[language] in html


def test_it_shows_a_transferred_customer_with_the_note(at_counter: LocalApp) -> None:
    number = at_counter.take("A01")
    at_counter.post("thu", "/counter/calls", counter="1")
    note = {"to_service": "B01", "note": "Passport <seen>"}
    at_counter.post("thu", "/counter/transfers", counter="1", number=number, **note)
    at_counter.post("thu", "/counter/calls", counter="1")
    html = page(at_counter)
    assert "Passport &lt;seen&gt;" in html
    assert "At first asked for: Cash withdrawal" in html


def test_it_shows_own_words_as_text_in_every_language(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/pauses", counter="1", own_words="50% <b>done</b> %(x)s")
    for language in ("en", "zh", "vi"):
        assert "50% &lt;b&gt;done&lt;/b&gt; %(x)s" in page(at_counter, language)


def test_it_shows_a_ready_made_reason_in_the_readers_language(at_counter: LocalApp) -> None:
    at_counter.post("thu", "/counter/pauses", counter="1", reason="Lunch")
    assert "午餐" in page(at_counter, "zh")
    assert "Ăn trưa" in page(at_counter, "vi")


def test_it_lists_absents_with_the_minutes_they_have_left(at_counter: LocalApp) -> None:
    missed(at_counter)
    at_counter.clock.advance(5 * 60)
    assert "10 min left" in page(at_counter)
    at_counter.clock.advance(11 * 60)
    assert "min left" not in page(at_counter)


def test_it_says_what_undo_would_undo(at_counter: LocalApp) -> None:
    missed(at_counter)
    assert "A\u200a001 · absent" in page(at_counter)


def test_it_gives_each_act_a_key_of_its_own_without_a_script(at_counter: LocalApp) -> None:
    html = page(at_counter)
    keys = [part.split('"')[1] for part in html.split("<input ")[1:] if "data-fresh-key" in part]
    assert len(keys) > 2
    assert len(set(keys)) == len(keys)


def test_it_still_shows_a_customer_whose_service_left_the_catalogue(at_counter: LocalApp) -> None:
    at_counter.take("A02")
    at_counter.post("thu", "/counter/calls", counter="1")
    hall = at_counter.hall
    services = {code: s for code, s in hall.plan.services.items() if code != "A02"}
    hall = structs.replace(hall, plan=replace(hall.plan, services=services))
    view = terminal_view(
        hall, at_counter.id_of("thu"), OutsideHall(lambda _: "Thu"), at_counter.clock.now()
    )
    assert isinstance(view, TerminalView) and view.customer is not None
    assert view.customer.service.name("en") == "A02"


def test_it_says_how_long_a_customer_would_wait_elsewhere(at_counter: LocalApp) -> None:
    """Before the teller sends them there."""
    known = OutsideHall(lambda _: "Thu", None, lambda _: WaitRange(10, 15))
    teller, now = at_counter.id_of("thu"), at_counter.clock.now()
    idle = terminal_view(at_counter.hall, teller, known, now)
    assert isinstance(idle, TerminalView) and not idle.ranges
    called(at_counter)
    view = terminal_view(at_counter.hall, teller, known, now)
    acts = Painter(at_counter.services.pages, at_counter.hall.plan, "en").paint("acts", view)
    assert "Foreign exchange · 10–15 min</option>" in acts
