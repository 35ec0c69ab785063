"""`bammajung-root publish`: who is listed from now on, and who is left out and why."""

import argparse
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path

from sync.keeping import removed
from sync.keeping.keys import read_key
from sync.keeping.steps import Proposed, listed, listings, network, proposed, same
from sync.protocol.directory import Listing
from sync.protocol.words import six_words
from sync.trust.folders import read_folder, write_folder
from sync.trust.layout import Network, NotTrusted, Role, newest


class Left(Enum):
    """Why somebody who asks is left as they were, and what to do then."""

    NAMED = ""
    """In --remove, now."""
    UNCOMPARED = (
        "Not listed yet. Compare these words with each organisation, by telephone.\n"
        "Then: publish … --compared ORG…"
    )
    REMOVED = (
        "Removed before, and left out. To list one again, compare its words as of a new one, then"
        " --compared ORG."
    )
    OLDER = (
        "Left as it is listed: this proposal is older, and by it a key that was given up would be"
        " in use again.\nBring the hub's newest proposals. Where these are the newest, an admin of"
        " it renews its key once more, when this list is at the hub."
    )
    TWICE = (
        "Left as it is listed: two of its admins renewed its key, each without the other, and this"
        " proposal gives one key the number of the other.\nAn admin of it renews its key once"
        " more, when this list is at the hub; then bring the hub's newest proposals."
    )
    TAKEN = (
        "Left as it is listed: this proposal gives another key a number that is taken, and whoever"
        " took it could read no old letter any more.\nShut out the laptop that made it, and have"
        " the organisation founded anew (found-anew)."
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked."""
    for role in (Role.TARGETS, Role.SNAPSHOT):
        parser.add_argument(f"--{role}", type=Path, required=True, metavar="KEYFILE")
    parser.add_argument("--network", default="", help="its name, the first time")
    parser.add_argument("--world", choices=("real", "practice"), default="real")
    parser.add_argument("--proposals", type=Path, help="folder that the hub's office wrote")
    parser.add_argument("--remove", nargs="*", default=[], metavar="ORG")
    parser.add_argument("--compared", nargs="*", default=[], metavar="ORG")


def publish(asked: argparse.Namespace, ask: Callable[[str], str], now: datetime) -> str:
    """List everybody who may be, sign, and return what to say; `ask` is for passphrases."""
    files = read_folder(asked.folder)
    named = network(files) or Network(asked.network, asked.world)
    if not named.name:
        raise NotTrusted("the network has no name yet: --network")
    known, gone = listings(files), removed.read(asked.folder)
    news = _news(asked.proposals, known)
    _check_typed(asked.remove, {*known, *gone, *news})
    left = {org: why for org, one in news.items() if (why := _why_left(one, asked, gone))}
    orgs = known | {org: one.listing for org, one in news.items() if org not in left}
    orgs = {org: listing for org, listing in orgs.items() if org not in asked.remove}
    words = _words(news, left)
    if orgs == known and Left.UNCOMPARED in left.values():
        return "\n".join([*words, "Nothing was published: nothing else is new."])
    seeds = {role: read_key(getattr(asked, role), ask) for role in (Role.TARGETS, Role.SNAPSHOT)}
    done = listed(files, named, orgs, seeds, now)
    # First this: of who is listed it does not count.
    removed.write(asked.folder, (gone | {*asked.remove}) - orgs.keys())
    write_folder(asked.folder, done)
    version = newest(done, Role.SNAPSHOT)[0]
    return "\n".join([f"version {version}, {len(orgs)} organisations", *words])


def _news(folder: Path | None, known: dict[str, Listing]) -> dict[str, Proposed]:
    if folder and not folder.is_dir():
        raise NotTrusted(f"{folder} is no folder of proposals")
    files = sorted(folder.glob("*.proposal.json")) if folder else []
    read = [_read(file, known) for file in files]
    return {
        one.listing.org: one for one in read if not same(one.listing, known.get(one.listing.org))
    }


def _read(file: Path, known: dict[str, Listing]) -> Proposed:
    try:
        return proposed(file.read_bytes(), known)
    except NotTrusted as error:
        raise NotTrusted(
            f"{file.name} is not what an organisation itself asked for. Take it away, or bring the"
            " hub's newest proposals"
        ) from error


def _check_typed(orgs: list[str], there: set[str]) -> None:
    for org in orgs:
        if org not in there:
            raise NotTrusted(f"nobody is listed as {org}, look at --remove")


def _why_left(one: Proposed, asked: argparse.Namespace, gone: frozenset[str]) -> Left | None:
    org = one.listing.org
    if org in asked.remove:
        return Left.NAMED
    if one.takes_a_number:
        return Left.TAKEN if one.is_anew else Left.TWICE
    if one.is_older:
        return Left.OLDER
    if not one.is_new_key or org in asked.compared:
        return None
    return Left.REMOVED if org in gone else Left.UNCOMPARED


def _words(news: dict[str, Proposed], left: dict[str, Left]) -> list[str]:
    """Return, for each reason, whom it leaves out and what to do."""
    said = []
    for why in Left:
        orgs = [org for org, its_own in left.items() if its_own is why]
        if orgs and why.value:
            said += [_line(news[org]) for org in orgs] + [why.value]
    return said


def _line(one: Proposed) -> str:
    words = six_words(b"org", one.listing.sign_pub)
    anew = "  (listed until now with other keys: are those lost?)" if one.is_anew else ""
    return f"{one.listing.org}  {one.name}  {words}{anew}"
