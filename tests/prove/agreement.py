"""What must hold between laptop, hub and agencies once everybody has said everything."""

from collections import Counter

from builders import a_moment
from prove import beside, called, moves, settled

from desktop.domain.referrals import CAME_TOO_LATE, ENDED_ELSEWHERE, Erasure
from desktop.services import exchange, referrals, youths
from desktop.vault.columns import stamp
from sync.protocol.messages import SEALED_KINDS
from sync.protocol.states import Delivery, TaskStatus
from sync.server import consents as hub_consents
from sync.server import tables

_LAPSED = "consent-lapsed"
_USED = "id-reused"
_CAUSES = {"consent-expired", "consent-withdrawn"}
"""A wrong clock, time that passed, or a colleague's word: what a person is shown."""


def broken(world, released: dict[str, str]) -> list[str]:
    """Name every promise that does not hold. `released`: referral to consent, as acknowledged."""
    trackings = {
        str(t.referral.id): t for t in referrals.all(world.vault, a_moment(world.clock()))
    }
    withdrawn = _withdrawn(world, trackings)
    with world.hub.store.reading() as db:
        hub = {table.name: db.all(table) for table in tables.metadata.sorted_tables}
    wrong = [f"waits for ever: {w.kind}" for w in exchange.outbox(world.vault) if not w.is_refused]
    wrong += [problem for line in _lines(world) for problem in line.broken]
    wrong += [
        "an acknowledged referral is nowhere"
        for ref, consent in released.items()
        if ref not in trackings and consent not in _ended_at_all(world, released)
    ]
    wrong += _mailboxes(hub)
    wrong += _hub_agrees(hub, trackings, withdrawn)
    for ref, tracking in trackings.items():
        tray = next(a.tray for a in world.agencies if a.org == tracking.referral.agency)
        judge = _ended if ref in withdrawn else _arrived
        wrong += judge(tracking, tray.packet(ref), ref in {r["id"] for r in hub["referral"]})
    return wrong


def _lines(world):
    return (world.line, *(agency.line for agency in world.agencies))


def _ended_at_all(world, released):
    with world.vault.reading() as db:
        rows = db.execute("SELECT id FROM consent WHERE withdrawn_at IS NOT NULL").fetchall()
    return {key for (key,) in rows}


def _withdrawn(world, trackings):
    found = set()
    for ref, tracking in trackings.items():
        file = youths.open_file(
            world.vault, tracking.referral.youth, None, a_moment(world.clock())
        )
        ended = {c.id for c in file.consents if c.withdrawn_at is not None}
        if tracking.consent in ended:
            found.add(ref)
    return found


def _mailboxes(hub) -> list[str]:
    wrong = []
    for box in hub["mailbox"]:
        rows = [row for row in hub["delivery"] if row["mailbox"] == box["id"]]
        if rows and [row["seq"] for row in rows] != list(range(1, box["head"] + 1)):
            wrong.append("a mailbox has a gap")
        posted = Counter((row["message_id"], row["ref"]) for row in rows if row["message_id"])
        if any(count > 1 for count in posted.values()):
            wrong.append("a message was delivered twice")
    return wrong


def _hub_agrees(hub, trackings, withdrawn) -> list[str]:
    known = {row["id"] for row in hub["referral"]}
    wrong = ["the hub holds a referral that the laptop forgot"] * len(known - trackings.keys())
    sealed = {kind.value for kind in SEALED_KINDS}
    if any(row["ref"] in withdrawn and row["kind"] in sealed for row in hub["packet"]):
        wrong.append("a sealed packet outlived the consent")
    states = {row["id"]: row["state"] for row in hub["consent"]}
    for ref in withdrawn:
        state = states.get(str(trackings[ref].consent))
        if state is not None and state != hub_consents.WITHDRAWN:
            wrong.append("the hub never heard that a consent ended")
    return wrong


