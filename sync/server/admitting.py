"""What the office of a hub does about devices: codes, who waits, who is in, who is shut out."""

import argparse
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from sync.protocol.directory import OrgDevice
from sync.protocol.tickets import Ticket, grouped
from sync.protocol.words import device_words, root_words
from sync.server import office, pictures
from sync.server.app import utc_now
from sync.server.devices import code_from
from sync.server.founding import Hub
from sync.server.refusals import Refused
from sync.server.sentences import NotDone
from sync.server.stamps import stamp

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
ROLES = ("counselor", "desk", "admin", "supervisor", "coordinator")
Command = Callable[[Hub, argparse.Namespace], str]


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what can be asked."""
    code = commands.add_parser("new-code", help="a code for one new device, for two days")
    code.add_argument("org")
    code.add_argument("role", choices=ROLES)
    code.add_argument("--svg", type=Path, help="write the QR picture to this file instead")
    for name, words in (
        ("pending", "who waits at the door"),
        ("devices", "every device of an organisation, and which are shut out"),
    ):
        commands.add_parser(name, help=words).add_argument("org")
    for name, words in (
        ("let-in", "an organisation's first admin, once the six words were compared"),
        ("revoke", "shut a device out, or turn it away at the door"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("org")
        command.add_argument("device")


def _new_code(hub: Hub, asked: argparse.Namespace) -> str:
    root, now = office.root(hub), utc_now()
    if not root:
        raise NotDone("Publish the directory first: a code carries its root.")
    check_known(hub, asked.org)
    url, code = _address(hub, asked), code_from(secrets.token_bytes(16))
    text = Ticket(code, url, asked.org, asked.role, root).text()
    # Before it counts: a code that nobody has seen is nobody's.
    picture = _picture(text, asked.svg)
    office.keep_code(hub, asked.org, asked.role, code, now)
    return "\n".join(
        [
            picture,
            f"code:    {grouped(code)}",
            f"address: {url}",
            f"root:    {root_words(root)}",
            f"for one {asked.role}, once, until {stamp(now + office.CODE_LIFE)[:16]} UTC",
            text,
        ]
    )


def check_known(hub: Hub, org: str) -> None:
    """Raise `NotDone` unless the hub knows this organisation."""
    if not office.knows(hub, org):
        raise NotDone(
            "The hub knows no organisation by this id. `add-org` prints the ids of those it adds."
        )


def _picture(text: str, file: Path | None) -> str:
    if file:
        pictures.as_svg(text, file)
        return str(file)
    drawn = pictures.in_terminal(text)
    try:
        drawn.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return "This terminal cannot show the picture: type the letters, or use --svg next time."
    return drawn


def _pending(hub: Hub, asked: argparse.Namespace) -> str:
    check_known(hub, asked.org)
    lines = [
        f"{each.device}  {each.role}  {_words(each)}" for each in office.waiting(hub, asked.org)
    ]
    return "\n".join([*lines, f"{len(lines)} waiting."])


def _devices(hub: Hub, asked: argparse.Namespace) -> str:
    check_known(hub, asked.org)
    lines = [
        f"{each.device}  {each.role}  {each.status}  {_day(each)}  {_words(each)}"
        for each in sorted(office.listed(hub, asked.org), key=_day)
    ]
    return "\n".join([*lines, f"{len(lines)} devices."])


def _let_in(hub: Hub, asked: argparse.Namespace) -> str:
    check_known(hub, asked.org)
    try:
        office.let_in_first(hub, asked.org, asked.device, utc_now())
    except Refused as refused:
        raise NotDone(
            "Only an organisation's first admin is let in here, while it waits: `pending` lists"
            " who does. Everybody else is let in by that admin, at their own laptop; where that"
            " one is lost, or could not go on, `revoke` shuts it out first."
        ) from refused
    return "let in"


def _revoke(hub: Hub, asked: argparse.Namespace) -> str:
    check_known(hub, asked.org)
    try:
        office.revoke(hub, asked.org, asked.device, utc_now())
    except Refused as refused:
        raise NotDone(
            "This organisation has no such device, and nobody was shut out: `devices` lists them."
        ) from refused
    return "revoked"


def _address(hub: Hub, asked: argparse.Namespace) -> str:
    """Return what a laptop will call; refuse what none can."""
    said = asked.public_url or office.address(hub)
    if hub.world == "practice":
        return said or f"http://{asked.host}:{asked.port}"
    parts = urlsplit(said)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return said
    if said:
        raise NotDone(f"Laptops call no address but https, and this is {said}: no code was made.")
    raise NotDone(
        "No laptop would know where to call: no code was made. Say --public-url before new-code,"
        " or start the hub with it once, which remembers it."
    )


def _day(device: OrgDevice) -> str:
    return stamp(device.decided_at or device.asked_at)[:10]


def _words(device: OrgDevice) -> str:
    return str(device_words(device.sign_pub, device.seal_pub))


COMMANDS: dict[str, Command] = {
    "new-code": _new_code,
    "pending": _pending,
    "devices": _devices,
    "let-in": _let_in,
    "revoke": _revoke,
}
