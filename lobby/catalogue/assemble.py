"""Assembles the catalogue from the parts of a file, and checks what holds between them."""

from typing import Any

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
SERIES = ("premium", "priority", "slip")


def catalogue_of(content: dict[str, Any]) -> Catalogue:
    """Raises `CatalogueError`."""
    with Entry(content, "the catalogue") as file:
        file.skip("branch", "rules")
        valid_from = file.day("valid_from")
        profiles = read_profiles(file, valid_from)
        services = _services(file, profiles)
        return Catalogue(
            version=file.text("version"),
            valid_from=valid_from,
            source=file.text("source"),
            profile=_profile(file, profiles),
            complaint_phone=file.text("complaint_phone"),
            blocking_phone=file.text("blocking_phone"),
            series=_series(file),
            premium_pool=file.text("premium_pool"),
            grace_s=file.whole("grace_s"),
            services=services,
            routine=_routine(file, services),
            profiles=profiles,
            priorities=_priorities(file),
            machines=read_machines(file) if file.has("machines") else {},
            hours=_hours(file),
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


def _series(file: Entry) -> dict[str, str]:
    with file.part("series", "the series") as entry:
        return {name: entry.text(name) for name in SERIES}


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
        return {customers: _week(entry, customers) for customers in CUSTOMERS}


def _week(hours: Entry, customers: str) -> Hours:
    with hours.part(customers, f"the opening hours for {customers}") as entry:
        weekday, weekend = entry.moments("weekday"), entry.moments("weekend")
        return Hours(Span(*weekday) if weekday else None, Span(*weekend) if weekend else None)
