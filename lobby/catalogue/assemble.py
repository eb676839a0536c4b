"""Assembles the catalogue from the parts of a file, and checks what holds between them."""

from collections.abc import Mapping

from lobby.catalogue.entries import Entry
from lobby.catalogue.labels import read_id
from lobby.catalogue.machines import read_machines
from lobby.catalogue.opening_hours import read_hours
from lobby.catalogue.profiles import read_profiles
from lobby.catalogue.services import Tariff, read_service
from lobby.triage.catalogue import (
    ROUTINE_MOST,
    BranchFacts,
    Catalogue,
    PriorityClass,
    Service,
)
from lobby.triage.profile import Profile

VERSION_MAX = 64
PHONE_MAX = 40
GRACE_S_MAX = 3_600
"""Who does not come within an hour has left."""

GIVEN_UP = {
    "grace_s": "how long a called customer has stands in [[rules]], and in [[priorities]] by class",
    "series": "a number has the letter of its service, and never shows who somebody is; "
    "slips for machines have S",
    "premium_pool": "the counters of premium customers are `premium_counters` of [branch]",
}
"""Keys of earlier files that never did anything."""


def read_catalogue_of(file: Entry, facts: BranchFacts) -> tuple[Catalogue, Mapping[str, Service]]:
    """All of the file but [branch] and [[rules]]; and the services that are not offered now."""
    for key, why in GIVEN_UP.items():
        file.refuse(key, why)
    valid_from = file.day("valid_from")
    profiles = read_profiles(file, valid_from)
    services, not_offered = _services(file, profiles)
    opening = read_hours(file)
    catalogue = Catalogue(
        version=file.text("version", VERSION_MAX),
        valid_from=valid_from,
        source=file.text("source"),
        profile=_profile(file, profiles),
        complaint_phone=file.text("complaint_phone", PHONE_MAX),
        blocking_phone=file.text("blocking_phone", PHONE_MAX),
        services=services,
        routine=_routine(file, services, not_offered),
        profiles=profiles,
        priorities=_priorities(file),
        machines=read_machines(file),
        hours=opening.hours,
        branch=facts,
        special_days=opening.special_days,
        last_ticket_min=opening.last_ticket_min,
    )
    return catalogue, not_offered


def _services(
    file: Entry, profiles: dict[str, Profile]
) -> tuple[dict[str, Service], dict[str, Service]]:
    """Those that are offered, and those that are set aside with `offered = false`."""
    tariff = Tariff(file.part("tariff", "the tariff"))
    services: dict[str, Service] = {}
    not_offered: dict[str, Service] = {}
    for entry in file.entries("services", "a service"):
        these = services if entry.flag("offered", default=True) else not_offered
        service = read_service(entry, tariff, profiles)
        if service.code and service.code in {*services, *not_offered}:
            file.wrong(f"has the service {service.code} twice", *entry.place, "code")
        these[service.code] = service
    return services, not_offered


def _profile(file: Entry, profiles: dict[str, Profile]) -> str:
    name = file.text("profile")
    if name and name not in profiles:
        file.wrong(f"has the profile {name!r}, and there is none of that name", "profile")
    return name


def _routine(
    file: Entry, services: dict[str, Service], not_offered: dict[str, Service]
) -> tuple[str, ...]:
    """The kiosk's first screen, without what is not offered."""
    codes = tuple(code for code in file.lines("routine") if code not in not_offered)
    for position, code in enumerate(codes):
        if code not in services:
            said = f"names {code!r} as routine, and there is no such service"
            file.wrong(said, "routine", position)
    if not 0 < len(codes) <= ROUTINE_MOST:
        said = f"has {len(codes)} routine services; it takes 1 to {ROUTINE_MOST}"
        file.wrong(said, "routine")
    return codes


def _priorities(file: Entry) -> dict[str, PriorityClass]:
    priorities: dict[str, PriorityClass] = {}
    for entry in file.entries("priorities", "a priority class"):
        priority = _priority(entry)
        if priority.code and priority.code in priorities:
            file.wrong(f"has the priority class {priority.code} twice", *entry.place, "code")
        priorities[priority.code] = priority
    return priorities


def _priority(entry: Entry) -> PriorityClass:
    code = read_id(entry, "code")
    entry.what = f"priority class {code or '?'}"
    with entry:
        return PriorityClass(
            code=code,
            names=entry.texts("names", "name"),
            proofs=entry.texts("proofs", "proof"),
            grace_s=entry.whole("grace_s", 1, GRACE_S_MAX),
        )
