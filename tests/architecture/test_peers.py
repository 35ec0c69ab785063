"""What the figures are compared with stays outside the program, locked without addresses."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "tests" / "bench" / "peers"


def test_the_locks_of_the_peers_name_versions_and_hashes_and_no_address():
    python = (PEERS / "requirements.lock").read_text("utf-8")
    node = (PEERS / "package-lock.json").read_text("utf-8")
    packages = [each for name, each in json.loads(node)["packages"].items() if name]

    assert "://" not in python
    assert "://" not in node
    assert python.count("--hash=sha256:") > python.count("==")
    assert packages
    assert all(each["version"] and each["integrity"] for each in packages)


def test_no_peer_is_a_part_of_the_program():
    asked = (PEERS / "requirements.in").read_text("utf-8") + (PEERS / "package.json").read_text()
    names = set(re.findall(r"\b(kinto-http|kinto|express-pouchdb|pouchdb)\b", asked))

    ours = [ROOT / "pyproject.toml", ROOT / "requirements.lock", ROOT / "prepare.sh"]

    assert names == {"kinto", "kinto-http", "express-pouchdb", "pouchdb"}
    for file in ours:
        text = file.read_text("utf-8")
        assert not [name for name in names if re.search(rf"\b{name}\b", text)], file
