"""The program's own consent texts, and a vault that is a supervisor's or somebody else's."""

import json
from pathlib import Path

import msgspec

import ui.consents
from desktop.domain.consents import LANGUAGES
from desktop.domain.text_versions import Version, put
from desktop.services import enrolment as joined
from desktop.vault import consent_texts, enrolment
from sync.client.enrolment import Enrolment
from sync.protocol.directory import DeviceCert

FOLDER = Path(ui.consents.__file__).parent / "texts"
OWN = {name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in LANGUAGES}
WHY = ("youth", "17", "if_no", 1)
KEY = b"k" * 32


def sit_at(vault, role):
    """Let the vault be that of a device with this role."""
    kept = Enrolment(
        url="https://hub.example", world="practice", device="d", org="o", hub="h", role=role,
        sign_key=KEY, seal_key=KEY, hub_key=KEY, root=KEY, cert=DeviceCert(b"", b""),
    )  # fmt: skip
    with vault.transaction() as db:
        enrolment.keep(db, msgspec.json.encode(kept).decode())


def as_supervisor(vault):
    """Let a vault that has joined be a supervisor's."""
    with vault.transaction() as db:
        kept = msgspec.structs.replace(joined.current(db), role="supervisor")
        enrolment.keep(db, msgspec.json.encode(kept).decode())


def spoil(vault, at):
    """Let a version hold that lacks something, as one of before the law asked for more does."""
    lacking = put(OWN, "mn", WHY, "")
    with vault.transaction() as db:
        consent_texts.add(db, Version(99, "own-v99-bad", "한빛", at), lacking)
    return "own-v99-bad"
