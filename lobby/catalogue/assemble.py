"""Assembles the catalogue from the parts of a file, and checks what holds between them."""

from typing import Any

from lobby.catalogue.branch_facts import read_branch_facts
from lobby.catalogue.entries import Entry
from lobby.catalogue.machines import read_machines
from lobby.catalogue.profiles import read_profiles
from lobby.catalogue.services import Tariff, read_service
from lobby.triage.catalogue import (
    ROUTINE_MOST,
    Catalogue,
    Hours,
    PriorityClass,
    Service,
    Span,
)
from lobby.triage.profile import Profile

CUSTOMERS = ("retail", "corporate")
COUNTERS = "counters"
"""When counters serve, where that is not all day: a branch whose tellers come at 13:30."""

GIVEN_UP = {
    "grace_s": "how long a called customer has stands in [[rules]], and in [[priorities]] by class",
    "series": "a number has the letter of its service, and never shows who somebody is; "
    "slips for machines have S",
    "premium_pool": "the counters of premium customers are `premium_counters` of [branch]",
}
"""Keys of earlier files that never did anything."""


def catalogue_of(content: dict[str, Any]) -> Catalogue:
    """Raises `CatalogueError`."""
    with Entry(content, "the catalogue") as file:
        for key, why in GIVEN_UP.items():
            file.refuse(key, why)
        file.skip("rules")
        valid_from = file.day("valid_from")
        profiles = read_profiles(file, valid_from)
        services = _services(file, profiles)
        facts = read_branch_facts(file.part("branch", "the branch"))
        return Catalogue(
            version=file.text("version"),
            valid_from=valid_from,
            source=file.text("source"),
            profile=_profile(file, profiles),
            complaint_phone=file.text("complaint_phone"),
            blocking_phone=file.text("blocking_phone"),
            services=services,
            routine=_routine(file, services),
            profiles=profiles,
            priorities=_priorities(file),
            machines=read_machines(file),
            hours=_hours(file),
            branch=facts,
        )


def _services(file: Entry, profiles: dict[str, Profile]) -> dict[str, Service]:
    tariff = Tariff(file.part("tariff", "the tariff"))
    services: dict[str, Service] = {}
    for row in file.rows("services"):
        service = read_service(row, tariff, profiles)
        if service.code in services:
            raise file.wrong(f"has the service {service.code} twice")
        services[service.code] = service
    return services


def _profile(file: Entry, profiles: dict[str, Profile]) -> str:
    name = file.text("profile")
    if name not in profiles:
        raise file.wrong(f"has the profile {name!r}, and there is none of that name")
    return name


def _routine(file: Entry, services: dict[str, Service]) -> tuple[str, ...]:
    """The kiosk's first screen."""
    codes = file.rows("routine")
    unknown = [code for code in codes if code not in services]
    if unknown:
        raise file.wrong(f"names {unknown[0]!r} as routine, and there is no such service")
    if not 0 < len(codes) <= ROUTINE_MOST:
        raise file.wrong(f"has {len(codes)} routine services; it takes 1 to {ROUTINE_MOST}")
    return tuple(codes)


def _priorities(file: Entry) -> dict[str, PriorityClass]:
    rows = [_priority(row) for row in file.rows("priorities")]
    return {priority.code: priority for priority in rows}


def _priority(content: object) -> PriorityClass:
    entry = Entry(content, "a priority class")
    entry.what = f"priority class {entry.text('code')}"
    with entry:
        return PriorityClass(
            code=entry.text("code"),
            names=entry.texts("names", "name"),
            proofs=entry.texts("proofs", "proof"),
            grace_s=entry.whole("grace_s"),
        )


def _hours(file: Entry) -> dict[str, Hours]:
    with file.part("hours", "the opening hours") as entry:
        named = (*CUSTOMERS, COUNTERS) if entry.has(COUNTERS) else CUSTOMERS
        return {whose: _week(entry, whose) for whose in named}


def _week(hours: Entry, customers: str) -> Hours:
    with hours.part(customers, f"the opening hours for {customers}") as entry:
        weekday, weekend = entry.moments("weekday"), entry.moments("weekend")
        return Hours(Span(*weekday) if weekday else None, Span(*weekend) if weekend else None)
