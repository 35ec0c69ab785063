"""What journeys about consent share: somebody to ask, the way to the screen, and back."""

from types import SimpleNamespace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.referrals import Draft
from desktop.domain.who_answers import GuardianStands
from desktop.services import agencies, referrals, withdrawals
from ui.widgets.sheet import Sheet

PIN = "2580"
PLAIN = {Item.ALIAS: "별명", Item.NEED: "오늘 밤 잘 곳"}
SENSITIVE = {**PLAIN, Item.HEALTH: "기침이 잦음"}


def agency(hand, part="쉼터"):
    """Return the first listed agency with this in its name."""
    return next(each for each in hand.ask(agencies.all) if part in each.name)


def written(hand, alias, words=None, *, to="쉼터", **who):
    """Meet somebody and write a referral; return their file, with their page in front."""
    file = hand.meet(alias, **who)
    return write(hand, file, words, to=to)


def write(hand, file, words=None, *, to="쉼터"):
    """Write a referral of somebody known, and come back to their page."""
    helps = frozenset({Category.PROTECT})
    draft = Draft(file.youth.id, agency(hand, to).id, helps, dict(words or PLAIN))
    moment = hand.tasks.moment()
    hand.ask(lambda vault: referrals.keep_draft(vault, draft, moment))
    return reread(hand)


def reread(hand):
    """Read the page in front once more."""
    hand.window.reload()
    hand.settle()
    return hand.file


def start(hand, stands=None):
    """Press the card's button; return the sheet that asks for a PIN."""
    hand.click(hand.window.pages.consent.handover_button)
    sheet = hand.window.start_sheet
    assert sheet.isVisible()
    if stands is not None:
        hand.click(sheet.stands.stands.buttons[stands.value])
    return sheet


def handed(hand, stands=None, before=lambda sheet: None):
    """Hand the laptop over; return the screen."""
    sheet = start(hand, stands)
    before(sheet)
    sheet.pin.edit.setText(PIN)
    hand.click(sheet.start_button)
    page = hand.window.hand_over
    assert page.isVisible()
    return page


def say(hand, page, *answers):
    """Press these answers, one a screen."""
    for answer in answers:
        hand.click(getattr(page.question, f"{answer}_button"))


def given_back(hand, page, pin=PIN):
    """Give the laptop back; return what was kept of it, None where nothing was."""
    hand.click(page.give_back_button)
    page.pin.field.setText(pin)
    hand.click(page.pin.open_button)
    found = hand.again(hand.file).consents
    return found[0] if found else None


def agreed(hand, *answers, stands=None):
    """Hand over, answer, give back; return what is kept."""
    page = handed(hand, stands)
    say(hand, page, *answers)
    return given_back(hand, page)


def guardian_says_who(hand, page, way):
    """Fill in who answers for a child."""
    form = page.guardian
    for field, words in ((form.name, "김보호"), (form.relation, "이모"), (form.contact, "010")):
        field.edit.setText(words)
    form.ways[way].setChecked(True)
    hand.click(form.next_button)


def child_and_guardian(hand, page, way, *answers):
    """Let a child say yes to two questions, then the guardian answer."""
    say(hand, page, "yes", "yes")
    guardian_says_who(hand, page, way)
    say(hand, page, *answers)


def drawn(field):
    """Draw a line with the mouse."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(field, left, pos=QPoint(80, 60))
    QTest.mouseMove(field, QPoint(240, 90))
    QTest.mouseRelease(field, left, pos=QPoint(240, 90))


def told(widget):
    """Return every word that can be seen."""
    kinds = widget.findChildren(QLabel) + widget.findChildren(QAbstractButton)
    return [each.text() for each in kinds if each.isVisible() and each.text()]


def front(hand):
    """Return the sheet that is in front."""
    return [each for each in hand.window.findChildren(Sheet) if each.isVisible()][-1]


def withdrawn(hand, consent):
    """Withdraw it without a window."""
    moment = hand.tasks.moment()
    return hand.ask(lambda vault: withdrawals.withdraw(vault, consent.id, moment))


HERE = SimpleNamespace(**{each.name.lower(): each for each in GuardianStands})
"""How a guardian stands: `HERE.present`."""
