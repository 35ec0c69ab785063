"""What was told without a consent can be read and handed on where it must be kept."""

from datetime import timedelta

from pages_for_tests import NIGHT
from PySide6.QtWidgets import QFileDialog

from desktop.vault.columns import stamp
from desktop.vault.subjects import as_it_stands
from sync.protocol.disclosures import ABUSE, LIFE

_KOREAN = "2026-11-20T22:14+09:00"


def told(sheet):
    model = sheet.list.rows
    return [
        " | ".join(model.index(row, column).data() for column in range(3))
        for row in range(model.rowCount())
    ]


def provided(room, *bases):
    """Write so many lines into the ledger, a minute apart."""

    def enter(vault):
        with vault.transaction() as db:
            for number, basis in enumerate(bases):
                purpose = "child-protection" if basis == ABUSE else "rescue"
                at = stamp(NIGHT + timedelta(minutes=number))
                db.execute(
                    "INSERT INTO disclosure_ledger VALUES (?, 'ref', 'org', '=관악경찰서', ?, ?,"
                    """ '["alias", "reach"]', ?, 'sealed-message',"""
                    " 'purpose-only/reporter-secret')",
                    (f"message-{number:03}", purpose, basis, at),
                )
                as_it_stands(db, "ledger.entered", f"message-{number:03}", 1, NIGHT)

    room.do(enter)


def test_each_line_says_to_whom_why_by_which_law_and_what(room):
    provided(room, ABUSE, LIFE)

    sheet = room.open("ledger")

    newest, oldest = told(sheet)
    assert "=관악경찰서 | To save life or body · 개인정보 보호법 제17조" in newest
    assert "To protect a child · 아동학대범죄의 처벌" in oldest
    assert "2 records were told without a consent" in sheet.lead.text()
    assert "who reported must stay secret" in sheet.how.text()
    assert not sheet.more_button.isVisible()


def test_nobodys_name_is_on_it(room, haneul):
    provided(room, ABUSE)

    sheet = room.open("ledger")

    assert "하늘" not in " ".join((*told(sheet), sheet.lead.text(), sheet.how.text()))


def test_more_of_them_come_a_page_at_a_time(room):
    provided(room, *[ABUSE] * 35)
    sheet = room.open("ledger")
    assert len(told(sheet)) == 30

    sheet.more_button.click()
    room.settle()

    assert len(told(sheet)) == 35
    assert not sheet.more_button.isVisible()


def test_without_any_it_says_so(room):
    sheet = room.open("ledger")

    assert sheet.empty.isVisible()
    assert not sheet.save_button.isVisible()


def test_all_of_it_can_be_handed_on_as_a_file(room, tmp_path, monkeypatch):
    provided(room, *[ABUSE] * 35)
    place = tmp_path / "ledger.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    sheet = room.open("ledger")

    sheet.save_button.click()
    room.settle()

    lines = place.read_text("utf-8-sig").splitlines()
    assert len(lines) == 36
    assert lines[0] == "When,To whom,What for,Law,What was passed on,How,Limits"
    assert lines[1].split(",")[:3] == [_KOREAN, "'=관악경찰서", "To protect a child"]
    assert "Alias and How to reach them" in lines[1]
    assert "Saved as ledger.csv" in sheet.notice.label.text()
