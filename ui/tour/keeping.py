"""Step 7: what else a night needs: plan, promise, safety plan, narrowed search, look back."""

from PySide6.QtCore import QModelIndex, Qt

from desktop.domain.agencies import Category
from desktop.domain.safety import Step
from desktop.domain.screening import Risk
from desktop.services import outreach, promises, safety
from ui.referrals.book import AgenciesSheet
from ui.tour import story
from ui.tour.driver import Driver
from ui.window.desk import Desk


def keep(driver: Driver, desk: Desk) -> None:
    """Go through them on the page that is open."""
    _change_plan(driver, desk)
    _promise(driver, desk)
    _plan_safety(driver, desk)
    _search_narrowly(driver, desk)
    _look_up(driver, desk)
    _look_back(driver, desk)


def _change_plan(driver: Driver, desk: Desk) -> None:
    driver.click(desk.window.rail.card.plan_button)
    sheet = desk.evening.plan
    driver.until(sheet.isVisible, "the plan opens")
    sheet.fields.route.edit.clear()
    driver.write(sheet.fields.route.edit, story.LATER_ROUTE)
    driver.picture(desk.window.window(), "night-plan")
    driver.click(sheet.keep_button)
    driver.until(sheet.isHidden, "the plan is kept")
    tonight = driver.ask(desk.tasks, outreach.tonight)
    if tonight is None or tonight.outreach.route != story.LATER_ROUTE:
        raise AssertionError("the night has another plan")
    driver.verified("7.1 tonight's plan changed on the way")


def _promise(driver: Driver, desk: Desk) -> None:
    driver.press(desk.window.pages.note.editor, Qt.Key.Key_D, control=True)
    driver.until(lambda: "sheet" in vars(desk.promising.page), "a promise is asked for")
    sheet = desk.promising.page.sheet
    driver.until(sheet.isVisible, "the promise opens")
    for field, words in ((sheet.form.what, story.PROMISE), (sheet.form.when, story.PROMISE_WHEN)):
        field.edit.clear()
        driver.write(field.edit, words)
    driver.until(desk.tasks.is_idle, "the time is understood")
    driver.picture(desk.window.window(), "promise")
    driver.click(sheet.keep_button)
    driver.until(sheet.isHidden, "the promise is kept")
    now = desk.tasks.moment().now
    if driver.ask(desk.tasks, lambda vault: promises.counts(vault, now)).open != 1:
        raise AssertionError("the promise is not in the vault")
    driver.verified("7.2 a promise kept by its words of time")


def _plan_safety(driver: Driver, desk: Desk) -> None:
    driver.press(desk.window.pages.note.editor, Qt.Key.Key_F8)
    driver.until(lambda: "plan" in vars(desk.writing), "F8 asks for the plan")
    sheet = desk.writing.plan
    driver.until(sheet.isVisible, "the safety plan opens")
    driver.until(desk.tasks.is_idle, "the plan is read")
    for step, words in story.SAFETY.items():
        driver.write(sheet.boxes.boxes[Step(step)], words)
    driver.picture(desk.window.window(), "safety-plan")
    driver.click(sheet.done_button)
    driver.until(sheet.isHidden, "the safety plan closes")
    file, moment = desk.window.pages.file, desk.tasks.moment()
    if file is None:
        raise AssertionError
    kept = driver.ask(desk.tasks, lambda vault: safety.plans(vault, file.youth.id, moment))
    if dict(kept[0].words) != {Step(step): words for step, words in story.SAFETY.items()}:
        raise AssertionError("the safety plan was not kept as it was written")
    driver.verified("7.3 a safety plan, one key away, kept itself")


def _search_narrowly(driver: Driver, desk: Desk) -> None:
    driver.press(desk.window.window(), Qt.Key.Key_K, control=True)
    palette = desk.window.palette_sheet
    driver.until(palette.isVisible, "the palette opens")
    palette.query.clear()
    driver.write(palette.query, story.SEARCHED)
    driver.click(palette.panel.narrow)
    risk = palette.narrowing.risk
    risk.setCurrentIndex(risk.findData(Risk.HIGH.value))
    driver.until(lambda: not _finds(desk), "nobody was judged high")
    risk.setCurrentIndex(risk.findData(Risk.MEDIUM.value))
    driver.until(lambda: _finds(desk), "she was judged middle")
    driver.picture(desk.window.window(), "search-narrowed")
    risk.setCurrentIndex(0)
    driver.press(palette.query, Qt.Key.Key_Escape)
    driver.until(palette.isHidden, "the palette closes")
    driver.verified("7.4 the search narrowed by risk: only what was judged so")


def _finds(desk: Desk) -> bool:
    rows = desk.window.palette_sheet.list.model()
    said = (rows.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            for n in range(rows.rowCount(QModelIndex())))  # fmt: skip
    return desk.tasks.is_idle() and any(story.ALIAS in str(each) for each in said)


def _look_up(driver: Driver, desk: Desk) -> None:
    driver.press(desk.window.pages.note.editor, Qt.Key.Key_F9)
    driver.until(lambda: _directories(desk), "the directory opens")
    (directory,) = _directories(desk)
    driver.until(desk.tasks.is_idle, "the agencies are listed")
    picker = directory.picker
    picker.help.setCurrentIndex(picker.help.findData(Category.PROTECT))
    driver.picture(desk.window.window(), "directory")
    driver.press(picker.search, Qt.Key.Key_Escape)
    driver.until(directory.isHidden, "the directory closes")
    driver.verified("7.5 an agency looked up by what it helps with")


def _directories(desk: Desk) -> list[AgenciesSheet]:
    every = desk.window.children()
    return [each for each in every if isinstance(each, AgenciesSheet) and each.isVisible()]


def _look_back(driver: Driver, desk: Desk) -> None:
    desk.window.rail.end()
    driver.until(lambda: "review" in vars(desk.evening), "the look back is asked for")
    review = desk.evening.review
    driver.until(review.isVisible, "the look back opens")
    driver.until(desk.tasks.is_idle, "what is unfinished is there")
    driver.picture(desk.window.window(), "look-back")
    driver.click(review.on_button)
    driver.until(review.isHidden, "the night goes on")
    driver.verified("7.6 looked back: what is unfinished, and the numbers")
