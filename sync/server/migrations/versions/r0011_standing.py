"""Find the referral that has waited longest for an answer without reading all of them."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the index."""
    op.create_index("referral_by_status", "referral", ["status", "priority", "created_at"])
