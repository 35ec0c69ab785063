"""What whoever asked, the hub and the desk that was asked say of each case, once all is said."""

from builders import a_moment
from prove import agreement, called, moves, settled

from desktop.domain.inbox import Gone
from desktop.domain.referrals import Erasure
from desktop.domain.settling import has_stayed
from desktop.services import exchange, inbox, referrals
from sync.protocol.states import Delivery
from sync.server import tables

_ARRIVED = {Delivery.DELIVERED, Delivery.OPENED}


def broken(town) -> list[str]:
    """Name every promise that does not hold between askers, desks and the hub."""
    with town.hub.store.reading() as db:
        hub = {table.name: db.all(table) for table in tables.metadata.sorted_tables}
    wrong = settled.of_hub(hub, town.heard)
    wrong += [problem for each in town.everybody for problem in each.line.broken]
    cases = {desk.own.org: _cases(desk) for desk in town.desks}
    for desk in town.desks:
        desk.vault.verify()
        wrong += _of_desk(town, desk, cases[desk.own.org].values())
    for laptop in town.laptops:
        laptop.vault.verify()
        wrong += _of_laptop(town, laptop, cases, {row["id"]: row for row in hub["referral"]})
    return wrong


def _cases(desk):
    return {str(case.id): case for case in inbox.listing(desk.vault)}


def _of_desk(town, desk, cases):
    if exchange.unproven(desk.vault)[0]:
        yield "a desk has doubts of a hub that told no lie"
    for case in cases:
        # Whoever asked decides, too, once they call it off.
        is_off = str(case.id) in town.heard.stopped
        if case.late is not None and not desk.lives and not is_off:
            yield "a decision came too late, and nobody else decides"
        # That a restored hub has lost a case, and nobody may send it again, a person has to know.
        is_lost = town.heard.is_put_back and str(case.id) not in town.heard.books.tasks
        if case.refused and not is_lost:
            yield f"what a desk said was not taken: {case.refused[0].problem}"
        if case.gone is not Gone.HERE and _has_words(desk, str(case.id)):
            yield "words stay at a desk of what is gone"
    if any(_has_words(desk, ref) for ref in town.heard.books.called_off):
        yield "a desk has what was called off"


def _has_words(desk, ref):
    with desk.vault.reading() as db:
        row = db.execute("SELECT 1 FROM received_packet WHERE received = ?", (ref,)).fetchone()
    return row is not None


def _of_laptop(town, laptop, cases, hub):
    trackings = referrals.all(laptop.vault, a_moment(town.clock()))
    with laptop.vault.reading() as db:
        rows = db.execute("SELECT id FROM consent WHERE withdrawn_at IS NOT NULL").fetchall()
    ended = {key for (key,) in rows}
    waiting = {each.ref for each in exchange.outbox(laptop.vault)}
    by_ref = {str(tracking.referral.id): tracking for tracking in trackings}
    yield from settled.of_laptop(laptop, by_ref, ended, town.heard)
    # Of what no consent allows to tell a restored hub again, that hub knows nothing (D-182).
    unsaid = agreement.said_no_more(laptop, town.clock()) - hub.keys()
    for ref, tracking in by_ref.items():
        case = cases[tracking.referral.agency].get(ref)
        desk = next(d for d in town.desks if d.own.org == tracking.referral.agency)
        if str(tracking.consent) in ended:
            yield from _withdrawn(tracking, case, is_kept=_has_words(desk, ref))
        elif tracking.problem:
            yield from agreement.shown(town, tracking)
        elif ref not in waiting | unsaid:
            yield from _stands(tracking, case, (laptop, desk), town, hub.get(ref))


def _withdrawn(tracking, case, *, is_kept):
    if is_kept:
        yield "words stay at a desk after a withdrawal"
    if case is not None and case.gone is not Gone.WITHDRAWN:
        yield "a desk was never told that a consent ended"
    if case is not None and tracking.erasure is not Erasure.DESTROYED:
        yield "a desk destroyed it, and whoever asked does not know"


def _stands(tracking, case, sides, town, row):
    laptop, desk = sides
    is_over = tracking.status.value in moves.ENDED
    # Of what is over nothing is sent again, and a desk put back may ask too late for what came.
    if row is None and not (is_over and town.heard.is_put_back) and not has_stayed(tracking):
        yield "a hub has lost what nobody had ended"
    if case is None:
        # What was called off before it came is at no desk.
        is_so = desk.lives or called.is_so(tracking)
        yield from [] if is_so else ["a case is not at its desk"]
        return
    said = {tracking.status.value, case.status.value} | ({row["status"]} if row else set())
    # What it had sent back, and destroyed, is for a desk sent back whoever called it off since.
    is_off = str(tracking.referral.id) in town.heard.taken_off
    said -= {case.status.value} if is_off and case.gone is Gone.DECLINED else set()
    # What a desk had decided and both hub and desk forgot is known to whoever asked alone.
    is_forgotten = desk.lives and town.heard.is_put_back
    if len(said) > 1 and not is_forgotten:
        yield f"they do not agree where it stands: {', '.join(sorted(said))}"
    elif is_over and case.refused:
        yield "called not taken, and whoever asked has it"
    if tracking.delivery not in _ARRIVED and row and not laptop.lives:
        yield "it came, and whoever asked does not know"
    # What a vault put back said is known to whoever asked alone.
    # And a desk destroys what it had arranged with what is called off.
    is_known = not desk.lives and not laptop.lives and case.gone is not Gone.CANCELLED
    if is_known and tracking.appointment() != case.appointment():
        yield "they do not agree about an appointment"
