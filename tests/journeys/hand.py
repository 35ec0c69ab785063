"""A hand at the real window of the invented evening: keys, composed words, and the vault.

A journey begins on the board, with nobody half typed, and leaves whatever it likes: `home` puts
the sheets away. Those that turn the clock or lock have a window of their own.
"""

from contextlib import contextmanager
from datetime import UTC, datetime

from gallery.stage import Stage
from prove.instead import instead
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

import i18n
import ui.main
from desktop.domain.youths import Age, Gender
from desktop.services import outreach, youths
from desktop.services.outreach import Plan
from desktop.services.youths import NewYouth
from ui.widgets.sheet import Sheet

Key = Qt.Key
ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Hand:
    """One window in one language."""

    def __init__(self, place, language, who="counselor"):
        self.stage, self.language, self.pressed = Stage(place, language, who), language, 0
        self.stage.unlock()
        self.program, self.desk = self.stage.program, self.stage.desk
        self.window, self.tasks = self.stage.window, self.stage.tasks
        self.ask, self.settle, self.until = self.stage.ask, self.stage.settle, self.stage.until
        self.open, self.do = self.stage.open, self.stage.press
        self._met, self.composing = 0, ""
        # A clock that a journey turns is no machine that slept: it would lock.
        self.stage.until(lambda: self.program.guard.waking is not None)
        self.program.guard.waking._timer.stop()

    def home(self):
        """Put every sheet away, and let a night be under way."""
        for sheet in self.window.findChildren(Sheet):
            if sheet.isVisible():
                sheet.leave()
        self.window.palette_sheet.leave()
        self.window.board.left.turn("night")
        if "sheet" in vars(self.window.rail):
            self.window.rail.sheet.clear_form()
        self.settle()
        if self.ask(lambda vault: (outreach.tonight(vault),))[0] is None:
            moment = self.tasks.moment()
            self.ask(lambda vault: outreach.begin(vault, Plan("신림역"), moment))
            self.window.reload()
            self.settle()

    def key(self, key, held=Qt.KeyboardModifier.NoModifier):
        """Press a key where the keyboard is."""
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def write(self, words):
        """Compose words where the keyboard is, as a Korean keyboard does."""
        self.compose(words[-1:])
        done = QInputMethodEvent()
        done.setCommitString(words)
        self.composing = ""
        QCoreApplication.sendEvent(QApplication.focusWidget(), done)
        self.settle()

    def compose(self, syllable):
        """Leave a syllable open, as somebody does who goes on to press a shortcut."""
        self.composing = syllable
        QCoreApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent(syllable, []))

    def click(self, button):
        """Press a button that can be seen."""
        assert button.isVisible(), f"{button.objectName()} cannot be seen"
        assert button.isEnabled(), f"{button.objectName()} cannot be pressed"
        button.click()
        self.settle()

    def search(self, words):
        """Type into the palette; return its rows."""
        palette = self.window.palette_sheet
        if not palette.isVisible():
            self.key(Key.Key_K, CTRL)
        palette.query.setText(words)
        self.until(lambda: palette._asked[0] == words)
        self.settle()
        model = palette.list.model()
        return [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]

    def meet(self, alias="", age=None, gender=Gender.UNSAID, language="ko"):
        """Meet somebody new; return their file, with their page in front and the caret in it."""
        self._met += 1
        who = NewYouth(
            alias or f"이름 없음 {90 + self._met}",
            age or Age.stated(16),
            gender,
            language,
            is_nameless=not alias,
        )
        moment = self.tasks.moment()
        met = self.ask(lambda vault: youths.meet(vault, who, "역 앞", moment))
        self.window.rail.reload()
        self.window.open_file(met.youth.id, met.meeting.id)
        self.until(lambda: self.file and self.file.youth.id == met.youth.id)
        self.settle()
        self.note.editor.setFocus()
        return self.file

    def again(self, file):
        """Read somebody's file from the vault."""
        ids, moment = (file.youth.id, file.meeting.id), self.tasks.moment()
        return self.ask(lambda vault: youths.open_file(vault, *ids, moment))

    def rows(self, count):
        """Return how many rows there are of each table named, as the vault counts them."""

        def counted(vault):
            with vault.reading() as db:
                return [db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in count]

        return self.ask(counted)

    def says(self, widget, ko, en):
        """See that a widget says this, in the language of the window."""
        told = widget if isinstance(widget, str) else widget.text()
        wanted = ko if self.language == "ko" else en
        assert wanted in told, f"{wanted!r} is not in {told!r}"

    def labels(self, under):
        """Return the words on every button that can be seen."""
        return [each.text() for each in under.findChildren(QPushButton) if each.isVisible()]

    @contextmanager
    def keyboard(self):
        """Let a Korean keyboard of the system be there: asked to, it commits what is composed."""
        with instead(QGuiApplication, "inputMethod", lambda: _Keyboard(self)):
            yield

    @property
    def tonight(self):
        return self.ask(outreach.tonight)

    @property
    def file(self):
        return self.window.pages.file

    @property
    def note(self):
        return self.window.pages.note

    @contextmanager
    def clock(self, *when):
        """Let it be another time for a while, in Korea's clock of UTC."""
        at = datetime(*when, tzinfo=UTC)
        with instead(ui.main, "now", lambda: at):
            yield

    def leave(self):
        self.stage.leave()
        i18n.use("en")


class _Keyboard:
    """The system's input method, of which there is none without a screen."""

    def __init__(self, hand):
        self._hand = hand

    def commit(self):
        if self._hand.composing:
            done = QInputMethodEvent()
            done.setCommitString(self._hand.composing)
            self._hand.composing = ""
            QCoreApplication.sendEvent(QApplication.focusWidget(), done)
