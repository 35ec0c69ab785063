"""What the office of a hub does for an organisation whose only admin's laptop is lost."""

import argparse
from pathlib import Path

from sync.server import handing_out, office
from sync.server.admitting import Command, check_known
from sync.server.founding import Hub
from sync.server.refusals import Refused
from sync.server.sentences import NotDone

_LED = (
    "An admin of this organisation is in, who decides that at their own laptop. If that is the"
    " laptop that is lost, shut it out first: `devices` lists it, `revoke` shuts it out."
)


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Say what can be asked."""
    handing = commands.add_parser(
        "hand-out", help="a lost laptop's sealed backup, where no admin is left to fetch it"
    )
    handing.add_argument("org")
    handing.add_argument("device")
    handing.add_argument("--to", type=Path, required=True, help="folder to put it in")
    anew = commands.add_parser(
        "found-anew", help="let an organisation make other keys: those before are lost for good"
    )
    anew.add_argument("org")


def _hand_out(hub: Hub, asked: argparse.Namespace) -> str:
    check_known(hub, asked.org)
    try:
        place = handing_out.hand_out(hub, asked.org, asked.device, asked.to)
    except Refused as refused:
        raise NotDone(f"{_why(hub, asked.org, refused)} Nothing was handed out.") from refused
    return (
        f"{place}\nIts owner brings it to a laptop, with the recovery code: Bring back a backup."
        " Then it joins again: new-code ORG admin, pending, let-in."
    )


def _why(hub: Hub, org: str, refused: Refused) -> str:
    if refused.kind == "role":
        return _LED
    if refused.kind == "piece-wrong":
        return "A piece of this backup is missing or another than it was left as."
    left = handing_out.owners(hub, org)
    if not left:
        return "No sealed backup of this organisation is kept here."
    return f"This device has left none. Of these there is one, the newest first: {' '.join(left)}."


def _found_anew(hub: Hub, asked: argparse.Namespace) -> str:
    check_known(hub, asked.org)
    try:
        office.found_anew(hub, asked.org)
    except Refused as refused:
        raise NotDone(f"{_LED} Nothing was changed.") from refused
    left = handing_out.owners(hub, asked.org)
    hint = f"Sealed backups are here of {' '.join(left)}: of an admin's, hand-out is better."
    return "\n".join(
        [
            *([hint] if left else []),
            "Who is let in next as its admin makes other keys. Then: proposals. Once the keepers"
            " have listed them, every other device joins again, with a new code.",
        ]
    )


COMMANDS: dict[str, Command] = {"hand-out": _hand_out, "found-anew": _found_anew}
