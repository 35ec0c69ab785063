"""Each step of the keepers, on the files of a repository: nothing here asks or tells anybody."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from sync.client.errors import Tampered
from sync.client.signing import verify
from sync.hsds.json_files import organization
from sync.hsds.places import BadRow
from sync.protocol.codec import Unreadable, canonical, read_json
from sync.protocol.directory import (
    ORG_KEYS_CONTEXT,
    Listing,
    OrgKeysClaim,
    Proposal,
    SealingKey,
)
from sync.trust.layout import (
    NETWORK,
    ORGS,
    Files,
    Holders,
    Network,
    NotTrusted,
    Role,
    newest,
)
from sync.trust.making import check_root, holders, published, root


@dataclass(frozen=True, slots=True)
class Proposed:
    """An organisation that asks to be listed, and what the keepers must compare first."""

    listing: Listing
    name: str
    is_new_key: bool
    """It was never listed, or with another signing key: its six words are to be compared."""
    is_anew: bool = False
    """It was listed with another signing key, which is lost."""
    is_older: bool = False
    """It lacks a sealing key that is listed, or would use again one that is retired."""
    takes_a_number: bool = False
    """A key of it has the number that another one has in the list."""


def replaced(files: Files, role: Role, old: bytes | None, new: bytes, now: datetime) -> Files:
    """Return the repository with an unsigned root in which a role's key is another.

    `old` may be left out where the role has one key.
    """
    before = holders(newest_root(files)[1])
    keys = before.root if role is Role.ROOT else (getattr(before, role.value),)
    if old is None and len(keys) == 1:
        (old,) = keys
    if old not in keys or new in keys:
        raise NotTrusted("key")
    changed = tuple(new if key == old else key for key in keys)
    value = changed if role is Role.ROOT else changed[0]
    return with_root(files, msgspec.structs.replace(before, **{role.value: value}), now)


def with_root(files: Files, keys: Holders, now: datetime) -> Files:
    """Return the repository with the next root, unsigned."""
    version, before = newest(files, Role.ROOT)
    return {**files, f"{version + 1}.root.json": root(keys, now, before)}


def newest_root(files: Files) -> tuple[int, bytes]:
    """Return version and content of the newest root; raises `NotTrusted` where there is none."""
    version, raw = newest(files, Role.ROOT)
    if not version:
        raise NotTrusted("no root")
    return version, raw


def check_roots(files: Files) -> None:
    """Raise `NotTrusted` unless every root is signed by enough keepers of it and before it."""
    version, before = newest_root(files)[0], b""
    for number in range(1, version + 1):
        raw = files.get(f"{number}.root.json", b"")
        check_root(raw, before)
        before = raw


def listings(files: Files) -> dict[str, Listing]:
    """Return who is listed now."""
    found = (read_json(Listing, raw) for path, raw in files.items() if path.startswith(ORGS))
    return {listing.org: listing for listing in found}


def network(files: Files) -> Network | None:
    """Return which network this is, if it was ever published."""
    named = (raw for path, raw in files.items() if path.endswith(f".{NETWORK}"))
    return next((read_json(Network, raw) for raw in named), None)


def proposed(raw: bytes, known: dict[str, Listing]) -> Proposed:
    """Read what an organisation asks for; raises `NotTrusted` unless it asks itself."""
    try:
        proposal = read_json(Proposal, raw)
        claim = read_json(OrgKeysClaim, proposal.keys.claim)
        said = ORG_KEYS_CONTEXT + proposal.keys.claim
        verify(claim.sign_pub, said, proposal.keys.sig, "keys")
        record = organization(bytes(proposal.hsds), claim.org)
    except (Unreadable, Tampered, BadRow) as error:
        raise NotTrusted("proposal") from error
    if record.id != claim.org or not claim.sealing_keys:
        raise NotTrusted("proposal")
    listing = Listing(claim.org, proposal.hsds, claim.sign_pub, claim.sealing_keys)
    before = known.get(claim.org)
    if before is None:
        return Proposed(listing, record.name, is_new_key=True)
    is_anew = before.sign_pub != claim.sign_pub
    return Proposed(
        listing,
        record.name,
        is_new_key=is_anew,
        is_anew=is_anew,
        is_older=not is_anew and not _follows(claim.sealing_keys, before.sealing_keys),
        takes_a_number=_takes(claim.sealing_keys, before.sealing_keys),
    )


def _takes(keys: tuple[SealingKey, ...], listed: tuple[SealingKey, ...]) -> bool:
    """Say whether a laptop would put one of these in the place of another one that is listed.

    It could read no letter to that one any more.
    """
    numbers = {key.epoch: key.public for key in listed}
    return any(numbers.get(key.epoch, key.public) != key.public for key in keys)


def _follows(keys: tuple[SealingKey, ...], listed: tuple[SealingKey, ...]) -> bool:
    """Say whether every listed key is among these, and no retired one in use again."""
    retired = {(key.epoch, key.public): key.is_retired for key in keys}
    for key in listed:
        is_retired = retired.get((key.epoch, key.public))
        if is_retired is None or (key.is_retired and not is_retired):
            return False
    return True


def listed(
    files: Files,
    named: Network,
    orgs: dict[str, Listing],
    seeds: dict[Role, bytes],
    now: datetime,
) -> Files:
    """Return the repository that lists exactly these organisations, signed."""
    check_roots(files)
    return published(files, named, tuple(orgs[org] for org in sorted(orgs)), seeds, now)


def same(one: Listing, other: Listing | None) -> bool:
    """Say whether a proposal asks for what is listed already."""
    return other is not None and canonical(one) == canonical(other)
