"""The key by which a member's own vault opens the team's: made once, kept inside that vault."""

from dataclasses import dataclass

from desktop.errors import NotInTeam
from desktop.services.unlocking import Finder
from desktop.vault import opening
from desktop.vault import team as rows
from desktop.vault.database import Vault
from desktop.vault.header import Header
from desktop.vault.keys import Chance
from desktop.vault.slots import MemberSlot, key_id, opened_by_key


@dataclass(frozen=True, slots=True, repr=False)
class TeamKey:
    """A member's private key, and what others may know of it."""

    secret: bytes
    public: bytes

    @property
    def id(self) -> str:
        """Return the member's id in the team."""
        return key_id(self.public).hex()


def kept(own: Vault) -> TeamKey | None:
    """Return the key of whoever has `own` unlocked, or None before the first team."""
    with own.reading() as db:
        secret = rows.secret(db)
    return _key(secret) if secret else None


def made(own: Vault, chance: Chance) -> TeamKey:
    """Return the key of whoever has `own` unlocked; make it where there is none yet."""
    from sync.client.hybrid import SealingPair

    known = kept(own)
    if known is None:
        known = _key(SealingPair.make(chance).secret)
        with own.transaction() as db:
            rows.keep_secret(db, known.secret)
    return known


def by_key(key: TeamKey | None) -> Finder:
    """Return what looks for the slot of this key."""

    def find(header: Header) -> bytes | None:
        for slot in header.slots:
            if key and isinstance(slot, MemberSlot) and slot.key.hex() == key.id:
                return opened_by_key(header.lid, slot, key.secret)
        return None

    return find


def vmk(own: Vault, team: Vault) -> bytes:
    """Find the key of the open team vault once more; raises `NotInTeam`."""
    found = by_key(kept(own))(opening.current(team).header)
    if found is None:
        raise NotInTeam
    return found


def _key(secret: bytes) -> TeamKey:
    from sync.client.hybrid import SealingPair

    return TeamKey(secret, SealingPair(secret).public)
