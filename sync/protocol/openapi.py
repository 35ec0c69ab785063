"""The protocol as OpenAPI 3.1: `python -m sync.protocol.openapi` writes openapi.json anew.

The hub is held to it by tests; it is made from the very types that both sides read and write.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from sync.protocol.answers import Problem
from sync.protocol.codec import PROBLEM_TYPE
from sync.protocol.endpoints import ENDPOINTS, Endpoint
from sync.protocol.http import OLDEST_PROTOCOL, PROBLEM_PREFIX, PROTOCOL_HEADER
from sync.protocol.messages import PROTOCOL
from sync.protocol.problems import PROBLEMS, REASONS

Schema = dict[str, Any]

FILE = Path(__file__).with_name("openapi.json")
_REF = "#/components/schemas/{name}"
_INTEGER = {"minimum": -(1 << 63), "maximum": (1 << 63) - 1, "format": "int64"}
_WORDS = """\
What laptops, agency desks and the hub of a Youth Safety Net say to each other.

Bodies are MessagePack (`application/msgpack`). The schemas describe the same values as JSON
would hold them: a string with `contentEncoding: base64` is MessagePack's bin, and a `date-time`
is its timestamp extension (type -1), always with a zone. A field that is not described is
refused. What is signed or hashed inside (headers, bodies, claims) is canonical JSON: keys sorted,
no spaces.

A request that needs a signature carries RFC 9421 `Signature-Input` and `Signature` by the
device's Ed25519 key over `@method`, `@target-uri` and `content-digest`, with `created`, `expires`
(at most 300 s later), `keyid` (the device's id), a fresh `nonce` (16 bytes as 32 hex digits, in
small letters) and the tag `ysn-v1`.

What is refused as a whole is a problem (RFC 9457). One message of a batch that is refused for
good has `outcome: rejected` and one of these reasons:
"""


def description() -> Schema:
    """Return the whole description."""
    kinds = sorted(
        {k for e in ENDPOINTS for k in (e.asked, e.told) if k}, key=lambda k: k.__name__
    )
    _, schemas = msgspec.json.schema_components([*kinds, Problem], ref_template=_REF)
    paths: dict[str, Schema] = defaultdict(dict)
    for endpoint in ENDPOINTS:
        paths[endpoint.path][endpoint.method] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Youth Safety Net exchange",
            "version": str(PROTOCOL),
            "description": _WORDS + "".join(f"\n- `{c}`: {said}" for c, said in REASONS.items()),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": dict(paths),
        "components": {
            "schemas": {name: _exact(schema) for name, schema in schemas.items()},
            "securitySchemes": {"device": _signature()},
        },
    }


def written() -> bytes:
    """Return the file."""
    return (
        msgspec.json.format(msgspec.json.encode(description(), order="sorted"), indent=1) + b"\n"
    )


def _operation(endpoint: Endpoint) -> Schema:
    made: Schema = {
        "operationId": _name(endpoint),
        "summary": endpoint.summary,
        "parameters": [_protocol(), *_parameters(endpoint)],
        "responses": {**_told(endpoint), **dict(_problems(endpoint.problems))},
    }
    if endpoint.asked:
        held = {"schema": {"$ref": _REF.format(name=endpoint.asked.__name__)}}
        made["requestBody"] = {"required": True, "content": {endpoint.media: held}}
    if endpoint.is_signed:
        made["security"] = [{"device": []}]
    return made


def _told(endpoint: Endpoint) -> Schema:
    schema: Schema = {}
    if endpoint.told:
        schema = {"schema": {"$ref": _REF.format(name=endpoint.told.__name__)}}
    told: Schema = {"200": {"description": "Done.", "content": {endpoint.media: schema}}}
    if endpoint.has_tag:
        told["304"] = {"description": "The caller has it already."}
    return told


def _problems(codes: Iterable[str]) -> Iterable[tuple[str, Schema]]:
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        by_status[PROBLEMS[code].status].append(code)
    for status, found in sorted(by_status.items()):
        said = " ".join(f"`{code}`: {PROBLEMS[code].detail}" for code in found)
        held: Schema = {
            "allOf": [{"$ref": _REF.format(name=Problem.__name__)}],
            "properties": {
                "type": {"enum": [PROBLEM_PREFIX + code for code in found]},
                "status": {"const": status},
            },
        }
        yield str(status), {"description": said, "content": {PROBLEM_TYPE: {"schema": held}}}


def _parameters(endpoint: Endpoint) -> Iterable[Schema]:
    for name in endpoint.queries:
        number = {"type": "integer", "minimum": 1, "maximum": 999_999}
        yield {"name": name, "in": "query", "required": False, "schema": number}
    if "{path}" in endpoint.path:
        text = {"type": "string", "minLength": 1}
        yield {"name": "path", "in": "path", "required": True, "schema": text}
    if endpoint.has_tag:
        tag = {"name": "If-None-Match", "in": "header", "required": False}
        yield {**tag, "schema": {"type": "string"}}


def _protocol() -> Schema:
    return {
        "name": PROTOCOL_HEADER,
        "in": "header",
        "required": False,
        "description": "The protocol that the asking program speaks; 1 if it does not say.",
        "schema": {"type": "integer", "minimum": OLDEST_PROTOCOL, "maximum": 999_999},
    }


def _signature() -> Schema:
    words = "RFC 9421 HTTP message signature by an enrolled device's Ed25519 key; see above."
    return {"type": "apiKey", "in": "header", "name": "Signature", "description": words}


def _exact(schema: Any) -> Any:
    """Say what MessagePack says of whole numbers, and fold the words of docstrings."""
    if isinstance(schema, list):
        return [_exact(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _exact(part) for name, part in schema.items()}
    if isinstance(made.get("description"), str):
        made["description"] = " ".join(made["description"].split())
    return {**_INTEGER, **made} if made.get("type") == "integer" else made


def _name(endpoint: Endpoint) -> str:
    return endpoint.method + endpoint.path.replace("/", "-").replace("{", "").replace("}", "")


if __name__ == "__main__":
    FILE.write_bytes(written())
    sys.stdout.write(f"{FILE.name}\n")
