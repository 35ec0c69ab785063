"""What can fail around keys and devices: who may decide, and what has to be compared first."""

from dataclasses import dataclass

from desktop.errors import AppError


@dataclass(eq=False, repr=False)
class AgencyKeyChanged(AppError):
    """An agency has a new sealing key that nobody here has been shown."""

    agency: str


class NotAdmin(AppError):
    """This device does not decide who comes in, or may not decide this."""


class HubRefused(AppError):
    """The hub did not take what an admin decided."""


class NewestKeyMissing(AppError):
    """This device lacks the organisation's newest key, and cannot hand it to whoever comes in."""


class KeysElsewhere(AppError):
    """Our organisation has keys that this vault does not hold, and would be its only admin."""


class NoRoomAtHub(AppError):
    """The hub keeps as much of this laptop, or its organisation, as it takes."""


class DirectoryRunOut(AppError):
    """By this computer's clock the network's directory has run out: one of the two is wrong."""
