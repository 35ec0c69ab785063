"""Why a command of the hub did nothing, in whole lines that name the next step."""

import errno
import os
from pathlib import Path

from sync.server.founding import TooNew, WrongKey, WrongWorld
from sync.server.receipts import NotAKey
from sync.server.store import StoreFailed, WrongAddress

_KNOWN: dict[type[Exception], str] = {
    WrongWorld: "This folder belongs to a hub of the other world: is --home right, and --world?",
    WrongKey: "The key in this folder is not the key of the hub in the database. Put the hub's own"
    " hub.key here, from a copy or from another node.",
    NotAKey: "hub.key in this folder is no key. Put the hub's own here, from a copy or from"
    " another node.",
    TooNew: "A newer version of this program has written the database. Install that version, or"
    " restore the copy that was made before it.",
    WrongAddress: "This is no --database that a hub can use. Write"
    " postgresql://USER@HOST/DATABASE, or nothing for SQLite in --home.",
}
UNCHANGED = "Nothing was changed."
_STORE = {
    "full": "The disk took no more: it is full, or broken. {left} Make room, then ask again.",
    "closed": "This user may not write to the database. {left} Ask again as the hub's own user:"
    " sudo -u USER bammajung-hub …",
    "busy": "Another process held the database for too long. {left} Ask again.",
    "damaged": "The database is damaged, or is none. Move --home aside and restore the newest"
    " copy.",
}
_STORE_ELSE = (
    "The database cannot be reached, or is not a hub's: are --home and --database right, and does"
    " it run?"
)
_SYSTEM = {
    # The name that comes with it may be of the file that was read.
    errno.ENOSPC: "A disk is full. Make room where this was to be written, then ask again.",
    errno.EDQUOT: "A disk is full. Make room where this was to be written, then ask again.",
    errno.EACCES: "This user may not use that{place}. Name a place of the hub's own user, or make"
    " it theirs as root: install -d -o USER. Where you are not that user: sudo -u USER"
    " bammajung-hub …",
    errno.EROFS: "Nothing can be written there{place}. Name another place.",
    errno.ENOENT: "There is nothing{place}: look at what was typed.",
    errno.ENOTDIR: "That is no folder{place}. Name another place.",
    errno.EEXIST: "There is something that is no folder{place}. Name another place.",
    errno.EISDIR: "That is a folder{place}. Name a file.",
    errno.EADDRINUSE: "Something listens there already: stop it, or choose another --port.",
    errno.EADDRNOTAVAIL: "--host is no address of this machine.",
}
_SYSTEM[errno.EPERM] = _SYSTEM[errno.EACCES]
FORESEEN: tuple[type[Exception], ...] = (*_KNOWN, StoreFailed, OSError)
"""What `sentence` has words for."""


class NotDone(Exception):
    """The office did nothing, or not all of it, and says why in whole lines."""


def sentence(error: Exception, left: str = UNCHANGED) -> str:
    """Return what to say of something foreseen, which left things as `left` says."""
    if isinstance(error, StoreFailed):
        return _STORE.get(error.trouble, _STORE_ELSE).format(left=left)
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        known = _SYSTEM.get(error.errno or 0, f"The system refused{{place}}: {error.strerror}.")
        return known.format(place=place)
    return _KNOWN[type(error)]


def check_user(home: Path) -> None:
    """Raise `NotDone` for another user than the hub's: their files could not be opened by it."""
    if os.name != "posix":
        return
    place = next(each for each in (home.absolute(), *home.absolute().parents) if each.exists())
    owner, here = place.stat().st_uid, os.geteuid()
    # Whoever makes a new folder in somebody else's is not told here whether they may.
    if owner != here and (place == home.absolute() or here == 0):
        name = _owner(place)
        raise NotDone(
            f"This hub's folder belongs to {name}, who could not open what another user leaves"
            f" there. Nothing was done. Ask again: sudo -u {name} bammajung-hub …"
        )


def _owner(place: Path) -> str:
    try:
        return place.owner()
    except KeyError:
        return f"#{place.stat().st_uid}"
