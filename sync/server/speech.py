"""HTTP in and out: bodies within limits, signed parts, answers, problems."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from sync.protocol.answers import Problem
from sync.protocol.codec import PROBLEM_TYPE, WIRE_TYPE, canonical, packed, unpacked
from sync.protocol.http import PROBLEM_PREFIX
from sync.protocol.messages import BATCH_BYTES
from sync.server import signatures
from sync.server.refusals import Refused

T = TypeVar("T")

BODY_BYTES = BATCH_BYTES + 64 * 1024
"""A full batch and what is around it."""


async def body_of(request: Request) -> bytes:
    """Read the body, and no more than a batch."""
    pieces = bytearray()
    async for piece in request.stream():
        pieces += piece
        if len(pieces) > BODY_BYTES:
            raise Refused(413, "too-large")
    return bytes(pieces)


def value_of(kind: type[T], body: bytes) -> T:
    """Read the body as what it must be; anything else is `Unreadable`."""
    return unpacked(kind, body)


def signed_request(request: Request, body: bytes, public_url: str) -> signatures.Request:
    """Return the parts of the request that its signature covers."""
    scope = request.scope
    host = request.headers.get("host", "")
    target = scope["raw_path"].decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    here = public_url.rstrip("/") or f"{scope['scheme']}://{host}"
    lines = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    )
    url = f"{here}{target}?{query}" if query else f"{here}{target}"
    return signatures.Request(request.method, url, signatures.HeaderLines(lines), body)


def spoken(value: object, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a value."""
    return Response(packed(value), media_type=WIRE_TYPE, headers=headers)


def problem(
    status: int, kind: str, now: datetime, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a problem (RFC 9457), which names the hub's time."""
    title = HTTPStatus(status).phrase
    said = Problem(type=PROBLEM_PREFIX + kind, title=title, status=status, time=now)
    return Response(canonical(said), status, media_type=PROBLEM_TYPE, headers=headers)
