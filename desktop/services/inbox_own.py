"""Whom a case is about, as somebody of our own: what protects them there protects them here too.

It only ever adds: what was decided or learned here is taken back by nobody elsewhere. But once
what was told has to go, so has a record on which nothing of our own stands.
"""

from collections import Counter
from uuid import UUID

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId, YouthId
from desktop.domain.inbox import OURS_STAYS, Received, Unfinished
from desktop.domain.moment import Moment
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.text import LINE_LIMIT
from desktop.domain.told_words import about_in
from desktop.domain.youths import Youth
from desktop.services import guardians
from desktop.services.destruction import logged, logged_as
from desktop.services.inbox_deciding import decide
from desktop.vault import inbox, inbox_end, inbox_own, inbox_reading, sending, youths
from desktop.vault.database import Db, Vault
from desktop.vault.purge import Purging
from desktop.vault.steps import Step
from sync.protocol.states import TaskStatus


def keep(
    db: Db, case: Received, who: str, moment: Moment, known: YouthId | None = None
) -> YouthId:
    """Keep whom an accepted case is about as somebody of our own, once, and protect them so.

    `known` is who a person says it is, if kept here. `who` is written down should anything be
    destroyed by it.
    """
    if case.youth is not None:  # what was told protects since then: a decision since stands
        return case.youth
    youth = _chosen(db, case, known, moment) or _added(db, case, moment)
    _protect_age(db, case, youth, moment)
    _protect_guardian(db, case, youth, who, moment)
    return youth


def told_more(db: Db, before: Received | None, who: str, moment: Moment) -> None:
    """Let what was told in addition protect whoever was kept of this case as our own.

    `before` is the case as it stood: what is only said again takes back no decision made here.
    """
    case = inbox_reading.one(db, before.id) if before else None
    if case is None or before is None or case.youth is None:
        return
    if about_in(case.words) != about_in(before.words):
        _protect_age(db, case, case.youth, moment)
    if _guardian(case) != _guardian(before):
        _protect_guardian(db, case, case.youth, who, moment)


def part(db: Db, case: Received, who: str, moment: Moment) -> None:
    """Part a case from the record it was tied to, which is somebody else's.

    A record on which nothing of our own stands was made of the case, so it is emptied and logged
    as `who` did it; `retention.sweep` has to follow. What protects another stays: who knows that
    it came from this case is a person.
    """
    if case.youth is None:
        return
    inbox.keeps_as(db, str(case.id), None, moment.now)
    if inbox_own.is_bare(db, case.youth):
        logged_as(db, who, _emptied(db, case.youth, moment), (Ground.MISTAKE, moment))


def ends(db: Db, ref: str, youth: YouthId, moment: Moment) -> Counter[str]:
    """What was told in a case is destroyed: destroy what was made of it; return how many records.

    Where something of our own stands on it the record stays, and the case says so. Where only
    another case does, it goes with that one. Else nothing of it stays but a row that says nothing
    about anybody, should its page be open; `expire` follows.
    """
    if inbox_own.has_ours(db, youth):
        proof = str(moment.id("ours stays"))
        inbox.taken(db, ref, Step(OURS_STAYS, moment.now, proof))
    if not inbox_own.is_bare(db, youth):
        return Counter()
    return _emptied(db, youth, moment).counts


def not_wanted(db: Db, youth: YouthId, moment: Moment) -> tuple[str, ...]:
    """End what others asked of us about somebody who asks to be forgotten; return their names.

    Whoever asked would else wait for ever, and see support under way. Raises `NotEnrolled`.
    """
    cases = (inbox_reading.one(db, ref) for ref in own_cases(db, youth))
    ended = tuple(case for case in cases if case is not None and case.is_accepted)
    for case in ended:
        own = Moment(moment.now, moment.id(f"not wanted {case.id}"))
        decide(db, case, TaskStatus.FAILED, Unfinished.THEIR_WISH.value, own)
    return tuple(dict.fromkeys(case.asker_name for case in ended))


def own_cases(db: Db, youth: YouthId) -> tuple[ReferralId, ...]:
    """Return the cases from which somebody was kept as our own, and whose words are here."""
    return tuple(ReferralId(UUID(ref)) for ref in inbox_end.kept_as(db, youth))


def expire(vault: Vault, moment: Moment, spared: YouthId | None = None) -> int:
    """Destroy the records that say nothing about anybody any more; return how many.

    `spared` waits: their page is open. `retention.sweep` has to follow.
    """
    with vault.reading() as db:
        if not inbox_own.nobodies(db):
            return 0
    with vault.transaction() as db:
        purging = Purging(db, moment.now)
        for youth in inbox_own.nobodies(db):
            if youth != spared:
                purging.destroy(Target(Thing.YOUTH, youth))
        logged(db, vault, purging, (Ground.EXPIRED, moment))
    return purging.counts["youth"]


def _emptied(db: Db, youth: YouthId, moment: Moment) -> Purging:
    purging = Purging(db, moment.now)
    purging.all_but_what_is_owed(youth)
    inbox_own.unname(db, youth, moment.now)
    return purging


def _protect_age(db: Db, case: Received, youth: YouthId, moment: Moment) -> None:
    told, before = about_in(case.words), youths.one(db, youth).about
    if told.age.may_be_under_14() and before.filled(told) != before:
        youths.tell(db, youth, before.filled(told), moment.now)
        sending.hold(db, moment.now)


def _protect_guardian(db: Db, case: Received, youth: YouthId, who: str, moment: Moment) -> None:
    is_kept, code = _guardian(case)
    if is_kept:
        guardians.keep_as_told(db, youth, code, who, moment)


def _guardian(case: Received) -> tuple[bool, str]:
    """Return whether a guardian is not to be told, and why; not, where nobody can know."""
    told = case.glimpse
    return (told.keep_from_guardian, told.keep_reason) if told else (True, "")


def _chosen(db: Db, case: Received, known: YouthId | None, moment: Moment) -> YouthId | None:
    if known is None or not youths.some(db, [known]):
        return None
    inbox.keeps_as(db, str(case.id), known, moment.now)
    return known


def _added(db: Db, case: Received, moment: Moment) -> YouthId:
    about = about_in(case.words)
    youth = Youth(
        id=YouthId(moment.id("youth")),
        alias=case.words.get(Item.ALIAS, "")[:LINE_LIMIT] or inbox_own.NOBODY,
        age=about.age,
        met_first=moment.now,
        gender=about.gender,
        language=about.language,
    )
    youths.add(db, youth)
    inbox.keeps_as(db, str(case.id), youth.id, moment.now)
    return youth.id
