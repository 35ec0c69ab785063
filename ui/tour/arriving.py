"""Steps 1 and 2: first start, passphrase, recovery code; the laptop joins by itself."""

from desktop.services import agencies, exchange
from ui.main import Program
from ui.tour import story
from ui.tour.driver import Driver
from ui.window.desk import Desk


def arrive(driver: Driver, program: Program) -> Desk:
    """Go from the first window to an enrolled vault; return what is open then."""
    _choose_language(driver, program)
    _choose_passphrase(driver, program)
    _keep_recovery_code(driver, program)
    driver.until(lambda: program.desk is not None, "the vault opens")
    desk = program.desk
    if desk is None:
        raise AssertionError
    driver.until(lambda: desk.joining is not None, "practice joins its network")
    driver.picture(program.frame, "joining")
    driver.until(lambda: desk.window.isVisible(), "the laptop is enrolled")
    driver.until(lambda: driver.ask(desk.tasks, agencies.all), "the directory arrives")
    known = driver.ask(desk.tasks, agencies.all)
    line = driver.ask(desk.tasks, exchange.line)
    if line.world != "practice" or not program.frame.band.isVisible():
        raise AssertionError("practice is not plain to see")
    driver.verified(f"1.2 enrolled with the practice hub; {len(known)} agencies in the directory")
    return desk


def _choose_language(driver: Driver, program: Program) -> None:
    first = program.unlock.first
    if first is None or first.language is None:
        raise AssertionError("this home is not new")
    driver.picture(program.frame, "language")
    driver.click(first.language.korean)
    driver.until(lambda: first.passphrase is not None, "Korean is chosen")
    driver.verified("1.1 started in practice, in a fresh folder; Korean chosen")


def _choose_passphrase(driver: Driver, program: Program) -> None:
    first = program.unlock.first
    page = first.passphrase if first else None
    if first is None or page is None:
        raise AssertionError
    driver.write(page.first.edit, "1234")
    driver.until(lambda: not page.next_button.isEnabled(), "a weak passphrase goes nowhere")
    page.first.edit.clear()
    driver.write(page.first.edit, story.PASSPHRASE)
    driver.write(page.again.edit, story.PASSPHRASE)
    driver.until(page.next_button.isEnabled, "the passphrase is strong enough")
    driver.picture(program.frame, "passphrase")
    driver.click(page.next_button)
    driver.until(lambda: first.recovery is not None, "the vault is made")
    driver.verified("2.1 a weak passphrase was refused with advice; a strong one made the vault")


def _keep_recovery_code(driver: Driver, program: Program) -> None:
    page = program.unlock.first.recovery if program.unlock.first else None
    if page is None:
        raise AssertionError
    driver.picture(program.frame, "recovery-code")
    for field, number in zip(page.fields, page.asked, strict=True):
        driver.write(field.edit, page.groups[number])
    driver.click(page.done_button)
    driver.verified("2.2 the recovery code was confirmed by typing two of its groups")
