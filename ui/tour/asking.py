"""Step 3, second half: agency and words, the hand-over screen, the preview, the release."""

from PySide6.QtCore import QModelIndex

from desktop.domain.agencies import Category
from desktop.domain.consents import Item
from desktop.domain.referrals import Tracking
from desktop.services import exchange, referrals
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery
from ui.tour import story
from ui.tour.driver import Driver
from ui.window.desk import Desk
from ui.window.window import Window


def ask_and_release(driver: Driver, desk: Desk) -> Tracking:
    """Go from an empty referral to one that waits, sealed; return how it stands."""
    compose(driver, desk, {Item.NEED: story.NEED, Item.SITUATION: story.CIRCUMSTANCES})
    _hand_over(driver, desk.window)
    return release(driver, desk, "3.9")


def compose(driver: Driver, desk: Desk, words: dict[Item, str]) -> None:
    """Write a referral to the shelter, as a draft that keeps itself."""
    window = desk.window
    driver.click(window.pages.referral.compose_button)
    sheet = window.compose
    driver.until(sheet.isVisible, "the referral form opens")
    driver.until(desk.tasks.is_idle, "the agencies are listed")
    sheet.picker.search.clear()
    driver.write(sheet.picker.search, story.AGENCY)
    rows = sheet.picker.list.model()
    driver.until(lambda: 0 < rows.rowCount(QModelIndex()) <= 4, "agencies are narrowed down")
    driver.click_row(sheet.picker.list, rows.index(0, 0))
    driver.until(lambda: sheet.picker.agency is not None, "an agency is chosen")
    chip = sheet.categories[Category.PROTECT]
    if not chip.isChecked():
        driver.click(chip)
    for item, said in words.items():
        sheet.items.free[item].edit.clear()
        driver.write(sheet.items.free[item].edit, said)
    driver.picture(window.window(), "referral-form")
    driver.click(sheet.done_button)
    driver.until(sheet.isHidden, "the form closes")
    driver.until(lambda: _is_drafted(window), "the draft is kept")
    driver.verified("3.7 an agency, services and exact words chosen; the draft kept itself")


def _is_drafted(window: Window) -> bool:
    return window.pages.file is not None and window.pages.file.draft is not None


def _hand_over(driver: Driver, window: Window) -> None:
    driver.click(window.pages.consent.handover_button)
    driver.until(window.start_sheet.isVisible, "a PIN is asked for")
    driver.write(window.start_sheet.pin.edit, story.PIN)
    driver.click(window.start_sheet.start_button)
    question = window.hand_over.question
    driver.until(question.isVisible, "the first question")
    yes, no = question.yes_button, question.no_button
    if yes.size() != no.size() or yes.hasFocus() or no.hasFocus():
        raise AssertionError("yes and no do not look alike")
    driver.picture(window.window(), "consent-question")
    asked = 0
    while question.isVisible():
        asked += 1
        driver.click(question.yes_button)
    driver.picture(window.window(), "consent-thanks")
    _give_back(driver, window)
    driver.verified(f"3.8 {asked} questions asked on their own, yes and no alike; PIN to return")


def _give_back(driver: Driver, window: Window) -> None:
    hand_over = window.hand_over
    driver.click(hand_over.give_back_button)
    driver.write(hand_over.pin.field, "0000")
    driver.click(hand_over.pin.open_button)
    driver.until(lambda: hand_over.pin.waits > 0, "a wrong PIN waits")
    driver.until(hand_over.pin.field.isEnabled, "another try")
    driver.picture(window.window(), "consent-pin")
    driver.write(hand_over.pin.field, story.PIN)
    driver.click(hand_over.pin.open_button)
    driver.until(lambda: window.currentIndex() == 0, "the laptop comes back")


def release(driver: Driver, desk: Desk, step: str) -> Tracking:
    """See what would leave, release it, and find it waiting."""
    window = desk.window
    driver.click(window.pages.referral.preview_button)
    sheet = window.preview
    driver.until(lambda: sheet.isVisible() and sheet.shown_words(), "the preview opens")
    shown = sheet.shown_words()
    driver.picture(window.window(), "preview")
    before = len(_released(driver, desk))
    driver.click(sheet.release_button)
    driver.until(lambda: len(_released(driver, desk)) > before, "the referral is released")
    driver.until(sheet.isHidden, "the preview closes")
    tracking = _released(driver, desk)[0]
    waits = [w.kind for w in driver.ask(desk.tasks, exchange.outbox)]
    if tracking.delivery is not Delivery.QUEUED or Kind.REFERRAL_REQUEST not in waits:
        raise AssertionError("it does not wait")
    if tracking.referral.words != shown:
        raise AssertionError("what waits is not what was shown")
    driver.picture(window.window(), "waiting")
    driver.verified(f"{step} exactly what was shown waits in the outbox, sealed")
    return tracking


def _released(driver: Driver, desk: Desk) -> tuple[Tracking, ...]:
    moment = desk.tasks.moment()
    return driver.ask(desk.tasks, lambda vault: referrals.all(vault, moment))
