"""Steps 4 and 5: the line is back, the agency answers; the consent is withdrawn."""

from functools import partial
from pathlib import Path

from desktop.domain.consents import Item
from desktop.domain.referrals import Erasure, Tracking
from desktop.services import exchange, referrals
from sync.protocol.messages import Kind
from sync.protocol.states import Delivery, TaskStatus
from ui.tour import asking, story
from ui.tour.driver import Driver
from ui.tour.hub import sealed_copies
from ui.window.desk import Desk

_PROVEN = ("queued", "sent", "delivered", "opened", "accepted")


def hear_back(driver: Driver, desk: Desk, sent: Tracking) -> None:
    """Mend the line and follow the referral to its answer."""
    driver.click(desk.window.status.switch_button)
    for step in _PROVEN[1:]:
        driver.until(partial(_has, driver, desk, sent, step), f"it is {step}")
        driver.picture(desk.window.window(), f"referral-{step}")
    driver.until(lambda: _now(driver, desk, sent).replies, "the agency writes back")
    tracking = _now(driver, desk, sent)
    times = [tracking.steps[step] for step in _PROVEN]
    if times != sorted(times) or tracking.status is not TaskStatus.ACCEPTED:
        raise AssertionError("the steps are not in order")
    driver.until(desk.window.pages.referral.answer.reply.isVisible, "the answer is shown")
    driver.picture(desk.window.window(), "answered")
    driver.verified("4.1 sent, delivered, opened, accepted: each shown after its proven receipt")
    driver.verified("4.2 the agency opened it with its own key and answered, sealed back")


def withdraw(driver: Driver, desk: Desk, sent: Tracking, network: Path) -> None:
    """End the consent with one referral answered and another still unsent."""
    window = desk.window
    driver.click(window.status.switch_button)
    asking.compose(driver, desk, {Item.NEED: story.SECOND_NEED})
    unsent = asking.release(driver, desk, "5.1")
    ref = str(sent.referral.id)
    copies = sealed_copies(network, ref)
    driver.click(window.pages.consent.withdraw_button)
    driver.picture(window.window(), "withdraw")
    driver.click(window.pages.consent.confirm_button)
    driver.until(lambda: _is_gone(driver, desk), "what never left vanishes")
    if _now(driver, desk, unsent).delivery is not Delivery.QUEUED:
        raise AssertionError("the unsent one left after all")
    driver.verified("5.2 the consent ended; the unsent referral vanished from the outbox")
    driver.click(window.status.switch_button)
    driver.until(
        lambda: _now(driver, desk, sent).status is TaskStatus.CANCELLED, "the hub cancels"
    )
    driver.until(
        lambda: _now(driver, desk, sent).erasure is Erasure.DESTROYED, "the agency attests"
    )
    left = sealed_copies(network, ref)
    if copies < 1 or left != 0:
        raise AssertionError(f"sealed copies at the hub: {copies} before, {left} after")
    driver.picture(window.window(), "withdrawn")
    driver.verified("5.3 the hub cancelled it and its sealed copy is gone; the agency attested")


def _has(driver: Driver, desk: Desk, sent: Tracking, step: str) -> bool:
    return step in _now(driver, desk, sent).steps


def _now(driver: Driver, desk: Desk, sent: Tracking) -> Tracking:
    moment = desk.tasks.moment()
    every = driver.ask(desk.tasks, lambda vault: referrals.all(vault, moment))
    return next(t for t in every if t.referral.id == sent.referral.id)


def _is_gone(driver: Driver, desk: Desk) -> bool:
    waiting = driver.ask(desk.tasks, exchange.outbox)
    return all(message.kind is not Kind.REFERRAL_REQUEST for message in waiting)
