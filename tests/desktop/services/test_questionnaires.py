"""Loaded whole or not at all; old answers stay readable as they were asked."""

import json
from pathlib import Path

import pytest
from builders import a_moment

from desktop.domain.looks import Kind
from desktop.domain.retention import Ground, Target, Thing
from desktop.domain.youths import Age
from desktop.promise_errors import (
    QuestionnaireKnown,
    QuestionnaireUnreadable,
    QuestionnaireWrong,
    QuestionUnanswered,
)
from desktop.services import looks, outreach, questionnaires, retention, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth

EXAMPLE = Path(__file__).parents[3] / "docs" / "questionnaire-example.json"


@pytest.fixture
def youth(vault):
    outreach.begin(vault, Plan("역"), a_moment())
    return youths.meet(vault, NewYouth("하늘", Age.stated(16)), "", a_moment()).youth.id


def a_file(tmp_path, **changes):
    told = json.loads(EXAMPLE.read_text("utf-8")) | changes
    file = tmp_path / f"q{told['version']}.json"
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return file


def test_it_is_in_use_once_it_is_loaded_and_a_second_time_changes_nothing(vault):
    assert questionnaires.load(vault, EXAMPLE, a_moment()).is_new
    assert not questionnaires.load(vault, EXAMPLE, a_moment()).is_new

    [used] = questionnaires.in_use(vault)
    assert used.title["en"] == "A look at tonight (example)"
    vault.verify()


def test_nothing_of_a_wrong_file_is_loaded(vault, tmp_path):
    with pytest.raises(QuestionnaireWrong):
        questionnaires.load(vault, a_file(tmp_path, bands=[]), a_moment())

    assert questionnaires.in_use(vault) == ()


@pytest.mark.parametrize("make", [
    lambda place: place / "nowhere.json",
    lambda place: place,
    lambda place: _large(place / "large.json"),
])  # fmt: skip
def test_what_is_no_such_file_is_refused(vault, tmp_path, make):
    with pytest.raises(QuestionnaireUnreadable):
        questionnaires.load(vault, make(tmp_path), a_moment())


def _large(file):
    file.write_bytes(b" " * (questionnaires.LARGEST_FILE + 1))
    return file


def test_a_version_stays_as_it_was_and_a_higher_one_is_asked_from_then_on(vault, tmp_path, youth):
    first = questionnaires.load(vault, EXAMPLE, a_moment()).questionnaire
    questionnaires.keep(vault, youth, first, {"bed": "none"}, a_moment())
    with pytest.raises(QuestionnaireKnown):
        questionnaires.load(
            vault, a_file(tmp_path, title={"ko": "다른", "en": "other"}), a_moment()
        )

    questionnaires.load(vault, a_file(tmp_path, version=2), a_moment(hours=1))
    [used] = questionnaires.in_use(vault)
    questionnaires.keep(vault, youth, used, {"bed": "sure"}, a_moment(hours=2))

    found = questionnaires.of_youth(vault, youth, a_moment(hours=3))
    assert [(each.questionnaire.version, each.answers) for each in found] == [
        (2, {"bed": "sure"}),
        (1, {"bed": "none"}),
    ]


def test_a_lower_version_that_is_loaded_later_says_that_the_higher_one_is_asked(vault, tmp_path):
    questionnaires.load(vault, a_file(tmp_path, version=2), a_moment())

    loaded = questionnaires.load(vault, EXAMPLE, a_moment(hours=1))

    [used] = questionnaires.in_use(vault)
    assert (loaded.questionnaire.version, loaded.asked, used.version) == (1, 2, 2)


def test_put_away_it_is_asked_no_more_and_old_answers_stay(vault, youth):
    asked = questionnaires.load(vault, EXAMPLE, a_moment()).questionnaire
    questionnaires.keep(vault, youth, asked, {"bed": "none"}, a_moment())

    questionnaires.put_away(vault, asked.id, a_moment())

    assert questionnaires.in_use(vault) == ()
    [kept] = questionnaires.of_youth(vault, youth, a_moment())
    assert kept.questionnaire == asked
    vault.verify()


def test_reading_answers_is_a_look_and_what_must_be_answered_must(vault, youth):
    asked = questionnaires.load(vault, EXAMPLE, a_moment()).questionnaire
    with pytest.raises(QuestionUnanswered):
        questionnaires.keep(vault, youth, asked, {"meals": "2"}, a_moment())
    kept = questionnaires.keep(vault, youth, asked, {"bed": "none"}, a_moment())

    questionnaires.of_youth(vault, youth, a_moment())

    assert (Kind.ANSWERS, str(kept.id)) in {
        (look.sight.kind, look.sight.record) for look in looks.of(vault, youth)
    }


def test_forgetting_somebody_takes_the_answers_and_leaves_the_questions(vault, youth):
    asked = questionnaires.load(vault, EXAMPLE, a_moment()).questionnaire
    questionnaires.keep(vault, youth, asked, {"bed": "none", "words": "하늘이의 말"}, a_moment())

    retention.purge(vault, [Target(Thing.YOUTH, youth)], Ground.MISTAKE, a_moment())

    assert questionnaires.of_youth(vault, youth, a_moment()) == ()
    assert questionnaires.in_use(vault) == (asked,)
    vault.verify()
