"""What the people who run a hub do: organisations, first devices, codes, the directory."""

from collections.abc import Callable
from datetime import datetime

from sync.hsds.records import Organization
from sync.protocol.codec import canonical, read_json
from sync.protocol.directory import Approval, Enrol, Listing, OrgDevice, Proposal
from sync.server import (
    addresses,
    blobs,
    devices,
    directory,
    disclosures,
    keyrings,
    reminders,
    restores,
)
from sync.server.founding import Hub
from sync.server.refusals import Rejected
from sync.server.store import written
from sync.server.sweeping import sweep
from sync.trust.layout import Files, Role, newest
from sync.trust.making import fingerprint

CODE_LIFE = devices.CODE_LIFE


def add_orgs(hub: Hub, records: tuple[Organization, ...], now: datetime) -> frozenset[str]:
    """Know organisations by their HSDS records, all or none; the keepers list them later.

    Return which take part already: they stay listed as they are until then.
    """
    with hub.store.writing() as db:
        for record in records:
            keyrings.name_org(db, record.id, canonical(record), now)
        return frozenset(each.id for each in records if directory.is_active(db, each.id))


def add_org(hub: Hub, listing: Listing, now: datetime) -> None:
    """Let an organisation take part at once, or renew its keys."""
    with hub.store.writing() as db:
        directory.list_org(db, listing, now)


def publish(hub: Hub, files: Files, now: datetime) -> int:
    """Serve a new directory; its organisations take part, the others no longer do."""
    with hub.store.writing() as db:
        before = keyrings.signing(db)
        version = directory.publish(db, files, hub.world, hub.key.timestamp_seed, now)
        keyrings.shut_out_before(db, before, now)
        return version


def directory_ends(hub: Hub) -> datetime | None:
    """Return when the directory stops to count unless the keepers sign it anew."""
    with hub.store.reading() as db:
        return directory.ends_at(directory.newest_files(db))


def proposals(hub: Hub) -> tuple[Proposal, ...]:
    """Return what organisations ask the keepers to list."""
    with hub.store.reading() as db:
        return keyrings.proposals(db)


def root(hub: Hub) -> bytes:
    """Return the fingerprint that new devices pin; empty before the first publication."""
    with hub.store.reading() as db:
        files = directory.repository(db)
    return fingerprint(files) if newest(files, Role.ROOT)[0] else b""


def knows(hub: Hub, org: str) -> bool:
    """Say whether the hub knows an organisation by this id, listed or not."""
    with hub.store.reading() as db:
        return directory.is_known(db, org)


def listed(hub: Hub, org: str) -> tuple[OrgDevice, ...]:
    """Return every device that an organisation ever had."""
    with hub.store.reading() as db:
        return devices.listed(db, org)


def waiting(hub: Hub, org: str) -> tuple[OrgDevice, ...]:
    """Return the devices of an organisation that wait at the door."""
    return tuple(d for d in listed(hub, org) if d.status == devices.PENDING)


def let_in_first(hub: Hub, org: str, device: str, now: datetime) -> None:
    """Let in the first admin of an organisation, once the six words were compared."""
    with hub.store.writing() as db:
        devices.let_in_first(db, org, device, now)


def found_anew(hub: Hub, org: str) -> None:
    """Let the next admin who is let in here make other keys in the place of lost ones."""
    written(hub.store, lambda db: keyrings.wish_anew(db, org))


def new_code(hub: Hub, org: str, role: str, chance: Callable[[int], bytes], now: datetime) -> str:
    """Make a one-time code with which a device of this organisation may come to the door."""
    code = devices.code_from(chance(16))
    keep_code(hub, org, role, code, now)
    return code


def keep_code(hub: Hub, org: str, role: str, code: str, now: datetime) -> None:
    """Let this code count from now on."""
    with hub.store.writing() as db:
        devices.keep_code(db, org, role, code, now)


def keep_address(hub: Hub, url: str) -> None:
    """Remember what laptops call this hub, for the codes that are made later."""
    if url and url != address(hub):
        written(hub.store, lambda db: addresses.keep(db, url))


def address(hub: Hub) -> str:
    """Return what laptops call this hub; empty if nobody has said it yet."""
    with hub.store.reading() as db:
        return addresses.public(db)


def add_device(hub: Hub, asked: Enrol, approval: Approval, now: datetime) -> None:
    """Put an organisation's first device in, on its own certificate."""
    with hub.store.writing() as db:
        devices.add(db, asked, approval, now)


def revoke(hub: Hub, org: str, device: str, now: datetime) -> None:
    """Shut a device out."""
    with hub.store.writing() as db:
        devices.revoke(db, org, device, now)


def ledger(hub: Hub) -> tuple[str, ...]:
    """Return what was provided without a consent, a line each (decree 15); no reporter in it."""
    fields = ("from_org", "recipient", "purpose", "legal_basis")
    with hub.store.reading() as db:
        return tuple(
            "\t".join(
                (
                    row["at"],
                    *(row[name] for name in fields),
                    ",".join(read_json(tuple[str, ...], row["items"].encode())),
                    row["form"],
                    row["limits"],
                )
            )
            for row in disclosures.ledger(db)
        )


def sealed_backups(hub: Hub) -> dict[str, int]:
    """Return how many bytes of sealed backups are kept of each organisation that wishes it."""
    with hub.store.reading() as db:
        return blobs.rooms(db)


def end_backups(hub: Hub, org: str) -> None:
    """Let go of an organisation's sealed backups; it takes its admin's wish to keep any again."""
    written(hub.store, lambda db: blobs.end(db, org))


def destroy_ended(hub: Hub, org: str, now: datetime) -> None:
    """Destroy what is left of an organisation's sealed backups that have ended."""
    while sweep(hub.store, now, org):
        pass


def choose_coordinator(hub: Hub, org: str) -> None:
    """Let this organisation hear of referrals and duties that stay silent."""
    with hub.store.writing() as db:
        if not directory.is_active(db, org):
            raise Rejected("org-inactive")
        reminders.set_coordinator(db, org)


def restored(hub: Hub, chance: Callable[[int], bytes], now: datetime) -> str:
    """Give the hub a new epoch after a restore, so that clients send again what it has lost."""
    with hub.store.writing() as db:
        directory.restamp(db, hub.key.timestamp_seed, now, is_restored=True)
        return restores.begin_again(db, chance, now)
