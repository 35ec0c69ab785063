"""`bammajung-root`: make, sign, publish and renew the network's directory, never on the hub."""

import argparse
import getpass
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sync.keeping import publishing
from sync.keeping.keys import make_key, read_key
from sync.keeping.sentences import FORESEEN, sentence
from sync.keeping.steps import check_roots, newest_root, replaced, with_root
from sync.protocol.words import root_words
from sync.trust.folders import read_folder, write_folder
from sync.trust.layout import Holders, NotTrusted, Role, newest
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
    except (KeyboardInterrupt, EOFError):
        sys.exit("Stopped. Nothing was changed.")
    except FORESEEN as error:
        sys.exit(sentence(error))


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
    publishing.add_options(command("publish", _publish))
    changing = command("rotate", _rotate)
    changing.add_argument("role", type=Role)
    changing.add_argument("--old", type=_public, help="which of the three, of the root's keys")
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
    version, raw = newest_root(files)
    done = signed(raw, read_key(asked.key, _passphrase))
    write_folder(asked.folder, {**files, f"{version}.root.json": done})
    return _words(asked)


def _publish(asked: argparse.Namespace) -> str:
    return publishing.publish(asked, _passphrase, _now())


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
    except NotTrusted as error:
        if error.why != "signatures":
            raise
        state = "more signatures are needed"
    return f"{root_words(fingerprint(files))}\nroot {newest(files, Role.ROOT)[0]}: {state}"


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
