"""One asking, from the first question to the record: which questions, which answers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.agencies import Category
from desktop.domain.consent_records import Manner, Record, Stroke
from desktop.domain.consents import (
    PLAIN_ITEMS,
    Answer,
    Article,
    Consent,
    Guardian,
    Item,
    Notice,
)
from desktop.domain.identifiers import halves
from desktop.domain.ids import ConsentId
from desktop.domain.moment import Moment
from desktop.domain.who_answers import Answers
from desktop.services.youths import YouthFile
from ui.consents.handing import Handing
from ui.consents.texts import CHILD, GUARDIAN, YOUTH, Blanks, Form, Screen, fingerprint

HOLDS_FOR = timedelta(days=90)
"""How long a yes may be used to send. The text shown names the day."""
_BASICS = frozenset({Item.ALIAS, Item.AGE, Item.GENDER, Item.LANGUAGE})
_WITHOUT_THESE_NOTHING = frozenset({Article.COLLECT, Article.PROVIDE})


def items_of(file: YouthFile) -> frozenset[Item]:
    """Return what the draft would carry, and so what is asked about.

    A number is not asked about where no law entrusts the organisation with it (PIPA 24). Where
    only what has a question of its own is written, the alias is asked about too: "What is sent?"
    needs an answer, and nothing leaves without something plain.
    """
    words = file.draft.words if file.draft else {}
    written = frozenset(item for item, text in words.items() if text.strip())
    written = written if file.is_entrusted else written - {Item.IDENTIFIER}
    if not written:
        return _BASICS
    return written if written & PLAIN_ITEMS else written | {Item.ALIAS}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer together with the screen it was given on, and who gave it."""

    reader: str
    screen: Screen
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything one asking needs. Each step makes a new one."""

    handing: Handing
    blanks: Blanks
    begun: Moment
    guardian: Guardian | None = None
    verified_at: datetime | None = None
    """When the guardian said how they are confirmed."""
    answered: tuple[Answered, ...] = ()
    signed: tuple[Stroke, ...] | None = None
    """None until somebody was asked to sign; empty where they would rather not."""

    @classmethod
    def about(cls, handing: Handing, begun: Moment) -> "Asking":
        """Begin an asking about what the draft would carry to this agency."""
        draft, agency = handing.file.draft, handing.agency
        chosen = draft.categories if draft and draft.categories else agency.categories()
        blanks = Blanks(
            alias=handing.file.youth.alias,
            agency=agency.name,
            items=items_of(handing.file),
            categories=tuple(sorted(chosen)),
            until=begun.now + HOLDS_FOR,
            identifier=halves(draft.words.get(Item.IDENTIFIER, ""))[0] or "" if draft else "",
        )
        return cls(handing, blanks, begun)

    @property
    def is_of_a_child(self) -> bool:
        """Say whether a guardian answers, after the child (PIPA 22-2)."""
        return self.handing.decision.answers is Answers.GUARDIAN

    def steps(self) -> tuple[tuple[str, Article], ...]:
        """Return who is asked what: a child first, a guardian about what it did not refuse."""
        asked = self.handing.decision.questions
        if not self.is_of_a_child:
            return tuple((YOUTH, article) for article in asked)
        refused = {each.screen.article for each in self.answered if _is_a_no(each)}
        child = tuple((CHILD, article) for article in asked)
        return (*child, *((GUARDIAN, article) for article in asked if article not in refused))

    def next_step(self) -> tuple[str, Article] | None:
        """Return what to ask now. Without a yes to one question the next has no point."""
        is_over = any(
            _is_a_no(each) and each.screen.article in _WITHOUT_THESE_NOTHING
            for each in self.answered
        )
        left = () if is_over else self.steps()[len(self.answered) :]
        return left[0] if left else None

    def needs_name(self) -> bool:
        """Say whether the guardian is asked next, and nobody has said who that is."""
        step = self.next_step()
        return step is not None and step[0] == GUARDIAN and self.guardian is None

    def needs_signature(self) -> bool:
        """Say whether a yes waits to be signed. A no needs no signature."""
        is_wanted = self.handing.how.manner is Manner.STROKES and self.signed is None
        return is_wanted and self.next_step() is None and Answer.GIVEN in self.answers().values()

    def screen(self, form: Form) -> Screen | None:
        """Return the question to show now in the form's language."""
        step = self.next_step()
        return form.screen(step[1], step[0], self.blanks) if step else None

    def answer(self, screen: Screen, answer: Answer) -> "Asking":
        """Take an answer to the screen that was shown."""
        step = self.next_step()
        if step is None:
            return self
        return replace(self, answered=(*self.answered, Answered(step[0], screen, answer)))

    def take_back(self) -> "Asking":
        """Return to the question before; a signature was under other answers."""
        return replace(self, answered=self.answered[:-1], signed=None)

    def sign(self, strokes: tuple[Stroke, ...]) -> "Asking":
        """Take a signature, or none."""
        return replace(self, signed=strokes)

    def for_guardian(self, guardian: Guardian, at: datetime) -> "Asking":
        """Note who answers, and since when it is known how that is confirmed."""
        return replace(self, guardian=guardian, verified_at=at)

    def answers(self) -> dict[Article, Answer]:
        """Return what counts: a child's no stands, its yes leaves the answer to the guardian."""
        counting = (each for each in self.answered if each.reader != CHILD or _is_a_no(each))
        return {each.screen.article: each.answer for each in counting}

    def consent(self, moment: Moment) -> Consent:
        """Return the record of what was shown and said."""
        screens = tuple(each.screen for each in self.answered)
        languages = dict.fromkeys(screen.language for screen in screens)
        # What was read is kept in its own words, and the original that counts before it.
        forms = tuple(Form(language) for language in dict.fromkeys(("ko", *languages)))
        return Consent(
            id=ConsentId(moment.id("consent")),
            youth=self.handing.file.youth.id,
            agency=self.handing.agency.id,
            agency_name=self.handing.agency.name,
            items=self.blanks.items,
            purpose=" / ".join(form.purpose(self.blanks) for form in forms),
            retention=" / ".join(form.word("retention") for form in forms),
            notice=Notice(
                Form(screens[-1].language).id, "+".join(languages), fingerprint(screens)
            ),
            answers=self.answers(),
            asked_at=moment.now,
            valid_until=self.blanks.until,
            guardian=self.guardian,
            record=Record(
                present=self.handing.how.present,
                answering=self.handing.how.answering(self.signed or ()),
                supersedes=None if self.next_step() else self.handing.replaces,
                is_for_children=self.is_of_a_child,
                verified_at=self.verified_at,
                categories=frozenset(map(Category, self.blanks.categories)),
            ),
        )


def _is_a_no(each: Answered) -> bool:
    return each.answer is not Answer.GIVEN
