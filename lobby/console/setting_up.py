"""A branch's file put into the database: what the queue needs, and what advice needs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lobby.catalogue.keeping import to_json
from lobby.catalogue.reading import read_catalogue, read_plan
from lobby.queueing.plan import Plan
from lobby.store.catalogue import save_plan
from lobby.store.catalogues import save_catalogue
from lobby.triage.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class SetUp:
    plan: Plan
    catalogue: Catalogue


def read_set_up(path: Path) -> SetUp:
    """Raises `CatalogueError`: a branch is set up whole or not at all."""
    return SetUp(read_plan(path), read_catalogue(path))


def save_set_up(connection: Any, set_up: SetUp) -> None:
    """Raises `CatalogueVersionTakenError` where the version stands for another text."""
    plan, catalogue = set_up.plan, set_up.catalogue
    save_plan(connection, plan)
    save_catalogue(
        connection,
        plan.id,
        catalogue.version,
        catalogue.valid_from,
        catalogue.source,
        to_json(catalogue),
    )