def _arrived(tracking, packet, is_at_hub) -> list[str]:
    at_agency = packet is not None
    answered = (tracking.status, len(tracking.replies)) == (TaskStatus.ACCEPTED, 1)
    # Not `sent`: where the hub's answer was lost, the agency's own receipt may come before it.
    steps = {"queued", "delivered", "opened", "accepted"}
    holds = {
        "arrived": at_agency and is_at_hub and tracking.delivery is Delivery.OPENED,
        "was answered once": answered,
        "has every step": steps <= tracking.steps.keys(),
        "has no problem": not tracking.problem,
    }
    return [
        f"not true of a referral: {what} ({tracking.problem})"
        for what, is_so in holds.items()
        if not is_so
    ]


def _ended(tracking, packet, is_at_hub, *, was_steered=False) -> list[str]:
    ends = moves.ENDED if was_steered else {TaskStatus.CANCELLED}
    holds = {
        "the agency destroyed it": packet is None,
        "it is cancelled": tracking.status in ends,
        "its erasure is attested": not is_at_hub or tracking.erasure is Erasure.DESTROYED,
    }
    return [
        f"not true of a withdrawn referral: {what}" for what, is_so in holds.items() if not is_so
    ]


def of_hub(village) -> list[str]:
    """Name every promise that the hub's database alone breaks."""
    with village.hub.store.reading() as db:
        hub = {table.name: db.all(table) for table in (tables.mailbox, tables.delivery)}
    return _mailboxes(hub)


def of_village(village) -> list[str]:
    """Name every promise that does not hold between several laptops, agencies and one hub."""
    with village.hub.store.reading() as db:
        hub = {table.name: db.all(table) for table in tables.metadata.sorted_tables}
    wrong = [
        problem for each in (*village.laptops, *village.agencies) for problem in each.line.broken
    ]
    wrong += _mailboxes(hub) + _steps(hub)
    wrong += _nothing_kept_after_its_end(hub, village.agencies)
    wrong += called.kept(village, hub)
    stands = {row["id"]: row["status"] for row in hub["referral"]}
    if stands != {ref: task.status for ref, task in village.heard.books.tasks.items()}:
        wrong.append("a task stands where nobody brought it")
    for laptop in village.laptops:
        wrong += _of_laptop(village, laptop, hub)
    wrong += settled.of_hub(hub, village.heard) + settled.of_reminders(hub, village.heard)
    return wrong + settled.of_journal(village)


def _steps(hub) -> list[str]:
    """Name it if a mailbox tells a step that is not in the table (I7).

    An agency with one device is not told its own steps, only where they have led.
    """
    deaf = {f"org:{row['to_org']}" for row in hub["referral"]}
    stands: dict[tuple[str, str], str] = {}
    wrong = []
    for row in sorted(hub["delivery"], key=lambda row: row["seq"]):
        to, case = row["state"], (row["mailbox"], row["ref"])
        before = stands.get(case, "requested")
        if to in moves.STATES and row["mailbox"] not in deaf:
            is_listed = any(moves.is_listed(before, to, who) for who in ("target", "requester"))
            if to != before and not is_listed:
                wrong.append("a mailbox tells a step that is not listed")
            stands[case] = to
    return wrong


def _nothing_kept_after_its_end(hub, agencies) -> list[str]:
    """Name what is kept although its consent ended: sealed here (I5), or at an agency (I6)."""
    ended = {
        (r["org_id"], r["id"]) for r in hub["consent"] if r["state"] == hub_consents.WITHDRAWN
    }
    refs = {
        row["referral_id"]
        for row in hub["referral_basis"]
        if (row["from_org"], row["consent_id"]) in ended
    }
    sealed = {kind.value for kind in SEALED_KINDS}
    wrong = []
    if any(row["ref"] in refs and row["kind"] in sealed for row in hub["packet"]):
        wrong.append("a sealed packet outlived the consent")
    if any(agency.tray.packet(ref) for agency in agencies for ref in refs):
        wrong.append("an agency was never told that a consent ended")
    return wrong


