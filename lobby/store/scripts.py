"""Scripts in versions: what to say in a situation, and whether it worked when it was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from lobby.store.tables_floor import SCRIPT_VOTES, SCRIPTS


@dataclass(frozen=True, slots=True)
class ScriptVersion:
    """`texts` by language. `at` and `by` are None for words that nobody of the branch wrote."""

    situation: str
    version: int
    texts: Mapping[str, str]
    at: datetime | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Votes:
    worked: int = 0
    not_worked: int = 0


class ScriptMovedOnError(Exception):
    """Somebody has written a newer version than the one that this one was made from."""


def script_versions(connection: Connection, branch_id: str) -> list[ScriptVersion]:
    """All that the branch wrote, by situation and version."""
    columns = (SCRIPTS.c[name] for name in ScriptVersion.__dataclass_fields__)
    query = select(*columns).where(SCRIPTS.c.branch_id == branch_id)
    rows = connection.execute(query.order_by(SCRIPTS.c.situation, SCRIPTS.c.version))
    return [ScriptVersion(**row._mapping) for row in rows]


def script_votes(connection: Connection, branch_id: str) -> dict[tuple[str, int], Votes]:
    """By situation and version."""
    votes = SCRIPT_VOTES.c
    query = (
        select(votes.situation, votes.version, votes.worked, func.count().label("number"))
        .where(votes.branch_id == branch_id)
        .group_by(votes.situation, votes.version, votes.worked)
    )
    counted = {(r.situation, r.version, r.worked): r.number for r in connection.execute(query)}
    return {
        (situation, version): Votes(
            counted.get((situation, version, True), 0), counted.get((situation, version, False), 0)
        )
        for situation, version, _worked in counted
    }


def add_script_version(
    connection: Connection,
    branch_id: str,
    *,
    situation: str,
    after: int,
    texts: Mapping[str, str],
    at: datetime,
    by: str,
    key: str,
) -> int:
    """The number of the new version, made from version `after`. Raises `ScriptMovedOnError`."""
    mine = (SCRIPTS.c.branch_id == branch_id) & (SCRIPTS.c.situation == situation)
    newest = connection.scalar(select(func.max(SCRIPTS.c.version)).where(mine))
    if (newest or 0) != after:
        raise ScriptMovedOnError
    values = {"texts": dict(texts), "at": at, "by": by, "key": key}
    connection.execute(
        SCRIPTS.insert().values(
            branch_id=branch_id, situation=situation, version=after + 1, **values
        )
    )
    return after + 1


def add_script_vote(
    connection: Connection,
    branch_id: str,
    *,
    situation: str,
    version: int,
    worked: bool,
    at: datetime,
    staff: str,
    key: str,
) -> None:
    values = {"situation": situation, "version": version, "worked": worked}
    connection.execute(
        SCRIPT_VOTES.insert().values(branch_id=branch_id, at=at, staff=staff, key=key, **values)
    )
