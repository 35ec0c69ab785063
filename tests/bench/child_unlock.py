"""Unlock once. Reports how long it took, how much of it was the key, and the memory after it."""

import json
import os
import sys
from pathlib import Path

from bench.shared_window import Opened, resident

opened = Opened(Path(sys.argv[1]))
seconds = opened.unlock()
report = {"seconds": seconds, "key": opened.key_seconds, "resident": resident()}
print(json.dumps(report), flush=True)
opened.program.lock.close()
os._exit(0)