def _of_laptop(village, laptop, hub) -> list[str]:
    now = a_moment(village.clock())
    trackings = {str(t.referral.id): t for t in referrals.all(laptop.vault, now)}
    with laptop.vault.reading() as db:
        rows = db.execute("SELECT id FROM consent WHERE withdrawn_at IS NOT NULL").fetchall()
    ended = {key for (key,) in rows}
    waiting = {each.ref: each for each in exchange.outbox(laptop.vault)}
    wrong = [
        "an acknowledged referral is nowhere"
        for ref, consent in laptop.released.items()
        if ref not in trackings and consent not in ended
    ]
    wrong += ["a consent ended, and nobody had said so"] * len(ended - village.heard.meant)
    # Also where this vault knows of nothing that left under it, as one put back may.
    states = {row["id"]: row["state"] for row in hub["consent"] if row["id"] in ended}
    if hub_consents.GIVEN in states.values():
        wrong.append("the hub never heard that a consent ended")
    for ref, tracking in trackings.items():
        held = waiting.get(ref)
        if str(tracking.consent) in ended:
            wrong += _ended_there(village, tracking, hub)
        elif ref in laptop.line.called or called.is_so(tracking):
            wrong += _called(village, tracking)
        elif _is_forgotten(village, laptop, tracking):
            wrong += _never_came(village, tracking)
        elif tracking.problem or (held and held.problem == _LAPSED):
            wrong += shown(village, tracking)
        elif ref in village.steered:
            wrong += _steered(village, tracking)
        else:
            wrong += _came(village, laptop, tracking, hub)
    wrong += beside.broken(village, laptop)
    return wrong + settled.of_laptop(laptop, trackings, ended, village.heard)


def _called(village, tracking) -> list[str]:
    return called.broken(village, tracking) + (
        shown(village, tracking) if tracking.problem else []
    )


def _is_forgotten(village, laptop, tracking) -> bool:
    """Say whether it was called off in a life that neither its laptop nor the hub knows any more.

    Its request had come behind that word, and stays refused: a person is asked (D-197).
    """
    ref, heard = str(tracking.referral.id), village.heard
    was_refused = tracking.problem == _USED and heard.has_cause(ref, _USED)
    return was_refused and ref in heard.taken_off and laptop.lives > 0 and heard.is_put_back


def _never_came(village, tracking) -> list[str]:
    ref = str(tracking.referral.id)
    tray = next(a.tray for a in village.agencies if a.org == tracking.referral.agency)
    holds = {
        "no agency has it": tray.packet(ref) is None and ref not in village.heard.received,
        "it stands as not sent": tracking.delivery is Delivery.QUEUED,
    }
    return [f"not true of one that is forgotten: {what}" for what, so in holds.items() if not so]


def _came(village, laptop, tracking, hub) -> list[str]:
    ref = str(tracking.referral.id)
    tray = next(a.tray for a in village.agencies if a.org == tracking.referral.agency)
    is_at_hub = any(row["id"] == ref for row in hub["referral"])
    if not is_at_hub and ref in said_no_more(laptop, village.clock()):
        wrong = _fell_silent(tracking, tray.packet(ref))
    else:
        wrong = _arrived(tracking, tray.packet(ref), is_at_hub)
        if wrong and is_at_hub and ref in village.heard.given_up:
            wrong = _was_given_up(tracking, tray.packet(ref), hub)
    if not _added(laptop, ref) <= tray.more(ref).keys():
        wrong.append("what was told in addition is nowhere")
    return wrong


def said_no_more(laptop, now) -> set[str]:
    """Return what its agency has, and no consent allows to tell a restored hub again (D-182)."""
    with laptop.vault.reading() as db:
        rows = db.execute(
            "SELECT o.ref FROM outbox o JOIN consent c ON c.id = o.consent"
            " WHERE o.kind = 'referral.request' AND o.state = 'proven'"
            " AND o.last_problem = 'again' AND NOT (c.asked_at <= ?1 AND ?1 < c.valid_until)",
            (stamp(now),),
        ).fetchall()
    return {ref for (ref,) in rows}


