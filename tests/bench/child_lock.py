"""The program's own start, up to its first painted window. Reports when that was."""

import json
import os
import sys
import time

from PySide6.QtCore import Slot

import ui.main
from ui.__main__ import start


class Timed(ui.main.Program):
    """The program, ending where a person first sees something."""

    @Slot()
    def _on_painted(self):
        print(json.dumps({"painted": time.monotonic()}), flush=True)
        os._exit(0)


ui.main.Program = Timed
sys.argv = ["bammajung", "--home", sys.argv[1]]
start()
