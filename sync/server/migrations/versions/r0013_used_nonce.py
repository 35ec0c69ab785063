"""Requests that would turn something back are taken once, whichever process is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the list of nonces."""
    op.create_table(
        "used_nonce",
        sa.Column("device_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("nonce", sa.Text(), primary_key=True, nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
    )
    op.create_index("used_nonce_by_time", "used_nonce", ["until"])
