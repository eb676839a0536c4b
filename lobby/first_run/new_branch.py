"""A new branch as it was asked for, made of the catalogue that is shipped: its services, texts and
rules, with the branch's own names, limits, counters, machines and hours."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import TypeAlias

from lobby.catalogue.file_tree import Tree
from lobby.catalogue.reading import DEMO, BranchFile, read_branch_tree
from lobby.catalogue.toml_file import read_toml
from lobby.first_run.countries import CHINA, ELSEWHERE, Country
from lobby.setup.shipped import without_price
from lobby.triage.catalogue import ROUTINE_MOST

VERSION = "first-run"
SOURCE = "Shipped with Lobby; the bank checks it before it opens"
TYPED = "Typed when the branch was set up"
ID_LETTERS_MAX = 30

IN_THE_HALL = {"en": "In the hall", "zh": "大堂内", "vi": "Trong sảnh giao dịch"}

Span: TypeAlias = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Limits:
    """Whole amounts of the currency, up to which machines pay out and transfer."""

    currency: str
    cash: int
    transfer: int


@dataclass(frozen=True, slots=True)
class Hours:
    """The spans of a day; none where it is closed."""

    weekdays: tuple[Span, ...]
    saturday: tuple[Span, ...]
    sunday: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class NewBranch:
    """`services` are the codes of those with a line that are offered, `counters` their labels, and
    `machines` how many there are of each kind."""

    country: Country
    names: Mapping[str, str]
    language: str
    time_zone: str
    limits: Limits
    complaint_phone: str
    blocking_phone: str
    services: frozenset[str]
    counters: tuple[str, ...]
    machines: Mapping[str, int]
    hours: Hours


@cache
def shipped() -> Tree:
    """Not to be changed by whoever reads it."""
    return read_toml(DEMO).content


def shipped_services() -> list[Tree]:
    """Those with a line, in the order of the file."""
    return [each for each in shipped()["services"] if each.get("queue", True)]


def branch_id(names: Mapping[str, str], known: frozenset[str] = frozenset()) -> str:
    """Of the English name, or another that can be written in plain letters, else a number."""
    plain = (_plain(names[language]) for language in ("en", "vi", "zh") if language in names)
    found = next((each for each in plain if each), "branch")
    every = (found, *(f"{found}-{number}" for number in range(2, len(known) + 3)))
    return next(each for each in every if each not in known)


def set_up_of(asked: NewBranch, known: frozenset[str] = frozenset()) -> BranchFile:
    """`known` are the ids that are taken. Raises `TreeError`."""
    return read_branch_tree(tree_of(asked, branch_id(asked.names, known)))


def tree_of(asked: NewBranch, new_id: str) -> Tree:
    tree = deepcopy(shipped())
    profile = asked.country.code
    return {
        **tree,
        "version": VERSION,
        "source": SOURCE,
        "profile": profile,
        "complaint_phone": asked.complaint_phone,
        "blocking_phone": asked.blocking_phone,
        "routine": _routine(tree, asked.services),
        "branch": {
            "id": new_id,
            "kind": "hub",
            "time_zone": asked.time_zone,
            "language": asked.language,
            "target_min": tree["branch"]["target_min"],
            "names": dict(asked.names),
            "counters": list(asked.counters),
        },
        "hours": _hours(asked.hours),
        "tariff": {**tree["tariff"], "source": SOURCE},
        "profiles": {profile: _profile(tree["profiles"], asked)},
        "machines": list(_machines(asked.machines)),
        "services": [_service(each, asked, profile) for each in tree["services"]],
    }


def _plain(name: str) -> str:
    """Letters from a to z and digits, with strokes between; empty where none is left."""
    spelled = name.replace("đ", "d").replace("Đ", "D")
    letters = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:ID_LETTERS_MAX].strip("-")


def _routine(tree: Tree, offered: frozenset[str]) -> list[str]:
    """The kiosk's first screen: what is asked for most, and then in the order of the file."""
    every = [*tree["routine"], *(each["code"] for each in tree["services"])]
    wanted = [code for code in dict.fromkeys(every) if code in offered]
    return wanted[:ROUTINE_MOST]


def _hours(hours: Hours) -> Tree:
    """Companies are served on weekdays."""
    weekdays = _spans(hours.weekdays)
    retail = {
        "weekday": weekdays,
        "saturday": _spans(hours.saturday),
        "sunday": _spans(hours.sunday),
    }
    return {"retail": retail, "corporate": {"weekday": weekdays}}


def _spans(spans: tuple[Span, ...]) -> list[list[time]]:
    return [list(span) for span in spans]


def _profile(profiles: Tree, asked: NewBranch) -> Tree:
    """The limits of the country, with what was typed; elsewhere they follow from these two."""
    limits, is_elsewhere = asked.limits, asked.country is ELSEWHERE
    profile = deepcopy(profiles[CHINA.code if is_elsewhere else asked.country.code])
    typed = {"cash": limits.cash, "transfer": limits.transfer}
    if is_elsewhere:
        typed |= {"small": max(1, limits.cash // 4), "large": limits.transfer}
    for limit in profile["limits"]:
        amount = typed.get(limit["name"])
        if amount is not None and amount != limit["amount"]:
            limit |= {"amount": amount, "source": TYPED}
        elif is_elsewhere:
            limit["source"] = SOURCE
    return {**profile, "currency": limits.currency}


def _machines(counts: Mapping[str, int]) -> Iterator[Tree]:
    kinds = [kind for kind in shipped()["machine_kinds"] for _ in range(counts.get(kind, 0))]
    for number, kind in enumerate(kinds, start=1):
        places = dict(IN_THE_HALL)
        yield {"id": f"m{number}", "number": number, "kind": kind, "places": places}


def _service(service: Tree, asked: NewBranch, profile: str) -> Tree:
    """What is not ticked is set aside, and can be offered later."""
    has_line = service.get("queue", True)
    fees = {channel: without_price(fee, [profile]) for channel, fee in service["fees"].items()}
    is_offered = not has_line or service["code"] in asked.services
    return {**service, "offered": is_offered, "fees": fees}
