"""A hand-over in one language, walked from the first question until the laptop goes back."""

import time
from functools import cache
from pathlib import Path

from gallery.stage import the_app
from pages_for_tests import CENTER, SENSITIVE, a_desk, a_draft, a_handing, a_youth
from prove.proof import scratch

from desktop.domain.consent_records import Manner, Point
from desktop.domain.consents import Item
from desktop.domain.entrustments import ARTICLE, EntrustedBy, Entrustment, Held
from desktop.domain.youths import Age
from desktop.services import referrals, youths
from desktop.vault import entrustments
from ui import style
from ui.consents.handing import How
from ui.consents.handover import HandOver

MANNERS = {
    "youth": How(Manner.STROKES),
    "child": How(Manner.SPOKEN, witness="오늘", present=("한빛",)),
}
AGES = {"youth": 16, "child": 12}
WORDS = {**SENSITIVE, Item.IDENTIFIER: "alien-registration 050101-5123456"}
_PATIENCE, _MOST = 20, 40
_DRAWN = ((Point(1000, 6000, 0), Point(4000, 2000, 40), Point(7000, 6500, 90)),)


class _Waiting:
    """What pages over a real vault ask of the tests' own bot."""

    def waitUntil(self, is_so, timeout=0):
        """Let the program work until it is so."""
        end = time.monotonic() + _PATIENCE
        while not is_so():
            the_app().processEvents()
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.001)


@cache
def _desk():
    """Keep a desk over one vault for as long as this process runs."""
    the_app()
    style.load_fonts()
    place = scratch("handed")
    return place, a_desk(Path(place.name) / "vault")


def _entrust(vault, moment):
    paper = Entrustment(EntrustedBy.LOCAL, ARTICLE, "12", moment.now.date())
    with vault.transaction() as db:
        entrustments.add(db, Held(paper, "김", moment.now))


class Handed:
    """A hand-over that is on the screen."""

    def __init__(self, language, who, size, theme=style.LIGHT, percent=100):
        self.size, self.percent = size, percent
        self._wait, (_, tasks) = _Waiting(), _desk()
        style.apply(the_app(), theme, percent)
        file = a_youth(
            self._wait, tasks, alias="하늘", age=Age.stated(AGES[who]), language=language
        )
        draft, moment, found = a_draft(file, WORDS), tasks.moment(), []
        tasks.run(lambda vault: _entrust(vault, moment), lambda _: None)
        tasks.run(lambda vault: referrals.keep_draft(vault, draft, moment), lambda _: None)
        ids = file.youth.id, file.meeting.id
        tasks.run(lambda vault: youths.open_file(vault, *ids, moment), found.append)
        self._wait.waitUntil(lambda: bool(found))
        self.page = HandOver(tasks)
        self.page.resize(size)
        self.page.show()
        self.page.begin(a_handing(found[0], CENTER, how=MANNERS[who]))

    def screens(self):
        """Yield the name of each screen while it is shown."""
        pages, korean = self.page.pages, self.page.foot.korean_button
        for number in range(1, _MOST):
            now = pages.currentWidget().widget()
            self.settle()
            yield f"{number} {type(now).__name__}"
            if now is self.page.question and korean.isVisible():
                korean.click()
                self.settle()
                yield f"{number} beside the Korean"
                korean.click()
            if now is self.page.pin:
                return
            self._go_on(now)
        raise AssertionError("the way does not end")

    def settle(self):
        """Let everything be laid out."""
        for _ in range(4):
            the_app().processEvents()

    def leave(self):
        """Take it off the screen."""
        self.page.reading.stop()
        self.page.hide()
        self.page.deleteLater()
        self.settle()

    def _go_on(self, now):
        page = self.page
        if now is page.question:
            page.question.yes_button.click()
        elif now is page.guardian:
            for field, words in (
                (now.name, "김보호"),
                (now.relation, "이모"),
                (now.contact, "010"),
            ):
                field.edit.setText(words)
            next(iter(now.ways.values())).setChecked(True)
            now.next_button.click()
        elif now is page.thanks:
            page.thanks.give_button.click()
        else:
            page.pages.signing.signed.emit(_DRAWN)
