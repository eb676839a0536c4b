"""A fault that is planted, and the tests that are to catch it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` occurs once in `file`; some of `tests` fail where it is `new`."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
