"""What the office of a hub can be asked to do, and what it says when it is done."""

import argparse
import secrets
from collections.abc import Callable
from pathlib import Path

from sync.hsds.places import BadRows
from sync.hsds.reading import load
from sync.protocol.codec import canonical, read_json
from sync.protocol.directory import OrgKeysClaim
from sync.protocol.tickets import Ticket, grouped
from sync.protocol.words import device_words, root_words, six_words
from sync.server import copying, office, pictures
from sync.server.app import utc_now
from sync.server.founding import Hub
from sync.server.refusals import Refused, Rejected
from sync.server.stamps import stamp
from sync.server.store import StoreFailed
from sync.trust.folders import read_folder
from sync.trust.making import public_of

ROLES = ("counselor", "desk", "admin", "supervisor", "coordinator")
Command = Callable[[Hub, argparse.Namespace], str]


class NotDone(Exception):
    """The office did nothing, and says why in whole lines."""


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked."""
    commands = parser.add_subparsers(dest="command")
    adding = commands.add_parser("add-org", help="know organisations by their HSDS files")
    adding.add_argument("files", type=Path, nargs="+", help="JSON files or folders of CSV tables")
    publishing = commands.add_parser("publish", help="serve a directory that the keepers signed")
    publishing.add_argument("folder", type=Path)
    asking = commands.add_parser("proposals", help="what the keepers are asked to list")
    asking.add_argument("--to", type=Path, required=True, help="folder for one file each")
    code = commands.add_parser("new-code", help="a code for one new device, for two days")
    code.add_argument("org")
    code.add_argument("role", choices=ROLES)
    code.add_argument("--svg", type=Path, help="write the QR picture to this file instead")
    commands.add_parser("pending", help="who waits at the door").add_argument("org")
    for name, words in (
        ("let-in", "an organisation's first admin, once the six words were compared"),
        ("revoke", "shut a device out, or turn it away at the door"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("org")
        command.add_argument("device")
    telling = commands.add_parser("coordinator", help="who hears of what stays silent")
    telling.add_argument("org")
    commands.add_parser("sealed-backups", help="how much is kept of whose laptops' backups")
    ending = commands.add_parser("end-backups", help="destroy an organisation's sealed backups")
    ending.add_argument("org")
    commands.add_parser("stamp-key", help="the public key by which this hub stamps")
    commands.add_parser("ledger", help="what was provided without a consent, under which law")
    commands.add_parser("restored", help="after a restore from a backup, before serving")
    copying.add_commands(commands)


def done(hub: Hub, asked: argparse.Namespace) -> str:
    """Do it and return what to say; raises `NotDone`."""
    try:
        return _COMMANDS[asked.command](hub, asked)
    except BadRows as bad:
        named = (f"{row.file}:{row.line}: {row.field or 'row'}: {row.problem}" for row in bad.rows)
        raise NotDone("\n".join([*named, "Nothing was added."])) from bad
    except (Rejected, Refused) as refused:
        kind = refused.code if isinstance(refused, Rejected) else refused.kind
        raise NotDone(f"Refused: {kind}") from refused
    except StoreFailed as error:
        raise NotDone("The database did not take it: is the organisation known?") from error


def _add_org(hub: Hub, asked: argparse.Namespace) -> str:
    now = utc_now()
    records = load(tuple(asked.files), now.date())
    office.add_orgs(hub, records, now)
    lines = [f"{record.id}  {record.name}" for record in records]
    return "\n".join([*lines, f"{len(records)} added. Next: new-code ORG admin"])


def _publish(hub: Hub, asked: argparse.Namespace) -> str:
    version = office.publish(hub, read_folder(asked.folder), utc_now())
    return f"version {version}\nroot: {root_words(office.root(hub))}"


def _proposals(hub: Hub, asked: argparse.Namespace) -> str:
    asked.to.mkdir(parents=True, exist_ok=True)
    lines = []
    for proposal in office.proposals(hub):
        claim = read_json(OrgKeysClaim, proposal.keys.claim)
        (asked.to / f"{claim.org}.proposal.json").write_bytes(canonical(proposal))
        lines.append(f"{claim.org}  {six_words(b'org', claim.sign_pub)}")
    return "\n".join([*lines, f"{len(lines)} written."])


def _new_code(hub: Hub, asked: argparse.Namespace) -> str:
    root, now = office.root(hub), utc_now()
    if not root:
        raise NotDone("Publish the directory first: a code carries its root.")
    url = asked.public_url or f"http://{asked.host}:{asked.port}"
    code = office.new_code(hub, asked.org, asked.role, secrets.token_bytes, now)
    text = Ticket(code, url, asked.org, asked.role, root).text()
    if asked.svg:
        pictures.as_svg(text, asked.svg)
    return "\n".join(
        [
            str(asked.svg) if asked.svg else pictures.in_terminal(text),
            f"code:    {grouped(code)}",
            f"address: {url}",
            f"root:    {root_words(root)}",
            f"for one {asked.role}, once, until {stamp(now + office.CODE_LIFE)[:16]} UTC",
            text,
        ]
    )


def _pending(hub: Hub, asked: argparse.Namespace) -> str:
    waiting = office.waiting(hub, asked.org)
    lines = [
        f"{each.device}  {each.role}  {device_words(each.sign_pub, each.seal_pub)}"
        for each in waiting
    ]
    return "\n".join([*lines, f"{len(lines)} waiting."])


def _let_in(hub: Hub, asked: argparse.Namespace) -> str:
    office.let_in_first(hub, asked.org, asked.device, utc_now())
    return "let in"


def _revoke(hub: Hub, asked: argparse.Namespace) -> str:
    office.revoke(hub, asked.org, asked.device, utc_now())
    return "revoked"


def _coordinator(hub: Hub, asked: argparse.Namespace) -> str:
    office.choose_coordinator(hub, asked.org)
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
    office.end_backups(hub, asked.org, utc_now())
    return "destroyed"


def _restored(hub: Hub, _asked: argparse.Namespace) -> str:
    return office.restored(hub, secrets.token_bytes, utc_now())


_COMMANDS: dict[str, Command] = {
    "add-org": _add_org,
    "publish": _publish,
    "proposals": _proposals,
    "new-code": _new_code,
    "pending": _pending,
    "let-in": _let_in,
    "revoke": _revoke,
    "coordinator": _coordinator,
    "stamp-key": _stamp_key,
    "ledger": _ledger,
    "sealed-backups": _sealed_backups,
    "end-backups": _end_backups,
    "restored": _restored,
}
