"""What to say: a set to begin with, versions of one's own, and whether the words did any good."""

import pytest

from lobby.i18n.languages import LANGUAGES
from lobby.scripts.format import TEXT_LENGTH_MAX, lines_of
from lobby.scripts.situations import TITLES, Situation
from lobby.scripts.starter_set import start_set
from tests.app.app import LocalApp
from tests.floor.caring import on_duty, read

PAGE = "/floor/scripts/greeting"
OWN = {"zh": "您好。", "vi": "Xin chào quý khách.", "en": "Good to see you.\n* Smile."}
OUT_OF_VOICE = ("!", "！", "must", "invalid", "不能办", "必须", "bắt buộc phải mời")


def write(door: LocalApp, person: str = "lan", after: str = "0", **more: str) -> int:
    answer = door.ask(person, f"{PAGE}/versions", after=after, **(OWN | more))
    return int(answer.status_code)


@pytest.mark.parametrize("situation", Situation)
def test_it_begins_with_words_for_every_situation_in_every_language(situation: Situation) -> None:
    texts = start_set()[situation]
    assert set(texts) == set(LANGUAGES)
    for text in texts.values():
        lines = lines_of(text)
        assert sum(line.is_spoken for line in lines) >= 3
        assert any(not line.is_spoken for line in lines)
        assert len(text) <= TEXT_LENGTH_MAX
        assert not any(word in text for word in OUT_OF_VOICE)
    counts = {[line.is_spoken for line in lines_of(text)].count(True) for text in texts.values()}
    assert len(counts) == 1, "every language says the same"


def test_it_lists_every_situation(door: LocalApp) -> None:
    said = read(door, "/floor/scripts")
    assert all(title in said for title in TITLES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_the_language_asked_for(door: LocalApp, language: str) -> None:
    spoken = lines_of(start_set()[Situation.GREETING][language])[0].text
    assert spoken in read(door, f"{PAGE}?first={language}")


@pytest.mark.parametrize("person", ["lan", "minh"])
def test_it_lets_who_leads_write_a_new_version(door: LocalApp, person: str) -> None:
    for _ in "ab":
        assert write(door, person, key="once") == 200
    said = read(door, PAGE)
    assert f"Version 1 · Monday, 2 March 2026 · {person.title()}" in said
    assert "Good to see you. To do: Smile." in said


def test_it_lets_a_teller_read_but_not_write(door: LocalApp) -> None:
    on_duty(door, "thu")
    assert "Write a new version" not in read(door, PAGE, "thu")
    assert write(door, "thu") == 403


def test_it_keeps_old_versions_readable(door: LocalApp) -> None:
    write(door)
    write(door, after="1", en="Welcome.")
    assert "Welcome." in read(door, PAGE)
    older = read(door, f"{PAGE}?version=1&first=en")
    assert "Good to see you." in older
    assert "This is an older version." in older
    assert "Good morning, and welcome." in read(door, f"{PAGE}?version=0&first=en")


def test_it_writes_over_nobodys_words(door: LocalApp) -> None:
    assert write(door) == 200
    answer = door.ask("minh", f"{PAGE}/versions", after="0", **OWN)
    assert answer.status_code == 409
    assert answer.json()["sentence"].startswith(
        "Somebody has saved a newer version in the meantime."
    )


@pytest.mark.parametrize("wrong", [{"zh": " "}, {"en": "x" * 2_001}, {"after": "x"}])
def test_it_keeps_no_half_a_script(door: LocalApp, wrong: dict[str, str]) -> None:
    fields = OWN | {"after": "0"} | wrong
    assert door.ask("lan", f"{PAGE}/versions", **fields).status_code == 400
    assert "Built-in version" in read(door, PAGE)


def test_it_counts_what_worked_for_each_version(door: LocalApp) -> None:
    for worked, key in (("yes", "a"), ("yes", "a"), ("yes", "b"), ("no", "c")):
        answer = door.post("lan", f"{PAGE}/votes", version="0", worked=worked, key=key)
        assert answer.status_code == 303
    assert "It helped 2 It did not help 1" in read(door, PAGE)
    assert "Greeting at the door helped 2, did not help 1" in read(door, "/floor/scripts")
    write(door)
    assert "It helped 0 It did not help 0" in read(door, PAGE)
    assert "It helped 2 It did not help 1" in read(door, f"{PAGE}?version=0")


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"version": "0", "worked": "so so"}, 400), ({"version": "7", "worked": "yes"}, 404)],
)
def test_it_counts_nothing_else(door: LocalApp, fields: dict[str, str], status: int) -> None:
    assert door.post("lan", f"{PAGE}/votes", **fields).status_code == status
    assert "It helped 0" in read(door, PAGE)


def test_it_leads_back_to_the_card_beside_which_the_words_stood(door: LocalApp) -> None:
    fields = {"version": "0", "worked": "yes"}
    for back, leads in (("/floor/diversions/A001", "/floor/diversions/A001"), ("//evil", PAGE)):
        answer = door.post("lan", f"{PAGE}/votes", back=back, **fields)
        assert answer.headers["location"].partition("?")[0] == leads


def test_it_keeps_words_within_their_branch(door: LocalApp) -> None:
    write(door)
    assert "Built-in version" in read(door, PAGE, "hoa")


def test_it_shows_what_somebody_typed_as_text(door: LocalApp) -> None:
    write(door, en="<b>Hello</b> 100%(x)s")
    assert "&lt;b&gt;Hello&lt;/b&gt; 100%(x)s" in door.get("lan", PAGE).text
