"""One asking, from the first question to the record: which questions, which answers."""

from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.domain.agencies import Agency
from desktop.domain.consent_records import Record
from desktop.domain.consents import (
    SENSITIVE_ITEMS,
    Answer,
    Article,
    Consent,
    Guardian,
    Item,
    Notice,
)
from desktop.domain.ids import ConsentId
from desktop.domain.moment import Moment
from desktop.domain.referrals import Draft
from desktop.domain.youths import Youth
from ui.consents.texts import GUARDIAN, YOUTH, Blanks, Form, Screen, fingerprint

HOLDS_FOR = timedelta(days=90)
"""How long a yes may be used to send. The text shown names the day."""
_BASICS = frozenset({Item.ALIAS, Item.AGE, Item.GENDER, Item.LANGUAGE})


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer together with the screen it was given on."""

    screen: Screen
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything one asking needs. Each step makes a new one."""

    youth: Youth
    agency: Agency
    blanks: Blanks
    begun: Moment
    guardian: Guardian | None = None
    answered: tuple[Answered, ...] = ()

    @classmethod
    def about(cls, youth: Youth, agency: Agency, draft: Draft | None, begun: Moment) -> "Asking":
        """Begin an asking about what the draft would carry to this agency."""
        words = draft.words if draft else {}
        items = frozenset(item for item, text in words.items() if text.strip())
        chosen = draft.categories if draft and draft.categories else agency.categories()
        blanks = Blanks(
            alias=youth.alias,
            agency=agency.name,
            items=items or _BASICS,
            categories=tuple(sorted(chosen)),
            until=begun.now + HOLDS_FOR,
        )
        return cls(youth, agency, blanks, begun)

    @property
    def reader(self) -> str:
        """Say to whom the questions are put."""
        return GUARDIAN if self.needs_guardian() else YOUTH

    def needs_guardian(self) -> bool:
        """Say whether someone else answers for this young person."""
        return self.youth.age.may_be_under_14()

    def questions(self) -> tuple[Article, ...]:
        """Return what is asked; the sensitive part only when there is one."""
        asked = (Article.COLLECT, Article.PROVIDE)
        return (*asked, Article.SENSITIVE) if self.blanks.items & SENSITIVE_ITEMS else asked

    def next_question(self) -> Article | None:
        """Return what to ask now. Without a yes to one question the next has no point."""
        if self.answered and self.answered[-1].answer is not Answer.GIVEN:
            return None
        left = self.questions()[len(self.answered) :]
        return left[0] if left else None

    def screen(self, form: Form) -> Screen | None:
        """Return the question to show now in the form's language."""
        article = self.next_question()
        return form.screen(article, self.reader, self.blanks) if article else None

    def answer(self, screen: Screen, answer: Answer) -> "Asking":
        """Take an answer to the screen that was shown."""
        return replace(self, answered=(*self.answered, Answered(screen, answer)))

    def take_back(self) -> "Asking":
        """Return to the question before."""
        return replace(self, answered=self.answered[:-1])

    def for_guardian(self, guardian: Guardian) -> "Asking":
        """Note who answers."""
        return replace(self, guardian=guardian)

    def consent(self, moment: Moment) -> Consent:
        """Return the record of what was shown and said."""
        screens = tuple(each.screen for each in self.answered)
        form = Form(screens[-1].language)
        languages = dict.fromkeys(screen.language for screen in screens)
        return Consent(
            id=ConsentId(moment.id("consent")),
            youth=self.youth.id,
            agency=self.agency.id,
            agency_name=self.agency.name,
            items=self.blanks.items,
            purpose=form.purpose(self.blanks),
            retention=form.word("retention"),
            notice=Notice(form.id, "+".join(languages), fingerprint(screens)),
            answers={each.screen.article: each.answer for each in self.answered},
            asked_at=moment.now,
            valid_until=self.blanks.until,
            guardian=self.guardian,
            record=Record(is_for_children=self.needs_guardian()),
        )
