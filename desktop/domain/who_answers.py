"""Who may say yes for a young person, by which law, and where the way leads when nobody may.

Every page and every service asks `decide`; nobody reckons it anew. Nothing here ends a way: where
no consent can be had there is a report, a telephone call, or help that needs none.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop.consent_errors import LanguageNotOffered
from desktop.domain.ages import Age
from desktop.domain.consents import LANGUAGES, ON_THEIR_OWN, Article, Item, Verification


class Law(StrEnum):
    """An article, as it is cited."""

    COLLECT = "개인정보 보호법 15(1)1"
    PROVIDE = "개인정보 보호법 17(1)1"
    SENSITIVE = "개인정보 보호법 23(1)1"
    IDENTIFIERS = "개인정보 보호법 24(1)1"
    GUARDIAN = "개인정보 보호법 22의2(1)"
    GUARDIAN_NAMED = "개인정보 보호법 22의2(2), 시행령 17의2(2)"
    PLAIN_FOR_CHILDREN = "개인정보 보호법 22의2(3)"
    SEVEN_WAYS = "개인정보 보호법 시행령 17의2(1)"
    HELP_STAYS = "개인정보 보호법 16(3), 22(5)"
    REPORT = "아동학대처벌법 10(2)18"
    LIFE = "개인정보 보호법 17(1)2, 15(1)5"


class GuardianStands(StrEnum):
    """How the legal guardian stands to this."""

    PRESENT = "present"
    REFUSES = "refuses"
    UNREACHABLE = "unreachable"
    SUSPECTED = "suspected"
    """Of abuse: never asked, never told."""


class KeepReason(StrEnum):
    """Why the guardian is not to be told. It travels inside the seal."""

    ABUSE = "abuse"
    """Domestic or sexual violence, or child abuse: the guardian may not be told."""
    FEAR = "fear"
    """They are afraid of what would happen."""
    WISH = "wish"
    """They ask for it, and say no more."""


class Answers(StrEnum):
    """Whose yes counts."""

    PERSON = "person"
    GUARDIAN = "guardian"
    NOBODY = "nobody"


class Way(StrEnum):
    """What can be done next. There is always one."""

    ASK = "ask"
    """Hand over the questions."""
    NAME_GUARDIAN = "name-guardian"
    """Take the guardian's name and contact from the child, then reach them."""
    REPORT = "report"
    """Call 112 or the city at once; the written report follows the call."""
    LIFE = "life"
    """Where life or body is in danger: 119, and a report without consent."""
    HELP_HERE = "help-here"
    """Food, rest and talking need no consent, and stay."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when somebody is about to be asked."""

    age: Age
    guardian: GuardianStands
    language: str
    items: frozenset[Item]
    keep: KeepReason | None = None
    is_entrusted: bool = False
    """Whether a law entrusts the organisation with unique identifiers (PIPA 24)."""

    def __post_init__(self) -> None:
        """Refuse a language in which there is no text."""
        if self.language not in LANGUAGES:
            raise LanguageNotOffered(language=self.language)

    @property
    def is_kept(self) -> bool:
        """Say whether no step may reach the guardian."""
        return self.keep is not None or self.guardian is GuardianStands.SUSPECTED

    @property
    def is_suspicion(self) -> bool:
        """Say whether what is known is a suspicion of abuse, which must be reported at once."""
        return self.guardian is GuardianStands.SUSPECTED or self.keep is KeepReason.ABUSE


