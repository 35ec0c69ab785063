"""`bammajung doctor [--json]`: how well this computer protects the notes, in a person's words."""

import json
import sys
from dataclasses import asdict
from importlib.metadata import version
from typing import Final

import PySide6
from PySide6.QtCore import QCoreApplication

import i18n
from desktop import settings
from desktop.paths import Places
from desktop.services.doctor import (
    Examined,
    Finding,
    Screen,
    Subject,
    Verdict,
    examine,
    hub_clock,
)
from i18n import later, tr
from ui.locking import capture, systems
from ui.main import keychain, now, system_language
from ui.world import PRACTICE, Start

_MARKS: Final = {
    Verdict.GOOD: "✓",
    Verdict.LOOK: "!",
    Verdict.BAD: "✗",
    Verdict.UNKNOWN: "?",
}
_SUBJECTS: Final = {
    Subject.PROGRAM: later("Versions"),
    Subject.CIPHER: later("Encryption"),
    Subject.KEYRING: later("Keyring"),
    Subject.PLACE: later("Folder"),
    Subject.DISK: later("Disk"),
    Subject.SWAP: later("Swap"),
    Subject.LOCK: later("Lock"),
    Subject.CAPTURE: later("Pictures of the screen"),
    Subject.CLOCK: later("Clock"),
}
_SENTENCES: Final = {
    (Subject.PROGRAM, Verdict.GOOD): later("Nothing to do."),
    (Subject.CIPHER, Verdict.GOOD): later("Notes are encrypted, and every setting reads back."),
    (Subject.CIPHER, Verdict.BAD): later(
        "This build does not encrypt safely. Bammajung will not open a vault with it. "
        "Install it anew."
    ),
    (Subject.KEYRING, Verdict.GOOD): later("The system's keyring keeps what it is given."),
    (Subject.KEYRING, Verdict.LOOK): later(
        "There is no working keyring, so only the passphrase protects the notes. "
        "Make it a long one."
    ),
    (Subject.PLACE, Verdict.GOOD): later("No cloud service or network share copies this folder."),
    (Subject.PLACE, Verdict.BAD): later(
        "Something copies this folder elsewhere. Start with --home and a folder on this disk."
    ),
    (Subject.DISK, Verdict.GOOD): later("The disk seems to be encrypted."),
    (Subject.DISK, Verdict.BAD): later(
        "The disk is not encrypted. Ask your center to switch on disk encryption."
    ),
    (Subject.DISK, Verdict.UNKNOWN): later(
        "Whether the disk is encrypted cannot be seen from here. Ask your center."
    ),
    (Subject.SWAP, Verdict.GOOD): later("Memory is not written to an open disk."),
    (Subject.SWAP, Verdict.BAD): later(
        "Memory may be written to an open disk. Ask your center to encrypt swap or switch it off."
    ),
    (Subject.SWAP, Verdict.UNKNOWN): later(
        "Whether memory is written to disk cannot be seen from here. Ask your center."
    ),
    (Subject.LOCK, Verdict.GOOD): later(
        "The screen locks on Ctrl+L, when nobody touches it, and when the system says so."
    ),
    (Subject.LOCK, Verdict.LOOK): later(
        "The screen locks on Ctrl+L, when nobody touches it, and a few seconds after waking. "
        "This system does not say when it goes to sleep: press Ctrl+L before you shut the lid."
    ),
    (Subject.CAPTURE, Verdict.GOOD): later("Other programs cannot take a picture of the window."),
    (Subject.CAPTURE, Verdict.LOOK): later(
        "On this system other programs can take a picture of the window, and nothing prevents "
        "it. Install only what your center knows."
    ),
    (Subject.CLOCK, Verdict.GOOD): later("The clock agrees with the hub's."),
    (Subject.CLOCK, Verdict.BAD): later(
        "The clock differs from the hub's. Set it right; until then the difference is allowed for."
    ),
    (Subject.CLOCK, Verdict.UNKNOWN): later(
        "The hub did not answer, so the clock could not be compared. Nothing is lost."
    ),
}


def main(start: Start, hub: str, *, as_json: bool) -> int:
    """Examine this computer and print what was found; return 1 if something is bad."""
    places = Places(start.home) if start.home else Places.usual()
    i18n.use(settings.load(places.settings).language or system_language())
    url = hub or (_practice_hub(places) if start.world == PRACTICE else "")
    program = {"bammajung": version("bammajung"), "qt": PySide6.__version__}
    ask = hub_clock(url, start.world) if url else lambda: None
    asked = Examined(places.vault(start.world), keychain(), ask, program, _screen())
    findings = examine(asked, now())
    sys.stdout.write(report(findings, as_json=as_json) + "\n")
    return 1 if any(found.verdict is Verdict.BAD for found in findings) else 0


def report(findings: tuple[Finding, ...], *, as_json: bool) -> str:
    """Return every finding, as JSON or a line each."""
    if as_json:
        return json.dumps([asdict(found) for found in findings], ensure_ascii=False, indent=1)
    return "\n".join(_line(found) for found in findings)


def _screen() -> Screen:
    app = QCoreApplication.instance() or QCoreApplication([])
    listens = systems.of_this_system(0)
    heard = listens.heard() if listens is not None else ()
    del app  # not before the buses were asked
    return Screen(tuple(heard), capture.is_possible())


def _practice_hub(places: Places) -> str:
    try:
        return str(json.loads((places.practice / "address.json").read_text("utf-8"))["url"])
    except (OSError, ValueError, KeyError):
        return ""


def _line(found: Finding) -> str:
    facts = " · ".join(f"{name} {value}" for name, value in found.facts.items())
    sentence = tr(_SENTENCES[found.subject, found.verdict])
    head = f"{_MARKS[found.verdict]} {tr(_SUBJECTS[found.subject])}: {sentence}"
    return f"{head} ({facts})" if facts else head
