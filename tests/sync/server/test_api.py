"""The hub does what its OpenAPI description says; the description is made from the types."""

import json

import jsonschema
import pytest
from api_for_tests import FAULTS, broken
from living_for_tests import living

from sync.protocol import openapi
from sync.protocol.endpoints import ENDPOINTS

EXAMPLES = 3
_CHANCES = {"sqlite": 0, "postgresql": 1}
"""Each engine is asked half, and something else."""
_BACKUPS = ("", "/rule", "/missing", "/pieces", "/drop")
"""Where a random question, once its pieces are named rightly, is a right one."""


@pytest.fixture
def alive(tmp_path, database):
    with living(tmp_path, database) as hub:
        yield hub


def test_the_written_description_is_the_one_the_types_give():
    assert openapi.FILE.read_bytes() == openapi.written()


def test_every_endpoint_of_the_hub_is_described(alive):
    served_here = {
        (method.lower(), route.path.replace(":path", ""))
        for route in alive.made.routes
        for method in route.methods - {"HEAD"}
    }

    assert served_here == {(e.method, e.path) for e in ENDPOINTS}


def test_every_schema_is_one(alive):
    described = json.loads(openapi.written())

    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert described["openapi"] == "3.1.0"
    names = [e["operationId"] for path in described["paths"].values() for e in path.values()]
    assert len(names) == len(set(names)) == len(ENDPOINTS)


def test_the_hub_answers_as_it_is_described(alive, engine):
    assert broken(alive, EXAMPLES, chance=_CHANCES[engine]) == []

    told = alive.made.state.metrics.text()
    for kind in ("consent.given", "referral.request", "consent.withdrawn"):
        assert f'{{kind="{kind}",outcome="accepted",reason=""}}' in told, "nothing got so far"
    for path in _BACKUPS:
        assert f'{{endpoint="/v1/backups{path}",problem="",status="2xx"}}' in told, path


@pytest.mark.parametrize("fault", FAULTS)
def test_a_hub_that_does_otherwise_is_caught(alive, fault):
    """The control."""
    fault(alive.made)

    assert broken(alive, 5, {"/v1/exchange", "/v1/hello"})
