"""Messages of the path without a consent, as a well-behaved or a forging device writes them."""

from datetime import timedelta

import msgspec

from sync.client.sealing import seal, sign_clear
from sync.protocol.bodies import Packet
from sync.protocol.codec import canonical, packed
from sync.protocol.digests import sha256
from sync.protocol.disclosures import (
    ABUSE,
    COSIGN_CONTEXT,
    CosignGiven,
    CosignRefused,
    DisclosureClaim,
)
from sync.protocol.messages import Cosign, Kind

ITEMS = ("alias", "reach", "situation")


def hsds(org, kind, phone=""):
    """Return the record of an organisation of this kind."""
    term = {"id": "t", "name": kind, "code": kind, "taxonomy": "kr-linked-body"}
    return canonical(
        {
            "id": org,
            "name": kind or "?",
            "description": "",
            "attributes": [{"id": "a", "taxonomy_term": term}],
            "phones": [{"id": "p", "number": phone}] if phone else [],
        }
    )


class Reporter:
    """A device that reports, and the words it reports with."""

    def __init__(self, writer, chance, clock):
        self.writer, self._chance, self._clock = writer, chance, clock

    def packet(self, ref, to, basis=ABUSE, items=ITEMS, **changes):
        facts = {
            "ref": ref,
            "agency": to.org,
            "categories": ("protect",),
            "urgency": "urgent",
            "words": dict.fromkeys(items, "역 앞 편의점"),
            "keep_from_guardian": True,
            "written_at": self._clock(),
            "basis": basis,
            "reason": "등에 멍이 있다고 했다",
            "salt": self._chance(16).hex(),
        }
        return Packet(**facts | changes)

    def claim(self, packet, to, **changes):
        facts = {
            "ref": packet.ref,
            "from_org": self.writer.org,
            "from_device": self.writer.keys.device,
            "to_org": to.org,
            "basis": packet.basis,
            "item_codes": tuple(sorted(packet.words)),
            "packet_digest": sha256(canonical(packet)).hex(),
            "at": self._clock(),
            "until": self._clock() + timedelta(days=7),
        }
        return DisclosureClaim(**facts | changes)

    def request(self, packet, to, cosign=None, readers=None, **changes):
        facts = {
            "to_org": to.org,
            "basis": packet.basis,
            "item_codes": tuple(sorted(packet.words)),
            "priority": "urgent",
        }
        kind = changes.pop("kind", Kind.REFERRAL_REQUEST)
        header = self.writer.header(kind, packet.ref, **facts | changes)
        recipients = tuple((each.org, each.own.sealing_key) for each in readers or (to,))
        keys = self.writer.keys
        message = seal(header, canonical(packet), keys.sign, recipients, self._chance)
        return msgspec.structs.replace(message, cosign=cosign) if cosign else message

    def asks(self, packet, readers=None, **changes):
        """Return the question to a supervisor."""
        facts = {
            "to_org": self.writer.org,
            "basis": packet.basis,
            "item_codes": tuple(sorted(packet.words)),
        }
        header = self.writer.header(Kind.COSIGN_REQUEST, packet.ref, **facts | changes)
        recipients = tuple((each.org, each.own.sealing_key) for each in readers or (self.writer,))
        return seal(header, canonical(packet), self.writer.keys.sign, recipients, self._chance)


def cosigned(signer, claim, clock, cert=None):
    """Return the signature of this device under a claim."""
    raw = canonical(claim)
    sig = signer.keys.sign.sign(COSIGN_CONTEXT + sha256(raw))
    return Cosign(raw, sig, packed(cert or cert_of(signer, clock)))


def cert_of(writer, clock):
    own = writer.own
    return own.cert(writer.keys.device, own.role, writer.keys.sign.public, clock())


def answers(signer, ref, cosign, device):
    """Return what a supervisor sends back."""
    body = CosignGiven(device, cosign.claim, cosign.sig, cosign.cert)
    header = signer.header(Kind.COSIGN_GIVEN, ref, to_org=signer.org)
    return sign_clear(header, canonical(body), signer.keys.sign)


def refuses(signer, ref, device):
    header = signer.header(Kind.COSIGN_REFUSED, ref, to_org=signer.org)
    return sign_clear(header, canonical(CosignRefused(device, "not-covered")), signer.keys.sign)
