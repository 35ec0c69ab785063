"""What may be told of a request: no address, no id, no word of what was asked or answered."""

import logging
from dataclasses import dataclass, fields
from time import perf_counter

from starlette.types import Message, Receive, Scope, Send

GONE = 499
"""Nobody was there any more to hear the answer."""
NOWHERE = "unknown"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = logging.getLogger("bammajung.hub")
_log.addHandler(logging.NullHandler())  # where no log was asked for, there is none


@dataclass(frozen=True, slots=True)
class Passed:
    """One request, as the log and the figures know it."""

    request: str
    """Made at random for this line alone."""
    method: str
    endpoint: str
    """The template of the address, never the address."""
    status: int
    problem: str
    ms: float
    waited_ms: float
    """How much of it the hub only waited for news."""
    bytes_in: int
    bytes_out: int

    def tell(self) -> None:
        """Write one line; what went well is left out of a quiet log."""
        level = logging.INFO if self.status < 400 else logging.WARNING
        if _log.isEnabledFor(level):
            facts = {each.name: getattr(self, each.name) for each in _FACTS}
            _log.log(level, "request", extra={"facts": facts})


_FACTS = fields(Passed)


class Passing:
    """A request on its way through: counts what goes in and out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin to count."""
        self._scope, self._receive, self._send = scope, receive, send
        self._began = perf_counter()
        self.status = 0
        self.bytes_in = self.bytes_out = 0

    async def receive(self) -> Message:
        """Take the next piece of the body."""
        piece = await self._receive()
        self.bytes_in += len(piece.get("body") or b"")
        return piece

    async def send(self, piece: Message) -> None:
        """Hand on a piece of the answer."""
        if piece["type"] == "http.response.start":
            self.status = piece["status"]
        self.bytes_out += len(piece.get("body") or b"")
        await self._send(piece)

    def ended(self, request: str, problem: str) -> Passed:
        """Say how it went."""
        return Passed(
            request,
            self._method(),
            endpoint_of(self._scope),
            self.status or GONE,
            problem,
            _ms(perf_counter() - self._began),
            _ms(self._scope.get("state", {}).get("waited", 0.0)),
            self.bytes_in,
            self.bytes_out,
        )

    def _method(self) -> str:
        method = str(self._scope["method"])
        return method if method in _METHODS else NOWHERE


def endpoint_of(scope: Scope) -> str:
    """Return the template that the address matched, once it was looked up."""
    return getattr(scope.get("route"), "path", NOWHERE)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
