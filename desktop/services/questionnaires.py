"""An organisation's own questionnaires: loaded whole or not at all, answered, read again later."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.ids import YouthId
from desktop.domain.looks import Kind, Sight, at_record
from desktop.domain.moment import Moment
from desktop.domain.questionnaires import Answered, AnsweredId, Questionnaire, told_in
from desktop.promise_errors import QuestionnaireKnown, QuestionnaireUnreadable
from desktop.services import looks
from desktop.vault import questionnaires
from desktop.vault.database import Vault

LARGEST_FILE = 512 * 1024
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """A questionnaire that was loaded; `is_new` is False where the same one was here."""

    questionnaire: Questionnaire
    is_new: bool
    asked: int
    """The version that is asked from now on: a higher one, where that was loaded before."""


def load(vault: Vault, file: Path, moment: Moment) -> Loaded:
    """Load a file and take it into use.

    Raises `QuestionnaireUnreadable`, `QuestionnaireWrong` with every error by its place, and
    `QuestionnaireKnown` where another file has this name and version: old answers must stay
    readable as they were asked. Nothing is loaded then.
    """
    from desktop.domain.questionnaire_file import parse  # few nights need it

    read = parse(_bytes(file))
    with vault.transaction() as db:
        known = questionnaires.body(db, read.id, read.version)
        if known is None:
            questionnaires.add(db, read, told_in(read.title, "ko"), moment.now)
        elif known != questionnaires.body_of(read):
            raise QuestionnaireKnown
        questionnaires.use(db, read.id, moment.now, is_used=True)
        asked = next(each for each in questionnaires.in_use(db) if each.id == read.id)
    return Loaded(read, known is None, asked.version)


def in_use(vault: Vault) -> tuple[Questionnaire, ...]:
    """Return the newest version of each questionnaire in use."""
    with vault.reading() as db:
        return questionnaires.in_use(db)


def put_away(vault: Vault, ident: str, moment: Moment) -> None:
    """Ask it no more. What was answered stays readable; loading the file takes it up again."""
    with vault.transaction() as db:
        questionnaires.use(db, ident, moment.now, is_used=False)


def keep(
    vault: Vault, youth: YouthId, asked: Questionnaire, typed: Mapping[str, str], moment: Moment
) -> Answered:
    """Keep what was answered; raises `QuestionUnanswered`, `TextTooLong`, `ResidentNumberFound`.

    It judges nothing: a counselor may use it as grounds.
    """
    ident, answers = AnsweredId(moment.id("answered")), asked.answers(typed)
    answered = Answered(ident, youth, asked, answers, moment.now)
    with vault.transaction() as db:
        questionnaires.answer(db, answered)
    return answered


def of_youth(vault: Vault, youth: YouthId, moment: Moment) -> tuple[Answered, ...]:
    """Return what was answered about somebody, newest first: a look at each."""
    return looks.shown(
        vault, lambda db: questionnaires.of_youth(db, youth, SHOWN), _sights, moment
    )


def _sights(found: tuple[Answered, ...]) -> tuple[Sight, ...]:
    return tuple(at_record(Kind.ANSWERS, each.id, each.youth) for each in found)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise QuestionnaireUnreadable
        return file.read_bytes()
    except OSError as error:
        raise QuestionnaireUnreadable from error
