"""PouchDB and Kinto: put into build/peers from their own packages, started, and spoken to."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).with_name("peers")
PLACE = Path(__file__).parents[2] / "build" / "peers"
_SCRIPTS = PLACE / "python" / ("Scripts" if sys.platform == "win32" else "bin")
_PATIENCE = 60.0
PLAIN = "neither-seals-nor-signs"
"""Said in every line about a peer, where ours has its target."""


class Peer:
    """A server and a laptop of somebody else's making."""

    def __init__(self, name, serving, speaking, mark):
        self.name, self._serving, self._speaking, self.mark = name, serving, speaking, mark

    @contextmanager
    def serving(self, folder):
        """Run the server with its data in `folder`; gives its port."""
        folder.mkdir()
        port = _free_port()
        server = subprocess.Popen(
            [*map(str, self._serving), *_told(self.name, folder, port)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=_around(), cwd=folder,
        )  # fmt: skip
        try:
            _until_it_listens(port, server)
            yield port
        finally:
            server.terminate()
            server.communicate()

    @contextmanager
    def laptop(self, folder, url, items):
        """Run a client whose items are in this file; gives what to ask it by."""
        folder.mkdir()
        place = [folder] if self.name == "pouchdb" else []
        client = subprocess.Popen(
            [*map(str, self._speaking), *map(str, place), url, str(items)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_around(),
        )  # fmt: skip
        try:
            yield lambda verb, **more: _answer(client, {"verb": verb, **more})
        finally:
            client.communicate()


def peers():
    """Return them, installed."""
    install()
    python = _SCRIPTS / "python"
    return (
        Peer(
            "pouchdb",
            ("node", HERE / "pouch_server.js"),
            ("node", HERE / "pouch_client.js"),
            r'"_id":"([0-9a-f-]{36})"',
        ),
        Peer(
            "kinto",
            (python, "-W", "ignore", HERE / "kinto_server.py"),
            (python, "-W", "ignore", HERE / "kinto_client.py"),
            r'"path": ?"[^"]*/records/([0-9a-f-]{36})"',
        ),
    )


def install():
    """Install what is not there yet, by the lock files; where that cannot be, say so and end."""
    missing = [program for program in ("node", "npm") if not shutil.which(program)]
    if missing:
        names = " ".join("nodejs" if name == "node" else name for name in missing)
        sys.exit(f"PouchDB needs {names} from Debian: apt-get install {names}")
    _once(PLACE / "node", ("package.json", "package-lock.json"), _with_npm)
    _once(PLACE / "python", ("requirements.lock",), _with_pip)


def _once(place, files, installed):
    made_of = sha256(b"".join((HERE / file).read_bytes() for file in files)).hexdigest()
    stamp = place / "made-of"
    if stamp.exists() and stamp.read_text() == made_of:
        return
    print(f"bench: installing the peers into {place.relative_to(PLACE.parents[1])}", flush=True)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for file in files:
        shutil.copy(HERE / file, place)
    installed(place)
    stamp.write_text(made_of)


def _with_npm(place):
    # Their native part comes built inside its package: no script need run.
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", at=place)


def _with_pip(place):
    _run(sys.executable, "-m", "venv", place, at=place)
    pip = (_SCRIPTS / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*pip, "--require-hashes", "-r", "requirements.lock", at=place)


def _run(*words, at):
    done = subprocess.run(
        [*map(str, words)], cwd=at, capture_output=True, text=True, check=False, timeout=1800
    )
    if done.returncode:
        sys.exit(f"The peers could not be installed: {words[0]} says\n{done.stderr[-2000:]}")


def _around():
    return {
        **os.environ,
        "NODE_PATH": str(PLACE / "node" / "node_modules"),
        "NODE_ENV": "production",
        "PYTHONWARNINGS": "ignore",
    }


def _told(name, folder, port):
    if name == "pouchdb":
        return [str(folder), str(port)]
    return ["--ini", str(HERE / "kinto.ini"), "--port", str(port)]


def _answer(client, asked):
    client.stdin.write(json.dumps(asked) + "\n")
    client.stdin.flush()
    answer = client.stdout.readline()
    if not answer:
        sys.exit(f"A peer's laptop ended while it was asked to {asked['verb']}.")
    return json.loads(answer)


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _until_it_listens(port, server):
    until = time.monotonic() + _PATIENCE
    while True:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        if server.poll() is not None or time.monotonic() > until:
            sys.exit("A peer's server did not start.")
        time.sleep(0.05)
