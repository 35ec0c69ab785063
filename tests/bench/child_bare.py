"""The yardstick: one bare window. Reports when its first picture was on the screen, and memory."""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Nothing in it."""

    is_painted = False

    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, self.report)

    def report(self):
        painted = time.monotonic()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        resident = pages * os.sysconf("SC_PAGE_SIZE")
        print(json.dumps({"painted": painted, "resident": resident}), flush=True)
        os._exit(0)


app = QApplication(sys.argv[:1])
bare = Bare()
bare.resize(1440, 900)
bare.show()
app.exec()
