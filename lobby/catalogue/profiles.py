"""Reads the limits of each country, each with its source."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise

from lobby.catalogue.entries import Entry
from lobby.triage.profile import OPTIONAL_LIMITS, Limit, LimitName, Profile

CURRENCY = re.compile(r"[A-Z]{3}")
"""ISO 4217."""


def read_profiles(file: Entry, valid_from: date) -> dict[str, Profile]:
    """Every limit that rules stand on holds from the catalogue's first day on."""
    with file.part("profiles", "the catalogue's 'profiles'") as entry:
        return {name: _profile(entry, name, valid_from) for name in entry.own_keys()}


def _profile(profiles: Entry, name: str, valid_from: date) -> Profile:
    with profiles.part(name, f"the profile {name}") as entry:
        rows = entry.entries("limits", f"a limit of {name}")
        limits = tuple(_limit(row, name) for row in rows)
        profile = Profile(name, _currency(entry), limits)
    if entry.is_right:
        _check_periods(entry, limits)
    if entry.is_right:
        _check_first_day(entry, profile, valid_from)
    return profile


def _currency(entry: Entry) -> str:
    found = entry.text("currency")
    if found and not CURRENCY.fullmatch(found):
        entry.takes("currency", found, "three letters such as CNY (ISO 4217)")
    return found


def _limit(entry: Entry, profile: str) -> Limit:
    name = entry.name("name", LimitName)
    if entry.is_right:
        entry.what = f"the limit {name.value} of {profile}"
    with entry:
        return Limit(
            name=name,
            amount=entry.whole("amount"),
            valid_from=entry.day("valid_from"),
            source=entry.text("source"),
            valid_until=entry.day("valid_until") if entry.has("valid_until") else None,
        )


def _check_periods(entry: Entry, limits: Iterable[Limit]) -> None:
    rows = sorted(limits, key=lambda limit: (limit.name, limit.valid_from))
    for name, group in groupby(rows, key=lambda limit: limit.name):
        for earlier, later in pairwise(group):
            until = earlier.valid_until
            if earlier.valid_from == later.valid_from or (until and until >= later.valid_from):
                entry.wrong(f"has two limits {name.value} on {later.valid_from}")


def _check_first_day(entry: Entry, profile: Profile, valid_from: date) -> None:
    """Also that no day is left without: a limit that ends is followed by the next."""
    needed = [name for name in LimitName if name not in OPTIONAL_LIMITS]
    limits = profile.on(valid_from).amounts
    missing = [name for name in needed if name not in limits]
    last = profile.on(date.max).amounts
    ended = [name for name in needed if name not in last and name not in missing]
    for name in missing:
        entry.wrong(f"has no limit {name.value} on {valid_from}")
    for name in ended:
        entry.wrong(f"has no limit {name.value} after its last one ends")
