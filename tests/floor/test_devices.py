"""Kiosks and displays: added, paired with a code that is shown once, taken away."""

import re

import pytest

from tests.app.app import LocalApp

NEW = {"kind": "kiosk", "name": "Entrance left", "device_language": "vi"}


def code_in(html: str) -> str:
    found = re.search(r"pairing-code.*?<span>(\d{4})</span><span>(\d{4})</span>", html)
    assert found is not None
    return found[1] + found[2]


def number_of(door: LocalApp, name: str) -> str:
    html = door.get("lan", "/floor/devices").text
    found = re.search(rf'id="device-(\d+)">(?:(?!id="device-).)*{name}', html, re.DOTALL)
    assert found is not None
    return found[1]


def test_it_lists_the_devices_of_the_branch(door: LocalApp) -> None:
    html = door.get("lan", "/floor/devices").text
    assert html.count("Paired") == 3
    assert "Paired" not in door.get("hoa", "/floor/devices").text


def test_it_adds_a_device_and_shows_its_code_once(door: LocalApp) -> None:
    html = door.post("lan", "/floor/devices", **NEW).text
    assert len(code_in(html)) == 8
    assert "5 min" in html
    later = door.get("lan", "/floor/devices").text
    assert "Entrance left" in later and "Not paired yet" in later
    assert "pairing-code" not in later


def test_it_adds_a_device_once_however_often_the_form_is_sent(door: LocalApp) -> None:
    first, second = (code_in(door.post("lan", "/floor/devices", **NEW).text) for _ in "ab")
    assert first != second
    assert door.get("lan", "/floor/devices").text.count('device-name">Entrance left<') == 1


def test_it_gives_a_code_that_pairs_a_browser(door: LocalApp) -> None:
    code = code_in(door.post("lan", "/floor/devices", **NEW).text)
    assert door.post("nobody", "/pair", code=code).status_code == 303
    assert "Not paired yet" not in door.get("lan", "/floor/devices").text


def test_it_gives_a_device_a_new_code(door: LocalApp) -> None:
    first = code_in(door.post("lan", "/floor/devices", **NEW).text)
    device = number_of(door, "Entrance left")
    second = code_in(door.post("lan", f"/floor/devices/{device}/codes").text)
    assert second != first


def test_it_takes_a_device_away_at_once_and_for_good(door: LocalApp) -> None:
    display = door.badges["display"].id
    assert door.get("display", "/display").status_code == 200
    for _ in "ab":
        path = f"/floor/devices/{display}/revocations"
        assert door.post("lan", path).headers["location"] == "/floor/devices"
    assert door.get("display", "/display").status_code == 303
    assert f'id="device-{display}"' not in door.get("lan", "/floor/devices").text


def test_it_asks_for_a_name_and_a_kind_that_exists(door: LocalApp) -> None:
    assert door.post("lan", "/floor/devices", **(NEW | {"name": "  "})).status_code == 422
    assert door.post("lan", "/floor/devices", **(NEW | {"kind": "printer"})).status_code == 400


def test_it_lets_another_branch_touch_none_of_them(door: LocalApp) -> None:
    kiosk = door.badges["kiosk"].id
    assert door.post("hoa", f"/floor/devices/{kiosk}/codes").status_code == 404
    assert door.post("hoa", f"/floor/devices/{kiosk}/revocations").status_code == 404
    assert door.get("kiosk", "/kiosk").status_code == 200


def pair(door: LocalApp, **fields: str) -> None:
    code = code_in(door.post("lan", "/floor/devices", **(NEW | fields)).text)
    assert door.post("nobody", "/pair", code=code).status_code == 303


@pytest.mark.parametrize("name", ["Entrance left", "entrance  LEFT", "Ｅntrance left"])
def test_it_unpairs_nothing_where_a_second_device_is_given_a_used_name(
    door: LocalApp, name: str
) -> None:
    first = door.stranger()
    code = code_in(door.post("lan", "/floor/devices", **NEW).text)
    first.post("/pair", code=code)
    answer = door.post("lan", "/floor/devices", **(NEW | {"name": name, "device_language": "zh"}))
    assert answer.status_code == 422
    assert "Entrance left is in the list already" in answer.text
    assert "pairing-code" not in answer.text
    assert f'value="{name}"' in answer.text, "what was typed is still there"
    assert 'value="zh" checked' in answer.text
    assert first.get("/kiosk").status_code == 200


def test_it_lets_a_kiosk_and_a_display_have_the_same_name(door: LocalApp) -> None:
    pair(door)
    answer = door.post("lan", "/floor/devices", **(NEW | {"kind": "display"}))
    assert len(code_in(answer.text)) == 8


def test_it_gives_no_display_the_name_of_another(door: LocalApp) -> None:
    for name in ("Left wall", "Right wall"):
        pair(door, kind="display", name=name)
    path = f"/floor/displays/{number_of(door, 'Left wall')}"
    fields = {"name": "right wall", "device_language": "vi", "layout": "hall", "distance_m": "5"}
    answer = door.post("lan", path, **fields)
    assert answer.status_code == 422
    assert "is in the list already" in answer.text


@pytest.mark.parametrize(("language", "words"), [("zh", "列表中已有"), ("vi", "trong danh sách")])
def test_it_says_in_each_language_that_a_name_is_used(
    door: LocalApp, language: str, words: str
) -> None:
    pair(door)
    answer = door.post("lan", f"/floor/devices?language={language}", **NEW)
    assert words in answer.text and "Entrance left" in answer.text
