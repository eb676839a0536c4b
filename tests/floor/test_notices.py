"""Notices to the hall: two taps, three languages, and never longer than they hold."""

import pytest

from tests.app.app import LocalApp
from tests.floor.caring import read, words

PAGE = "/floor/notices"
SLOW = "Our system is slow at the moment, so waits are longer. We are sorry."
OWN = {"zh": "洗手间维修中。", "vi": "Nhà vệ sinh đang sửa.", "en": "The washroom is closed."}


def post(door: LocalApp, **more: str) -> None:
    answer = door.post("lan", PAGE, **({"notice": "delay/system_slow", "minutes": "30"} | more))
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)


def test_it_posts_a_reason_with_one_tap_of_the_page(door: LocalApp) -> None:
    html = door.get("lan", PAGE).text
    assert html.index('value="30" checked') < html.index('value="delay/system_slow"')
    for _ in "ab":
        post(door, key="once")
    (notice,) = door.hall.notices
    assert notice.by == door.id_of("lan")
    assert f"{SLOW} until 09:30 · Lan Remove" in read(door, PAGE, "minh")


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "系统"), ("vi", "hệ thống"), ("en", "system is slow")],
)
def test_it_says_it_in_every_language(door: LocalApp, language: str, said: str) -> None:
    post(door)
    assert said in read(door, f"{PAGE}?language={language}")


def test_it_is_gone_when_its_time_is_over(door: LocalApp) -> None:
    post(door, minutes="15")
    door.clock.advance(15 * 60)
    assert "No notice is on display." in read(door, PAGE)


def test_it_takes_a_notice_down_once(door: LocalApp) -> None:
    post(door)
    (notice,) = door.hall.notices
    down = f"{PAGE}/{notice.id}/withdrawals"
    for _ in "ab":
        assert door.post("lan", down, key="once").status_code == 303
    assert door.hall.notices == ()
    assert door.ask("minh", down).json()["refusal"] == "NoticeIsOver"


def test_it_shows_own_words_before_anybody_else_sees_them(door: LocalApp) -> None:
    said = read(door, f"{PAGE}/preview?zh={OWN['zh']}&en=The washroom is closed.&minutes=60")
    assert OWN["zh"] in said
    assert "Nothing is written in Tiếng Việt: another language is shown instead." in said
    assert "until 10:00" in said
    assert door.hall.notices == ()


def test_it_posts_own_words_in_the_readers_language(door: LocalApp) -> None:
    post(door, notice="custom", **OWN)
    for language, said in OWN.items():
        assert said in read(door, f"{PAGE}?language={language}")


def test_it_keeps_own_words_for_another_try(door: LocalApp) -> None:
    html = door.get("lan", f"{PAGE}?en=The washroom&minutes=120").text
    assert ">The washroom</textarea>" in html
    assert 'value="120" checked' in html


def test_it_shows_what_somebody_typed_as_text(door: LocalApp) -> None:
    post(door, notice="custom", en="<b>Fire</b> 100%(x)s")
    assert "&lt;b&gt;Fire&lt;/b&gt; 100%(x)s" in door.get("lan", PAGE).text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"notice": "custom", "minutes": "30"}, 400),
        ({"notice": "gossip/any", "minutes": "30"}, 400),
        ({"notice": "delay/gossip", "minutes": "30"}, 409),
        ({"notice": "delay/system_slow", "minutes": "31"}, 400),
        ({"notice": "custom", "minutes": "30", "en": "x" * 200}, 409),
    ],
)
def test_it_hangs_nothing_that_makes_no_sense(
    door: LocalApp, fields: dict[str, str], status: int
) -> None:
    assert door.ask("lan", PAGE, **fields).status_code == status
    assert door.hall.notices == ()


def test_it_previews_nothing_without_words(door: LocalApp) -> None:
    assert door.get("lan", f"{PAGE}/preview?minutes=30").status_code == 400


def test_it_hangs_in_its_own_branch_only(door: LocalApp) -> None:
    post(door)
    assert SLOW not in read(door, PAGE, "hoa")
    (notice,) = door.hall.notices
    answer = door.ask("hoa", f"{PAGE}/{notice.id}/withdrawals")
    assert answer.json()["refusal"] == "NoticeIsOver"
    assert len(door.hall.notices) == 1


def test_it_reaches_displays_and_customers(busy: LocalApp) -> None:
    post(busy)
    secret = busy.ticket("A004").secret
    assert SLOW in words(busy.get("display", "/display?language=en").text)
    assert SLOW in words(busy.get("nobody", f"/t/{secret}?language=en").text)
    busy.clock.advance(30 * 60)
    assert SLOW not in words(busy.get("display", "/display?language=en").text)
    assert SLOW not in words(busy.get("nobody", f"/t/{secret}?language=en").text)
