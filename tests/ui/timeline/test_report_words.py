"""The timeline says that something was reported only once the hub holds it."""

import pytest
from street_for_tests import Street

from desktop.domain.timeline import Kind
from desktop.services import cosigning, disclosures, timeline
from desktop.services.timeline import Reading
from sync.server import tables
from ui.timeline import words


@pytest.fixture
def street(tmp_path):
    street = Street(tmp_path / "street")
    yield street
    street.close()


@pytest.fixture
def asked(street):
    return street.ask()


def said(street, youth):
    """Return what the timeline says of the report."""
    place = street.counselor
    page = timeline.page(place.vault, youth, None, Reading(), place.moment())
    (event,) = (each for each in page.events if each.kind is Kind.REPORT)
    return words.title(event).partition(": ")[0]


def test_each_stage_is_called_what_it_is(street, asked):
    assert said(street, asked.youth) == "Report written, not signed yet"

    street.sign(asked.id)
    assert said(street, asked.youth) == "Report signed, not sent yet"

    street.counselor.round()
    assert said(street, asked.youth) == "Reported to police"


def test_what_the_hub_did_not_take_was_not_reported(street, asked):
    street.sign(asked.id)
    with street.hub.hub.store.writing() as db:
        db.change(tables.device, {"id": street.supervisor.writer.keys.device}, status="revoked")

    street.counselor.round()

    assert said(street, asked.youth) == "Report was not taken"


def test_a_no_and_taking_it_back_are_called_that(street, asked):
    street.counselor.round()
    street.supervisor.round()
    vault, moment = street.supervisor.vault, street.supervisor.moment()
    cosigning.refuse(vault, asked.id, cosigning.CALL_FIRST, moment)
    street.supervisor.round()
    street.counselor.round()
    back = street.ask()
    disclosures.call_off(street.counselor.vault, back.id, street.counselor.moment())

    assert said(street, asked.youth) == "Report not signed"
    assert said(street, back.youth) == "Report ended"
