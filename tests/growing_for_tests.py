"""A hand on the street: the real window, and somebody just met who gave no name."""

from PySide6.QtCore import Qt

from desktop.domain.screening import Risk

WORDS = "벤치에서 코코아를 마심"


class Street:
    """A window, and somebody just met who gave no name."""

    def __init__(self, started, qtbot):
        self.program, self.qtbot = started.program, qtbot
        self.window, self.tasks = started.program.desk.window, started.program.desk.tasks
        self.ids = started.ids
        self.program.frame.activateWindow()
        self.window.rail.reload()
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(self.tasks.is_idle)

    def ask(self, work):
        found = []
        self.tasks.run(work, found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def meet_somebody(self):
        window = self.window
        window.rail.new_meeting()
        self.qtbot.keyClick(window.rail.sheet.alias.edit, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: "2" in window.pages.note.header.alias.text())
        self.qtbot.keyClicks(window.pages.note.editor, "x")
        window.pages.note.editor.setPlainText(WORDS)
        window.pages.save_now()
        self.settle()
        window.reload()
        self.settle()

    def begin_grounds(self, words):
        """Choose the highest level and begin to write why."""
        judging = self.window.pages.note.judging
        judging.level.buttons[Risk.HIGH.value].click()
        judging.panel.grounds.setPlainText(words)
        return judging

    def open_growing(self):
        self.qtbot.keyClick(self.window.focusWidget(), Qt.Key.Key_F2)
        self.settle()
        sheet = next(c for c in self.window.children() if c.objectName() == "growing")
        assert sheet.isVisible()
        return sheet
