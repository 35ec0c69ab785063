"""Two records that turned out to be one person, put together; and parted again."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import YouthId
from desktop.domain.looks import at_youth
from desktop.domain.merging import Merged
from desktop.domain.moment import Moment
from desktop.domain.retention import Ground
from desktop.domain.youths import Youth
from desktop.people_errors import CannotMerge
from desktop.services import growing, guardians, looks
from desktop.vault import jottings, merging, obstacles, outreach, sending, youths
from desktop.vault import looks as look_rows
from desktop.vault.database import Db, Vault


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records, as far as it takes to tell whether they are one person."""

    youth: Youth
    times_met: int
    last_met: datetime | None
    places: tuple[str, ...]
    """Where they were met last, the newest first."""
    has_words: bool
    """Something was noted that they have not agreed to: they must be asked."""


_PLACES = 3


def compare(vault: Vault, pair: tuple[YouthId, YouthId], moment: Moment) -> tuple[Side, Side]:
    """Return both, side by side: a look at each of them."""
    found = looks.shown(
        vault,
        lambda db: [_side(db, youth) for youth in pair],
        lambda sides: tuple(at_youth(side.youth.id) for side in sides),
        moment,
    )
    return found[0], found[1]


def merge(
    vault: Vault, other: YouthId, kept: YouthId, moment: Moment, agreed: bool | None = None
) -> None:
    """Look after both as `kept` from now on: meetings, notes, judgements, consents, referrals.

    What was noted about `other` before there was an alias needs an answer: `agreed`. Without one
    `NothingWritten`; with a no it is destroyed, and `retention.sweep` has to follow. Raises
    `CannotMerge` before anything is changed.
    """
    with vault.transaction() as db:
        why = obstacles.between(db, other, kept)
        if why is not None:
            raise CannotMerge(why=why.value)
        who = looks.reader(db, vault)
        for each in (other, kept):
            look_rows.looked(db, who, at_youth(each), moment.now)
        growing.settle_words(db, vault, other, agreed, moment)
        _forget_guardians(db, vault, (other, kept), moment)
        merging.merge(db, other, kept, moment.now)
        sending.hold(db, moment.now)


def _forget_guardians(db: Db, vault: Vault, pair: tuple[YouthId, YouthId], moment: Moment) -> None:
    """Destroy whom `other` named, and whom `kept` did where one of both wants no guardian told."""
    is_kept_from = any(youths.one(db, each).keep_from_guardian for each in pair)
    about = pair if is_kept_from else pair[:1]
    guardians.destroy_named(db, vault, about, (Ground.ANSWERED, moment))


def part(vault: Vault, other: YouthId, moment: Moment) -> YouthId:
    """Undo it and return who had kept both. Raises `CannotPart`."""
    with vault.transaction() as db:
        kept = merging.part(db, other, moment.now)
        sending.hold(db, moment.now)
        who = looks.reader(db, vault)
        for each in (other, kept):
            look_rows.looked(db, who, at_youth(each), moment.now)
        return kept


def into(vault: Vault, kept: YouthId) -> tuple[Merged, ...]:
    """Return who was put to this person and may be parted again; only the newest now."""
    with vault.reading() as db:
        return merging.into(db, kept)


def _side(db: Db, youth: YouthId) -> Side:
    meetings = outreach.meetings_with(db, youth)
    places = dict.fromkeys(meeting.place for meeting in meetings if meeting.place)
    return Side(
        youth=youths.one(db, youth),
        times_met=len(meetings),
        last_met=meetings[0].met_at if meetings else None,
        places=tuple(places)[:_PLACES],
        has_words=jottings.has_words(db, youth),
    )
