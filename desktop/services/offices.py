"""Bundles over the office's own network: where a colleague waits, giving one, and waiting."""

from desktop.carried_errors import ColleagueAway, ColleagueStuck, OutsideOffice
from sync.client import errors, lan
from sync.client.lan import Address, GoesOn, NotInTheOffice, Stall, Visit

__all__ = [
    "Address", "GoesOn", "Stall", "Visit", "address", "addresses", "give", "knock", "wait_there",
]  # fmt: skip


def address(typed: str) -> Address:
    """Read where a colleague waits; raises `OutsideOffice`."""
    try:
        return lan.address_of(typed)
    except NotInTheOffice as error:
        raise OutsideOffice from error


def knock(at: Address) -> None:
    """Raise `ColleagueAway` unless somebody waits there."""
    try:
        lan.knock(at)
    except errors.LineError as error:
        raise ColleagueAway from error


def give(to: Address, bundle: bytes, goes_on: GoesOn) -> bytes:
    """Give a bundle to a colleague's laptop and return its answer.

    Raises `ColleagueAway`, and `ColleagueStuck` when it could not bring it anywhere now.
    """
    try:
        back = lan.hand_over(to, bundle, goes_on)
    except errors.LineError as error:
        raise ColleagueAway from error
    if not back:
        raise ColleagueStuck
    return back


def wait_there() -> Stall:
    """Begin to wait for colleagues; raises `ColleagueAway` where that cannot be."""
    try:
        return Stall()
    except OSError as error:
        raise ColleagueAway from error


def addresses(stall: Stall) -> tuple[str, ...]:
    """Return what to read out, the likeliest first; none without a network."""
    return tuple(str(Address(host, stall.port)) for host in lan.own_hosts())
