"""The first database of the hub."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _parties()
    _messages()
    _mailboxes()
    _cases()


def _text(*names: str, key: bool = False) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), primary_key=key, nullable=False) for name in names]


def _bytes(*names: str) -> "list[sa.Column[bytes]]":
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def _parties() -> None:
    op.create_table("meta", *_text("key", key=True), *_text("value"))
    op.create_table(
        "org",
        *_text("id", key=True),
        *_text("status", "epochs", "created_at"),
        *_bytes("sign_pub"),
    )
    op.create_table(
        "device",
        *_text("id", key=True),
        *_text("org_id", "role", "status", "asked_at", "decided_at"),
        *_bytes("sign_pub", "seal_pub", "cert", "org_keys"),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"]),
    )
    op.create_index("device_by_org", "device", ["org_id", "status"])
    op.create_table(
        "enrol_code",
        *_text("hash", key=True),
        *_text("org_id", "role", "expires_at", "used_by"),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"]),
    )
    op.create_table(
        "directory",
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        *_bytes("book", "sig"),
        *_text("published_at"),
    )


def _messages() -> None:
    op.create_table(
        "message",
        *_text("id", key=True),
        *_text("digest", "device_id", "kind", "received_at"),
        *_bytes("result"),
    )
    op.create_table(
        "packet",
        *_text("message_id", key=True),
        *_text("ref", "kind", "device_id"),
        *_bytes("wire"),
    )
    op.create_index("packet_by_ref", "packet", ["ref"])


def _mailboxes() -> None:
    op.create_table(
        "mailbox",
        *_text("id", key=True),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("acked", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "delivery",
        *_text("mailbox", key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        *_text("kind", "ref", "message_id", "state", "reason", "created_at", "acked_at"),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("delivery_by_message", "delivery", ["message_id"])


def _cases() -> None:
    op.create_table(
        "consent",
        *_text("org_id", "id", key=True),
        *_text("digest", "recipients", "item_codes", "basis", "valid_until"),
        *_text("state", "state_at"),
    )
    op.create_table(
        "referral",
        *_text("id", key=True),
        *_text("consent_id", "from_org", "to_org", "digest", "priority", "status", "reason"),
        *_text("delivery", "created_at", "updated_at"),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("referral_by_consent", "referral", ["from_org", "consent_id"])
    op.create_table(
        "erasure_duty",
        *_text("referral_id", "org_id", key=True),
        *_text("opened_at", "due_at", "outcome", "article"),
    )
