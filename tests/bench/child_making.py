"""Make a vault with many notes. Reports when it is whole.

SQLCipher locks every piece of memory that it asks for into RAM, which the program wants and which
makes a hundred thousand notes take four times as long; so this process, and no other, leaves that
out. The file is the same.
"""

import sys
from functools import partial
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher


class Careless(sqlcipher.Connection):
    """Says that its memory is locked, and saves the time."""

    def execute(self, sql, *params):
        if sql.startswith("PRAGMA cipher_memory_security"):
            sql = "PRAGMA cipher_version" if "=" in sql else "SELECT '1'"
        return super().execute(sql, *params)


sqlcipher.connect = partial(sqlcipher.connect, factory=Careless)

from bench.shared_vault import make  # noqa: E402  (after what it connects with was changed)

make(Path(sys.argv[1]), int(sys.argv[2]))
print("{}")