def _fell_silent(tracking, packet) -> list[str]:
    """It came, as its agency said before the hub forgot it; its later words may be refused."""
    holds = {
        "arrived": packet is not None and {"queued", "delivered"} <= tracking.steps.keys(),
        "may be answered": tracking.status in {TaskStatus.REQUESTED, TaskStatus.ACCEPTED},
        "was answered once at most": len(tracking.replies) <= 1,
        "has no problem": not tracking.problem,
    }
    return [f"not true of a forgotten referral: {what}" for what, so in holds.items() if not so]


def _was_given_up(tracking, packet, hub) -> list[str]:
    """It came again after its agency's answers had been refused for good: people are asked."""
    ref = str(tracking.referral.id)
    holds = {
        "arrived": packet is not None and {"queued", "sent"} <= tracking.steps.keys(),
        "its silence is told": any(row["referral_id"] == ref for row in hub["reminder"]),
        "is not answered": tracking.status is TaskStatus.REQUESTED and not tracking.replies,
        "has no problem": not tracking.problem,
    }
    return [f"not true of one given up: {what}" for what, is_so in holds.items() if not is_so]


def _added(laptop, ref) -> set[str]:
    with laptop.vault.reading() as db:
        rows = db.execute("SELECT id FROM amendment WHERE referral = ?", (ref,)).fetchall()
    return {key for (key,) in rows}


def _ended_there(village, tracking, hub) -> list[str]:
    ref, consent = str(tracking.referral.id), str(tracking.consent)
    tray = next(a.tray for a in village.agencies if a.org == tracking.referral.agency)
    is_at_hub = any(row["id"] == ref for row in hub["referral"])
    states = {row["id"]: row["state"] for row in hub["consent"]}
    wrong = _ended(tracking, tray.packet(ref), is_at_hub, was_steered=ref in village.steered)
    as_it_should_be = {hub_consents.WITHDRAWN} if is_at_hub else {hub_consents.WITHDRAWN, None}
    if states.get(consent) not in as_it_should_be:
        wrong.append("the hub never heard that a consent ended")
    return wrong


def _steered(village, tracking) -> list[str]:
    """Where its agency went other ways, a referral stands where the hub let it go."""
    if village.heard.is_put_back:  # what came late may have come first in this life
        return []
    ref = str(tracking.referral.id)
    task, answers = village.heard.books.tasks[ref], int(ref not in village.heard.unsaid)
    holds = {
        "it stands where the hub does": tracking.status == task.status,
        "opened": tracking.delivery is Delivery.OPENED,
        "was answered once": len(tracking.replies) == answers,
    }
    return [f"not true of a moved referral: {what}" for what, is_so in holds.items() if not is_so]


def shown(village, tracking) -> list[str]:
    """A refusal shown to a person is an end too (I1), where it has its cause."""
    ref, problem = str(tracking.referral.id), tracking.problem or _LAPSED
    if problem == CAME_TOO_LATE:
        # Of what has ended nothing is sent again: a hub put back may know nothing of it.
        task = village.heard.books.tasks.get(ref)
        is_lost = task is None and village.heard.is_put_back
        has_cause = (tracking.status if is_lost else task and task.status) in moves.ENDED
    elif problem == _LAPSED:
        consent = village.heard.consents[str(tracking.consent)]
        has_cause = not consent.asked_at <= village.clock() < consent.valid_until
    else:
        code = "consent-withdrawn" if problem == ENDED_ELSEWHERE else problem
        has_cause = code in _CAUSES and village.heard.has_cause(ref, code)
    return [] if has_cause else [f"refused without a cause: {problem}"]
