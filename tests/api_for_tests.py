"""The hub held to its own description: schemathesis asks it anything the description allows."""

import random
from dataclasses import replace
from itertools import count
from uuid import UUID

import msgspec
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from living_for_tests import clock
from requests.auth import AuthBase
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from sync.client.httpsig import sign_request
from sync.protocol.answers import Exchange
from sync.protocol.backups import BackupRule, Handful
from sync.protocol.codec import WIRE_TYPE, Unreadable, packed, unpacked
from sync.protocol.digests import sha256
from sync.protocol.endpoints import ENDPOINTS
from sync.protocol.messages import BATCH_ITEMS
from sync.protocol.openapi import description
from sync.protocol.states import TaskStatus
from sync.server import blobs
from sync.server.batch import Caller
from sync.server.refusals import Refused
from sync.server.store import written

load_all_checks()
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
_FEW = tuple(str(UUID(int=n, version=4)) for n in range(1, 5))
_ASKED = {(e.method, e.path): e.asked for e in ENDPOINTS}


class Signs(AuthBase):
    """Signs each request as the centre's device, whatever is in it.

    Half of the messages it brings are made real ones first, which hold their signatures and seals
    and name the same few consents and referrals: what is random is refused at the hub's door.
    Most pieces it brings are named by their digests.
    """

    def __init__(self, hub):
        self._hub, self._count = hub, count()
        centre, agency = hub.centre, hub.agency
        # Whatever chance brings, a whole life of one referral is among it.
        self._surely = iter(
            (
                (centre.consent(_FEW[0], agency), centre.referral(_FEW[0], agency, _FEW[0])),
                (centre.withdrawal(_FEW[0]),),
            )
        )
        admin = Caller(centre.keys.device, centre.org, "admin")
        wished = BackupRule(True)
        written(hub.made.state.hub.store, lambda db: blobs.decide(db, admin, wished, clock()))

    def __call__(self, request):
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        if request.url.endswith("/v1/exchange"):
            body = self._with_real_ones(body)
            request.prepare_body(body, None)
        if request.url.endswith("/v1/backups/pieces"):
            body = _with_true_names(body)
            request.prepare_body(body, None)
        sign_request(request, body, self._hub.keys, clock(), next(self._count))
        return request

    def _with_real_ones(self, body):
        try:
            asked = unpacked(Exchange, body)
        except Unreadable:
            return body
        surely = next(self._surely, ())
        items = (*surely, *map(self._real, asked.items))[:BATCH_ITEMS]
        # A hub in another life takes nothing of a round.
        epoch = "" if surely else asked.epoch
        return packed(msgspec.structs.replace(asked, items=items, epoch=epoch))

    def _real(self, message):
        chance = random.Random(packed(message))
        centre, agency = self._hub.centre, self._hub.agency
        consent, ref = (chance.choice(_FEW) for _ in range(2))
        ways = (
            lambda: message,
            lambda: message,
            lambda: message,
            lambda: centre.consent(consent, agency),
            lambda: centre.referral(consent, agency, ref),
            lambda: centre.amends(ref, consent, agency),
            lambda: centre.moves(
                ref, chance.choice(list(TaskStatus)), expected=chance.randrange(3)
            ),
            lambda: chance.choice((centre.cancel, centre.attest))(ref),
            lambda: centre.note(ref, agency),
            lambda: centre.withdrawal(_FEW[0]),
        )
        return chance.choice(ways)()


def _with_true_names(body):
    try:
        asked = unpacked(Handful, body)
    except Unreadable:
        return body
    pieces = tuple(
        msgspec.structs.replace(piece, digest=sha256(piece.content)) for piece in asked.pieces
    )
    return body if len(pieces) % 4 == 1 else packed(Handful(pieces))


@schemathesis.serializer(WIRE_TYPE)
def _as_it_travels(context, value):
    """Pack what the description says in JSON: bin for base64, a timestamp for a date."""
    operation = context.case.operation
    kind = _ASKED.get((operation.method, operation.path))
    try:
        return packed(msgspec.convert(value, kind))
    except (msgspec.ValidationError, TypeError, OverflowError):
        return _packed_anyhow(value)


def _packed_anyhow(value):
    try:
        return msgspec.msgpack.encode(value)
    except (TypeError, OverflowError, UnicodeEncodeError):
        return str(value).encode(errors="replace")


@schemathesis.deserializer(WIRE_TYPE)
def _as_it_is_described(_context, response):
    return msgspec.to_builtins(msgspec.msgpack.decode(response.content))


def broken(hub, examples, paths=None, chance=0):
    """Ask every endpoint `examples` times, right and wrong; return what did not hold."""
    schema = schemathesis.openapi.from_dict(_asking(description()))
    found = []
    with requests.Session() as session:
        for each in schema.get_all_operations():
            operation = each.ok()
            if paths is None or operation.path in paths:
                for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
                    line = {"base_url": hub.url, "session": session, "auth": Signs(hub)}
                    found += _asked(operation, mode, line, (examples, chance))
    return found


def _asking(schema):
    """Add what tells a maker of examples that base64 is base64."""
    if isinstance(schema, list):
        return [_asking(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _asking(part) for name, part in schema.items()}
    return {**made, "format": "byte"} if "contentEncoding" in made else made


def _asked(operation, mode, line, run):
    examples, chance = run

    @seed(chance)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def ask(case):
        case.call_and_validate(checks=CHECKS, timeout=30, **line)

    try:
        ask()
    except (Failure, FailureGroup) as failed:
        inner = getattr(failed, "exceptions", [failed])
        return [f"{operation.label} {mode.value}: {each.title}" for each in inner]
    return []


def falls(made):
    """A hub that meets a bug in every round."""
    made.state.house.desk.exchange = _raising(KeyError("after"))


def refuses_otherwise(made):
    """A hub that refuses by a name that nobody knows."""
    made.state.house.desk.exchange = _raising(Refused(403, "because"))


def ends_otherwise(made):
    """A hub that answers by a status that nobody expects."""
    made.state.house.desk.exchange = _raising(Refused(418, "role"))


def says_otherwise(made):
    """A hub whose answer is not what is described."""
    made.state.house.desk.hub = replace(made.state.house.desk.hub, world=["practice"])


FAULTS = (falls, refuses_otherwise, ends_otherwise, says_otherwise)


def _raising(error):
    def raising(*_given):
        raise error

    return raising
