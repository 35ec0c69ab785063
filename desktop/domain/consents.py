"""What may be told about a young person, to whom, until when: the answers they gave.

Fields follow ISO/IEC TS 27560 and PIPA 15(2), 17(2), 18(3), 22, 22-2, 23, 37.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.agencies import Category
from desktop.domain.ages import Age
from desktop.domain.consent_records import Record
from desktop.domain.ids import AgencyId, ConsentId, YouthId


class Article(StrEnum):
    """PIPA 22(1): each is asked, and answered, on its own."""

    COLLECT = "15"
    PROVIDE = "17"
    SENSITIVE = "23"
    IDENTIFIERS = "24"
    """Off unless a law entrusts the organisation with them (`entrustments`)."""


ASKED = (Article.COLLECT, Article.PROVIDE, Article.SENSITIVE)
"""What every organisation may ask. The fourth article only those whom a law entrusts."""
LANGUAGES = ("ko", "en", "zh-Hans", "vi", "ru", "mn", "uz", "th")
"""Those with a consent text. The Korean one is the original."""


class Answer(StrEnum):
    """What was said. `later` is an answer, and it is not yes."""

    GIVEN = "given"
    REFUSED = "refused"
    LATER = "later"


class Item(StrEnum):
    """What a referral can carry. The hub sees these codes, never the words."""

    ALIAS = "alias"
    AGE = "age"
    GENDER = "gender"
    LANGUAGE = "language"
    REACH = "reach"
    NEED = "need"
    SITUATION = "situation"
    HEALTH = "health"
    IDENTIFIER = "identifier"
    """A passport, alien registration or licence number: see `identifiers`."""


SENSITIVE_ITEMS = frozenset({Item.SITUATION, Item.HEALTH})
"""PIPA 23 and its decree 18: what was said about health or circumstances is nearly always so."""
ON_THEIR_OWN = {
    Article.SENSITIVE: SENSITIVE_ITEMS,
    Article.IDENTIFIERS: frozenset({Item.IDENTIFIER}),
}
"""Items that need a yes to an article of their own; a no to it takes out these and no others."""
PLAIN_ITEMS = frozenset(Item).difference(*ON_THEIR_OWN.values())


def ended_by(said_no: frozenset[Article]) -> frozenset[Item]:
    """Return what may not be provided to an agency after a no to these articles."""
    if said_no - set(ON_THEIR_OWN):
        return frozenset(Item)
    return frozenset().union(*(of for each, of in ON_THEIR_OWN.items() if each in said_no))


class Verification(StrEnum):
    """How a guardian's consent was confirmed: decree 17-2(1), one to seven."""

    ONLINE_TEXT = "1-online-text"
    CARD = "2-card"
    PHONE_IDENTITY = "3-phone-identity"
    PAPER = "4-paper"
    EMAIL = "5-email"
    PHONE_CALL = "6-phone-call"
    OTHER = "7-other"


@dataclass(frozen=True, slots=True)
class Guardian:
    """법정대리인, who answers for someone under 14."""

    name: str
    relation: str
    contact: str
    verified_by: Verification


@dataclass(frozen=True, slots=True)
class Notice:
    """The exact text that was shown."""

    form: str
    """Form id and version, e.g. `referral-v1`."""
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Consent:
    """The answers of one asking, about one agency. Immutable but for its end."""

    id: ConsentId
    youth: YouthId
    agency: AgencyId
    agency_name: str
    items: frozenset[Item]
    purpose: str
    retention: str
    notice: Notice
    answers: dict[Article, Answer]
    asked_at: datetime
    valid_until: datetime
    guardian: Guardian | None = None
    withdrawn_at: datetime | None = None
    record: Record | None = None
    """None where it was kept before there were records."""

    def says_yes_to(self, article: Article) -> bool:
        """Say whether this article was asked and answered yes."""
        return self.answers.get(article) is Answer.GIVEN

    def is_by_who_may(self, age: Age) -> bool:
        """Say whether whoever answered may, at this age: under 14 a guardian (PIPA 22-2).

        An age becomes another one when it is put right, or when two records become one.
        """
        return self.guardian is not None or not age.may_be_under_14()

    def is_for(self, categories: frozenset[Category]) -> bool:
        """Say whether it is the help that was agreed to; other help is asked anew (PIPA 17(2))."""
        agreed = self.record.categories if self.record else frozenset()
        return not agreed or categories <= agreed

    def allowed_items(self) -> frozenset[Item]:
        """Return what may be provided: nothing without articles 15 and 17, the rest with its own.

        Whether a number may be provided at all, the entrustment says (`entrustments`).
        """
        if not (self.says_yes_to(Article.COLLECT) and self.says_yes_to(Article.PROVIDE)):
            return frozenset()
        unsaid = (of for each, of in ON_THEIR_OWN.items() if not self.says_yes_to(each))
        return self.items.difference(*unsaid)

    def ended_items(self) -> frozenset[Item]:
        """Return what an earlier yes to the same agency allows no more, after these answers."""
        if self.withdrawn_at is not None:
            return frozenset(Item)
        return ended_by(frozenset(each for each in self.answers if not self.says_yes_to(each)))

    def covers(self, agency: AgencyId, items: frozenset[Item], at: datetime) -> bool:
        """Say whether these items may go to this agency at this moment."""
        in_force = self.withdrawn_at is None and self.asked_at <= at < self.valid_until
        return in_force and agency == self.agency and bool(items) and items <= self.allowed_items()
