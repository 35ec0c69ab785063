"""Sealed backups of laptops, where their organisation wishes it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the rule, the pieces and the sets that name them."""
    op.create_table("backup_rule", _key("org_id"), *_texts("said_by", "at"))
    op.create_table(
        "backup_room", _key("device_id"), *_texts("org_id", "sweep_at"), _number("held")
    )
    op.create_table("blob", _key("device_id"), _key("sha256"), _number("size"))
    op.create_table("blob_content", _key("device_id"), _key("sha256"), _raw("content"))
    op.create_table(
        "blob_set", _key("device_id"), _key("name"), *_texts("org_id", "at"), _number("size")
    )
    op.create_table("blob_manifest", _key("device_id"), _key("name"), _raw("manifest"))
    op.create_index("backup_room_by_org", "backup_room", ["org_id"])
    op.create_index("backup_room_by_time", "backup_room", ["sweep_at"])
    op.create_index("blob_set_by_org", "blob_set", ["org_id"])


def _key(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), primary_key=True, nullable=False)


def _texts(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _raw(name: str) -> "sa.Column[bytes]":
    return sa.Column(name, sa.LargeBinary(), nullable=False)
