"""Things left behind: written down, found again, their owners asked, handed over; nothing leaks."""

import logging
import re

import pytest
from sqlalchemy import select

from lobby.store.lost_items import masked
from lobby.store.tables_floor import LOST_ITEM_CONTACTS, LOST_ITEM_REVEALS
from tests.app.app import LocalApp
from tests.floor.caring import read, words

PAGE = "/floor/lost-items"
PHONE = "0912345123"
MASKED = "09****123"
FOUND = {
    "direction": "found",
    "kind": "umbrella",
    "details": "Black, wooden handle",
    "place": "seats",
    "keeper": "Lan, safe",
}
MISSED = {
    "direction": "missed",
    "kind": "wallet",
    "details": "Brown leather",
    "place": "counter/2",
    "number": "a4",
    "contact": PHONE,
    "agreed": "yes",
}


def write(door: LocalApp, person: str = "lan", **item: str) -> str:
    """The address of what was written down."""
    answer = door.post(person, PAGE, **item)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_it_says_so_where_nothing_waits_for_its_owner(door: LocalApp) -> None:
    assert "Nothing is waiting for its owner." in read(door, PAGE)
    assert "Nothing has been recorded yet." in read(door, f"{PAGE}?shown=all")


def test_it_writes_down_what_where_when_and_who_keeps_it(busy: LocalApp) -> None:
    item = write(busy, key="once", **FOUND)
    assert write(busy, key="once", **FOUND) == item
    assert busy.get("lan", PAGE).text.count('id="item-') == 1
    said = read(busy, item, "minh")
    for part in (
        "Umbrella",
        "Black, wooden handle",
        "Found here Seats",
        "Monday, 2 March 2026, 09:00",
        "Lan, safe",
        "Recorded by Lan",
    ):
        assert part in said


def test_it_keeps_the_ticket_and_the_time_told(busy: LocalApp) -> None:
    item = write(busy, at="2026-03-01T16:30", **MISSED)
    said = read(busy, item)
    assert "Ticket A\u200a004" in said
    assert "Sunday, 1 March 2026, 16:30" in said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (FOUND | {"keeper": " "}, "Please enter who keeps it, or where."),
        (MISSED | {"agreed": ""}, "Contact details are kept only with the owner's consent."),
        (FOUND | {"at": "2026-03-02T18:00"}, "This time is in the future."),
        (FOUND | {"number": "Z9"}, "There is no such ticket today."),
        (FOUND | {"kind": "elephant"}, "We could not read this."),
        (FOUND | {"place": "the moon"}, "We could not read this."),
        (FOUND | {"direction": "stolen"}, "We could not read this."),
        (FOUND | {"at": "soon"}, "We could not read this."),
        (FOUND | {"details": "x" * 201}, "We could not read this."),
    ],
)
def test_it_asks_for_what_is_missing(busy: LocalApp, wrong: dict[str, str], sentence: str) -> None:
    answer = busy.ask("lan", PAGE, **wrong)
    assert answer.status_code in (400, 404)
    assert answer.json()["sentence"].startswith(sentence)
    assert "Nothing is waiting for its owner." in read(busy, PAGE)


def test_it_finds_things_by_a_word_in_the_readers_language(busy: LocalApp) -> None:
    write(busy, **FOUND)
    write(busy, **MISSED)

    def found(word: str, language: str = "en") -> set[str]:
        path = f"{PAGE}?word={word}&language={language}"
        return set(re.findall(r'id="item-(\d+)"', busy.get("lan", path).text))

    assert found("WOODEN") == found("umbr") == found("雨伞", "zh") == found("safe") == {"1"}
    assert found("wallet") == found("A004") == found("counter 2") == found("Ví", "vi") == {"2"}
    assert found("") == {"1", "2"}
    assert found("%") == found(PHONE) == found("0912") == set()
    assert "Nothing matches this word." in read(busy, f"{PAGE}?word=elephant")


def test_it_shows_what_is_open_first_and_the_rest_on_demand(busy: LocalApp) -> None:
    umbrella, wallet = write(busy, **FOUND), write(busy, **MISSED)
    busy.post("lan", f"{umbrella}/outcomes", outcome="described")
    for shown, present in (("open", {wallet}), ("done", {umbrella}), ("all", {umbrella, wallet})):
        html = busy.get("lan", f"{PAGE}?shown={shown}").text
        assert set(re.findall(rf'href="({PAGE}/\d+)"', html)) == present
    assert busy.get("lan", f"{PAGE}?shown=secret").status_code == 400


def test_it_marks_what_lies_here_for_a_day(busy: LocalApp) -> None:
    item = write(busy, **FOUND)
    assert "open for" not in read(busy, PAGE)
    busy.clock.advance(25 * 3600)
    assert "open for 1 day" in read(busy, PAGE)
    busy.clock.advance(48 * 3600)
    assert "open for 3 days" in read(busy, item)


