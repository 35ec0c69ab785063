"""The window over a real vault, with the doors to the timeline and to what is printed of it."""

from pages_for_tests import Clock, a_youth, done, settled
from vaults_for_tests import a_vault

from desktop.services import notes
from desktop.settings import Settings
from ui.notes.heads import heads
from ui.tasks import Tasks
from ui.window.passing import PassingDoor
from ui.window.window import Window


class Room:
    """A window, its vault, and somebody's page in it."""

    def __init__(self, qtbot, folder):
        self.qtbot, self.vault = qtbot, a_vault(folder)
        self.tasks = Tasks(lambda: self.vault, Clock())
        self.window = Window(self.tasks, Settings(), lambda n: bytes(n))
        self.door = PassingDoor(self.window)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()

    def met(self, alias="하늘", text="벤치에서 만남"):
        """Meet somebody and write about them, under the first head."""
        file, moment = a_youth(self.qtbot, self.tasks, alias=alias), self.tasks.moment()
        words = f"{heads()[0]}\n{text}"
        self.do(lambda vault: notes.save(vault, file.youth.id, file.meeting.id, words, moment))
        return file

    def show(self, file):
        """Bring somebody's page to the front."""
        self.window.open_file(file.youth.id, file.meeting.id)
        self.qtbot.waitUntil(lambda: self.window.board.middle.currentIndex() == 1)
        self.settle()

    def do(self, work):
        return done(self.qtbot, self.tasks, work)

    def settle(self):
        settled(self.qtbot, self.tasks)
