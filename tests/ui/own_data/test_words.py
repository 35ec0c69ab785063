"""What somebody is handed about themselves is whole and readable, in either language."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from builders import NOON, a_consent, a_guardian, a_judgement, a_note, a_youth

import i18n
from desktop.domain.consent_records import Record, Responsible
from desktop.domain.own_data import Request, Wish
from desktop.domain.own_page import OwnNote, OwnPage
from desktop.domain.versions import Version
from ui.consents.texts import Form
from ui.own_data.words import written

RECORD = Record("한결", responsible=Responsible("o", "우리 센터", "02-000-0001"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everything_kept_is_said_and_what_is_not_kept_too(language):
    i18n.use(language)
    youth = a_youth()
    asked = Request(uuid4(), youth.id, Wish.SEE, "다 보여 주세요", NOON, date(2026, 12, 4))
    data = OwnPage(
        youth=youth,
        notes=(OwnNote(a_note(), (Version(1, NOON, "처음에 적은 말"),)),),
        judgements=(a_judgement(),),
        consents=(
            a_consent(guardian=a_guardian(), record=RECORD),
            a_consent(withdrawn_at=NOON + timedelta(days=1)),
        ),
        requests=(asked,),
    )

    said = written(data, NOON)

    told = ("하늘", "편의점 앞에서 만남.", "처음에 적은 말", "표정이 밝음", "밤하늘 쉼터",
            "다 보여 주세요", a_consent().notice.sha256, "referral-v1", "우리 센터, 02-000-0001",
            "한결", Form(language).way(a_guardian().verified_by))  # fmt: skip
    assert all(words in said for words in told)
    assert said.count("\n\n") == 14
    assert ("Nothing is kept." in said) == (language == "en")
