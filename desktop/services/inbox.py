"""What a worker does with referrals that came in: look, decide, meet, write back, ask for more.

Each is one transaction: the case moves here and the message about it waits in the outbox, so all
of it works without a line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.consents import Item
from desktop.domain.half_said import unsaid
from desktop.domain.ids import AgencyId, ReferralId, YouthId
from desktop.domain.inbox import LEADS_TO, Deed, Gone, Received, Told
from desktop.domain.inbox_news import NEWS, needs_eyes
from desktop.domain.looks import Kind, Sight
from desktop.domain.moment import Moment
from desktop.domain.referrals import ITEM_LIMIT, Appointment
from desktop.domain.text import LINE_LIMIT, checked, masked
from desktop.errors import DiskFailed, DiskFull, NothingWritten
from desktop.services import agencies, agency_keys, inbox_ends, inbox_own, looks
from desktop.services.agency_keys import KeyChange
from desktop.services.inbox_deciding import decide, writer_of
from desktop.services.inbox_letters import Writer
from desktop.services.readers import Readers
from desktop.vault import inbox, inbox_late, inbox_news, inbox_reading, outbox
from desktop.vault.database import Db, Vault
from desktop.vault.inbox import OPENED
from desktop.vault.steps import Step
from sync.protocol.bodies import Stage
from sync.protocol.states import TaskStatus, answer_within

Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Count:
    """What the door to the inbox says."""

    unanswered: int
    late: int
    """So many of them should have been answered already."""
    news: int = 0
    """So many others somebody has to look at: whoever asked did something, or two decided."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A decision: a code that the hub sees, and words that only whoever asked can read."""

    deed: Deed
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to say back about a case that was accepted."""

    words: str = ""
    appointment: Appointment | None = None
    asks: frozenset[Item] = frozenset()


def count(vault: Vault, now: datetime) -> Count:
    """Return how many wait for a yes or no, and how many others for somebody to look."""
    with vault.reading() as db:
        waiting = inbox_reading.unanswered(db)
        found = (inbox_reading.one(db, ref) for ref in inbox_news.to_look_at(db, now - NEWS))
        news = sum(case is not None and needs_eyes(case, now) for case in found)
    late = sum(now >= at + answer_within(urgency.value) for at, urgency in waiting)
    return Count(len(waiting), late, news)


def listing(vault: Vault) -> tuple[Received, ...]:
    """Return every case, newest first, with no more of it than stands in a list: no look."""
    with vault.reading() as db:
        return tuple(map(_in_a_list, inbox_reading.every(db)))


def open_case(vault: Vault, ref: ReferralId, moment: Moment) -> Received | None:
    """Show one case as far as it may be shown: a look, and whoever asked learns of the first."""
    try:
        with vault.transaction() as db:
            _opened(db, ref, moment)
            inbox_news.seen(db, str(ref), moment.now)
    except (DiskFull, DiskFailed):
        pass  # it is shown all the same, and said the next time
    return looks.shown(vault, lambda db: inbox_reading.one(db, ref), _sights, moment)


def do(vault: Vault, ref: ReferralId, doing: Doing, moment: Moment, chance: Chance) -> bool:
    """Decide; False: another place was first, it can be decided no more, and nothing changed.

    Raises `TextTooLong`, `ResidentNumberFound`, `AgencyUnreachable`, `AgencyKeyChanged`,
    `ConsentOver`.
    """
    words = checked(doing.words, ITEM_LIMIT).strip()
    with vault.transaction() as db:
        case = inbox_reading.one(db, ref)
        inbox_ends.check_consent(db, case, doing.deed, moment)
        if case is None or doing.deed not in case.may():
            return False
        if words:
            _told(db, writer_of(db, case, moment), Told(words, moment.now), moment, chance)
        to = LEADS_TO[doing.deed]
        decide(db, case, to, doing.reason, moment)
        inbox.keep_typed(db, str(ref), unsaid(case, Told(words, moment.now)), moment.now)
        if to is TaskStatus.REJECTED:
            who = looks.reader(db, vault).who
            inbox_ends.destroy(db, str(ref), Gone.DECLINED, who, moment)
    return True


def say(vault: Vault, ref: ReferralId, saying: Saying, moment: Moment, chance: Chance) -> bool:
    """Write back, say what becomes of an appointment, or ask for more; False: nothing was said.

    Nothing can be said any more once a colleague has ended the case.
    Raises `NothingWritten`, `TextTooLong`, `ResidentNumberFound`, `AgencyUnreachable`,
    `AgencyKeyChanged`, `AppointmentOver`, `AppointmentFar`, `AppointmentAhead`.
    """
    told = _checked(saying, moment)
    with vault.transaction() as db:
        case = inbox_reading.one(db, ref)
        if case is None or not case.is_accepted:
            return False
        _told(db, writer_of(db, case, moment), told, moment, chance)
        outbox.leave(db, _said_again(db, case, told))
        inbox.acts_again(db, str(ref))
        inbox.keep_typed(db, str(ref), unsaid(case, told), moment.now)
    return True


def leave(vault: Vault, ref: ReferralId, moment: Moment) -> None:
    """Leave a case as it stands, where ours came too late."""
    with vault.transaction() as db:
        inbox.acts_again(db, str(ref))
        inbox_late.chosen(db, str(ref), moment.now)


def key_change(vault: Vault, ref: ReferralId) -> KeyChange | None:
    """Return what has to be compared before whoever asked is written to, or None."""
    with vault.reading() as db:
        case = inbox_reading.one(db, ref)
    return agency_keys.change(vault, case.asker) if case else None


def keep_typed(vault: Vault, ref: ReferralId, words: Mapping[str, str], moment: Moment) -> None:
    """Keep what stands in the fields of a case; a resident number is blotted out."""
    kept = {field: masked(text) for field, text in words.items() if text.strip()}
    with vault.transaction() as db:
        inbox.keep_typed(db, str(ref), kept, moment.now)


def keep_as_ours(
    vault: Vault, ref: ReferralId, moment: Moment, known: YouthId | None = None
) -> YouthId | None:
    """Keep whom an accepted case is about as somebody of our own, once; None: not accepted.

    `known` is who a person says it is, kept here before: their record then is the one. What
    protects them, and was told by now, protects them here too. By this nothing passes on: another
    agency is told only what a new consent allows.
    """
    with vault.transaction() as db:
        case = inbox_reading.one(db, ref)
        if case is None or not case.is_accepted:
            return None
        return inbox_own.keep(db, case, looks.reader(db, vault).who, moment, known)


def not_them(vault: Vault, ref: ReferralId, moment: Moment) -> None:
    """Part a case from the record of our own it was tied to: that is somebody else's.

    What was carried over there to protect them stays, for a person to look at. A record that says
    nothing but what was told goes; `retention.sweep` has to follow.
    """
    with vault.transaction() as db:
        case = inbox_reading.one(db, ref)
        if case is not None:
            inbox_own.part(db, case, looks.reader(db, vault).who, moment)


def _in_a_list(case: Received) -> Received:
    alias = case.words.get(Item.ALIAS, "")
    words: dict[Item, str] = {Item.ALIAS: alias} if alias else {}
    return replace(case, words=words, why="", typed={})


def _sights(case: Received | None) -> tuple[Sight, ...]:
    if case is None or case.glimpse is None:
        return ()
    return (Sight(Kind.RECEIVED, str(case.id), case.youth),)


def _opened(db: Db, ref: ReferralId, moment: Moment) -> None:
    case = inbox_reading.one(db, ref)
    if case is None or not case.is_open or case.opened_at is not None:
        return
    writer, digest = writer_of(db, case, moment), inbox.digest(db, str(ref))
    message = writer.receipt(db, Stage.OPENED, digest)
    inbox.taken(db, str(ref), Step(OPENED, moment.now, str(message)))


def _told(db: Db, writer: Writer, told: Told, moment: Moment, chance: Chance) -> None:
    message, book = moment.id("note"), agencies.book(db)
    agency_keys.sealing(db, book, AgencyId(writer.to), moment.now)
    writer.note(db, told, message, Readers(writer.own, book, db.addressees, chance))
    inbox.tell(db, writer.ref, str(message), told)


def _said_again(db: Db, case: Received, told: Told) -> tuple[str, ...]:
    """Return what was not taken and is now said in the same words."""
    untaken = outbox.untaken(db, str(case.id)) if told.text else ()
    return tuple(each.id for each in untaken if inbox.words_of(db, each.id) == told.text)


def _checked(saying: Saying, moment: Moment) -> Told:
    words, meant = checked(saying.words, ITEM_LIMIT).strip(), saying.appointment
    if not (words or meant or saying.asks):
        raise NothingWritten(field="reply")
    if meant is not None:
        meant = replace(meant, place=checked(meant.place, LINE_LIMIT).strip())
        meant.said(moment.now)
    return Told(words, moment.now, meant, saying.asks)
