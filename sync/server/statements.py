"""The store's statements. SQLAlchemy builds one more slowly than SQLite runs it: so, once each."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, select, true, update
from sqlalchemy.sql.dml import Delete, Insert, Update

Shape = tuple[tuple[str, bool], ...]
"""The columns a condition names, and whether each may have one of several values."""


def shape(where: Mapping[str, object]) -> Shape:
    """Return the shape of a condition. A tuple means any of its values."""
    return tuple((name, isinstance(value, tuple)) for name, value in where.items())


def bound(where: Mapping[str, object]) -> dict[str, object]:
    """Return the condition's values as the statements below name them."""
    return {f"is_{name}": value for name, value in where.items()}


@cache
def chosen(table: Table, where: Shape, is_locking: bool = False) -> Select[Any]:
    """Select whole rows in the order of the primary key."""
    query = select(table).where(_match(table, where)).order_by(*table.primary_key.columns)
    return query.with_for_update() if is_locking else query


@cache
def insertion(table: Table) -> Insert:
    """Insert a whole row."""
    return table.insert()


@cache
def change(table: Table, where: Shape, names: tuple[str, ...]) -> Update:
    """Set these columns to the values bound as `new_…`."""
    values: dict[str, ColumnElement[Any]] = {name: bindparam(f"new_{name}") for name in names}
    return update(table).where(_match(table, where)).values(values)


@cache
def removal(table: Table, where: Shape) -> Delete:
    """Delete rows."""
    return table.delete().where(_match(table, where))


def _match(table: Table, where: Shape) -> ColumnElement[bool]:
    return and_(true(), *(_term(table, name, is_many) for name, is_many in where))


def _term(table: Table, name: str, is_many: bool) -> ColumnElement[bool]:
    if is_many:
        return table.c[name].in_(bindparam(f"is_{name}", expanding=True))
    return table.c[name] == bindparam(f"is_{name}")
