"""Keeping the answers a young person gave."""

from dataclasses import replace

from desktop.domain.consents import Answer, Article, Consent, Guardian
from desktop.domain.ids import ConsentId, YouthId
from desktop.domain.moment import Moment
from desktop.domain.referrals import ITEM_LIMIT
from desktop.domain.retention import Ground
from desktop.domain.text import LINE_LIMIT, checked, line
from desktop.errors import GuardianNeeded
from desktop.services import consent_records, guardians, text_versions
from desktop.vault import consents, drafts, youths
from desktop.vault.database import Vault


def record(vault: Vault, consent: Consent, moment: Moment) -> Consent:
    """Keep what was answered, yes or no, with its whole record.

    Raises `GuardianNeeded` when the young person may be under 14, `GuardianNotToBeTold`,
    `NotEntrusted`, `NotTheSameAsking` for a record in place of somebody else's, and
    `TextsRefused` for one asked with a text that fails: no referral can rest on it.
    """
    # Nobody was asked in the future: a page may hand in a time a moment ahead of ours.
    consent = replace(_spared(_checked(consent)), asked_at=min(consent.asked_at, moment.now))
    name = consent_records.who_asks(vault)
    with vault.transaction() as db:
        text_versions.refuse_failing(db, consent.notice.form)
        youth = youths.one(db, consent.youth)
        says_yes = Answer.GIVEN in consent.answers.values()
        if says_yes and consent.guardian is None and youth.age.may_be_under_14():
            raise GuardianNeeded
        consent_records.refuse_unlawful(db, consent, youth, moment.now)
        consent = consent_records.whole(db, consent, name, moment.now)
        consents.add(db, consent)
        if consent.answers.get(Article.IDENTIFIERS) is Answer.REFUSED:
            drafts.drop_number(db, consent.youth, moment.now)
        if consent.guardian is not None and Answer.LATER not in consent.answers.values():
            # What a child told us to reach them with has served.
            asked = (consent.youth,)
            guardians.destroy_named(db, vault, asked, (Ground.ANSWERED, moment))
    return consent


def standing(vault: Vault, youth: YouthId) -> tuple[ConsentId, ...]:
    """Return every consent of theirs that says yes to something and was not taken back."""
    with vault.reading() as db:
        asked = consents.of_youth(db, youth)
    is_yes = Answer.GIVEN
    return tuple(
        each.id for each in asked if each.withdrawn_at is None and is_yes in each.answers.values()
    )


def _checked(consent: Consent) -> Consent:
    return replace(
        consent,
        agency_name=line(consent.agency_name, "agency"),
        purpose=checked(consent.purpose, ITEM_LIMIT),
        retention=checked(consent.retention, ITEM_LIMIT),
        guardian=_checked_guardian(consent.guardian) if consent.guardian else None,
    )


def _spared(consent: Consent) -> Consent:
    """Return it without who a guardian is that said no, or not yet: that was given to ask only.

    Whom a child named still serves for its days (`guardians.name`).
    표준 개인정보 보호지침, 13, known at second hand (D-126).
    """
    if consent.guardian is None or Answer.GIVEN in consent.answers.values():
        return consent
    return replace(consent, guardian=replace(consent.guardian, name="", contact=""))


def _checked_guardian(guardian: Guardian) -> Guardian:
    return replace(
        guardian,
        name=line(guardian.name, "guardian"),
        relation=checked(guardian.relation, LINE_LIMIT),
        contact=checked(guardian.contact, LINE_LIMIT),
    )
