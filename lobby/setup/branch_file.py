"""Loads a branch's file into the database: its plan and its catalogue."""

from datetime import date
from typing import Any

from lobby.catalogue.mistakes import CatalogueError
from lobby.catalogue.reading import BranchFile
from lobby.catalogue.serialise import from_json, to_json
from lobby.store.branch_rules import replace_branch_rules
from lobby.store.catalogue import save_set_up
from lobby.store.catalogues import catalogue_text, save_catalogue


def save_branch_file(connection: Any, set_up: BranchFile, today: date = date.min) -> None:
    """Raises `CatalogueVersionTakenError` where the version stands for something else. A file that
    says the same is taken also where a newer Lobby has more words for it. Rules that held before
    `today` are kept, whatever the file says of the days since."""
    plan, catalogue = set_up.plan, set_up.catalogue
    save_set_up(connection, plan)
    replace_branch_rules(connection, plan.id, set_up.rules, today)
    text = to_json(catalogue)
    kept = catalogue_text(connection, plan.id, catalogue.version)
    save_catalogue(
        connection,
        plan.id,
        catalogue.version,
        catalogue.valid_from,
        catalogue.source,
        kept if kept is not None and _says(kept, text) else text,
    )


def _says(kept: str, text: str) -> bool:
    """Whether the catalogue that was kept, as this Lobby understands it, is this one."""
    try:
        return to_json(from_json(kept)) == text
    except CatalogueError:
        return False
