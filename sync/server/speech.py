"""HTTP in and out: heads and bodies within limits, signed parts, answers, problems."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from sync.protocol.answers import Problem
from sync.protocol.codec import PROBLEM_TYPE, WIRE_TYPE, canonical, packed, unpacked
from sync.protocol.http import OLDEST_PROTOCOL, PROBLEM_PREFIX, PROTOCOL_HEADER
from sync.protocol.messages import BATCH_BYTES
from sync.protocol.problems import PROBLEMS
from sync.server import signatures
from sync.server.refusals import Refused

T = TypeVar("T")

BODY_BYTES = BATCH_BYTES + 64 * 1024
"""A full batch and what is around it."""
ENROL_BYTES = 16 * 1024
"""Two keys, a code and a proof: nobody is known yet, so nobody is read for long."""
HEAD_BYTES, HEAD_LINES, TARGET_BYTES = 16 * 1024, 64, 2048
STALL_SECONDS = 30.0
"""A line may be slow, but not silent for longer than this."""
_ENDS_LINE = frozenset({408, 413, 414, 431})
"""What is still on its way after these is not read."""


def check_head(scope: Scope) -> None:
    """Refuse a head that is too large, or a program that is too old."""
    lines = scope["headers"]
    if len(scope["raw_path"]) + len(scope["query_string"]) > TARGET_BYTES:
        raise Refused(414, "address-too-long")
    if len(lines) > HEAD_LINES or sum(len(n) + len(v) for n, v in lines) > HEAD_BYTES:
        raise Refused(431, "header-too-large")
    for name, value in lines:
        if name == PROTOCOL_HEADER.encode():
            _check_protocol(value)


async def body_of(request: Request, most: int = BODY_BYTES) -> bytes:
    """Read the body, and no more than `most` bytes of it."""
    _check_kind(request)
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:12]) > most:
        raise Refused(413, "too-large")
    pieces = bytearray()
    now = asyncio.get_running_loop().time
    try:
        async with asyncio.timeout(STALL_SECONDS) as patience:
            async for piece in request.stream():
                pieces += piece
                if len(pieces) > most:
                    raise Refused(413, "too-large")
                patience.reschedule(now() + STALL_SECONDS)
    except TimeoutError as error:
        raise Refused(408, "too-slow") from error
    return bytes(pieces)


def address_of(request: Request) -> str:
    """Return where the request comes from. It is counted by, and written nowhere."""
    return request.client.host if request.client else ""


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
    return Response(
        packed(value),
        media_type=WIRE_TYPE,
        headers={"cache-control": "no-store", **(headers or {})},
    )


def problem(refused: Refused, now: datetime, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a problem (RFC 9457), which names the hub's time."""
    status = refused.status
    known = PROBLEMS.get(refused.kind)
    said = Problem(
        type=PROBLEM_PREFIX + refused.kind,
        title=HTTPStatus(status).phrase,
        status=status,
        detail=known.detail if known else "",
        time=now,
    )
    more = {"cache-control": "no-store", **(headers or {}), **_around(refused)}
    return Response(canonical(said), status, media_type=PROBLEM_TYPE, headers=more)


def _around(refused: Refused) -> dict[str, str]:
    if refused.status == 426:
        return {"upgrade": f"YSN/{OLDEST_PROTOCOL}", "connection": "upgrade"}
    if refused.status in _ENDS_LINE:
        return {"connection": "close"}
    return {"retry-after": str(refused.wait)} if refused.wait else {}


def _check_protocol(value: bytes) -> None:
    if not (value.isdigit() and len(value) <= 6):
        raise Refused(400, "malformed")
    if int(value) < OLDEST_PROTOCOL:
        raise Refused(426, "protocol-too-old")


def _check_kind(request: Request) -> None:
    # A body without a content type is taken as ours (RFC 9110, 8.3).
    said = request.headers.get("content-type", WIRE_TYPE).partition(";")[0].strip().lower()
    coded = request.headers.get("content-encoding", "identity").strip().lower()
    if said != WIRE_TYPE or coded != "identity":
        raise Refused(415, "not-msgpack")
