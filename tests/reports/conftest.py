"""The branch head's desk: the real application over a database with the worked day in it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import Connection

from lobby.branch import Actor, ActorKind
from lobby.queueing.commands.command import Command
from lobby.queueing.model.priority import PROMISES, CallingRule, Priority, Promise
from lobby.store.branch_rules import BranchRules, save_branch_rules
from lobby.store.catalogue import save_plan
from lobby.store.tables import SITTINGS, VISITS
from lobby.store.visits import SittingSpan, Visit
from lobby.web.credentials import new_token
from tests.app.app import LocalApp, open_app, staff
from tests.app.badges import Badge
from tests.app.people import plan
from tests.reports.kpi_day import DAY, TARGET_MIN, at, visit
from tests.reports.kpi_day import SITTINGS as WORKED_SITTINGS
from tests.reports.kpi_day import VISITS as WORKED_VISITS

PROMISED = CallingRule(promises={**PROMISES, Priority.REGULAR: Promise(TARGET_MIN, 0)})


class Desk:
    """`clock` stands at five in the evening of the worked day."""

    def __init__(self, app: LocalApp) -> None:
        self.app = app
        self.clock = app.clock
        self.services = app.services

    def get(self, path: str, who: str = "minh", **headers: str) -> Response:
        return self.app.get(who, path, headers=headers)

    def perform(self, command: Command, staff_id: str) -> None:
        actor = Actor(ActorKind.STAFF, staff_id)
        self.app.run(self.app.riverside.perform, command, actor, repr(command))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_app(tmp_path, furnish_worked_day, at(8 * 60)) as app:
        yield Desk(app)


def furnish_worked_day(connection: Connection) -> Mapping[str, Badge]:
    """Both branches, their people, and the worked day at Riverside."""
    for branch_id in ("riverside", "harbour"):
        save_plan(connection, replace(plan(branch_id), target_min=TARGET_MIN))
        save_branch_rules(connection, branch_id, BranchRules(calling=PROMISED))
    for row in WORKED_VISITS:
        keep_visit(connection, "riverside", row)
    for span in WORKED_SITTINGS:
        keep_sitting(connection, "riverside", span)
    keep_visit(connection, "harbour", visit("F007", 0, 1, 2, 3))
    return staff(connection)


def keep_visit(connection: Connection, branch_id: str, row: Visit) -> None:
    more = {"services_done": row.service, "returns": 0, "holds": 0}
    keys = {"branch_id": branch_id, "business_day": DAY, "secret": new_token()}
    connection.execute(VISITS.insert().values(**asdict(row), **more, **keys))


def keep_sitting(connection: Connection, branch_id: str, span: SittingSpan) -> None:
    connection.execute(
        SITTINGS.insert().values(**asdict(span), branch_id=branch_id, business_day=DAY)
    )
