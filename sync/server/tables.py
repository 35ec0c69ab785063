"""What the hub keeps. Portable types only: UUIDs as text, times as text in UTC, JSON as text."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()


def _id(name: str, *, primary_key: bool = False) -> "Column[str]":
    return Column(name, Text, primary_key=primary_key, nullable=False)


def _texts(*names: str) -> "list[Column[str]]":
    return [Column(name, Text, nullable=False) for name in names]


def _of_device(name: str, key: str, *columns: "Column[Any]") -> Table:
    keys = (_id("device_id", primary_key=True), _id(key, primary_key=True))
    return Table(name, metadata, *keys, *columns)


meta = Table("meta", metadata, _id("key", primary_key=True), Column("value", Text, nullable=False))

org = Table(
    "org",
    metadata,
    _id("id", primary_key=True),
    Column("status", Text, nullable=False),
    Column("sign_pub", LargeBinary, nullable=False),
    *_texts("epochs", "created_at"),
)

device = Table(
    "device",
    metadata,
    _id("id", primary_key=True),
    Column("org_id", Text, ForeignKey("org.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("sign_pub", LargeBinary, nullable=False),
    Column("seal_pub", LargeBinary, nullable=False),
    Column("status", Text, nullable=False),
    Column("cert", LargeBinary, nullable=False),
    Column("org_keys", LargeBinary, nullable=False),
    *_texts("asked_at", "decided_at"),
)
Index("device_by_org", device.c.org_id, device.c.status)

enrol_code = Table(
    "enrol_code",
    metadata,
    _id("hash", primary_key=True),
    Column("org_id", Text, ForeignKey("org.id"), nullable=False),
    *_texts("role", "expires_at", "used_by"),
)

directory = Table(
    "directory",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("book", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("published_at", Text, nullable=False),
)

message = Table(
    "message",
    metadata,
    _id("id", primary_key=True),
    *_texts("digest", "device_id", "kind", "received_at"),
    Column("result", LargeBinary, nullable=False),
)

packet = Table(
    "packet",
    metadata,
    _id("message_id", primary_key=True),
    *_texts("ref", "kind", "device_id"),
    Column("wire", LargeBinary, nullable=False),
)
Index("packet_by_ref", packet.c.ref)

mailbox = Table(
    "mailbox",
    metadata,
    _id("id", primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("acked", BigInteger, nullable=False),
    Column("purged", BigInteger, nullable=False),
)

# How far each device has read (`acked`), and when it was last heard, to within a week.
reader = Table(
    "reader",
    metadata,
    Column("device_id", Text, ForeignKey("device.id"), primary_key=True, nullable=False),
    _id("mailbox", primary_key=True),
    Column("acked", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
)

# Since when every device of a mailbox has read as far as `through`: a row goes with its packets.
settled = Table(
    "settled",
    metadata,
    _id("mailbox", primary_key=True),
    Column("through", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
)
Index("settled_by_time", settled.c.at)

# What everybody has long read, and somebody let in later may need: until its consent is over.
kept = Table("kept", metadata, _id("message_id", primary_key=True), *_texts("until"))
Index("kept_by_time", kept.c.until)

delivery = Table(
    "delivery",
    metadata,
    _id("mailbox", primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    *_texts("kind", "ref", "message_id", "state"),
    Column("version", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)
Index("delivery_by_message", delivery.c.message_id)

consent = Table(
    "consent",
    metadata,
    _id("org_id", primary_key=True),
    _id("id", primary_key=True),
    *_texts("digest", "recipients", "item_codes", "basis", "valid_until", "state", "state_at"),
)

referral = Table(
    "referral",
    metadata,
    _id("id", primary_key=True),
    *_texts("from_org", "to_org", "digests", "priority", "status", "reason", "delivery"),
    Column("version", Integer, nullable=False),
    *_texts("created_at", "updated_at"),
)
Index("referral_by_status", referral.c.status, referral.c.priority, referral.c.created_at)

erasure_duty = Table(
    "erasure_duty",
    metadata,
    _id("referral_id", primary_key=True),
    _id("org_id", primary_key=True),
    *_texts("opened_at", "due_at", "outcome", "article"),
)

# Every consent that something told in a referral stands on: an amendment may bring another.
referral_basis = Table(
    "referral_basis",
    metadata,
    _id("from_org", primary_key=True),
    _id("consent_id", primary_key=True),
    _id("referral_id", primary_key=True),
)
Index("referral_basis_by_referral", referral_basis.c.referral_id)

# Planned reminders: a row goes when it is sent, or when nobody need be reminded any more.
reminder = Table(
    "reminder",
    metadata,
    _id("referral_id", primary_key=True),
    _id("reason", primary_key=True),
    Column("due_at", Text, nullable=False),
)
Index("reminder_by_time", reminder.c.due_at)

# What each laptop showed of its journal: `said` and `sig` hold why a line began, where one did.
witness = Table(
    "witness",
    metadata,
    Column("device_id", Text, ForeignKey("device.id"), primary_key=True, nullable=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("h", LargeBinary, nullable=False),
    Column("said", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)

# What was provided on a basis other than consent (decree 15). Who reported stands nowhere in it.
disclosure_ledger = Table(
    "disclosure_ledger",
    metadata,
    _id("id", primary_key=True),
    *_texts(
        "referral_id",
        "from_org",
        "recipient",
        "purpose",
        "legal_basis",
        "items",
        "at",
        "form",
        "limits",
    ),
)
Index("disclosure_by_referral", disclosure_ledger.c.referral_id)

# A row says that the organisation wishes its laptops' sealed backups to be kept here.
backup_rule = Table(
    "backup_rule",
    metadata,
    _id("org_id", primary_key=True),
    Column("said_by", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# How much of each device's sealed backups is here, and when to look for what no set names.
backup_room = Table(
    "backup_room",
    metadata,
    _id("device_id", primary_key=True),
    *_texts("org_id", "sweep_at"),
    Column("held", BigInteger, nullable=False),
)
Index("backup_room_by_org", backup_room.c.org_id)
Index("backup_room_by_time", backup_room.c.sweep_at)

# Beside their contents, so that counting what a device keeps reads none of it.
blob = _of_device("blob", "sha256", Column("size", BigInteger, nullable=False))
blob_content = _of_device("blob_content", "sha256", Column("content", LargeBinary, nullable=False))

blob_set = _of_device(
    "blob_set", "name", *_texts("org_id", "at"), Column("size", BigInteger, nullable=False)
)
blob_manifest = _of_device(
    "blob_manifest", "name", Column("manifest", LargeBinary, nullable=False)
)
Index("blob_set_by_org", blob_set.c.org_id)

# Of requests that would turn something back if they were repeated, while their signatures count.
used_nonce = _of_device("used_nonce", "nonce", *_texts("until"))
Index("used_nonce_by_time", used_nonce.c.until)
