"""The viewer of a tablet: the person, branch and language on which its pages depend."""

from collections.abc import Callable
from dataclasses import dataclass

from lobby.branch import Branch
from lobby.web.services import Services


@dataclass(frozen=True, slots=True)
class Viewer:
    """`me` is the person as the hall knows them; `name_of` gives anybody's name; `colleagues` are
    those who may take lobby duty, by id and name."""

    services: Services
    branch: Branch
    me: str
    language: str
    name_of: Callable[[str], str]
    colleagues: tuple[tuple[str, str], ...] = ()
