"""Whatever keyboard something was typed on, every form reads it the same: each field in which
people type is listed here with how it is read, and each number and code is sent in full width."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from lobby.queueing.model.help import HelpKind
from lobby.store.amenities import amenities_of
from lobby.store.lost_items import ItemState, lost_items_of
from tests.app.app import LocalApp, open_app, people_and_devices
from tests.app.server import serve_app
from tests.web.test_devices import add, code_for

ROOT = Path(__file__).parents[2]
TYPED = re.compile(r"<(?:input|textarea)\b[^>]*>", re.S)
PICKED = {"hidden", "radio", "checkbox", "date", "time", "datetime-local", "range", "file"}

TICKET, CODE, WHOLE, NUMBER, NAME, WORDS, SECRET = (
    *("ticket", "code", "whole", "number", "name", "words", "secret"),
)

FIELDS: Mapping[str, Mapping[str, str]] = {
    "lobby/web/templates/sign_in.html": {"username": NAME, "password": SECRET},
    "lobby/web/templates/pair.html": {"code": CODE},
    "kiosk/templates/question.html": {"exact": WHOLE},
    "counter/templates/day.html": {"text": WORDS},
    "counter/templates/_transfer.html": {"note": WORDS},
    "counter/templates/_choose.html": {"typed_number": TICKET},
    "counter/templates/_colleague.html": {"own_words": WORDS},
    "counter/templates/_forms.html": {"own_words": WORDS},
    "lobby/floor/risk/templates/new.html": {"number": TICKET, "note": WORDS},
    "lobby/floor/scripts/templates/script.html": {"{{ code }}": WORDS},
    "lobby/floor/duty/templates/leaving.html": {"note": WORDS},
    "lobby/floor/care/templates/_ticket.html": {"pager": NAME},
    "lobby/floor/care/templates/_parts.html": {"number": TICKET},
    "lobby/floor/care/templates/page.html": {"number": TICKET},
    "lobby/floor/lost_items/templates/new.html": {
        "details": WORDS,
        "keeper": WORDS,
        "number": TICKET,
    },
    "lobby/floor/lost_items/templates/_parts.html": {"contact": WORDS},
    "lobby/floor/lost_items/templates/page.html": {"word": NAME},
    "lobby/floor/lending/templates/page.html": {"number": TICKET, "total": WHOLE, "detail": WORDS},
    "lobby/floor/help/templates/complaint.html": {"note": WORDS, "number": TICKET},
    "lobby/floor/help/templates/call_help.html": {"note": WORDS},
    "lobby/floor/notices/templates/page.html": {"{{ code }}": WORDS},
    "lobby/floor/devices/templates/display_settings.html": {
        "name": NAME,
        "width_mm": NUMBER,
        "distance_m": NUMBER,
        "heard_in": NAME,
        "{{ place }}{{ code }}": WORDS,
    },
    "lobby/floor/devices/templates/kiosk_settings.html": {
        "name": NAME,
        "host": NAME,
        "port": WHOLE,
        "mm_per_px": NUMBER,
    },
    "lobby/floor/devices/templates/page.html": {"name": NAME},
    "lobby/people/templates/_parts.html": {"name": NAME, "password": SECRET, "again": SECRET},
    "lobby/people/templates/account.html": {"current": SECRET},
    "lobby/people/templates/list.html": {"name": NAME},
    "lobby/people/templates/new.html": {"username": NAME},
    "lobby/setup_pages/templates/setup.html": {"{{ field.name }}": WHOLE, "reason": WORDS},
    "lobby/setup_pages/templates/section.html": {"reason": WORDS},
    "lobby/setup_pages/counters/templates/page.html": {"{{ counter.name }}": NAME, "new": NAME},
    "lobby/setup_pages/hours/templates/page.html": {
        "{{ name }}": NAME,
        "last_ticket_min": WHOLE,
        "new_open": NAME,
    },
    "lobby/setup_pages/services/templates/one.html": {
        "{{ name }}": WORDS,
        "steps_{{ code }}": WORDS,
        "pool": NAME,
    },
    "lobby/setup_pages/words/templates/page.html": {"{{ name }}": WORDS},
    "lobby/first_run/templates/code.html": {"code": CODE},
    "lobby/first_run/templates/branch.html": {
        **dict.fromkeys(("name_{{ code }}", "complaint_phone", "blocking_phone"), NAME),
        "currency": NAME,
        "cash": WHOLE,
        "transfer": WHOLE,
    },
    "lobby/first_run/templates/offer.html": {
        "counters": NAME,
        "{{ name }}": NAME,
        "{{ kind }}": WHOLE,
    },
    "lobby/first_run/templates/account.html": {
        "name": NAME,
        "username": NAME,
        "password": SECRET,
        "again": SECRET,
    },
    "lobby/reports/templates/_roster.html": {"{{ row.name }}": WHOLE},
    "lobby/reports/templates/ticket.html": {"number": TICKET},
}
"""Every field in which people type, by the template it stands in."""


def typed_fields() -> dict[str, dict[str, str]]:
    """Name and the whole tag of each such field, by template."""
    found: dict[str, dict[str, str]] = {}
    folders = (ROOT / name for name in ("lobby", "kiosk", "counter", "display"))
    for template in sorted(file for folder in folders for file in folder.rglob("*.html")):
        for tag in TYPED.findall(template.read_text(encoding="utf-8")):
            kind = re.search(r'type="([\w-]+)"', tag)
            if kind is None or kind[1] not in PICKED:
                name = re.search(r'name="([^"]+)"', tag)
                assert name, f"a field without a name: {tag}"
                found.setdefault(str(template.relative_to(ROOT)), {})[name[1]] = tag
    return found


def test_it_knows_of_every_field_how_what_is_typed_there_is_read() -> None:
    assert {file: set(tags) for file, tags in typed_fields().items()} == {
        file: set(kinds) for file, kinds in FIELDS.items()
    }


def test_no_field_is_of_a_kind_that_refuses_full_width() -> None:
    """A browser drops from a field of numbers, or holds back by a pattern, what it does not know;
    only the server knows all ways of writing a digit."""
    tags = [tag for fields in typed_fields().values() for tag in fields.values()]
    assert not [tag for tag in tags if "pattern=" in tag or 'type="number"' in tag]


def test_every_field_has_room_for_what_is_typed_with_a_space() -> None:
    """A letter and three digits, and one blank after the letter."""
    for file, kinds in FIELDS.items():
        for name, kind in kinds.items():
            most = re.search(r'maxlength="(\d+)"', typed_fields()[file][name])
            assert kind != TICKET or most is None or int(most[1]) >= len("A 012"), file


@pytest.fixture
def door(tmp_path: Path) -> Iterator[LocalApp]:
    """Thu at counter 1; A001 to A012 wait."""
    with open_app(tmp_path, people_and_devices) as office:
        office.post("thu", "/counter/openings", counter="1", service=["A01", "A02"])
        office.post("lan", "/floor/duty", state="on_duty")
        for _ in range(12):
            office.take("A01")
        yield office


@dataclass(frozen=True)
class Case:
    """`typed` is the field in which somebody types; `found` what the branch then knows of it."""

    who: str
    path: str
    typed: str
    found: Callable[[LocalApp], object]
    more: Mapping[str, str] = field(default_factory=dict)


def _call(kind: HelpKind) -> Callable[[LocalApp], object]:
    return lambda door: [c.ticket for c in door.hall.help_calls if c.kind is kind]


def _lost(door: LocalApp) -> object:
    items = door.run(
        door.services.store.read, lambda c: lost_items_of(c, "riverside", states=tuple(ItemState))
    )
    return [item.ticket for item in items]


def _lent_to(door: LocalApp) -> object:
    html = door.get("lan", "/floor/amenities").text
    return ["A012"] if "A 012" in re.sub("<[^>]+>", "", html) or "A012" in html else []


HELP_AT = {"place": "seats"}
TICKETS = (
    Case(
        *("thu", "/counter/calls", "typed_number"),
        lambda door: [door.hall.counters["1"].ticket],
        {"counter": "1", "own_words": "has an appointment"},
    ),
    Case("lan", "/floor/help", "number", _call(HelpKind.HELP), HELP_AT),
    Case(
        *("lan", "/floor/complaints", "number", _call(HelpKind.COMPLAINT)),
        HELP_AT | {"note": "Too slow"},
    ),
    Case(
        *("lan", "/floor/risks", "number", _call(HelpKind.RISK)),
        HELP_AT | {"note": "A voice on the phone"},
    ),
    Case(
        *("lan", "/floor/escorts", "number"),
        lambda door: [escort.ticket for escort in door.hall.escorts],
        {"from": "entrance", "to": "seats"},
    ),
    Case(
        *("lan", "/floor/lost-items", "number", _lost),
        {"direction": "found", "kind": "umbrella", "place": "seats", "keeper": "Lan"},
    ),
    Case("lan", "/floor/amenities/loans", "number", _lent_to, {"amenity": "1"}),
)


@pytest.mark.parametrize(
    "typed", ["a12", "A 12", "\uff210\uff11\uff12", "\uff41\u3000\uff11\uff12"]
)
@pytest.mark.parametrize("case", TICKETS, ids=lambda case: case.path)
def test_it_finds_a_ticket_however_its_number_was_typed(
    door: LocalApp, case: Case, typed: str
) -> None:
    stock = {"kind": "glasses", "detail": "+2.0", "total": "\uff13"}
    assert door.post("lan", "/floor/amenities", **stock).status_code == 303
    answer = door.post(case.who, case.path, **{**case.more, case.typed: typed})
    assert answer.status_code == 303, answer.text
    assert case.found(door) == ["A012"]


@pytest.mark.parametrize(
    "typed", ["a12", "A 12", "\uff210\uff11\uff12", "\uff41\u3000\uff11\uff12"]
)
def test_it_looks_a_ticket_up_however_its_number_was_typed(door: LocalApp, typed: str) -> None:
    day = door.riverside.plan.business_day(door.clock.now())
    page = door.get("minh", f"/reports/ticket?{urlencode({'day': day, 'number': typed})}").text
    assert 'value="A012"' in page
    assert '<ol class="journey">' in page


@pytest.mark.parametrize("typed", ["a12", "\uff21 \uff11\uff12"])
def test_it_leads_from_a_typed_number_to_its_page_of_care(door: LocalApp, typed: str) -> None:
    answer = door.get("lan", "/floor/care/tickets", params={"number": typed})
    assert answer.headers["location"] == "/floor/care/A012"


def test_it_counts_what_is_lent_in_any_digits(door: LocalApp) -> None:
    door.post("lan", "/floor/amenities", kind="umbrella", detail="", total="\uff11\uff12")
    things = door.run(door.services.store.read, lambda c: amenities_of(c, "riverside"))
    assert [thing.total for thing in things] == [12]


@pytest.mark.parametrize("path", ["/counter/pauses", "/counter/breaks"])
def test_it_reads_minutes_in_any_digits(door: LocalApp, path: str) -> None:
    """Read as no number, a pause would have no end."""
    fields = {"counter": "1", "reason": "Lunch", "minutes": "\uff13\uff10", "at": "\uff10\uff19:30"}
    assert door.post("thu", path, **fields).status_code == 303
    session = door.hall.counters["1"].session
    assert session is not None
    if path == "/counter/pauses":
        assert session.paused_until is not None and session.paused_at is not None
        assert (session.paused_until - session.paused_at).total_seconds() == 30 * 60
    else:
        assert session.planned_break is not None and session.planned_break.minutes == 30


def test_it_holds_for_minutes_in_any_digits(door: LocalApp) -> None:
    door.post("thu", "/counter/calls", counter="1")
    fields = {"number": "A001", "reason": "Papers", "minutes": "\uff11\uff10"}
    assert door.post("thu", "/counter/holds", counter="1", **fields).status_code == 303
    assert door.ticket("A001").hold_until is not None


def test_it_sets_a_pager_in_any_digits(door: LocalApp) -> None:
    door.post("lan", "/floor/care/A003/calls", way="pager", pager="\uff17")
    assert door.ticket("A003").pager == "7"


def test_it_posts_a_notice_for_minutes_in_any_digits(door: LocalApp) -> None:
    door.post("lan", "/floor/notices", notice="delay/many_customers", minutes="\uff13\uff10")
    assert len(door.hall.notices) == 1


@pytest.mark.parametrize("gap", ["", " ", "\u3000"])
def test_it_pairs_by_a_code_in_any_digits(tmp_path: Path, page: Page, gap: str) -> None:
    """In a browser, which would hold back by itself what it takes for no digits."""
    with serve_app(tmp_path, people_and_devices) as office:
        code = code_for(office, add(office))  # type: ignore[arg-type]
        wide = code.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
        page.goto(f"{office.address}/pair")
        page.locator("#code").fill(f"{wide[:4]}{gap}{wide[4:]}")
        page.get_by_role("button", name="Pair", exact=True).click()
        expect(page).to_have_url(f"{office.address}/kiosk")
