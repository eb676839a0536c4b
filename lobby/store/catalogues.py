"""The catalogues of a branch: services and rules as dated texts, of which a day has one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from lobby.store.tables import CATALOGUES


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One version, without its text."""

    version: str
    valid_from: date
    source: str


class CatalogueVersionTakenError(Exception):
    """A version is named on tickets for years, so what it says is never changed."""


def save_catalogue(  # noqa: PLR0917 - the columns of one row, in their order
    connection: Connection,
    branch_id: str,
    version: str,
    valid_from: date,
    source: str,
    content: str,
    set_up_version: int = 0,
) -> None:
    """`set_up_version` is the change of set-up that it follows from. The same once more changes
    nothing. Raises `CatalogueVersionTakenError` where the version
    is known with another text or day."""
    new = (valid_from, source, content)
    mine = (CATALOGUES.c.branch_id == branch_id) & (CATALOGUES.c.version == version)
    columns = (CATALOGUES.c.valid_from, CATALOGUES.c.source, CATALOGUES.c.content)
    known = connection.execute(select(*columns).where(mine)).one_or_none()
    if known is None:
        names = ("valid_from", "source", "content")
        values = dict(zip(names, new, strict=True))
        connection.execute(
            CATALOGUES.insert().values(
                branch_id=branch_id, version=version, set_up_version=set_up_version, **values
            )
        )
    elif tuple(known) != new:
        raise CatalogueVersionTakenError(
            f"Catalogue {version} of branch {branch_id} is kept with another text: what tickets "
            "refer to stays as it was. Give the new one a version of its own."
        )


def catalogue_text(connection: Connection, branch_id: str, version: str) -> str | None:
    """As it is kept; None where nobody has kept this version."""
    mine = (CATALOGUES.c.branch_id == branch_id) & (CATALOGUES.c.version == version)
    return connection.execute(select(CATALOGUES.c.content).where(mine)).scalar()


def catalogue_on(connection: Connection, branch_id: str, day: date) -> str | None:
    """The text that holds on this day: of those begun, the one that began last; of two that begin
    together the one of the newer change, and then the higher version. None before the first."""
    query = (
        select(CATALOGUES.c.content)
        .where(CATALOGUES.c.branch_id == branch_id, CATALOGUES.c.valid_from <= day)
        .order_by(
            CATALOGUES.c.valid_from.desc(),
            CATALOGUES.c.set_up_version.desc(),
            CATALOGUES.c.version.desc(),
        )
        .limit(1)
    )
    return connection.execute(query).scalar()


def catalogues_of(connection: Connection, branch_id: str) -> list[CatalogueEntry]:
    """The versions, oldest first."""
    query = (
        select(CATALOGUES.c.version, CATALOGUES.c.valid_from, CATALOGUES.c.source)
        .where(CATALOGUES.c.branch_id == branch_id)
        .order_by(CATALOGUES.c.valid_from, CATALOGUES.c.set_up_version, CATALOGUES.c.version)
    )
    return [CatalogueEntry(*row) for row in connection.execute(query)]
