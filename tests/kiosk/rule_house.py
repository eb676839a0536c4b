"""Two branches with all that the demo has, for walks that end in either."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_plan
from lobby.store.catalogue import save_plan
from tests.app.app import staff
from tests.app.badges import Badge


def both(connection: Connection) -> Mapping[str, Badge]:
    """Riverside and Harbour with the demo's services, counters and machines, and their people."""
    demo = read_plan(DEMO)
    save_plan(connection, demo)
    save_plan(connection, replace(demo, id="harbour"))
    return staff(connection)
