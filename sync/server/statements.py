"""The store's statements. SQLAlchemy builds one more slowly than SQLite runs it: so, once each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.dml import Delete, Insert, Update

from sync.server.phrases import lasting
from sync.server.tables import (
    delivery,
    device,
    disclosure_ledger,
    mailbox,
    packet,
    referral,
    reminder,
)

Values = list[tuple[Any, ...]] | list[dict[str, Any]]
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
    return lasting(query.with_for_update() if is_locking else query)


@cache
def highest(table: Table) -> Select[Any]:
    """Select the highest primary key."""
    (key,) = table.primary_key.columns
    return lasting(select(func.max(key).label(key.name)))


@dataclass(frozen=True, slots=True)
class Insertion:
    """The insertion of whole rows in one database's words, for its driver."""

    words: str
    places: tuple[str, ...]
    """The columns in order, where the driver takes values by their place."""

    def values(self, rows: Sequence[Mapping[str, Any]]) -> Values:
        """Return the rows as the driver takes them."""
        if not self.places:
            return [dict(row) for row in rows]
        return [tuple(row[name] for name in self.places) for row in rows]


@cache
def insertion(table: Table) -> Insert:
    """Insert a whole row."""
    return lasting(table.insert())


@cache
def insertions(table: Table, dialect: Dialect) -> Insertion:
    """Return how whole rows are inserted: SQLAlchemy looks at every value of every row again."""
    made = table.insert().compile(dialect=dialect)
    return Insertion(str(made), tuple(getattr(made, "positiontup", None) or ()))


@cache
def change(table: Table, where: Shape, names: tuple[str, ...]) -> Update:
    """Set these columns to the values bound as `new_…`."""
    values: dict[str, ColumnElement[Any]] = {name: bindparam(f"new_{name}") for name in names}
    return lasting(update(table).where(_match(table, where)).values(values))


@cache
def removal(table: Table, where: Shape) -> Delete:
    """Delete rows."""
    return lasting(table.delete().where(_match(table, where)))


@cache
def advance() -> Update:
    """Raise a mailbox's head, and return the new one."""
    raised = mailbox.c.head + bindparam("by", type_=BigInteger)
    changing = update(mailbox).where(mailbox.c.id == bindparam("counter")).values(head=raised)
    return lasting(changing.returning(mailbox.c.head))


@cache
def another_device() -> Select[Any]:
    """Select the id of one other device of an organisation."""
    ours = (device.c.org_id == bindparam("org"), device.c.status == bindparam("status"))
    asked = select(device.c.id).where(*ours, device.c.id != bindparam("but"))
    return lasting(asked.limit(bindparam("few")))


@cache
def untold() -> Select[Any]:
    """Select what an organisation's devices told others and not its own, as others were told.

    Each in the order in which it was taken. Not what stands on a law: that would show a colleague
    which device reported.
    """
    elsewhere = delivery.alias("elsewhere")
    org: BindParameter[str] = bindparam("org")
    joined = referral.join(packet, packet.c.ref == referral.c.id)
    joined = joined.join(device, device.c.id == packet.c.device_id)
    joined = joined.join(delivery, delivery.c.message_id == packet.c.message_id)
    is_told = exists().where(
        elsewhere.c.message_id == packet.c.message_id, elsewhere.c.mailbox == bindparam("box")
    )
    by_law = exists().where(disclosure_ledger.c.referral_id == referral.c.id)
    asked = (
        select(delivery)
        .select_from(joined)
        .where(
            referral.c.status.in_(bindparam("states", expanding=True)),
            or_(referral.c.to_org == org, and_(referral.c.from_org == org, ~by_law)),
            device.c.org_id == org,
            delivery.c.mailbox != bindparam("box"),
            ~is_told,
        )
        .order_by(delivery.c.mailbox, delivery.c.seq)
    )
    return lasting(asked)


@cache
def put_off() -> Select[Any]:
    """Select a few reminders that are planned for later than some time."""
    joined = reminder.join(referral, referral.c.id == reminder.c.referral_id)
    return (
        select(reminder)
        .select_from(joined)
        .where(
            reminder.c.due_at > bindparam("beyond"),
            reminder.c.reason.in_(bindparam("reasons", expanding=True)),
            referral.c.priority == bindparam("priority"),
        )
        .order_by(reminder.c.due_at)
        .limit(bindparam("few"))
    )


def _match(table: Table, where: Shape) -> ColumnElement[bool]:
    return and_(true(), *(_term(table, name, is_many) for name, is_many in where))


def _term(table: Table, name: str, is_many: bool) -> ColumnElement[bool]:
    if is_many:
        return table.c[name].in_(bindparam(f"is_{name}", expanding=True))
    return table.c[name] == bindparam(f"is_{name}")


@cache
def feed() -> Select[Any]:
    """Select deliveries with what is left of their messages and the senders' certificates."""
    joined = delivery.outerjoin(packet, packet.c.message_id == delivery.c.message_id)
    joined = joined.outerjoin(device, device.c.id == packet.c.device_id)
    asked = (
        select(delivery, packet.c.wire, packet.c.device_id, device.c.cert)
        .select_from(joined)
        .where(delivery.c.mailbox == bindparam("box"), delivery.c.seq > bindparam("after"))
        .order_by(delivery.c.seq)
        .limit(bindparam("limit"))
    )
    return lasting(asked)
