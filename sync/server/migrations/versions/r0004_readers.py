"""Each device acknowledges for itself; a packet goes when all of them have long had it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make both tables; what one device of an organisation acknowledged still counts."""
    op.create_table(
        "reader",
        sa.Column("device_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("mailbox", sa.Text(), primary_key=True, nullable=False),
        sa.Column("acked", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"]),
    )
    op.create_table(
        "settled",
        sa.Column("mailbox", sa.Text(), primary_key=True, nullable=False),
        sa.Column("through", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text(), nullable=False),
    )
    op.create_index("settled_by_time", "settled", ["at"])
    purged = sa.Column("purged", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("mailbox", purged)
    op.execute(
        "INSERT INTO settled (mailbox, through, at)"
        " SELECT mailbox, MAX(seq), MAX(acked_at) FROM delivery"
        " WHERE acked_at <> '' GROUP BY mailbox"
    )
    with op.batch_alter_table("delivery") as delivery:
        delivery.drop_column("acked_at")
