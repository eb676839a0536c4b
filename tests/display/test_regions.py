"""What the wall shows of a hall, before any of it is drawn."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from display.announcements import ShownCall, Zone, shown_calls
from display.context import DisplayInputs, Voice
from display.regions import HallView, hall_view
from display.scale import scale_css, smallest_call
from display.words import languages_of, page_words
from lobby.forecast.wait_range import WaitRange
from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    Finish,
    OpenCounter,
    StartServing,
)
from lobby.queueing.commands.floor import PostNotice
from lobby.queueing.commands.ticket import SetCallModes, TakeTicket
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import NoticeKind
from lobby.screens.display_settings import DisplaySettings, Hanging, display_settings
from lobby.waits.announced import Announced, AnnouncedWait
from tests.app.people import MORNING, hall, plan
from tests.waits.snapshots import between

EVERYWHERE = Zone()
RANGES = {"A01": (5, 10), "A02": (5, 15), "A04": (5, 20), "B01": (10, 20), "F01": (5, 10)}
ANNOUNCED = Announced(
    services={
        code: AnnouncedWait(WaitRange(*ends), MORNING, None, frozenset())
        for code, ends in RANGES.items()
    },
    fresh_services={code: between(*ends) for code, ends in RANGES.items()},
    at=MORNING,
)


def zone(**settings: Any) -> Zone:
    return Zone.of(display_settings(settings), plan())


def here(language: str = "en", zone: Zone = EVERYWHERE, **settings: Any) -> DisplayInputs:
    """A display of a branch that is open from nine to five, while who comes now waits five to ten
    minutes, for an account ten to twenty."""

    def is_open(now: datetime) -> bool:
        return 9 <= plan().local(now).hour < 17

    def opens_later(now: datetime) -> str:
        return "09:00" if plan().local(now).hour < 9 else ""

    return DisplayInputs(
        language=language,
        settings=display_settings(settings),
        zone=zone,
        announced=lambda: ANNOUNCED,
        is_open=is_open,
        gives_tickets=is_open,
        opens_later=opens_later,
        voice=lambda: Voice("settings-1", ()),
    )


def after(hall: Hall, *commands: Command) -> Hall:
    for command in commands:
        hall = fold(hall, decide(hall, command, MORNING))
    return hall


def took(service: str, secret: str) -> TakeTicket:
    return TakeTicket(service, "vi", secret)


def view_of(
    hall: Hall, zone: Zone = EVERYWHERE, language: str = "en", now: datetime = MORNING
) -> HallView:
    return hall_view(hall, now, here(language, zone))


def busy_hall() -> Hall:
    """Three cash tickets and an account; Thu serves cash at counter 3, Wei accounts at 1."""
    return after(
        hall(),
        OpenCounter("3", "thu", ("A01", "A02")),
        OpenCounter("1", "wei", ("B01",)),
        took("A01", "first-secret"),
        took("A01", "second-secret"),
        took("A02", "third-secret"),
        took("B01", "fourth-secret"),
    )


def test_it_shows_almost_nothing_in_the_morning() -> None:
    assert view_of(hall()).calls == ()
    assert view_of(hall()).waiting == ()


def test_it_shows_the_newest_call_first() -> None:
    called = after(busy_hall(), CallNext("3"), CallNext("1"))
    assert [(call.ticket, call.counter) for call in view_of(called).calls] == [
        ("B001", "1"),
        ("A001", "3"),
    ]


def test_it_gives_a_call_the_name_under_which_it_is_announced() -> None:
    called = after(busy_hall(), CallNext("3"))
    assert view_of(called).calls[0].id == f"riverside-{called.plan.epoch}-{called.version}"


def test_it_shows_a_ticket_called_again_once() -> None:
    called = after(busy_hall(), CallNext("3"), CallNext("1"), CallAgain("3", "A001"))
    assert [call.ticket for call in view_of(called).calls] == ["A001", "B001"]


def test_it_keeps_a_call_whose_customer_has_gone_home() -> None:
    served = after(busy_hall(), CallNext("3"), StartServing("3", "A001"), Finish("3", "A001"))
    assert [call.ticket for call in view_of(served).calls] == ["A001"]


def test_it_keeps_five_calls() -> None:
    many = after(hall(), OpenCounter("3", "thu", ("A01",)))
    for number in range(1, 8):
        code = f"A{number:03}"
        many = after(many, took("A01", f"secret-{number}"), CallNext("3"))
        many = after(many, StartServing("3", code), Finish("3", code))
    assert [call.ticket for call in view_of(many).calls] == ["A007", "A006", "A005", "A004", "A003"]


def test_it_forgets_yesterdays_calls() -> None:
    called = after(busy_hall(), CallNext("3"))
    tomorrow = MORNING + timedelta(days=1)
    reopened = fold(called, decide(called, OpenDay(), tomorrow))
    assert view_of(reopened).calls == ()


def test_it_shows_the_calls_of_its_own_counters() -> None:
    called = after(busy_hall(), CallNext("3"), CallNext("1"))
    near_three = zone(counters=["3", "4"])
    assert [call.ticket for call in shown_calls(called, near_three)] == ["A001"]


def test_it_shows_the_calls_of_its_own_services() -> None:
    called = after(busy_hall(), CallNext("3"), CallNext("1"))
    accounts = zone(services=["B01"])
    assert [call.ticket for call in shown_calls(called, accounts)] == ["B001"]
    assert [line.label for line in view_of(called, accounts).waiting[0]] == ["Open account or card"]


@pytest.mark.parametrize("chosen", [None, [], "3", ["99"]])
def test_it_shows_everything_unless_told_otherwise(chosen: object) -> None:
    assert zone(counters=chosen, services=chosen) == EVERYWHERE


def test_its_day_changes_at_the_branchs_midnight_and_not_at_utcs() -> None:
    before, after_midnight = MORNING + timedelta(hours=14.5), MORNING + timedelta(hours=15.5)
    assert str(view_of(hall(), now=before).clock.day) == "2026-03-02"
    assert str(view_of(hall(), now=after_midnight).clock.day) == "2026-03-03"


def test_it_names_services_in_the_language_of_the_wall() -> None:
    assert [line.label for line in view_of(busy_hall(), language="zh").waiting[0]] == [
        "现金与转账",
        "开户、开卡",
    ]


def test_it_calls_nobody_out_who_is_fetched_in_person() -> None:
    fetched = after(busy_hall(), SetCallModes("A001", (CallMode.FETCH,)), CallNext("3"))
    assert view_of(fetched).newest is None
    assert [(call.ticket, call.is_loud) for call in view_of(fetched).calls] == [("A001", False)]


def test_it_shows_a_notice_in_the_languages_of_the_hall_until_it_ends() -> None:
    told = after(hall(), PostNotice(NoticeKind.DELAY, "system_slow", 30))
    notices = view_of(told, language="vi").notices
    assert [saying.lang for saying in notices] == ["vi", "zh-CN"]
    assert all(saying.text for saying in notices)
    assert view_of(told, now=MORNING + timedelta(minutes=30)).notices == ()


def test_it_says_so_when_the_branch_is_closed_and_nobody_is_left() -> None:
    evening, early = MORNING + timedelta(hours=8), MORNING - timedelta(hours=1)
    view = view_of(after(hall(), took("A01", "late")), now=evening)
    assert view.closed == ()
    assert view_of(hall(), now=evening).closed[0][0].text == "The branch is closed now"
    assert view_of(hall(), now=evening).closed[1] == ()
    assert view_of(hall(), now=early).closed[1][0].text == "Open from 09:00"


def test_it_shows_slides_from_their_first_to_their_last_day() -> None:
    slides = [{"from": "2026-03-02", "until": "2026-03-03", "texts": {"en": "Bring your card"}}]
    monday = here(slides=slides)
    days = [-1, 0, 1, 2]
    shown = [hall_view(hall(), MORNING + timedelta(days=d), monday).slides for d in days]
    assert [len(one) for one in shown] == [0, 1, 1, 0]
    assert shown[1][0].last_day == date(2026, 3, 3)
    assert shown[1][0].saying.text == "Bring your card"


def test_it_gives_each_language_of_a_slide_the_place_to_itself() -> None:
    slide = {"from": "2026-03-02", "until": "2026-03-03", "texts": {"en": "One", "zh": "一" * 50}}
    shown = hall_view(hall(), MORNING, here(slides=[slide])).slides
    assert [(one.saying.lang, one.size) for one in shown] == [("en", "short"), ("zh-CN", "long")]


def test_it_tells_the_time_of_the_branch() -> None:
    clock = view_of(hall()).clock
    assert (clock.hour, clock.minute, str(clock.day)) == (9, 0, "2026-03-02")


def test_it_is_painted_again_when_the_minute_changes_and_not_before() -> None:
    then = [view_of(hall(), now=MORNING + timedelta(seconds=s)) for s in (0, 59, 60)]
    assert then[0] == then[1] != then[2]


def test_it_knows_nothing_of_a_called_customer_but_number_and_counter() -> None:
    assert ShownCall.__slots__ == ("id", "ticket", "counter", "is_loud")


def test_it_speaks_the_language_of_the_device_and_that_of_the_branch() -> None:
    assert languages_of(plan(), "vi")[:2] == ("vi", "zh")
    assert [saying.text for saying in page_words(plan(), "vi").counter] == ["Quầy", "窗口"]
    welcome = view_of(hall(), language="zh").welcome
    assert [saying.lang for saying in welcome] == ["zh-CN", "en", "vi"]


def test_it_draws_a_call_large_enough_for_the_last_row() -> None:
    assert smallest_call(DisplaySettings()) == "7.18vmax"
    assert smallest_call(display_settings({"mm_per_px": 0.495})) == "177px"
    assert smallest_call(display_settings({"distance_m": 2.5})) == "3.59vmax"


def test_it_draws_to_the_measured_width_at_any_resolution() -> None:
    settings = display_settings({"width_mm": 1210, "distance_m": 5})
    share = float(smallest_call(settings).removesuffix("vw"))
    assert share / 100 * 1210 * 0.7 >= 61
    turned = display_settings({"width_mm": 680, "hanging": Hanging.TURNED_RIGHT.value})
    assert smallest_call(turned).endswith("vh")
    assert "--turn: 90deg" in scale_css(turned)


@pytest.mark.parametrize("slip", [0, -1, "wide", None, 900, True])
def test_it_is_not_blanked_by_a_slip_in_the_settings(slip: object) -> None:
    kept = dict.fromkeys(
        ("mm_per_px", "width_mm", "distance_m", "layout", "hanging", "loudness", "slides"), slip
    )
    settings = display_settings(kept)
    assert (settings.layout, settings.hanging, settings.slides) == ("hall", "wide", ())
    assert settings.loudness in (1, 2, 3)
    assert smallest_call(display_settings({"mm_per_px": slip})) == "7.18vmax"


@pytest.mark.parametrize(
    "row",
    ["text", {}, {"from": "today", "until": "2026-03-03", "texts": {"en": "x"}}, {"texts": {}}],
)
def test_it_shows_no_slide_whose_days_nobody_knows(row: object) -> None:
    assert display_settings({"slides": [row]}).slides == ()
