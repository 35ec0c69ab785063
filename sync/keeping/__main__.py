"""`bammajung-root`: make, sign, publish and renew the network's directory, never on the hub."""

import argparse
import getpass
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sync.keeping.keys import KeyRefused, make_key, read_key
from sync.keeping.steps import (
    Proposed,
    check_roots,
    listed,
    listings,
    network,
    proposed,
    replaced,
    same,
    with_root,
)
from sync.protocol.directory import Listing
from sync.protocol.words import root_words, six_words
from sync.trust.folders import read_folder, write_folder
from sync.trust.layout import Holders, Network, NotTrusted, Role, newest
from sync.trust.making import fingerprint, holders, signed

_KEY_BYTES = 32
_HELP = {
    "new-key": "make a key in a new file, and print its public half",
    "init": "begin a directory: name who holds which key",
    "sign": "sign the newest root with one keeper's key",
    "publish": "list who asks to be listed, or sign the same list anew for 90 days",
    "rotate": "put a new key in the place of a lost one",
    "renew": "make the same root anew, for a year",
    "words": "say the root's six words, and whether it is signed",
}


def start() -> None:
    """Run the command."""
    asked = _parser().parse_args()
    try:
        sys.stdout.write(f"{asked.run(asked)}\n")
    except NotTrusted as error:
        sys.exit(f"Refused: {error.why}. Nothing was changed.")
    except KeyRefused:
        sys.exit("This is not a keeper's key, or not its passphrase. Nothing was changed.")
    except (KeyboardInterrupt, EOFError):
        sys.exit("Stopped. Nothing was changed.")
    except (OSError, ValueError) as error:
        sys.exit(f"Cannot: {type(error).__name__}. Nothing was changed.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bammajung-root", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def command(name: str, run: Callable[[argparse.Namespace], str]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=_HELP[name], description=_HELP[name])
        made.set_defaults(run=run)
        return made

    making = command("new-key", _new_key)
    making.add_argument("file", type=Path)
    making.add_argument("--open", action="store_true", help="without a passphrase")
    _add_init(command("init", _init))
    command("sign", _sign).add_argument("--key", type=Path, required=True)
    _add_publish(command("publish", _publish))
    changing = command("rotate", _rotate)
    changing.add_argument("role", type=Role)
    changing.add_argument("--old", type=_public, required=True)
    changing.add_argument("--new", type=_public, required=True)
    command("renew", _renew)
    command("words", _words)
    for name in ("init", "sign", "publish", "rotate", "renew", "words"):
        commands.choices[name].add_argument("folder", type=Path, help="the repository")
    return parser


def _add_init(first: argparse.ArgumentParser) -> None:
    first.add_argument("--root", nargs=3, type=_public, required=True, metavar="KEY")
    for role in (Role.TARGETS, Role.SNAPSHOT, Role.TIMESTAMP):
        first.add_argument(f"--{role}", type=_public, required=True, metavar="KEY")


def _add_publish(publishing: argparse.ArgumentParser) -> None:
    for role in (Role.TARGETS, Role.SNAPSHOT):
        publishing.add_argument(f"--{role}", type=Path, required=True, metavar="KEYFILE")
    publishing.add_argument("--network", default="", help="its name, the first time")
    publishing.add_argument("--world", choices=("real", "practice"), default="real")
    publishing.add_argument("--proposals", type=Path, help="folder that the hub's office wrote")
    publishing.add_argument("--remove", nargs="*", default=[], metavar="ORG")
    publishing.add_argument("--compared", nargs="*", default=[], metavar="ORG")


def _new_key(asked: argparse.Namespace) -> str:
    passphrase = "" if asked.open else _new_passphrase(asked.file)
    return make_key(asked.file, passphrase, secrets.token_bytes).hex()


def _new_passphrase(file: Path) -> str:
    # A key under words that were mistyped once is lost.
    words = getpass.getpass(f"a passphrase for {file}: ")
    if not words:
        raise NotTrusted("a key without a passphrase is made with --open")
    if getpass.getpass("once more: ") != words:
        raise NotTrusted("these were two passphrases")
    return words


def _init(asked: argparse.Namespace) -> str:
    files = read_folder(asked.folder) if asked.folder.exists() else {}
    if newest(files, Role.ROOT)[0]:
        raise NotTrusted("there is a root already")
    keys = Holders(tuple(asked.root), asked.targets, asked.snapshot, asked.timestamp)
    write_folder(asked.folder, with_root(files, keys, _now()))
    return "Two of the three keepers sign next: sign FOLDER --key FILE"


def _sign(asked: argparse.Namespace) -> str:
    files = read_folder(asked.folder)
    version, raw = newest(files, Role.ROOT)
    done = signed(raw, read_key(asked.key, _passphrase))
    write_folder(asked.folder, {**files, f"{version}.root.json": done})
    return _words(asked)


def _publish(asked: argparse.Namespace) -> str:
    files = read_folder(asked.folder)
    named = network(files) or Network(asked.network, asked.world)
    if not named.name:
        raise NotTrusted("the network has no name yet: --network")
    known = listings(files)
    news = _news(asked, known)
    uncompared = [one for one in news if one.is_new_key and one.listing.org not in asked.compared]
    if uncompared:
        lines = [_line(one) for one in uncompared]
        return "\n".join([*lines, "Compare these words with each organisation, by telephone.",
                          "Then: publish … --compared ORG…   Nothing was published."])  # fmt: skip
    orgs = known | {one.listing.org: one.listing for one in news}
    orgs = {org: listing for org, listing in orgs.items() if org not in asked.remove}
    seeds = {role: read_key(getattr(asked, role), _passphrase)
             for role in (Role.TARGETS, Role.SNAPSHOT)}  # fmt: skip
    done = listed(files, named, orgs, seeds, _now())
    write_folder(asked.folder, done)
    return f"version {newest(done, Role.SNAPSHOT)[0]}, {len(orgs)} organisations"


def _news(asked: argparse.Namespace, known: dict[str, Listing]) -> list[Proposed]:
    files = sorted(asked.proposals.glob("*.proposal.json")) if asked.proposals else []
    read = (proposed(file.read_bytes(), known) for file in files)
    return [one for one in read if not same(one.listing, known.get(one.listing.org))]


def _rotate(asked: argparse.Namespace) -> str:
    files = read_folder(asked.folder)
    write_folder(asked.folder, replaced(files, asked.role, asked.old, asked.new, _now()))
    return "Two keepers of the root before, and two of the new one, sign next."


def _renew(asked: argparse.Namespace) -> str:
    files = read_folder(asked.folder)
    check_roots(files)
    keys = holders(newest(files, Role.ROOT)[1])
    write_folder(asked.folder, with_root(files, keys, _now()))
    return "Two of the three keepers sign next: sign FOLDER --key FILE"


def _words(asked: argparse.Namespace) -> str:
    files = read_folder(asked.folder)
    try:
        check_roots(files)
        state = "signed"
    except NotTrusted:
        state = "more signatures are needed"
    return f"{root_words(fingerprint(files))}\nroot {newest(files, Role.ROOT)[0]}: {state}"


def _line(one: Proposed) -> str:
    words = six_words(b"org", one.listing.sign_pub)
    anew = "  (listed until now with other keys: are those lost?)" if one.is_anew else ""
    return f"{one.listing.org}  {one.name}  {words}{anew}"


def _public(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != _KEY_BYTES:
        raise ValueError
    return key


def _passphrase(name: str) -> str:
    return getpass.getpass(f"passphrase of {name}: ")


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the program's entry, where the clock is read


if __name__ == "__main__":
    start()
