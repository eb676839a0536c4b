"""The forward run in compiled code, where the package was built beside a C compiler.

It makes the same calls as `forward.Run` from the same random numbers, lets other threads run
meanwhile, and is used or left as a whole: a library that was built of another source is no library.
"""

import ctypes
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lobby.forecast.random_numbers import RandomNumbers
from lobby.forecast.rule_tables import RuleTables, tables_of
from lobby.forecast.scene import Floats, Scene
from lobby.forecast.sentinels import FAR_S

SOURCE = Path(__file__).with_name("forward_kernel.c")
LIBRARY = SOURCE.with_name("libforward_kernel.so")

COUNTS = (
    *("replicates", "size", "lines", "counters", "coming", "steps_max", "rows", "gaps"),
    *("pool_width", "overtakes_max", "is_rule_a", "counts", "keeps_next", "is_booked"),
    *("has_help", "has_own_pool", "follows"),
)
TIMES = ("done_s", "horizon_s", "window_s")
ARRAYS = (
    *("origin_s", "limit", "following", "overtakes", "is_next", "is_probe"),
    *("wanted", "first", "pool", "pace", "head_start_s", "late_s", "later", "full", "rate"),
    *("within_s", "line_is_premium", "line_is_assistance", "speed", "break_at_s", "break_s"),
    *("at_premium", "serves", "serves_person", "free_s", "leaves_s", "jobs_s", "comes"),
    *("besides_s", "gap", "job_at"),
)
"""The fields of the kernel's struct, in its order."""

WHOLE = frozenset({"following", "first", "pool", "job_at"})
BYTES = frozenset(
    {
        *("overtakes", "is_next", "is_probe", "wanted", "at_premium", "serves"),
        *("line_is_premium", "line_is_assistance", "serves_person"),
    }
)
"""Arrays of `int64_t` and of `uint8_t`; all others are of `double`."""


class _Scene(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in COUNTS),
        *((name, ctypes.c_double) for name in TIMES),
        *((name, ctypes.c_void_p) for name in ARRAYS),
    )


@dataclass(frozen=True, slots=True)
class Following:
    """How those to come are followed: until `horizon_s`, counted if they come within `window_s` and
    are called `within_s` by line; a counter with nobody left is free at `done_s`."""

    horizon_s: float
    window_s: float
    within_s: Floats
    done_s: float


@cache
def library() -> ctypes.CDLL | None:
    """None where there is none, or one that was built of another source than this one."""
    try:
        found = ctypes.CDLL(str(LIBRARY))
        found.source.restype = ctypes.c_char_p
        found.run.restype = ctypes.c_int64
        found.run.argtypes = (ctypes.POINTER(_Scene), ctypes.c_void_p)
        built_of: bytes = found.source()
    except (OSError, AttributeError):
        return None
    return found if built_of.decode() == digest(SOURCE.read_bytes()) else None


def digest(source: bytes) -> str:
    """By which a library is known to be of this source."""
    return hashlib.sha256(source).hexdigest()


def run(
    found: ctypes.CDLL, scene: Scene, numbers: RandomNumbers, following: Following | None = None
) -> tuple[Floats, int]:
    """Seconds from now until each is called, (replicates, N), infinite where it never happens; and
    how many of those to come were called in time, over all replicates."""
    tables = tables_of(scene)
    values = {**_counts(scene, tables, numbers, following), **_times(following)}
    arrays = _arrays(scene, tables, numbers, following)
    values |= {name: array.ctypes.data for name, array in arrays.items()}
    starts_s = np.full((scene.replicates, scene.size), np.inf)
    kept = found.run(ctypes.byref(_Scene(**values)), starts_s.ctypes.data)
    if kept < 0:
        raise MemoryError("no room for a run")
    return starts_s, kept


def _counts(
    scene: Scene, tables: RuleTables, numbers: RandomNumbers, following: Following | None
) -> dict[str, int | float]:
    flags = ("is_rule_a", "counts", "keeps_next", "is_booked", "has_help", "has_own_pool")
    return {
        "replicates": scene.replicates,
        "size": scene.size,
        "lines": len(scene.groups.first),
        "counters": len(scene.counters.speed),
        "coming": tables.coming,
        "steps_max": scene.steps_max,
        "rows": len(numbers.job_at),
        "gaps": len(numbers.gaps),
        "pool_width": scene.chances.jobs_s.shape[1],
        "overtakes_max": scene.rules.overtakes_max,
        "follows": following is not None,
        **{name: getattr(tables, name) for name in flags},
    }


def _times(following: Following | None) -> dict[str, int | float]:
    if following is None:
        return {"done_s": np.inf, "horizon_s": FAR_S, "window_s": -np.inf}
    return {name: getattr(following, name) for name in TIMES}


def _arrays(
    scene: Scene, tables: RuleTables, numbers: RandomNumbers, following: Following | None
) -> dict[str, npt.NDArray[np.generic]]:
    """In the types and the order of memory that C looks for."""
    people, groups, counters = scene.people, scene.groups, scene.counters
    found: dict[str, npt.NDArray[np.generic]] = {
        "wanted": people.wanted,
        "first": groups.first,
        "pool": groups.pool,
        "head_start_s": groups.head_start_s,
        "full": groups.full,
        "rate": groups.rate,
        "within_s": following.within_s if following else np.zeros(len(groups.first)),
        "line_is_premium": groups.is_premium,
        "line_is_assistance": groups.is_assistance,
        "speed": counters.speed,
        "break_at_s": counters.break_at_s,
        "break_s": counters.break_s,
        "at_premium": counters.is_premium,
        "serves": counters.serves,
        "free_s": counters.free_s,
        "leaves_s": people.leaves_s,
        "jobs_s": scene.chances.jobs_s,
        "comes": numbers.comes,
        "besides_s": numbers.besides_s,
        "gap": numbers.gaps,
        "job_at": numbers.job_at,
    }
    found |= {name: getattr(tables, name) for name in ARRAYS if name not in found}
    return {name: np.ascontiguousarray(found[name], dtype=_kind(name)) for name in ARRAYS}


def _kind(name: str) -> type[np.generic]:
    if name in WHOLE:
        return np.int64
    return np.uint8 if name in BYTES else np.float64