def test_it_notes_who_tried_to_reach_the_owner_and_how(busy: LocalApp) -> None:
    item = write(busy, **MISSED)
    fields = {"way": "phone", "result": "not_reached", "key": "once"}
    for _ in "ab":
        assert busy.post("lan", f"{item}/attempts", **fields).status_code == 303
    busy.clock.advance(60)
    busy.post("minh", f"{item}/attempts", way="message", result="comes")
    said = read(busy, item)
    assert said.count("By phone: Not reached Lan · Monday, 2 March 2026, 09:00") == 1
    assert "By message: Will come to collect it Minh · Monday, 2 March 2026, 09:01" in said
    assert busy.post("lan", f"{item}/attempts", way="owl", result="comes").status_code == 400


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (PHONE, MASKED),
        ("+84 912 345 123", "+8****123"),
        ("mai@bank.example", "ma****ple"),
        ("12345", "1****"),
        ("", ""),
    ],
)
def test_it_masks_every_contact(contact: str, shown: str) -> None:
    assert masked(contact) == shown


def test_it_shows_the_contact_only_to_who_asks_and_writes_that_down(busy: LocalApp) -> None:
    item = write(busy, **MISSED)
    assert MASKED in read(busy, item)
    busy.clock.advance(60)
    revealed = busy.post("minh", f"{item}/reveals")
    assert PHONE in words(revealed.text)
    assert revealed.headers["cache-control"] == "no-store"
    said = read(busy, item)
    assert "Viewed the contact details in full Minh · Monday, 2 March 2026, 09:01" in said
    assert PHONE not in said
    rows = busy.services.store.read_now(lambda c: c.execute(select(LOST_ITEM_REVEALS)).all())
    assert [row.staff for row in rows] == [busy.id_of("minh")]


def test_it_leaks_the_contact_nowhere(busy: LocalApp, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    item = write(busy, **MISSED)
    busy.post("lan", f"{item}/attempts", way="phone", result="not_reached")
    busy.post("lan", f"{item}/reveals")
    secret = busy.ticket("A004").secret
    pages = [item, PAGE, f"{PAGE}?word={MASKED}", "/floor", "/floor/care/A004", "/floor/more"]
    for person, path in [("lan", path) for path in pages] + [
        ("display", "/display"),
        ("nobody", f"/t/{secret}"),
        ("thu", "/counter"),
    ]:
        assert PHONE not in busy.get(person, path).text
    assert PHONE not in caplog.text


@pytest.mark.parametrize("outcome", ["identity_seen", "described", "police", "not_found"])
def test_it_erases_the_contact_when_it_ends(busy: LocalApp, outcome: str) -> None:
    item = write(busy, **MISSED)
    for _ in "ab":
        answer = busy.post("lan", f"{item}/outcomes", outcome=outcome, key="once")
        assert answer.status_code == 303
    rows = busy.services.store.read_now(lambda c: c.execute(select(LOST_ITEM_CONTACTS)).all())
    assert rows == []
    said = read(busy, item)
    assert "The contact details were erased when this was closed." in said
    assert MASKED not in said
    assert busy.ask("lan", f"{item}/reveals").status_code == 409
    late = busy.ask("lan", f"{item}/contacts", contact=PHONE, agreed="yes")
    assert late.status_code == 409
    assert busy.ask("minh", f"{item}/outcomes", outcome="police").status_code == 409


def test_it_takes_a_contact_later_and_only_with_consent(busy: LocalApp) -> None:
    item = write(busy, **FOUND)
    assert busy.ask("lan", f"{item}/contacts", contact=PHONE).status_code == 400
    assert busy.ask("lan", f"{item}/contacts", contact="", agreed="yes").status_code == 400
    assert busy.post("lan", f"{item}/contacts", contact=PHONE, agreed="yes").status_code == 303
    assert MASKED in read(busy, item)


def test_it_ends_with_no_other_words(busy: LocalApp) -> None:
    item = write(busy, **FOUND)
    assert busy.post("lan", f"{item}/outcomes", outcome="eaten").status_code == 400
    assert "Return or close" in read(busy, item)


def test_it_never_ticks_the_box_by_itself(door: LocalApp) -> None:
    html = door.get("lan", f"{PAGE}/new").text
    assert re.search(r'<input type="checkbox" name="agreed" value="yes">', html)


def test_it_keeps_things_within_their_branch(busy: LocalApp) -> None:
    item = write(busy, **MISSED)
    assert "Brown leather" not in read(busy, PAGE, "hoa")
    assert busy.get("hoa", item).status_code == 404
    for act in ("reveals", "contacts", "attempts", "outcomes"):
        answer = busy.post("hoa", f"{item}/{act}", contact=PHONE, agreed="yes", outcome="police")
        assert answer.status_code == 404
    assert MASKED in read(busy, item)
