"""Once there are windows, garbage is collected between two tests, on the main thread.

Python collects on whichever thread happens to ask for memory, and what belongs to Qt must end on
its own: a widget that a vault's thread took away ended the whole run (D-051, `ui.quick`).
"""

import gc
import sys

import pytest


@pytest.fixture(autouse=True)
def garbage_ends_here():
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    gc.disable()
    yield
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            break
