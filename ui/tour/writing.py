"""Step 3, first half: the line is cut; a night, a young person, a note, a judgement."""

from PySide6.QtCore import Qt

from desktop.domain.screening import Risk
from desktop.domain.youths import AgeBasis, Gender
from desktop.services import outreach, youths
from ui.tour import story
from ui.tour.driver import Driver
from ui.window.desk import Desk
from ui.window.window import Window


def write(driver: Driver, desk: Desk) -> None:
    """Do the night's writing without a line."""
    window = desk.window
    driver.click(window.status.switch_button)
    driver.until(lambda: window.status.is_cut, "the line is cut")
    driver.verified("3.1 the practice line is cut")
    _begin_night(driver, desk)
    _meet_others(driver, desk)
    _meet(driver, desk)
    _write_note(driver, desk)
    _judge(driver, window)


def _begin_night(driver: Driver, desk: Desk) -> None:
    form = desk.window.rail.form
    driver.picture(desk.window.window(), "begin-outreach")
    driver.write(form.place.edit, story.PLACE)
    driver.write(form.route.edit, story.ROUTE)
    driver.write(form.team.edit, story.TEAM)
    driver.click(form.begin_button)
    driver.until(lambda: desk.window.rail.card.isVisible(), "the night begins")
    if driver.ask(desk.tasks, outreach.tonight) is None:
        raise AssertionError("no night in the vault")
    driver.verified("3.2 tonight's outreach begun")


def _meet_others(driver: Driver, desk: Desk) -> None:
    bases = (AgeBasis.STATED, AgeBasis.ESTIMATED, AgeBasis.RANGE)
    for (alias, lowest, highest), basis in zip(story.OTHERS, bases, strict=True):
        driver.click(desk.window.header.new_button)
        sheet = desk.window.rail.sheet
        driver.until(sheet.isVisible, "the sheet opens")
        driver.write(sheet.alias.edit, alias)
        driver.click(sheet.age.basis.buttons[basis.value])
        sheet.age.lowest.setValue(lowest)
        sheet.age.highest.setValue(highest)
        driver.click(sheet.save_button)
        driver.until(sheet.isHidden, f"{alias} is kept")
    tonight = driver.ask(desk.tasks, outreach.tonight)
    kept = [met.youth.age.basis for met in tonight.met] if tonight else []
    if sorted(kept) != sorted(bases):
        raise AssertionError("an age was not kept as it is known")
    driver.verified("3.3 three young people added: age told, estimated, and a range")


def _meet(driver: Driver, desk: Desk) -> None:
    window = desk.window
    driver.click(window.header.new_button)
    sheet = window.rail.sheet
    driver.until(sheet.isVisible, "the sheet opens")
    driver.write(sheet.alias.edit, story.ALIAS)
    driver.click(sheet.age.basis.buttons[AgeBasis.STATED.value])
    sheet.age.lowest.selectAll()
    driver.write(sheet.age.lowest.lineEdit(), story.AGE)
    driver.click(sheet.gender.buttons[Gender.FEMALE.value])
    driver.write(sheet.place.edit, story.BENCH)
    driver.picture(window.window(), "new-meeting")
    driver.click(sheet.save_button)
    alias = window.pages.note.header.alias
    driver.until(lambda: alias.isVisible() and alias.text() == story.ALIAS, "her page opens")
    tonight = driver.ask(desk.tasks, outreach.tonight)
    met = [m.youth for m in tonight.met if m.youth.alias == story.ALIAS] if tonight else []
    if [youth.age.lowest for youth in met] != [int(story.AGE)]:
        raise AssertionError("the young person was not kept as typed")
    driver.verified("3.4 a young person added by alias and age")


def _write_note(driver: Driver, desk: Desk) -> None:
    page = desk.window.pages.note
    for words in (story.SITUATION, story.WORDS, story.NOTICED, story.AGREED):
        driver.write(page.editor, words)
        for _ in range(2):  # over the next head
            driver.press(page.editor, Qt.Key.Key_Down)
    if page.is_saved():
        raise AssertionError("said saved before it was")
    driver.until(page.is_saved, "the note saves itself")
    driver.until(lambda: page.saver.note is not None, "the note is there")
    tonight = driver.ask(desk.tasks, outreach.tonight)
    if tonight is None:
        raise AssertionError
    met = next(met for met in tonight.met if met.youth.alias == story.ALIAS)
    moment, ids = desk.tasks.moment(), (met.youth.id, met.meeting.id)
    file = driver.ask(desk.tasks, lambda vault: youths.open_file(vault, *ids, moment))
    if file.note is None or story.SITUATION not in file.note.text:
        raise AssertionError("the note in the vault is not the note on the page")
    driver.picture(desk.window.window(), "note")
    driver.verified("3.5 the note saved itself; the vault holds what the page shows")


def _judge(driver: Driver, window: Window) -> None:
    judging = window.pages.note.judging
    driver.click(judging.level.buttons[Risk.MEDIUM.value])
    driver.until(judging.panel.isVisible, "grounds are asked for")
    if judging.panel.save_button.isEnabled():
        raise AssertionError("a judgement without grounds")
    driver.write(judging.panel.grounds, story.GROUNDS)
    driver.picture(window.window(), "risk-grounds")
    driver.click(judging.panel.save_button)
    driver.until(judging.panel.isHidden, "the judgement is kept")
    driver.verified("3.6 a risk judgement kept, only with its grounds")
