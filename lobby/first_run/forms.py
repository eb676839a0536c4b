"""Reads what was typed for a new branch, with a sentence for each field that cannot be used."""

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from lobby import typed_text
from lobby.catalogue.labels import LABEL_MAX, counter_label_of
from lobby.catalogue.profiles import CURRENCY
from lobby.first_run.draft import HOURS, Draft
from lobby.first_run.new_branch import (
    Hours,
    Limits,
    NewBranch,
    Span,
    shipped,
    shipped_services,
)
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.setup.typed_amounts import ungrouped
from lobby.setup.typed_counters import COUNTERS_MAX, labels_in
from lobby.setup.typed_hours import follow, spans_in

NAME_LETTERS_MAX = 60
PHONE_LETTERS_MAX = 30
AMOUNT_DIGITS_MAX = 12
MACHINES_MAX = 20

NO_NAME = mark("Please give the branch a name of 1 to %(count)s letters.")
NO_LANGUAGE = mark("Please choose a language.")
NO_ZONE = mark("Please choose a time zone from the list.")
NO_PHONE = mark("Please give a phone number of up to %(count)s digits and signs.")
NO_CURRENCY = mark("Please give the three letters of the currency, such as USD.")
NO_AMOUNT = mark("Please type a whole amount above 0.")
NO_SERVICE = mark("Please tick at least one service.")
NO_COUNTER = mark("Please name 1 to %(count)s counters, separated by commas.")
BAD_COUNTER = mark(
    "'%(label)s' cannot be the name of a counter. It takes up to %(count)s letters and digits."
)
TWICE = mark("The counter '%(label)s' is named twice.")
NO_COUNT = mark("Please type a number from 0 to %(count)s.")
NO_HOURS = mark(
    "Please type the hours as in 08:30-17:00 or 08:00-11:30, 13:00-16:30; nothing for closed."
)
ALWAYS_CLOSED = mark("Please give the hours of at least one day.")

PHONE = re.compile(r"\+?[0-9][0-9 ()./-]*")

Blanks = Mapping[str, str | int]


class Reading:
    """`problems` are sentences with their blanks, by field. What is wrong is read as something
    that stands in for it, so that all of a page is read at once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.problems: dict[str, tuple[str, Blanks]] = {}

    def branch_page(self) -> None:
        self.names()
        self.language()
        self.time_zone()
        self.phones()
        self.limits()

    def offer_page(self) -> None:
        self.services()
        self.counters()
        self.hours()
        self.machines()

    def new_branch(self) -> NewBranch:
        """Worth nothing where there are `problems`."""
        complaints, blocking = self.phones()
        return NewBranch(
            country=self._draft.country,
            names=self.names(),
            language=self.language(),
            time_zone=self.time_zone(),
            limits=self.limits(),
            complaint_phone=complaints,
            blocking_phone=blocking,
            services=self.services(),
            counters=self.counters(),
            machines=self.machines(),
            hours=self.hours(),
        )

    def names(self) -> dict[str, str]:
        """In every language; where none was typed, as in the first one that was."""
        order = self._draft.country.languages
        typed = {code: typed_text.name(self._draft.get(f"name_{code}")) for code in order}
        given = next((name for name in typed.values() if name), "")
        for code, name in typed.items():
            if len(name) > NAME_LETTERS_MAX or not name.isprintable():
                self._wrong(f"name_{code}", NO_NAME, count=NAME_LETTERS_MAX)
        if not given:
            self._wrong(f"name_{order[0]}", NO_NAME, count=NAME_LETTERS_MAX)
        return {code: name or given for code, name in typed.items()}

    def language(self) -> str:
        found = self._draft.get("first_language")
        if found not in LANGUAGES:
            self._wrong("first_language", NO_LANGUAGE)
        return found

    def time_zone(self) -> str:
        found = self._draft.get("time_zone")
        if found not in time_zones():
            self._wrong("time_zone", NO_ZONE)
        return found

    def phones(self) -> tuple[str, str]:
        """For complaints, and to block a card; the first where the second was left out."""
        complaints = self._phone("complaint_phone")
        is_given = bool(self._draft.get("blocking_phone").strip())
        return complaints, self._phone("blocking_phone") if is_given else complaints

    def limits(self) -> Limits:
        currency = typed_text.code(self._draft.country.currency or self._draft.get("currency"))
        if not CURRENCY.fullmatch(currency):
            self._wrong("currency", NO_CURRENCY)
        return Limits(currency, self._amount("cash"), self._amount("transfer"))

    def services(self) -> frozenset[str]:
        known = {each["code"] for each in shipped_services()}
        found = known.intersection(self._draft.all("service"))
        if not found:
            self._wrong("service", NO_SERVICE)
        return frozenset(found)

    def counters(self) -> tuple[str, ...]:
        typed = labels_in(self._draft.get("counters"))
        labels: dict[str, str] = {}
        for each in typed:
            label = counter_label_of(each)
            if label is None:
                self._wrong("counters", BAD_COUNTER, label=each[:40], count=LABEL_MAX)
            elif label.casefold() in labels:
                self._wrong("counters", TWICE, label=label)
            else:
                labels[label.casefold()] = label
        if not 1 <= len(typed) <= COUNTERS_MAX:
            self._wrong("counters", NO_COUNTER, count=COUNTERS_MAX)
        return tuple(labels.values())

    def machines(self) -> dict[str, int]:
        return {kind: self._count(kind) for kind in shipped()["machine_kinds"]}

    def hours(self) -> Hours:
        weekdays, saturday, sunday = (self._spans(name) for name in HOURS)
        if not (weekdays or saturday or sunday):
            self._wrong(HOURS[0], ALWAYS_CLOSED)
        return Hours(weekdays, saturday, sunday)

    def _spans(self, name: str) -> tuple[Span, ...]:
        found = spans_in(self._draft.get(name))
        if found is None or not follow(found):
            self._wrong(name, NO_HOURS)
        return tuple((opens, closes) for opens, closes in found or ())

    def _phone(self, name: str) -> str:
        found = typed_text.name(self._draft.get(name))
        if not (PHONE.fullmatch(found) and len(found) <= PHONE_LETTERS_MAX):
            self._wrong(name, NO_PHONE, count=PHONE_LETTERS_MAX)
        return found

    def _amount(self, name: str) -> int:
        text = ungrouped(self._draft.get(name))
        found = typed_text.whole_number(text, digits_max=AMOUNT_DIGITS_MAX)
        if not found:
            self._wrong(name, NO_AMOUNT)
        return found or 1

    def _count(self, name: str) -> int:
        text = self._draft.get(name).strip()
        found = typed_text.whole_number(text, digits_max=2) if text else 0
        if found is None or found > MACHINES_MAX:
            self._wrong(name, NO_COUNT, count=MACHINES_MAX)
        return found or 0

    def _wrong(self, name: str, sentence: str, **blanks: str | int) -> None:
        self.problems.setdefault(name, (sentence, blanks))


@cache
def time_zones() -> tuple[str, ...]:
    """Those with the name of a place, and UTC."""
    places = (zone for zone in available_timezones() if "/" in zone)
    return ("UTC", *sorted(zone for zone in places if not zone.startswith("Etc/")))
