"""What can go wrong between a computer and the hub. Facts without sentences."""

from dataclasses import dataclass
from datetime import datetime


class LineError(Exception):
    """The round did not happen. Nothing is lost; the outbox still holds everything."""


@dataclass(eq=False)
class Unreachable(LineError):
    """Nobody answered at the hub's address."""


@dataclass(eq=False)
class TooSlow(LineError):
    """The hub did not finish its answer in time."""


@dataclass(eq=False)
class Busy(LineError):
    """The hub is there but cannot serve now; it asks to wait this many seconds."""

    seconds: int


@dataclass(eq=False)
class Lying(LineError):
    """What came back is not an answer of this protocol: a captive portal, or worse."""

    what: str


@dataclass(eq=False)
class AnotherHub(LineError):
    """The hub that answered is not the one enrolled with, or is of the other world."""

    hub: str
    world: str


@dataclass(eq=False)
class Refused(LineError):
    """The hub does not accept this device or request; `code` is the problem's last word."""

    code: str
    status: int


@dataclass(eq=False)
class ClockSkew(LineError):
    """This computer's clock and the hub's are too far apart, even after correcting."""

    hub_time: datetime


@dataclass(eq=False)
class PutBack(LineError):
    """The hub has seen this laptop's journal further on, or otherwise: it was put back."""


@dataclass(eq=False)
class InsecureAddress(LineError):
    """The address is not https, and not this computer itself."""


class Untrusted(Exception):
    """Something that arrived fails its proof and is not believed."""


@dataclass(eq=False)
class Tampered(Untrusted):
    """A signature or a seal does not hold. `what` names the part."""

    what: str


@dataclass(eq=False)
class NotForUs(Untrusted):
    """The message is sealed to keys that we do not hold."""


@dataclass(eq=False)
class BundleRefused(Untrusted):
    """A file that was carried is not to be opened.

    It is no bundle (`not-a-bundle`), not whole (`cut`), goes the other way (`other-way`), or
    holds more than one may (`too-much`).
    """

    why: str


@dataclass(eq=False)
class DirectoryRefused(Untrusted):
    """The directory is forged, expired, older than one seen before, or another network's."""

    why: str


@dataclass(eq=False)
class CertRefused(Untrusted):
    """No organisation in the directory vouches for the sender."""

    why: str


@dataclass(eq=False)
class EnrolmentRefused(Untrusted):
    """The hub's enrolment answer does not fit what this device asked for."""

    why: str


@dataclass(eq=False)
class KeyUnusable(Exception):
    """A key is of the wrong length, all zero, or of a suite we do not have."""

    why: str
