"""Once there are windows, garbage is collected between two tests, on the main thread.

Python collects on whichever thread happens to ask for memory, and what belongs to Qt must end on
its own: a widget that a vault's thread took away ended the whole run (D-051, `ui.quick`).

What the tests start may lock no memory. SQLCipher asks the kernel to lock each piece it works
with, 750,000 times in fifty tests, and goes on where it may not, as on a laptop whose small
allowance is used up; what it gives back it wipes all the same. That is a quarter of a run.
"""

import ctypes
import gc
import sys
from functools import lru_cache
from pathlib import Path

import pytest

_DROP_FROM_CHILDREN, _LOCK_MEMORY = 24, 14  # PR_CAPBSET_DROP, CAP_IPC_LOCK: root has no allowance
_VAULT = Path(__file__).with_name("desktop") / "vault"


def pytest_configure():
    if not sys.platform.startswith("linux"):
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, most))
    ctypes.CDLL(None).prctl(_DROP_FROM_CHILDREN, _LOCK_MEMORY, 0, 0, 0)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    # Hundreds of modules stay until the end: nothing is looked for in them, now or later.
    gc.disable()
    found = yield
    gc.freeze()
    gc.enable()
    return found


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.is_relative_to(_VAULT))


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


@pytest.fixture(scope="module", autouse=True)
def only_the_vaults_own_tests_wipe_memory(request):
    if request.path.is_relative_to(_VAULT):
        yield
        return
    from unwiped_for_tests import unwiped

    with unwiped():
        yield


@pytest.fixture(scope="session", autouse=True)
def the_same_passphrase_is_stretched_once():
    # Argon2id gives the same for the same, and most tests open the same few vaults.
    from desktop.vault import slots

    stretched = slots.stretched
    slots.stretched = lru_cache(maxsize=256)(stretched)
    yield
    slots.stretched = stretched
