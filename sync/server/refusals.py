"""How the hub says no: to one message, or to a whole request."""

from dataclasses import dataclass


@dataclass(eq=False)
class Rejected(Exception):
    """This message is refused for good; `code` is one of protocol.md 5.3."""

    code: str


class Unknown(Rejected):
    """What is named is not known here: never was, or was lost when a backup was put back."""

    def __init__(self, code: str = "not-your-task") -> None:
        """Look to the caller as if it were somebody else's, or say what is missing."""
        super().__init__(code)


@dataclass(eq=False)
class Conflict(Exception):
    """The task had moved: where it stands now."""

    state: str
    version: int


class Early(Conflict):
    """What this would follow is not known here: never was, or was lost by a restore."""


@dataclass(eq=False)
class Refused(Exception):
    """This request is refused as a whole; `kind` is the problem type."""

    status: int
    kind: str
    wait: int = 0
    """Seconds after which it may be asked again, where that is known."""
