"""Reads the limits of each country, each with its source."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise

from lobby.catalogue.entries import Entry
from lobby.triage.profile import OPTIONAL_LIMITS, Limit, LimitName, Profile


def read_profiles(file: Entry, valid_from: date) -> dict[str, Profile]:
    """Every limit that rules stand on holds from the catalogue's first day on.

    Raises `CatalogueError`.
    """
    return {name: _profile(content, name, valid_from) for name, content in file.parts("profiles")}


def _profile(content: object, name: str, valid_from: date) -> Profile:
    with Entry(content, f"the profile {name}") as entry:
        limits = tuple(_limit(row, name) for row in entry.rows("limits"))
        profile = Profile(name, entry.text("currency"), limits)
        _check_periods(entry, limits)
        _check_first_day(entry, profile, valid_from)
        return profile


def _limit(content: object, profile: str) -> Limit:
    entry = Entry(content, f"a limit of {profile}")
    name = entry.name("name", LimitName)
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
                raise entry.wrong(f"has two limits {name.value} on {later.valid_from}")


def _check_first_day(entry: Entry, profile: Profile, valid_from: date) -> None:
    """Also that no day is left without: a limit that ends is followed by the next."""
    limits = profile.on(valid_from).amounts
    missing = [n.value for n in LimitName if n not in limits and n not in OPTIONAL_LIMITS]
    if missing:
        raise entry.wrong(f"has no limit {missing[0]} on {valid_from}")
    last = profile.on(date.max).amounts
    ended = [n.value for n in LimitName if n not in last and n not in OPTIONAL_LIMITS]
    if ended:
        raise entry.wrong(f"has no limit {ended[0]} after its last one ends")
