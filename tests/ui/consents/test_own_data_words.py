"""What somebody is handed about themselves is whole and readable, in either language."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from builders import NOON, a_consent, a_judgement, a_note, a_youth

import i18n
from desktop.domain.own_data import OwnPage, Request, Wish
from ui.consents.own_data_words import written


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everything_kept_is_said_and_what_is_not_kept_too(language):
    i18n.use(language)
    youth = a_youth()
    asked = Request(uuid4(), youth.id, Wish.SEE, "다 보여 주세요", NOON, date(2026, 12, 4))
    data = OwnPage(
        youth=youth, meetings=(), notes=(a_note(),), judgements=(a_judgement(),), promises=(),
        consents=(a_consent(), a_consent(withdrawn_at=NOON + timedelta(days=1))), referrals=(),
        requests=(asked,),
    )  # fmt: skip

    said = written(data)

    for words in ("하늘", "편의점 앞에서 만남.", "표정이 밝음", "밤하늘 쉼터", "다 보여 주세요"):
        assert words in said
    assert said.count("\n\n") == 7
    assert ("Nothing is kept." in said) == (language == "en")