@dataclass(frozen=True, slots=True)
class Decision:
    """Who is asked, and where the ways lead. Only `decide` makes one that holds."""

    answers: Answers
    ways: tuple[Way, ...]
    """The first is what the counselor is led to."""
    laws: tuple[Law, ...]
    questions: tuple[Article, ...]
    """Each asked on its own (PIPA 22(1)); none where nobody may say yes."""
    verifications: tuple[Verification, ...]
    """The lawful ways to be sure of a guardian; empty where none is asked."""
    may_reach_guardian: bool
    is_read_by_child: bool
    """Whether the child-level text is read along (PIPA 22-2(3))."""

    def __post_init__(self) -> None:
        """Refuse what no law allows."""
        asks_guardian = self.answers is Answers.GUARDIAN
        if not self.ways or not self.laws:
            raise ValueError("a decision leads somewhere, by some law")
        if asks_guardian and not self.may_reach_guardian:
            raise ValueError("whoever may not be reached is not asked")
        if bool(self.verifications) != self.may_reach_guardian:
            raise ValueError("a guardian is verified, and nobody else")
        if (self.answers is Answers.NOBODY) != (Way.ASK not in self.ways) or (
            bool(self.questions) != (Way.ASK in self.ways)
        ):
            raise ValueError("questions are asked where somebody may answer")


def decide(about: Situation) -> Decision:
    """Say who may say yes. An uncertain age near 14 counts as under 14."""
    if not about.age.may_be_under_14():
        return _person(about)
    if about.is_kept:
        return _nobody(*_reports(about), Way.LIFE, Way.HELP_HERE)
    match about.guardian:
        case GuardianStands.PRESENT:
            return _guardian(about)
        case GuardianStands.UNREACHABLE:
            return _nobody(Way.NAME_GUARDIAN, Way.LIFE, Way.HELP_HERE)
    return _nobody(Way.HELP_HERE, Way.LIFE)


def questions(items: frozenset[Item], *, is_entrusted: bool = False) -> tuple[Article, ...]:
    """Return what is asked separately: what is on its own only where there is some of it.

    A number only where a law entrusts the organisation with it.
    """
    own = (each for each, of in ON_THEIR_OWN.items() if items & of)
    may = (each for each in own if is_entrusted or each is not Article.IDENTIFIERS)
    return (Article.COLLECT, Article.PROVIDE, *may)


def _person(about: Situation) -> Decision:
    reports = _reports(about)
    asked = questions(about.items, is_entrusted=about.is_entrusted)
    return Decision(
        answers=Answers.PERSON,
        ways=(*reports, Way.ASK),
        laws=(*_laws(reports), *_asked(asked)),
        questions=asked,
        verifications=(),
        may_reach_guardian=False,
        is_read_by_child=False,
    )


def _guardian(about: Situation) -> Decision:
    asked = questions(about.items, is_entrusted=about.is_entrusted)
    return Decision(
        answers=Answers.GUARDIAN,
        ways=(Way.ASK,),
        laws=(Law.GUARDIAN, Law.SEVEN_WAYS, Law.PLAIN_FOR_CHILDREN, *_asked(asked)),
        questions=asked,
        verifications=tuple(Verification),
        may_reach_guardian=True,
        is_read_by_child=True,
    )


def _nobody(*ways: Way) -> Decision:
    reaches = Way.NAME_GUARDIAN in ways
    return Decision(
        answers=Answers.NOBODY,
        ways=ways,
        laws=(Law.GUARDIAN, *_laws(ways)),
        questions=(),
        verifications=tuple(Verification) if reaches else (),
        may_reach_guardian=reaches,
        is_read_by_child=True,
    )


def _reports(about: Situation) -> tuple[Way, ...]:
    """A suspicion is reported whoever answers, as long as they may be a child by law."""
    must = about.is_suspicion and about.age.may_be_under_18()
    return (Way.REPORT,) if must else ()


def _laws(ways: tuple[Way, ...]) -> tuple[Law, ...]:
    by = {
        Way.NAME_GUARDIAN: Law.GUARDIAN_NAMED,
        Way.REPORT: Law.REPORT,
        Way.LIFE: Law.LIFE,
        Way.HELP_HERE: Law.HELP_STAYS,
    }
    return tuple(by[way] for way in ways)


def _asked(articles: tuple[Article, ...]) -> tuple[Law, ...]:
    by = {
        Article.COLLECT: Law.COLLECT,
        Article.PROVIDE: Law.PROVIDE,
        Article.SENSITIVE: Law.SENSITIVE,
        Article.IDENTIFIERS: Law.IDENTIFIERS,
    }
    return tuple(by[article] for article in articles)
