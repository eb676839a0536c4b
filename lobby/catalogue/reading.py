"""A branch's set-up as people write it: a TOML file, checked, made a `Plan` and a `Catalogue`."""

import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lobby.catalogue.assemble import catalogue_of
from lobby.catalogue.branch_rules import read_branch_rules
from lobby.catalogue.entries import CatalogueError as CatalogueError
from lobby.catalogue.entries import Entry
from lobby.catalogue.machines import read_machines
from lobby.i18n.languages import LANGUAGES
from lobby.machines import MachineKind
from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.plan import CounterPlan, Plan, Service
from lobby.store.branch_rules import BranchRules
from lobby.triage.catalogue import Catalogue
from lobby.triage.situation import Dial

DEMO = Path(__file__).parent / "demo.toml"

Made = TypeVar("Made")


def read_plan(path: Path) -> Plan:
    """What the queue needs: the branch, its counters and machines, and the services with a line.

    A service with `queue = false` has no line and no number, so it is none of the plan's.
    Raises `CatalogueError`.
    """
    return _read(path, _plan_of)


def read_rules(path: Path) -> dict[date, BranchRules]:
    """Calling rule and counter policy by the day from which they hold. Raises `CatalogueError`."""
    return _read(path, read_branch_rules)


def read_catalogue(path: Path) -> Catalogue:
    """What advice needs: every service whole, with fees, documents and steps in every language.

    Raises `CatalogueError`.
    """
    return _read(path, catalogue_of)


def _read(path: Path, made_of: Callable[[dict[str, Any]], Made]) -> Made:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} cannot be read: {error}.") from error
    try:
        return made_of(content)
    except KeyError as error:
        raise CatalogueError(f"{path.name} lacks {error.args[0]!r}.") from error
    except CatalogueError as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def _plan_of(content: dict[str, Any]) -> Plan:
    branch = content["branch"]
    services = [_service(entry) for entry in content["services"] if entry.get("queue", True)]
    dated = read_branch_rules(content)
    rules = dated[max(dated)]
    return Plan(
        id=branch["id"],
        names=_names(branch, "the branch"),
        time_zone=_time_zone(branch["time_zone"]),
        language=branch["language"],
        target_min=branch["target_min"],
        services=_unique(services),
        counters=_counters(branch),
        machines=_machines(content),
        dial=_dial(branch),
        calling=rules.calling,
        counter_policy=rules.counter_policy,
        lobby_policy=rules.lobby_policy,
    )


def _counters(branch: dict[str, Any]) -> dict[str, CounterPlan]:
    """Premium counters are named among the others: they call premium customers first. A branch
    of machines alone has none."""
    numbers = branch["counters"]
    if not isinstance(numbers, list) or not all(map(_is_number, numbers)):
        raise CatalogueError(f"The counters are {numbers!r}; they take a list such as [1, 2].")
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise CatalogueError(f"The counter {twice[0]} stands there twice.")
    premium = set(branch.get("premium_counters", ()))
    strange = premium - set(numbers)
    if strange:
        raise CatalogueError(f"There is no counter {min(strange)} to be a premium counter.")
    return {str(n): CounterPlan(str(n), n, n in premium) for n in numbers}


def _is_number(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number > 0


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


def _dial(branch: dict[str, Any]) -> str:
    """How far the branch goes in offering machines; it goes all the way unless it says less."""
    dial = branch.get("dial", Dial.SUGGEST.value)
    if dial not in set(Dial):
        raise CatalogueError(f"The dial is {dial!r}; it is one of {', '.join(Dial)}.")
    return str(dial)


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


def _machines(content: dict[str, Any]) -> dict[str, MachinePlan]:
    """The machines of the catalogue as the queue sees them: where they are and what they do."""
    machines = read_machines(Entry(content, "the file"))
    return {
        machine.id: MachinePlan(
            machine.id,
            MachineKind(machine.kind.value),
            frozenset(function.value for function in machine.functions),
            machine.places,
        )
        for machine in machines.values()
    }
