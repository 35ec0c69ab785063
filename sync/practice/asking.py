"""What the practice police ask of the counselor's own centre, once: so an inbox can be learnt.

Invented: somebody who has finished the Guidance Program and agreed to go on talking elsewhere.
"""

from datetime import timedelta
from uuid import UUID, uuid5

import msgspec

from sync.client.sealing import seal, sign_clear
from sync.practice.identity import Chance
from sync.practice.letters import Letters
from sync.protocol.bodies import ConsentGiven, Packet
from sync.protocol.codec import canonical
from sync.protocol.digests import sha256
from sync.protocol.messages import PROTOCOL, Header, Kind, Message

KIND = "police"
"""Which kind of agency asks."""
_BASIS = "consent:17"
_HOLDS = timedelta(days=90)
_WORDS = {
    "alias": "솔",
    "age": "만 15세",
    "language": "한국어",
    "need": "선도프로그램을 마쳤어요. 이어서 편하게 이야기할 상담 선생님을 만나고 싶어 해요.",
    "reach": "평일 오후 4시 뒤에 문자로 먼저 알려 주세요.",
}


def case_of(device: str) -> str:
    """Return the id of the case that this desk asks about: always the same."""
    return str(uuid5(UUID(device), "first case"))


def first_request(letters: Letters, centre: str, chance: Chance) -> tuple[Message, ...]:
    """Return that consent was given, and the request sealed to the centre."""
    own, digest = letters.own, sha256(b"practice: a consent on paper").hex()
    consent, items = str(uuid5(UUID(own.device), "first consent")), tuple(sorted(_WORDS))
    until = letters.now + _HOLDS
    given = ConsentGiven(digest, (centre,), items, _BASIS, until)
    fact = _header(letters, Kind.CONSENT_GIVEN, consent, consent_id=consent)
    ref = case_of(own.device)
    packet = Packet(ref, centre, ("counsel",), "routine", _WORDS, False, letters.now)
    asked = _header(
        letters, Kind.REFERRAL_REQUEST, ref,
        to_org=centre, consent_id=consent, consent_digest=digest, basis=_BASIS, item_codes=items,
        expires=until,
    )  # fmt: skip
    readers = letters.readers(centre, chance)
    return (
        sign_clear(fact, canonical(given), own.keys.sign),
        seal(asked, canonical(packet), own.keys.sign, readers, chance),
    )


def _header(letters: Letters, kind: Kind, ref: str, **facts: object) -> Header:
    own = letters.own
    message = str(uuid5(UUID(own.device), f"first {kind}"))
    usual = Header(PROTOCOL, message, kind, ref, own.org, own.device, letters.now)
    return msgspec.structs.replace(usual, **facts)
