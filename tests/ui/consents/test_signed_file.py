"""A supervisor saves consent texts in their window, and a counselor loads them in theirs."""

import json

import pytest
from consent_texts_for_tests import OWN, WHY
from pages_for_tests import settled
from PySide6.QtWidgets import QFileDialog, QWidget
from street_for_tests import Street

from desktop.domain.text_versions import put, said
from desktop.services import text_versions
from ui.consents.shelf import ShelfSheet
from ui.tasks import Tasks

OURS = put(OWN, "ko", WHY, "우리 센터의 말")


@pytest.fixture
def open_shelf(qtbot, tmp_path):
    """Return what opens the texts of a laptop in a window of its own."""
    street, desks = Street(tmp_path / "street"), []

    def opened(name):
        place = getattr(street, name)
        tasks, window = Tasks(place.vault.sibling, place.moment), QWidget()
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        sheet = ShelfSheet(tasks, window)
        desks.append(tasks)
        sheet.begin()
        settled(qtbot, tasks)
        return place, tasks, sheet

    yield opened
    for tasks in desks:
        tasks.close()
    street.close()


def test_a_text_is_saved_in_one_window_and_holds_after_it_is_loaded_in_another(
    qtbot, open_shelf, tmp_path, monkeypatch
):
    file = tmp_path / "texts.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    supervisor, tasks, sheet = open_shelf("supervisor")
    version = text_versions.put_in_force(supervisor.vault, OURS, supervisor.moment())
    sheet.begin()
    settled(qtbot, tasks)
    sheet.rows[0].save_button.click()
    settled(qtbot, tasks)
    assert sheet.notice.label.text() == "Saved as texts.json. Load it on the other laptops."

    counselor, tasks, sheet = open_shelf("counselor")
    assert not sheet.write_button.isVisible()
    sheet.load_button.click()
    settled(qtbot, tasks)

    assert f"Version 1 · {version.form}" in sheet.rows[0].accessibleName()
    assert said(text_versions.holding(counselor.vault).texts["ko"], WHY) == "우리 센터의 말"

    changed = json.loads(file.read_text("utf-8"))
    changed["texts"]["ko"]["yes"] = "네"
    file.write_text(json.dumps(changed), "utf-8")
    sheet.load_button.click()
    settled(qtbot, tasks)
    assert "No supervisor of your organization signed" in sheet.notice.label.text()
    assert said(text_versions.holding(counselor.vault).texts["ko"], ("yes",)) == OWN["ko"]["yes"]
