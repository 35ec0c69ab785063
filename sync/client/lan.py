"""One bundle in, one bundle out, between two laptops in one office, while a sheet is open.

There is no pairing code, because nothing here is believed and nothing can be read: a bundle
opens only for devices of our own organisation, a parcel in it counts only for its device's
signature, and an answer only for the hub's. Whoever listens in learns when something was handed
over and how long it is; whoever pretends to be either side can waste a minute, and gets nothing.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address
from time import monotonic

from sync.client.bundles import MOST_BYTES
from sync.client.errors import LineError, Lying, TooSlow, Unreachable

PORT = 13880
GoesOn = Callable[[], bool]
"""Asked a few times a second: False ends the waiting."""

_MARK = b"BMJ-lan\1"
_LENGTH_BYTES = 4
_LOOK_SECONDS = 0.25
_CONNECT_SECONDS = 5.0
_SAY_SECONDS = 60.0
"""A bundle is a few hundred kilobytes; an office's line takes it in a moment."""
_ANSWER_SECONDS = 180.0
"""The colleague's laptop asks the hub meanwhile, perhaps over a bad line."""
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Address:
    """Where a colleague's laptop waits."""

    host: str
    port: int = PORT

    def __str__(self) -> str:
        """Return it as it is read out and typed."""
        return self.host if self.port == PORT else f"{self.host}:{self.port}"


class NotInTheOffice(ValueError):
    """This is no address, or one outside the office: nothing is sent there."""


def address_of(typed: str) -> Address:
    """Read an address as a person types it, or raise `NotInTheOffice`."""
    host, has_port, port = "".join(typed.split()).partition(":")
    try:
        is_near = _is_near(IPv4Address(host))
    except AddressValueError as error:
        raise NotInTheOffice from error
    is_port = port.isascii() and port.isdigit() and 0 < int(port) < 1 << 16
    if not is_near or (has_port and not is_port):
        raise NotInTheOffice
    return Address(host, int(port) if has_port else PORT)


def own_hosts() -> tuple[str, ...]:
    """Return this laptop's addresses in the office, the likeliest first; none without a line."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent by this: it only asks the system which of its addresses it would use.
        probe.connect(("10.255.255.255", 1))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    near = (host for host in found if _is_near(IPv4Address(host)))
    return tuple(dict.fromkeys(host for host in near if not IPv4Address(host).is_loopback))


@dataclass(frozen=True, slots=True)
class Visit:
    """A colleague's laptop at the other end, which waits for its answer."""

    bundle: bytes
    line: socket.socket

    def answer(self, back: bytes) -> bool:
        """Give the answer and let go; empty when there is none now. Tell whether it went."""
        with self.line:
            try:
                _say(self.line, back, monotonic() + _SAY_SECONDS)
            except (OSError, TooSlow):
                return False
        return True


class Stall:
    """Waits for colleagues' laptops, one at a time."""

    def __init__(self, host: str = "0.0.0.0", port: int = PORT) -> None:  # noqa: S104 (see `next`)
        """Listen at the usual port, or at another when that is taken."""
        self._line = _listening(host, port)
        self.port = int(self._line.getsockname()[1])

    def next(self, goes_on: GoesOn) -> Visit | None:
        """Wait for one bundle; None when it is no longer to be waited for.

        Whoever comes from outside the office, or says something else, is hung up on.
        """
        while goes_on():
            try:
                line, (host, _) = self._line.accept()
            except TimeoutError:
                continue
            if not _is_near(IPv4Address(host)):
                line.close()
                continue
            try:
                return Visit(_heard(line, monotonic() + _SAY_SECONDS, goes_on), line)
            except (OSError, LineError):
                line.close()
        return None

    def close(self) -> None:
        """Listen no longer."""
        self._line.close()


def knock(at: Address) -> None:
    """Raise `Unreachable` unless somebody is there: what is packed counts as offered."""
    try:
        socket.create_connection((at.host, at.port), _CONNECT_SECONDS).close()
    except OSError as error:
        raise Unreachable from error


def hand_over(to: Address, bundle: bytes, goes_on: GoesOn) -> bytes:
    """Give a bundle to a colleague's laptop; return what comes back, empty if it could not help.

    Raises `Unreachable`, `TooSlow`, `Lying`.
    """
    try:
        with socket.create_connection((to.host, to.port), _CONNECT_SECONDS) as line:
            _say(line, bundle, monotonic() + _SAY_SECONDS)
            return _heard(line, monotonic() + _ANSWER_SECONDS, goes_on)
    except OSError as error:
        raise Unreachable from error


def _listening(host: str, port: int) -> socket.socket:
    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        line.bind((host, port))
    except OSError:
        line.bind((host, 0))
    line.listen(1)
    line.settimeout(_LOOK_SECONDS)
    return line


def _say(line: socket.socket, content: bytes, until: float) -> None:
    left = memoryview(_MARK + len(content).to_bytes(_LENGTH_BYTES) + content)
    line.settimeout(_LOOK_SECONDS)
    while left:
        if monotonic() > until:
            raise TooSlow
        with suppress(TimeoutError):
            left = left[line.send(left[:_PIECE]) :]


def _heard(line: socket.socket, until: float, goes_on: GoesOn) -> bytes:
    head = _read(line, len(_MARK) + _LENGTH_BYTES, until, goes_on)
    length = int.from_bytes(head[len(_MARK) :])
    if not head.startswith(_MARK) or length > MOST_BYTES:
        raise Lying("not a bundle")
    return _read(line, length, until, goes_on)


def _read(line: socket.socket, count: int, until: float, goes_on: GoesOn) -> bytes:
    found = bytearray()
    line.settimeout(_LOOK_SECONDS)
    while len(found) < count:
        if monotonic() > until or not goes_on():
            raise TooSlow
        try:
            piece = line.recv(min(_PIECE, count - len(found)))
        except TimeoutError:
            continue
        if not piece:
            raise Unreachable
        found += piece
    return bytes(found)


def _is_near(address: IPv4Address) -> bool:
    # Also 100.64.0.0/10 is no office: it is the provider's.
    return address.is_private and not (address.is_unspecified or address.is_reserved)
