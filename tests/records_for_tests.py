"""A record written in the window as far as a supervisor's name."""

from PySide6.QtWidgets import QLabel
from street_for_tests import REASON, WORDS

from desktop.domain.disclosures import Ground


def choose(counselor, sheet, street, ground=Ground.ABUSE):
    sheet.steps.choosing.grounds[ground].click()
    counselor.settle()
    sheet.steps.choosing.agencies[street.police_desk.org].click()
    counselor.settle()


def write(sheet):
    sheet.next_button.click()
    sheet.steps.writing.reason.edit.setPlainText(REASON)
    for item, words in WORDS.items():
        sheet.steps.writing.items[item].fill(words)


def look_at(counselor, sheet, street):
    """Choose and write, as far as exactly what would be sent."""
    choose(counselor, sheet, street)
    write(sheet)
    sheet.next_button.click()
    counselor.settle()


def words_on(widget):
    labels = (label.text() for label in widget.findChildren(QLabel) if label.isVisible())
    return " ".join(labels)


def asked(counselor, street):
    sheet = counselor.open_record(street.meet())
    look_at(counselor, sheet, street)
    sheet.next_button.click()
    counselor.settle()
    return sheet


def signed(supervisor):
    """Open the door, read the one card, and sign it in two steps."""
    supervisor.reporting.door.click()
    supervisor.settle()
    (card,) = supervisor.reporting.signing.cards
    said = words_on(card)
    assert not card.sure_button.isVisible()
    card.sign_button.click()
    card.sure_button.click()
    supervisor.settle()
    return said
