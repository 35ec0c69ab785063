"""Reminders that are planned, and every consent a referral stands on."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make both tables; a referral of before stands on the one consent it named."""
    op.create_table(
        "reminder",
        sa.Column("referral_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("reason", sa.Text(), primary_key=True, nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
    )
    op.create_index("reminder_by_time", "reminder", ["due_at"])
    op.create_table(
        "referral_basis",
        sa.Column("from_org", sa.Text(), primary_key=True, nullable=False),
        sa.Column("consent_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("referral_id", sa.Text(), primary_key=True, nullable=False),
    )
    op.create_index("referral_basis_by_referral", "referral_basis", ["referral_id"])
    op.execute(
        "INSERT INTO referral_basis (from_org, consent_id, referral_id)"
        " SELECT from_org, consent_id, id FROM referral"
    )
    op.drop_index("referral_by_consent", "referral")
    with op.batch_alter_table("referral") as referral:
        referral.drop_column("consent_id")
        referral.alter_column("digest", new_column_name="digests")
