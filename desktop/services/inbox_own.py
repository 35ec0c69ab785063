"""Whom a case is about, as somebody of our own: what protects them there protects them here too.

It only ever adds: what was decided or learned here is taken back by nobody elsewhere.
"""

from uuid import UUID

from desktop.domain.consents import Item
from desktop.domain.ids import ReferralId, YouthId
from desktop.domain.inbox import Received
from desktop.domain.moment import Moment
from desktop.domain.text import LINE_LIMIT
from desktop.domain.told_words import about_in
from desktop.domain.youths import Youth
from desktop.services import guardians
from desktop.vault import inbox, inbox_reading, sending, youths
from desktop.vault.database import Db


def keep(db: Db, case: Received, who: str, moment: Moment) -> YouthId:
    """Keep whom an accepted case is about as somebody of our own, once, and protect them so.

    `who` is written down should anything be destroyed by it.
    """
    youth = case.youth or _added(db, case, moment)
    protect(db, case, youth, who, moment)
    return youth


def told_more(db: Db, ref: str, who: str, moment: Moment) -> None:
    """Let what was told in addition protect whoever was kept of this case as our own."""
    case = inbox_reading.one(db, ReferralId(UUID(ref)))
    if case is not None and case.youth is not None:
        protect(db, case, case.youth, who, moment)


def protect(db: Db, case: Received, youth: YouthId, who: str, moment: Moment) -> None:
    """Let our own record be as careful as what was told: about a guardian, and an age under 14."""
    told, before = about_in(case.words), youths.one(db, youth).about
    if told.age.may_be_under_14() and before.filled(told) != before:
        youths.tell(db, youth, before.filled(told), moment.now)
        sending.hold(db, moment.now)
    if case.glimpse is None or case.glimpse.keep_from_guardian:
        code = case.glimpse.keep_reason if case.glimpse else ""
        guardians.keep_as_told(db, youth, code, who, moment)


def _added(db: Db, case: Received, moment: Moment) -> YouthId:
    about = about_in(case.words)
    youth = Youth(
        id=YouthId(moment.id("youth")),
        alias=case.words.get(Item.ALIAS, "")[:LINE_LIMIT] or "?",
        age=about.age,
        met_first=moment.now,
        gender=about.gender,
        language=about.language,
    )
    youths.add(db, youth)
    inbox.keeps_as(db, str(case.id), youth.id, moment.now)
    return youth.id
