"""How tables are declared: columns of times, texts and known words, and how rules are named."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, MetaData, false, text
from sqlalchemy import Table as CoreTable
from sqlmodel import Field, SQLModel

from lobby.store.timestamps import Instant

CODE_LENGTH_MAX = 20
"""Longer than any word that names a state or a kind."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What every table of ours is made from: declared once, with what may stand in its columns."""

    metadata = MetaData(naming_convention=NAMING)


def instant(**options: Any) -> Any:
    return Field(sa_type=Instant, **options)


def json_column(**options: Any) -> Any:
    return Field(sa_type=JSON, **options)


def coded(
    name: str, kind: type[StrEnum], *, otherwise: StrEnum | None = None, **options: Any
) -> Any:
    """A column of one of these words and no other, checked by the database; read as the word it
    is. `name` is the column's; `otherwise` stands in rows from before there was one."""
    words: Any = Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=CODE_LENGTH_MAX,
        values_callable=lambda members: [member.value for member in members],
    )
    if otherwise is None:
        return Field(sa_type=words, **options)
    default = {"server_default": text(f"'{otherwise.value}'")}
    return Field(sa_type=words, default=otherwise, sa_column_kwargs=default, **options)


def unless_set(**options: Any) -> Any:
    """False unless set."""
    return Field(default=False, sa_column_kwargs={"server_default": false()}, **options)


def empty(**options: Any) -> Any:
    """An empty text unless set."""
    return Field(default="", sa_column_kwargs={"server_default": text("''")}, **options)


def zero(**options: Any) -> Any:
    """No seconds unless set."""
    return Field(default=0.0, sa_column_kwargs={"server_default": text("0")}, **options)


def kept(**options: Any) -> Any:
    """Written by one act of its own, and left alone when the rest of the row is written anew."""
    return Field(default=None, sa_column_kwargs={"info": {"kept": True}}, **options)


def core(row: type[Table]) -> CoreTable:
    table: CoreTable = row.__table__  # type: ignore[attr-defined]
    return table
