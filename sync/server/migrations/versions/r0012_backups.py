"""Sealed backups of laptops, where their organisation wishes it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the rule, the pieces and the sets that name them."""
    text, raw = sa.Text(), sa.LargeBinary()
    op.create_table(
        "backup_rule",
        sa.Column("org_id", text, primary_key=True, nullable=False),
        sa.Column("said_by", text, nullable=False),
        sa.Column("at", text, nullable=False),
    )
    op.create_table(
        "blob",
        sa.Column("device_id", text, primary_key=True, nullable=False),
        sa.Column("sha256", text, primary_key=True, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "blob_content",
        sa.Column("device_id", text, primary_key=True, nullable=False),
        sa.Column("sha256", text, primary_key=True, nullable=False),
        sa.Column("content", raw, nullable=False),
    )
    op.create_table(
        "blob_set",
        sa.Column("device_id", text, primary_key=True, nullable=False),
        sa.Column("name", text, primary_key=True, nullable=False),
        sa.Column("org_id", text, nullable=False),
        sa.Column("manifest", raw, nullable=False),
        sa.Column("at", text, nullable=False),
    )
    op.create_index("blob_set_by_org", "blob_set", ["org_id"])
