"""What goes over the line, and what is backed up; tried as `workflows` are."""

import random
from contextlib import closing
from functools import cache
from pathlib import Path

from prove import agreement
from prove.contents import contents
from prove.evening import Clock
from prove.lines import GoodLine
from prove.network import World, template
from prove.proof import scratch
from prove.released import a_consent, a_preview
from prove.workflows import LATER, Ready, Workflow, an_evening, found_in_vault, save_more
from vaults_for_tests import by_key, code

from desktop.services import (
    backups,
    exchange,
    outreach,
    referrals,
    unlocking,
    withdrawals,
    youths,
)

_PLACES = [scratch("network")]
_QUIET, _PATIENCE = 2, 30


@cache
def _network() -> Path:
    """Found a hub, once in this process."""
    return template(Path(_PLACES[0].name) / "kept")


def _world(place) -> World:
    world = World(None, place / "home", GoodLine, agencies=1)
    world.pass_time((LATER - world.clock()).total_seconds())
    return world


def _moments(world):
    return Clock(random.Random("later"), world.clock())


def _write(world):
    chance, moments = random.Random("before"), Clock(random.Random("before"))
    asked = a_consent(world.vault, chance, moments, world.agencies[0].org)
    return a_preview(world.vault, chance, moments, asked), moments


def _refer(world):
    shown, moments = _write(world)
    referrals.release(world.vault, shown, moments(), random.randbytes)


def _send(world):
    exchange.exchange(world.vault, world.line, world.clock())


def before(*steps):
    """Return what copies the network to a place and does these steps there."""

    def prepare(place):
        world = World(_network(), place / "home", GoodLine, agencies=1)
        for step in steps:
            step(world)
        world.close()

    return prepare


def _answer(world):
    for _ in range(2):
        world.agencies[0].round()


def _release(place):
    world = _world(place)
    moments = _moments(world)
    met = outreach.tonight(world.vault).met[-1]
    draft = youths.open_file(world.vault, met.youth.id, None, moments()).draft
    shown = referrals.preview(world.vault, draft, moments())
    moment = moments()
    return Ready(
        lambda: referrals.release(world.vault, shown, moment, random.randbytes), world.vault
    )


def _withdraw(place):
    world = _world(place)
    met = outreach.tonight(world.vault).met[-1]
    moments = _moments(world)
    asked = youths.open_file(world.vault, met.youth.id, None, moments()).consents[0]
    moment = moments()
    return Ready(lambda: withdrawals.withdraw(world.vault, asked.id, moment), world.vault)


def _exchange(place):
    world = _world(place)
    return Ready(lambda: exchange.exchange(world.vault, world.line, world.clock()), world.vault)


def _found_of_referral(place):
    vault = by_key(place / "home" / "vault")
    vault.verify()
    with closing(vault):
        return contents(vault)


def settled(world, released) -> list[str]:
    """Let everybody talk until nothing moves, and compare laptop, hub and agency."""
    quiet = 0
    for _ in range(_PATIENCE):
        world.pass_time(4_000)
        done = exchange.exchange(world.vault, world.line, world.clock())
        for agency in world.agencies:
            agency.round()
        moved = done.sent or done.came or done.waiting
        moved = moved or any(a.tray.waiting(1) or a.tray.next_due() for a in world.agencies)
        quiet = 0 if moved else quiet + 1
        if quiet == _QUIET:
            return agreement.broken(world, released)
    return [f"never came to rest: {done}"]


def _found_at_rest(place):
    world = _world(place)
    with closing(world):
        shown = referrals.all(world.vault, _moments(world)())
        kept = {str(t.referral.id): str(t.consent) for t in shown}
        if len(kept) != 1:
            return f"{len(kept)} referrals"
        return "\n".join(settled(world, kept)) or "both sides agree"


# --- backups ---------------------------------------------------------------------------------


def _an_evening_backed_up(place):
    an_evening(place)
    with closing(by_key(place / "home" / "vault")) as vault:
        backups.make(vault, LATER)
        save_more(vault)
    (place / "home" / "stick").mkdir()


def _back_up(place):
    vault = by_key(place / "home" / "vault")
    return Ready(lambda: backups.make(vault, LATER.replace(hour=23)))


def _found_backed_up(place):
    """Say which backups stand, and that each is whole; the last good one must be among them."""
    inside, keys = found_in_vault(place), _keys(place)
    standing = backups.listing(place / "home" / "vault")
    for made in standing:
        backups.verify(place / "home" / "vault" / "backup" / made.name, keys)
    return f"backups: {[made.name for made in standing]}\n{inside}"


def _keys(place):
    with closing(by_key(place / "home" / "vault")) as vault:
        return backups.of_vault(vault)


def _copy_to_stick(place):
    keys = _keys(place)
    stick = place / "home" / "stick"
    return Ready(lambda: backups.copy_to(place / "home" / "vault", stick, keys))


def _found_on_stick(place):
    keys, found = _keys(place), backups.found_at(place / "home" / "stick")
    for each in found:
        backups.verify(each.path, keys)
    return f"stick: {[each.generation.name for each in found]}"


def _restore(place):
    to = place / "home" / "restored"
    find = unlocking.by_code(to, code(), LATER)
    found, keys = backups.opened_by(find, backups.found_at(place / "home" / "vault"))
    return Ready(lambda: backups.restore(found, to, keys, LATER))


def _found_restored(place):
    to = place / "home" / "restored"
    if not to.exists() or not any(to.iterdir()):
        return "nothing"
    with closing(by_key(to)) as vault:
        vault.verify()
        return contents(vault)


LINE = (
    Workflow("release", _release, before(_write), _found_of_referral),
    Workflow("withdraw", _withdraw, before(_refer, _send), _found_of_referral),
    Workflow("send", _exchange, before(_refer), _found_at_rest),
    Workflow("hear", _exchange, before(_refer, _send, _answer), _found_at_rest),
)
BACKUPS = (
    Workflow("back up", _back_up, _an_evening_backed_up, _found_backed_up),
    Workflow("copy to a stick", _copy_to_stick, _an_evening_backed_up, _found_on_stick,
             reach="home/stick"),
    Workflow("restore", _restore, _an_evening_backed_up, _found_restored, reach="home"),
)  # fmt: skip
