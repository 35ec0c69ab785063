"""The four gates of the path without a consent: something forbidden in front of each alone."""

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec
from disclosures_for_tests import Reporter, cosigned
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.services import agencies, exchange
from desktop.services.cosign_proofs import check_received
from desktop.vault.columns import stamp
from sync.client.errors import Untrusted
from sync.client.sealing import header_of
from sync.protocol.codec import packed
from sync.protocol.disclosures import ABUSE, LIFE
from sync.protocol.messages import Kind

_TRIGGERS = ("nothing_is_reported_without_two_signatures", "a_signature_is_used_once")
_REPORT = (
    "INSERT INTO disclosure (id, youth, basis, agency, agency_name, agency_kind, items, packet,"
    " sealed, device, asked_at, state) VALUES (?, ?, ?, ?, '', ?, ?, x'01', ?, 'me', ?, 'asked')"
)
_ROW = (
    "INSERT INTO outbox (id, priority, kind, ref, consent, to_org, items, bytes, queued_at, state)"
    " VALUES (?, 1, 'referral.request', ?, NULL, ?, ?, ?, ?, 'waiting')"
)


def broken(street, youth, chance):
    """Name each gate that let something forbidden through."""
    lapse = Lapse(street, youth, chance)
    if lapse.passes_trigger():
        yield "the trigger let it through"
    if lapse.passes_sender():
        yield "the sender let it through"
    forged, packet, how = _forged(street, chance)
    if _passes_hub(street, forged):
        yield f"the hub let it through: {how}"
    if _passes_receiver(street, forged, packet):
        yield f"the receiver let it through: {how}"


@dataclass
class Lapse:
    """A report that wants for one thing, around everything that would refuse it earlier."""

    street: object
    youth: object
    chance: object

    def __post_init__(self):
        self.vault, self.now = self.street.counselor.vault, self.street.counselor.now
        self.to = self.street.police_desk.org
        self.how = self.chance.choice(["by me", "unsigned", "receiver", "items", "law", "late"])
        self.reporter = Reporter(
            self.street.counselor.writer, self.chance.randbytes, self.street.hub.clock
        )

    def passes_trigger(self):
        """Say whether the database takes the row into the outbox."""
        try:
            with self.vault.transaction() as db:
                message = self._put(db)
        except sqlcipher.IntegrityError:
            return False
        self._take_away(message)
        return True

    def passes_sender(self):
        """Put the row there without the trigger, and see whether a round takes it along."""
        listening = Listening(self.street.counselor.line)
        with triggers_put_aside(self.vault), self.vault.transaction() as db:
            message = self._put(db)
            db.execute(
                "UPDATE disclosure SET state = 'queued' WHERE state = 'signed' AND device = 'me'"
            )
        exchange.exchange(self.vault, listening, self.now)
        self._take_away(message)
        return message in listening.heard

    def _take_away(self, message):
        with self.vault.transaction() as db:
            db.execute("DELETE FROM outbox WHERE id = ?", (message,))
            db.execute("DELETE FROM disclosure WHERE device = 'me'")

    def _put(self, db):
        """Write the report as its lapse has it, then its row."""
        packet = self.reporter.packet(self._fresh(), self.street.police_desk)
        message = self.reporter.request(packet, self.street.police_desk)
        items = "[]" if self.how == "items" else json.dumps(sorted(packet.words))
        kind = "school" if self.how == "law" else "police"
        agency = "another" if self.how == "receiver" else self.to
        row = (packet.ref, str(self.youth), ABUSE, agency, kind, json.dumps(sorted(packet.words)))
        db.execute(_REPORT, (*row, packed(message), stamp(self.now)))
        if self.how != "unsigned":
            by = "me" if self.how == "by me" else "supervisor"
            until = self.now if self.how == "late" else self.now + timedelta(days=7)
            db.execute(
                "UPDATE disclosure SET state = 'signed', cosigner = ?, signed_at = ?,"
                " valid_until = ? WHERE id = ?",
                (by, stamp(self.now), stamp(until), packet.ref),
            )
        header = header_of(message)
        db.execute(_ROW, (header.id, packet.ref, self.to, items, packed(message), stamp(self.now)))
        return header.id

    def _fresh(self):
        return str(UUID(bytes=self.chance.randbytes(16), version=4))


class Listening:
    """Hears what the sender says, and passes nothing on."""

    def __init__(self, line):
        self._line, self.heard = line, []

    def __getattr__(self, name):
        return getattr(self._line, name)

    def exchange(self, asked, now):
        self.heard += [header_of(item).id for item in asked.items]
        return self._line.exchange(msgspec.structs.replace(asked, items=()), now)


def _forged(street, chance):
    """Return a sealed report that wants for one thing, its packet, and for what."""
    writer, clock, to = street.counselor.writer, street.hub.clock, street.police_desk
    reporter = Reporter(writer, chance.randbytes, clock)
    how = chance.choice(
        ["unsigned", "own", "ref", "to", "basis", "codes", "digest", "device", "late", "item",
         "consent", "amend", "bent"]
    )  # fmt: skip
    items = ("alias", "need") if how == "item" else ("alias", "reach")
    packet = reporter.packet(writer.fresh(), to, items=items)
    lies = {
        "ref": {"ref": writer.fresh()}, "to": {"to_org": street.city_desk.org},
        "basis": {"basis": LIFE}, "codes": {"item_codes": ("alias",)},
        "digest": {"packet_digest": "0" * 64}, "device": {"from_device": writer.fresh()},
        "late": {"until": clock() - timedelta(seconds=chance.randint(1, 10**6))},
    }  # fmt: skip
    claim = reporter.claim(packet, to, **lies.get(how, {}))
    signer = writer if how == "own" else street.supervisor.writer
    cosign = None if how == "unsigned" else cosigned(signer, claim, clock)
    if how == "bent":
        cosign = msgspec.structs.replace(cosign, sig=chance.randbytes(64))
    changes = {"consent": {"consent_id": writer.fresh()}, "amend": {"kind": Kind.REFERRAL_AMEND}}
    return reporter.request(packet, to, cosign, **changes.get(how, {})), packet, how


def _passes_hub(street, message):
    # A digest is all that the hub cannot check: the receiver does, who opens the packet.
    before = street.hub.exchange(street.police_desk).head
    (outcome,) = street.hub.outcomes(street.counselor.writer, message)
    is_blind = outcome == "accepted" and _claims_digest(message)
    return (outcome == "accepted" and not is_blind) or (
        not is_blind and street.hub.exchange(street.police_desk).head != before
    )


def _claims_digest(message):
    return b'"packet_digest":"' + b"0" * 64 in message.cosign.claim


def _passes_receiver(street, message, packet):
    with street.counselor.vault.reading() as db:
        book = agencies.book(db)
    try:
        check_received(message, packet, book, street.hub.clock())
    except Untrusted:
        return False
    return True


class triggers_put_aside:  # noqa: N801 - it reads as a `with` statement's verb
    """Take the database's own gate away, as no code of the program can, and put it back."""

    def __init__(self, vault):
        self._db = vault._connection

    def __enter__(self):
        self._made = _dropped(self._db)

    def __exit__(self, *_):
        for sql in self._made:
            self._db.execute(sql)


def without_trigger(vault) -> None:
    """Take the gate away for good."""
    _dropped(vault._connection, _TRIGGERS[:1])


def _dropped(db, names=_TRIGGERS):
    db.set_authorizer(None)
    query = "SELECT sql FROM sqlite_master WHERE name = ?"
    made = [row[0] for name in names for row in db.execute(query, (name,)).fetchall()]
    for name in names:
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
    return made
