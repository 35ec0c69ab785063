"""The ledger of what was provided without a consent (decree 15)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0004"


def upgrade() -> None:
    """Make the ledger."""
    op.create_table(
        "disclosure_ledger",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("referral_id", sa.Text(), nullable=False),
        sa.Column("from_org", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
    )
    op.create_index("disclosure_by_referral", "disclosure_ledger", ["referral_id"])
