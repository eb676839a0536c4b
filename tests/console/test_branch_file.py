"""A branch's file is loaded again after an update of Lobby."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from lobby.catalogue.reading import DEMO, BranchFile, read_branch_file
from lobby.setup.branch_file import save_branch_file
from lobby.store.catalogues import CatalogueVersionTakenError, catalogue_text
from lobby.store.tables import CATALOGUES
from lobby.triage.catalogue import BranchFacts
from tests.app.app import people
from tests.app.database import furnished_database


def plain_branch() -> BranchFile:
    """One whose file says nothing of what later versions of Lobby can be told."""
    demo = read_branch_file(DEMO)
    return replace(demo, catalogue=replace(demo.catalogue, branch=BranchFacts()))


def test_the_same_file_is_taken_again_where_a_newer_lobby_has_more_words(tmp_path: Path) -> None:
    """What was kept before knew nothing of them, and stays as tickets refer to it."""
    database, branch = tmp_path / "lobby.db", plain_branch()
    furnished_database(database, people)
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        save_branch_file(connection, branch)
        facts = branch.plan.id, branch.catalogue.version
        whole = catalogue_text(connection, *facts)
        assert whole is not None
        older = json.loads(whole)
        del older["branch"]
        connection.execute(update(CATALOGUES).values(content=json.dumps(older)))
        save_branch_file(connection, branch)
        assert catalogue_text(connection, *facts) == json.dumps(older)
        other = replace(branch, catalogue=replace(branch.catalogue, complaint_phone="12345"))
        with pytest.raises(CatalogueVersionTakenError):
            save_branch_file(connection, other)
    engine.dispose()
