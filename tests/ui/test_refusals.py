"""Whatever the hub does not take is explained in plain words, with a next step, to each side."""

import ast
import re
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import pytest
from builders import NOON

import i18n
import sync.server
from desktop.domain.disclosures import UNHELPED, Disclosure, Ground, Stage
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.services.exchange import HubState, Waiting
from sync.protocol.messages import Kind
from sync.protocol.problems import REASONS
from sync.protocol.states import Delivery
from sync.server.disclosures import BASIS_REFUSED, COSIGN_MISSING
from sync.server.refusals import Unknown
from ui import report_words
from ui.refusal_words import Side, problem, side_of
from ui.syncing.came_words import Came, unproven_words
from ui.syncing.words import line_words, why_it_waits

SERVER = Path(sync.server.__file__).parent
NOT_TO_A_MESSAGE = {"directory-refused"}  # told to the office alone, by its own command


def codes():
    """Return every code by which the hub refuses a message: literals, and named ones."""
    found = set()
    for file in SERVER.glob("*.py"):
        module = import_module(f"sync.server.{file.stem}") if file.stem[0] != "_" else None
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                found |= {_code(module, arg) for arg in _reasons(call)}
    return sorted((found | {Unknown().code}) - NOT_TO_A_MESSAGE - {""})


def _reasons(call):
    name = getattr(call.func, "id", "")
    is_refusal = len(call.args) > 2 and "Outcome.REJECTED" in ast.unparse(call.args[1])
    if name == "Result" and is_refusal:
        return call.args[2:3]
    return call.args[:1] if name == "Rejected" else []


def _code(module, arg):
    if isinstance(arg, ast.Constant):
        return arg.value if isinstance(arg.value, str) else ""
    return "" if ast.unparse(arg).endswith(".code") else _named(module, ast.unparse(arg))


def _named(module, path):
    for part in path.split("."):
        module = getattr(module, part)
    return module


STEPS = re.compile(
    r"ask again|[Ww]rite( it)? again|[Cc]all |Have it signed|Choose|decide anew|send again"
    r"|You need do nothing"
)


def test_the_codes_are_those_of_the_server():
    found = codes()

    assert {BASIS_REFUSED, COSIGN_MISSING, "id-reused", "malformed", "key-epoch-retired"} <= set(
        found
    )
    assert len(found) >= 14
    assert set(found) <= set(REASONS)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("code", codes())
def test_every_code_is_plain_words_with_a_next_step_for_each_side(code, side):
    said = problem(code, side)

    assert code not in said
    assert STEPS.search(said)
    i18n.use("ko")
    assert re.search("[가-힣]", problem(code, side))
    assert not re.search("[a-z]{3}", problem(code, side))


@pytest.mark.parametrize("code", codes())
def test_who_reports_is_told_to_call_and_never_to_ask_for_a_consent(code):
    said = problem(code, Side.LAW)

    assert "Call 112, or 119" in said
    assert "consent" not in said
    assert "ask again" not in said


@pytest.mark.parametrize("code", codes())
def test_a_desk_is_never_sent_to_the_agency_that_it_is(code):
    assert not re.search(r"[Tt]he agency|ask again", problem(code, Side.DESK))


@pytest.mark.parametrize(
    ("kind", "is_law", "side"),
    [
        (Kind.REFERRAL_REQUEST, False, Side.ASKER),
        (Kind.REFERRAL_REQUEST, True, Side.LAW),
        (Kind.COSIGN_REQUEST, False, Side.LAW),
        (Kind.COSIGN_GIVEN, False, Side.LAW),
        (Kind.TASK_NOTE, False, Side.DESK),
        (Kind.TASK_STATUS, False, Side.DESK),
        (Kind.ERASURE_ATTEST, False, Side.DESK),
        (Kind.CONSENT_GIVEN, False, Side.ASKER),
    ],
)
def test_the_outbox_explains_each_to_whoever_wrote_it(kind, is_law, side):
    line = line_words(HubState.REACHED, is_cut=False)
    waiting = Waiting(kind, "r", "관악 센터", None, 1, "org-inactive", True, is_law=is_law)

    assert side_of(kind, is_law=is_law) is side
    assert problem("org-inactive", side) in why_it_waits(waiting, line)


def test_a_refused_report_says_what_to_do_without_its_code():
    refused, lapsed = (
        report_words.problem_of("cosign-missing"),
        report_words.problem_of("cosign-lapsed"),
    )

    assert "cosign-missing" not in refused
    assert refused.startswith("It was not taken. A supervisor's")
    assert not lapsed.startswith("It was not taken")


@pytest.mark.parametrize("status", sorted(UNHELPED))
def test_an_authority_that_cannot_help_is_named_with_its_number_as_what_needs_somebody(status):
    report = Disclosure(
        ReferralId(uuid4()), YouthId(uuid4()), Ground.ABUSE, AgencyId("police"), "관악경찰서",
        NOON, Stage.QUEUED, Delivery.OPENED, status, phone="02-880-0112",
    )  # fmt: skip

    said = "관악경찰서 (02-880-0112) could not take it on. Call them."
    assert report_words.state(report, NOON) == (said, "danger")


def test_a_desk_that_cannot_believe_something_calls_whoever_asks():
    at = datetime(2026, 11, 20, tzinfo=UTC)

    assert "whoever asks you" in unproven_words(Came(1, ((Kind.REFERRAL_AMEND, at),)))[1]
    assert "the agency you wait for" in unproven_words(Came(1, ((Kind.TASK_NOTE, at),)))[1]
