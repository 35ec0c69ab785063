"""What is under way outlasts its reading, for whoever is let in later (D-184)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the list of what is kept until a consent is over."""
    op.create_table(
        "kept",
        sa.Column("message_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
    )
    op.create_index("kept_by_time", "kept", ["until"])
