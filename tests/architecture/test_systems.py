"""Every module loads where there is no POSIX: nothing is missing on Windows or macOS."""

import subprocess
import sys

import pytest

_CHILD = """
import ctypes, importlib, os, pkgutil, sys, types
import PySide6.QtPrintSupport, PySide6.QtSvg, PySide6.QtWidgets  # what is theirs loads before
import alembic.command, asyncio, babel.dates, babel.numbers, keyring, platformdirs, requests
import sqlalchemy, sqlcipher3.dbapi2, subprocess, tempfile, uvicorn

system = sys.argv[1]
if system == "win32":
    for name in ("fcntl", "resource", "pwd", "grp", "termios"):
        sys.modules[name] = None
    locks = types.ModuleType("msvcrt")
    locks.LK_LOCK = locks.LK_UNLCK = locks.LK_NBLCK = 0
    sys.modules["msvcrt"] = locks
for name in ("O_DIRECTORY", "O_NOFOLLOW", "fdatasync", "getuid", "geteuid", "statvfs", "fork"):
    if hasattr(os, name):
        delattr(os, name)
sys.platform = system
for root in ("desktop", "i18n", "sync", "ui"):
    package = importlib.import_module(root)
    for module in pkgutil.walk_packages(package.__path__, root + "."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
print("loaded")
"""


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_every_module_loads_on_another_system(system):
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, system],
        capture_output=True,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen"},
    )

    assert done.stdout.strip() == "loaded", done.stderr
