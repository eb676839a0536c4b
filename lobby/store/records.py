"""What is written beside the event log, each act once: lost items, loans, scripts, comments.

The same rules as in the log: an act is known again by its key, whose key it is counts, and a key
that was used for something else is refused.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select

from lobby.store.acts import KeyedAct
from lobby.store.tables import RECORD_ACTS


def recorded(connection: Connection, branch_id: str, act: KeyedAct) -> str | None:
    """What the act did when it was sent before; None where it was not. Raises `KeyReusedError`."""
    acts = RECORD_ACTS.c
    row = connection.execute(
        select(acts.fingerprint, acts.result).where(
            acts.branch_id == branch_id, acts.key == act.scoped_key
        )
    ).one_or_none()
    if row is None:
        return None
    act.check(row.fingerprint)
    return str(row.result)


def record_once(
    connection: Connection,
    branch_id: str,
    act: KeyedAct,
    at: datetime,
    work: Callable[[Connection], object],
) -> str:
    """What `work` gave as a word, the first time; it is not done again. In the writer's
    transaction, so that both are kept or neither. Raises `KeyReusedError` and what `work` does."""
    before = recorded(connection, branch_id, act)
    if before is not None:
        return before
    given = work(connection)
    result = "" if given is None else str(given)
    values = {"key": act.scoped_key, "fingerprint": act.asked, "result": result, "at": at}
    connection.execute(RECORD_ACTS.insert().values(branch_id=branch_id, **values))
    return result


def forget_records(connection: Connection, before: datetime) -> None:
    """The keys of acts that nobody repeats any more; what they wrote stays."""
    connection.execute(RECORD_ACTS.delete().where(RECORD_ACTS.c.at < before))
