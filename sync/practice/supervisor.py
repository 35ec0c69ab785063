"""The centre's supervisor in practice: reads what a colleague reports, and signs it at once.

So that the whole way can be tried. Nobody real is told of anything: this is the practice world.
"""

from uuid import UUID

from sync.client.errors import Untrusted
from sync.client.sealing import header_of, open_sealed, sign_clear
from sync.client.signing import SigningKey, verify
from sync.client.transport import HttpHub
from sync.practice.desks import Surroundings
from sync.practice.identity import Identity
from sync.protocol.answers import Event, Exchange
from sync.protocol.bodies import Packet
from sync.protocol.codec import Unreadable, canonical, packed, read_json
from sync.protocol.digests import sha256
from sync.protocol.directory import CERT_CONTEXT, DeviceCert, DeviceClaim
from sync.protocol.disclosures import (
    BASES,
    COSIGN_CONTEXT,
    COSIGN_LIFE,
    CosignGiven,
    DisclosureClaim,
)
from sync.protocol.messages import PROTOCOL, Header, Kind, Message


class Supervisor:
    """Signs with the admin's device of one organisation."""

    def __init__(self, own: Identity, hub: HttpHub, around: Surroundings) -> None:
        """Begin at the start of the mailbox: what was answered already is not there any more."""
        self._own, self._hub, self._around = own, hub, around
        self._after = 0

    def look(self) -> None:
        """Read what has come, and answer each question."""
        now = self._around.clock()
        answer = self._hub.exchange(Exchange((), self._after), now)
        said = tuple(filter(None, map(self._answer, answer.events)))
        if answer.events:
            self._after = answer.events[-1].seq
        if said:
            self._hub.exchange(Exchange(said, self._after), now)

    def _answer(self, event: Event) -> Message | None:
        if event.kind is not Kind.COSIGN_REQUEST or event.message is None or event.cert is None:
            return None
        try:
            return self._signed(event.message, event.cert)
        except (Untrusted, Unreadable):
            return None

    def _signed(self, message: Message, cert: DeviceCert) -> Message | None:
        own, now = self._own, self._around.clock()
        org_key = SigningKey(own.org_sign).public
        verify(org_key, CERT_CONTEXT + cert.claim, cert.sig, "cert")
        asker, header = read_json(DeviceClaim, cert.claim), header_of(message)
        raw = open_sealed(message, own.org, own.private_keys, asker.sign_pub)
        packet = read_json(Packet, raw)
        codes = tuple(sorted(packet.words))
        if packet.basis not in BASES or asker.device == own.device:
            return None
        claim = canonical(
            DisclosureClaim(
                packet.ref, own.org, asker.device, packet.agency, packet.basis, codes,
                sha256(raw).hex(), now, now + COSIGN_LIFE,
            )
        )  # fmt: skip
        sig = own.keys.sign.sign(COSIGN_CONTEXT + sha256(claim))
        vouched = own.cert(own.device, own.role, own.keys.sign.public, now)
        body = CosignGiven(asker.device, claim, sig, packed(vouched))
        fresh = str(UUID(bytes=self._around.chance(16), version=4))
        kind, ref, org = Kind.COSIGN_GIVEN, header.ref, own.org
        clear = Header(PROTOCOL, fresh, kind, ref, org, own.device, now, to_org=org)
        return sign_clear(clear, canonical(body), own.keys.sign)
