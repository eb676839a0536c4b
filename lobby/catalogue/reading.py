"""A branch's set-up as people write it: a TOML file, checked, made a `Plan`."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lobby.i18n.languages import LANGUAGES
from lobby.queueing.plan import CounterPlan, Plan, Service

DEMO = Path(__file__).parent / "demo.toml"


class CatalogueError(Exception):
    """One sentence: which entry is wrong and what is missing."""


def read_plan(path: Path) -> Plan:
    """Raises `CatalogueError`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        branch = content["branch"]
        services = [_service(entry) for entry in content["services"]]
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} cannot be read: {error}.") from error
    except KeyError as error:
        raise CatalogueError(f"{path.name} lacks {error.args[0]!r}.") from error
    return Plan(
        id=branch["id"],
        names=_names(branch, "the branch"),
        time_zone=_time_zone(branch["time_zone"]),
        language=branch["language"],
        target_min=branch["target_min"],
        services=_unique(services),
        counters={str(n): CounterPlan(str(n), n) for n in branch["counters"]},
    )


def _service(entry: dict[str, Any]) -> Service:
    what = f"service {entry.get('code', '?')}"
    for name in ("code", "prefix", "pool", "minutes", "names"):
        if name not in entry:
            raise CatalogueError(f"{what} lacks {name!r}.")
    prefix, minutes = entry["prefix"], entry["minutes"]
    if not (len(prefix) == 1 and prefix.isascii() and prefix.isupper()):
        raise CatalogueError(f"{what} has the prefix {prefix!r}; it is one letter from A to Z.")
    if not isinstance(minutes, int | float) or minutes <= 0:
        raise CatalogueError(f"{what} has {minutes!r} minutes; it takes more than none.")
    return Service(entry["code"], prefix, entry["pool"], float(minutes), _names(entry, what))


def _names(entry: dict[str, Any], what: str) -> dict[str, str]:
    names: dict[str, str] = entry["names"]
    missing = [language for language in LANGUAGES if not names.get(language)]
    if missing:
        raise CatalogueError(f"{what} has no name in {', '.join(missing)}.")
    return names


def _time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CatalogueError(f"There is no time zone {name!r}.") from error


def _unique(services: list[Service]) -> dict[str, Service]:
    counts = Counter(service.code for service in services)
    twice = [code for code, count in counts.items() if count > 1]
    if twice:
        raise CatalogueError(f"The service {twice[0]} stands there twice.")
    return {service.code: service for service in services}
