"""What the office of a hub can be asked to do, and what it says when it is done."""

import argparse
import secrets
from pathlib import Path

from sync.hsds.places import BadRows
from sync.hsds.reading import load
from sync.protocol.codec import canonical, read_json
from sync.protocol.directory import OrgKeysClaim
from sync.protocol.words import root_words, six_words
from sync.server import admitting, copying, office, rescuing
from sync.server.admitting import Command
from sync.server.app import utc_now
from sync.server.founding import Hub
from sync.server.refusals import Rejected
from sync.server.sentences import NotDone, sentence
from sync.server.stamps import stamp
from sync.server.store import StoreFailed
from sync.trust.folders import read_folder
from sync.trust.layout import NotTrusted
from sync.trust.making import public_of

BEFORE_SERVING = frozenset({"add-org", "stamp-key"})
"""What may be asked of a hub that has never served: they found it where there is nothing yet."""
_OTHER = "This directory is of the other world, or not newer than the one that is served."
_FORGED = (
    "This directory does not follow from the one that is served, or was changed since the keepers"
    " signed it: bring it from them anew."
)
_NOT_SEEN_YET = (
    "Laptops go on showing what was listed before, until the keepers have signed it: proposals"
    " --to FOLDER, their `publish --proposals`, and `publish` here."
)
_ENDED = "The backups can be fetched no more, but not all of them are destroyed yet."
_WHY = {
    "expired": "This directory is over: ask the keepers to sign it anew.",
    "older": "This directory is older than the one that is served: bring the newest.",
    "another hub": "The root of this directory names another hub's stamp key. Where this hub takes"
    " the place of a lost one, the keepers rotate the timestamp to what `stamp-key` says here.",
    "incomplete": "A file of this directory is missing: bring the keepers' whole folder.",
    "unreadable": "A file of this directory cannot be read: bring the keepers' folder anew.",
    "too much": "There is more in this folder than a directory: name the keepers' own folder.",
}
"""What is wrong with a repository, by the word that its proof has for it."""


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked."""
    commands = parser.add_subparsers(dest="command")
    adding = commands.add_parser("add-org", help="know organisations by their HSDS files")
    adding.add_argument("files", type=Path, nargs="+", help="JSON files or folders of CSV tables")
    publishing = commands.add_parser("publish", help="serve a directory that the keepers signed")
    publishing.add_argument("folder", type=Path)
    asking = commands.add_parser("proposals", help="what the keepers are asked to list")
    asking.add_argument("--to", type=Path, required=True, help="folder for one file each")
    telling = commands.add_parser("coordinator", help="who hears of what stays silent")
    telling.add_argument("org")
    commands.add_parser("sealed-backups", help="how much is kept of whose laptops' backups")
    ending = commands.add_parser("end-backups", help="destroy an organisation's sealed backups")
    ending.add_argument("org")
    commands.add_parser("stamp-key", help="the public key by which this hub stamps")
    commands.add_parser("ledger", help="what was provided without a consent, under which law")
    commands.add_parser("restored", help="after a restore from a backup, before serving")
    admitting.add_commands(commands)
    rescuing.add_commands(commands)
    copying.add_commands(commands)


def done(hub: Hub, asked: argparse.Namespace) -> str:
    """Do it and return what to say; raises `NotDone`."""
    try:
        return _COMMANDS[asked.command](hub, asked)
    except BadRows as bad:
        named = (f"{row.file}:{row.line}: {row.field or 'row'}: {row.problem}" for row in bad.rows)
        raise NotDone("\n".join([*named, "Nothing was added."])) from bad


def _add_org(hub: Hub, asked: argparse.Namespace) -> str:
    now = utc_now()
    records = load(tuple(asked.files), now.date())
    renewed = len(office.add_orgs(hub, records, now))
    lines = [f"{record.id}  {record.name}" for record in records]
    if added := len(records) - renewed:
        lines.append(f"{added} added. Next: new-code ORG admin")
    if renewed:
        lines.append(f"{renewed} renewed. {_NOT_SEEN_YET}")
    return "\n".join(lines)


def _publish(hub: Hub, asked: argparse.Namespace) -> str:
    try:
        files = read_folder(asked.folder)
        if not files:
            raise NotDone(f"There is no directory in {asked.folder}: name the keepers' folder.")
        version = office.publish(hub, files, utc_now())
    except (NotTrusted, Rejected) as refused:
        cause = refused if isinstance(refused, NotTrusted) else refused.__cause__
        why = _WHY.get(getattr(cause, "why", ""), _FORGED) if cause else _OTHER
        raise NotDone(f"{why} Nothing was changed (directory-refused).") from refused
    ends = office.directory_ends(hub)
    until = f"until: {stamp(ends)[:10]}, and by then signed anew by the keepers\n" if ends else ""
    return f"version {version}\n{until}root: {root_words(office.root(hub))}"


def _proposals(hub: Hub, asked: argparse.Namespace) -> str:
    asked.to.mkdir(parents=True, exist_ok=True)
    lines = []
    for proposal in office.proposals(hub):
        claim = read_json(OrgKeysClaim, proposal.keys.claim)
        (asked.to / f"{claim.org}.proposal.json").write_bytes(canonical(proposal))
        lines.append(f"{claim.org}  {six_words(b'org', claim.sign_pub)}")
    return "\n".join([*lines, f"{len(lines)} written."])


def _coordinator(hub: Hub, asked: argparse.Namespace) -> str:
    try:
        office.choose_coordinator(hub, asked.org)
    except Rejected as refused:
        raise NotDone(
            "The directory does not list this organisation. `publish` one that does: known by"
            " `add-org` alone, it takes no part yet."
        ) from refused
    return "chosen"


def _stamp_key(hub: Hub, _asked: argparse.Namespace) -> str:
    return public_of(hub.key.timestamp_seed).hex()


def _ledger(hub: Hub, _asked: argparse.Namespace) -> str:
    lines = office.ledger(hub)
    return "\n".join([*lines, f"{len(lines)} provided."])


def _sealed_backups(hub: Hub, _asked: argparse.Namespace) -> str:
    held = office.sealed_backups(hub)
    lines = [f"{org}  {size} bytes" for org, size in sorted(held.items())]
    return "\n".join([*lines, f"{sum(held.values())} bytes of {len(held)}."])


def _end_backups(hub: Hub, asked: argparse.Namespace) -> str:
    if asked.org not in office.sealed_backups(hub):
        raise NotDone("No sealed backups are kept of this organisation.")
    office.end_backups(hub, asked.org)
    try:
        office.destroy_ended(hub, asked.org, utc_now())
    except StoreFailed as error:
        raise NotDone(sentence(error, _ENDED)) from error
    return "destroyed"


def _restored(hub: Hub, _asked: argparse.Namespace) -> str:
    epoch = office.restored(hub, secrets.token_bytes, utc_now())
    return "\n".join(copying.said_after(epoch))


_COMMANDS: dict[str, Command] = {
    **admitting.COMMANDS,
    **rescuing.COMMANDS,
    "add-org": _add_org,
    "publish": _publish,
    "proposals": _proposals,
    "coordinator": _coordinator,
    "stamp-key": _stamp_key,
    "ledger": _ledger,
    "sealed-backups": _sealed_backups,
    "end-backups": _end_backups,
    "restored": _restored,
}
