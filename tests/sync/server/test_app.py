import asyncio
import hashlib
import json
from datetime import datetime

import pytest
from hub_for_tests import ADDRESS, NIGHT, Question, asked
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from msgspec import structs, to_builtins

from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.bodies import (
    ConsentGiven,
    ConsentWithdrawn,
    DeliveryReceipt,
    ErasureAttest,
    ReferralCancel,
    TaskMoved,
)
from sync.protocol.codec import canonical, packed
from sync.protocol.directory import Hello
from sync.protocol.messages import SIGN_CONTEXT, Header, Kind, Message
from sync.server import office

FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_hello_tells_one_hub_from_another(house):
    hello = house.get("/v1/hello").value(Hello)

    assert hello == Hello(house.hub.id, "practice", 1, NIGHT, house.hub.key.public)


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_it_says_that_it_lives(house, path):
    assert house.get(path).status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1/tuf/root", 404),
        ("GET", "/v1/exchange", 405),
        ("POST", "/v1/hello", 405),
        ("GET", "/hsds/organizations?page=0", 400),
        ("GET", "/hsds/organizations?page=x", 400),
        ("GET", "/hsds/organizations?per_page=99999999999999999999", 400),
    ],
)
def test_what_is_not_there_is_a_problem_in_the_standard_form(house, method, path, status):
    answer = house.ask(Question(method, ADDRESS + path))

    said = json.loads(answer.body)
    assert (answer.status, said["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert said["type"].startswith("urn:ysn:problem:")


def test_the_directory_is_files_and_is_sent_only_when_it_is_new(house, centre, shelter):
    files = house.publish(2, centre, shelter)

    stamp = house.get("/v1/tuf/timestamp.json")
    question = Question("GET", f"{ADDRESS}/v1/tuf/timestamp.json")
    question.headers["If-None-Match"] = stamp.headers["etag"]

    assert all(house.get(f"/v1/tuf/{path}").body == raw for path, raw in files.items())
    assert house.get("/v1/tuf/root.json").body == files["1.root.json"]
    assert "immutable" in house.get("/v1/tuf/2.snapshot.json").headers["cache-control"]
    assert house.ask(question).status == 304
    house.publish(3, centre, shelter)
    assert house.ask(question).status == 200
    assert house.get("/v1/tuf/2.snapshot.json").status == 200
    assert [house.get(f"/v1/tuf/{path}").status for path in ("", "no", "../hub.key")] == [404] * 3


def test_anyone_may_page_through_the_public_directory(house):
    first = json.loads(house.get("/hsds/organizations?per_page=2").body)
    second = json.loads(house.get("/hsds/organizations?per_page=2&page=2").body)

    assert (first["total_items"], first["total_pages"], first["size"]) == (3, 2, 2)
    assert (second["page_number"], second["last_page"], second["size"]) == (2, True, 1)
    assert first["contents"] + second["contents"] == [
        {"id": party.org} for party in (house.centre, house.shelter, house.clinic)
    ]


def test_a_long_poll_wakes_when_something_arrives(house, centre, shelter, consent):
    message = centre.referral(consent, shelter)
    waits = shelter.signed("POST", "/v1/exchange", packed(Exchange(wait=20)))
    brings = centre.signed("POST", "/v1/exchange", packed(Exchange((message,))))

    async def both():
        waiting = asyncio.create_task(asked(house.app, waits))
        while shelter.org not in house.app.state.bells.waiting():
            await asyncio.sleep(0)
        await asked(house.app, brings)
        return await asyncio.wait_for(waiting, 10)

    answer = asyncio.run(both()).value(Exchanged)

    assert [event.message for event in answer.events] == [message]


def test_a_long_poll_ends_by_itself_with_nothing(house, shelter):
    assert house.exchange(shelter, wait=1).events == ()


def test_a_long_poll_ends_when_the_hub_stops(house, shelter):
    waits = shelter.signed("POST", "/v1/exchange", packed(Exchange(wait=20)))

    async def stop():
        waiting = asyncio.create_task(asked(house.app, waits))
        while shelter.org not in house.app.state.bells.waiting():
            await asyncio.sleep(0)
        house.app.state.bells.close()
        return await asyncio.wait_for(waiting, 10)

    assert asyncio.run(stop()).value(Exchanged).events == ()


def test_a_device_shut_out_while_waiting_hears_nothing_more(house, centre, shelter, consent):
    message = centre.referral(consent, shelter)
    waits = shelter.signed("POST", "/v1/exchange", packed(Exchange(wait=20)))
    brings = centre.signed("POST", "/v1/exchange", packed(Exchange((message,))))

    async def shut_out():
        waiting = asyncio.create_task(asked(house.app, waits))
        while shelter.org not in house.app.state.bells.waiting():
            await asyncio.sleep(0)
        office.revoke(house.hub, shelter.org, shelter.keys.device, house.clock())
        await asked(house.app, brings)
        return await asyncio.wait_for(waiting, 10)

    assert asyncio.run(shut_out()).problem == "device-revoked"


def test_nobody_who_brings_something_is_kept_waiting(house, centre, shelter):
    came = house.exchange(centre, centre.consent(centre.fresh(), shelter), wait=25)

    assert len(came.results) == 1


@pytest.mark.parametrize(
    ("size", "status"), [((1 << 20) + 65_536, 401), ((1 << 20) + 65_537, 413)]
)
def test_a_body_has_its_limit(house, size, status):
    question = Question("POST", f"{ADDRESS}/v1/exchange", body=bytes(size))

    assert house.ask(question).status == status


def test_a_batch_has_its_limit(house, centre):
    body = packed(Exchange((Message(b"{}"),) * 101))

    answer = house.ask(centre.signed("POST", "/v1/exchange", body))

    assert (answer.status, answer.problem) == (413, "too-large")


@FEW
@given(body=st.binary(max_size=300))
def test_bytes_that_mean_nothing_are_refused_not_stumbled_over(house, body):
    assume(body != packed({}))  # a round that brings nothing and has read nothing
    signed = house.ask(house.centre.signed("POST", "/v1/exchange", body))
    unsigned = house.ask(Question("POST", f"{ADDRESS}/v1/enrol", body=body))

    assert (signed.status, unsigned.status) == (400, 400)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
OVERFLOWING = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")
TIMES = (
    st.sampled_from(OVERFLOWING)
    | st.datetimes().map(datetime.isoformat)
    | st.datetimes().map(lambda at: f"{at}+14:00")
)
FIELDS = [field.name for field in structs.fields(Header)]
BODIES = {
    Kind.CONSENT_GIVEN: ConsentGiven("d" * 64, ("a",), ("alias",), "consent:17", NIGHT),
    Kind.CONSENT_WITHDRAWN: ConsentWithdrawn(NIGHT),
    Kind.REFERRAL_CANCEL: ReferralCancel("x"),
    Kind.DELIVERY_RECEIPT: DeliveryReceipt("delivered", "d" * 64),
    Kind.TASK_STATUS: TaskMoved("accepted"),
    Kind.ERASURE_ATTEST: ErasureAttest("destroyed"),
}


@FEW
@given(
    kind=st.sampled_from(sorted(BODIES)),
    in_header=st.dictionaries(st.sampled_from([*FIELDS, "extra"]), ODD | TIMES, max_size=2),
    in_body=st.dictionaries(
        st.sampled_from(["at", "valid_until", "to", "digest", "recipients", "expected_version"]),
        ODD | TIMES,
        max_size=2,
    ),
)
@example(Kind.CONSENT_GIVEN, {}, {"valid_until": OVERFLOWING[0]})
@example(Kind.CONSENT_GIVEN, {}, {"valid_until": OVERFLOWING[1]})
@example(Kind.CONSENT_WITHDRAWN, {"expires": OVERFLOWING[0]}, {"at": OVERFLOWING[1]})
@example(Kind.CONSENT_WITHDRAWN, {"from_device": "\0"}, {})
@example(Kind.CONSENT_WITHDRAWN, {}, {"referrals": [{"ref": "\0", "to_org": "\0"}]})
def test_an_odd_message_is_answered_alone(house, kind, in_header, in_body):
    centre, body = house.centre, BODIES[kind]
    header = to_builtins(centre.header(kind, centre.fresh())) | in_header
    known = {name: odd for name, odd in in_body.items() if hasattr(body, name)}
    odd = signed_as_it_is(centre, canonical(header), canonical(to_builtins(body) | known))
    good = centre.consent(centre.fresh(), house.shelter)

    said = house.outcomes(centre, odd, good)

    assert said[0].partition(":")[0] in {"rejected", "accepted"}
    assert said[1] == "accepted"


def signed_as_it_is(writer, header, body):
    digests = hashlib.sha256(header).digest() + hashlib.sha256(body).digest()
    return Message(header, body, sig=writer.keys.sign.sign(SIGN_CONTEXT + digests))


@FEW
@given(value=ODD)
def test_any_well_formed_value_is_refused_or_understood(house, value):
    answer = house.ask(house.centre.signed("POST", "/v1/exchange", packed(value)))

    assert answer.status in {200, 400}


@FEW
@given(
    noise=st.dictionaries(
        st.sampled_from(["Signature", "Signature-Input", "Content-Digest", "Host"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80),
    )
)
def test_odd_header_fields_are_refused_not_stumbled_over(house, noise):
    question = house.centre.signed("POST", "/v1/exchange", packed(Exchange()))
    question.headers.update(noise)

    assert house.ask(question).status in {200, 401}


def test_a_bug_is_a_problem_without_details(house, caplog, monkeypatch):
    def fails(*_given):
        raise KeyError("하늘이의 비밀")

    monkeypatch.setattr("sync.server.desk.Desk.exchange", fails)

    answer = house.ask(house.centre.signed("POST", "/v1/exchange", packed(Exchange())))

    assert (answer.status, answer.problem) == (500, "bug")
    assert "비밀" not in answer.body.decode() + caplog.text
    said = [record.facts for record in caplog.records if record.msg == "bug"]
    assert said == [{"error": "KeyError"}]


def test_a_store_that_fails_asks_to_come_back(house, centre, caplog):
    with house.hub.store.writing() as db:
        db._said._connection.exec_driver_sql("DROP TABLE consent")

    answer = house.exchange(centre, centre.consent(centre.fresh()))

    assert (answer.results[0].outcome, answer.results[0].retry_after) == ("retry", 30)
    with house.hub.store.writing() as db:
        db._said._connection.exec_driver_sql("DROP TABLE mailbox")
    busy = house.ask(centre.signed("POST", "/v1/exchange", packed(Exchange())))
    assert (busy.status, busy.problem, busy.headers["retry-after"]) == (503, "busy", "30")
    said = [record.facts for record in caplog.records if record.msg == "store failed"]
    assert said == [{"error": "away"}]
