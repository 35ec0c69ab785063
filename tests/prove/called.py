"""What must be so of a referral that whoever asked has called off (D-197)."""

from prove import moves

from desktop.domain.ids import ReferralId
from desktop.domain.referrals import Word
from desktop.domain.settling import has_stayed
from desktop.vault import referrals
from desktop.vault.columns import uuid
from sync.client.sealing import header_of
from sync.protocol.messages import PACKET_KINDS
from sync.protocol.states import CALLED_OFF


def is_so(tracking) -> bool:
    """Say whether a laptop says of it that it is called off."""
    return tracking.status_reason == CALLED_OFF


def offered(items, stopped) -> list[str]:
    """Name what a laptop offers of what was called off on it."""
    told = (header_of(item) for item in items if b"referral." in item.header)
    is_late = any(each.kind in PACKET_KINDS and each.ref in stopped for each in told)
    return ["offered after it was called off"] * is_late


def unsigned(vault, heard, ref) -> list[str]:
    """Name it if a laptop says more, right after the press, than a hub has signed."""
    with vault.reading() as db:
        tracking = referrals.one(db, ReferralId(uuid(ref)))
    if tracking is None or not is_so(tracking):
        return []
    if has_stayed(tracking):
        return ["called never left, and a hub had it"] * (ref in heard.requests)
    return ["called off, and no hub has signed it"] * (ref not in heard.taken_off)


def kept(village, hub) -> list[str]:
    """Name what hub or agency keep of what the hub took as called off."""
    refs, packets = village.heard.books.called_off, {kind.value for kind in PACKET_KINDS}
    wrong = []
    if any(row["ref"] in refs and row["kind"] in packets for row in hub["packet"]):
        wrong.append("what was told outlived its calling off")
    if any(agency.tray.packet(ref) for agency in village.agencies for ref in refs):
        wrong.append("an agency has what was called off")
    return wrong


def broken(village, tracking) -> list[str]:
    """Name what does not hold of one that was called off here, or is called so."""
    heard, ref = village.heard, str(tracking.referral.id)
    task, is_here = heard.books.tasks.get(ref), has_stayed(tracking)
    tray = next(a.tray for a in village.agencies if a.org == tracking.referral.agency)
    is_over = task is not None and task.status in moves.ENDED
    # What its agency ended in a life of the hub before, nobody says to the next one again.
    was_before = heard.is_put_back and not is_so(tracking)
    was_first = was_before or (is_over and ref not in heard.books.called_off)
    # A laptop of which the word met an earlier end learns of that by its event; where the hub was
    # put back before that came, nobody tells it any more, and a person may say the word again.
    is_untold = heard.is_put_back and ref in heard.ended_first and not is_over
    may_say_again = is_untold and tracking.calling_off is Word.UNSAID
    # A hub put back may hear first of what came second in its life before.
    is_same = heard.is_put_back or task is None or tracking.status == task.status
    holds = {
        "it has ended": tracking.status in moves.ENDED or may_say_again,
        "somebody said so": ref in heard.stopped,
        "a hub has signed it, or never had it": not is_so(tracking)
        or is_here
        or ref in heard.taken_off,
        "nobody had it": not is_here or ref not in heard.received,
        "the hub knows, or need not": is_over or was_before or (is_here and task is None),
        "hub and laptop say the same": is_same,
        "its agency has it only if that was first": tray.packet(ref) is None or was_first,
    }
    return [f"not true of one called off: {what}" for what, so in holds.items() if not so]
