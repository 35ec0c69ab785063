"""A crash writes nothing down, and another program of the same person cannot look in."""

import subprocess
import sys

import pytest

_CHILD = """
import ctypes, resource
from desktop import dumps
assert dumps.refuse()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_a_crash_leaves_no_memory_behind():
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["0", "0"]
