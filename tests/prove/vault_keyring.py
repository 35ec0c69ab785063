"""Whatever the keyring does, the recovery code opens the vault, and nothing is kept in the clear.

Fifteen failures (R-25). Each meets a vault made while the keyring worked, and one made while it
already failed: the passphrase opens it or is refused in words, the code opens it, a passphrase
put in force with the code opens it from then on, and no file holds passphrase, code, device secret
or vault key. The keychain is the program's own. Control: one that falls back to a file.
"""

import base64
import os
import secrets
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

from fakes import FakeBackend, FakeKeychain
from prove.evening import DUSK
from prove.keyrings import FAILING, kept_in
from prove.proof import Proof, scratch, tell
from prove.sieve import hits
from vaults_for_tests import PASSPHRASE

from desktop.errors import KeyringSilent, WrongPassphrase
from desktop.keychain import OsKeychain
from desktop.services import members

NAME = "vault-keyring"
FULL = 15
NEXT = "버스 정류장 옆 붕어빵 아홉 마리"
ROOT = Path(__file__).parents[2]


def run(count: int) -> Proof:
    """Try so many of the failures."""
    cases = list(CASES.items())[:count]
    broken = [f"{name}: {problem}" for name, case in cases for problem in case()]
    tell(NAME, broken)
    return Proof(len(cases), len(broken), is_found_when_kept_in_a_file())


class Laptop:
    """One folder with vaults in it. `needles` is what must be found nowhere."""

    def __init__(self, place: Path):
        self.place, self.needles, self.wrong = place, {"next passphrase": NEXT}, []
        self._now = DUSK

    def made(self, name: str, keychain):
        """Make a vault with this keychain; return its folder and its code."""
        made = members.create(
            self.place / name, PASSPHRASE,
            world="real", chance=self._chance, keychain=keychain, cost=members.FLOOR,
        )  # fmt: skip
        members.prove_code(made.vault)
        made.vault.close()
        self.needles |= {"passphrase": PASSPHRASE, f"{name} code": made.recovery_code}
        return self.place / name, made.recovery_code

    def expect(self, what: str, work, *allowed) -> None:
        """Open a vault by `work`; only a failure that is allowed may keep anyone out."""
        self._now += timedelta(hours=1)
        try:
            work().vault.close()
        except allowed:
            return
        except Exception as error:  # noqa: BLE001  (whatever a keyring brings about is a finding)
            self.wrong.append(f"{what}: {type(error).__name__}")

    def by_passphrase(self, folder, passphrase, keychain):
        """Return what opens it so."""
        return lambda: members.unlock(
            folder, passphrase, world="real", keychain=keychain, now=self._now
        )

    def by_code(self, folder, code):
        """Return what opens it so."""
        return lambda: members.unlock_with_recovery(folder, code, world="real", now=self._now)

    def anew(self, folder, code, keychain):
        """Return what puts another passphrase in force."""
        return lambda: members.set_passphrase(
            folder, code, NEXT, now=self._now,
            world="real", chance=self._chance, keychain=keychain, cost=members.FLOOR,
        )  # fmt: skip

    def problems(self) -> list[str]:
        """Return what went wrong, and what lies in a file."""
        return self.wrong + list(hits([self.place], self.needles))

    def _chance(self, count: int) -> bytes:
        made = secrets.token_bytes(count)
        if count == 32:  # a vault key, or a device secret
            self.needles[f"secret {len(self.needles)}"] = made
        return made


def meets(failing: OsKeychain, place: Path) -> list[str]:
    """Let a keyring fail over a vault that it once helped to close, and over a new one."""
    laptop = Laptop(place)
    before, code = laptop.made("before", kept_in(FakeBackend))
    refused = (KeyringSilent, WrongPassphrase)
    laptop.expect("passphrase", laptop.by_passphrase(before, PASSPHRASE, failing), *refused)
    laptop.expect("code", laptop.by_code(before, code))
    laptop.expect("another passphrase", laptop.anew(before, code, failing))
    laptop.expect("that passphrase", laptop.by_passphrase(before, NEXT, failing))
    laptop.expect("code, later", laptop.by_code(before, code))
    made, its_code = laptop.made("made", failing)
    laptop.expect("passphrase of a new one", laptop.by_passphrase(made, PASSPHRASE, failing))
    laptop.expect("code of a new one", laptop.by_code(made, its_code))
    return laptop.problems()


def _fails(make) -> list[str]:
    with scratch("keyring") as place:
        return meets(kept_in(make), Path(place))


def _two_vaults() -> list[str]:
    """One keyring, two vaults: what becomes of one secret does not touch the other."""
    with scratch("keyring") as place:
        laptop, backend = Laptop(Path(place)), FakeBackend()
        keychain = OsKeychain(lambda: backend)
        one, code = laptop.made("one", keychain)
        kept = set(backend.kept)
        two, _ = laptop.made("two", keychain)
        for entry in kept:
            del backend.kept[entry]
        laptop.expect("the other", laptop.by_passphrase(two, PASSPHRASE, keychain))
        laptop.expect("code of the wiped one", laptop.by_code(one, code))
        laptop.expect("wiped one anew", laptop.anew(one, code, keychain))
        laptop.expect("wiped one then", laptop.by_passphrase(one, NEXT, keychain))
        laptop.expect("the other then", laptop.by_passphrase(two, PASSPHRASE, keychain))
        return laptop.problems()


_PLANTED = """
from pathlib import Path
from keyring.backend import KeyringBackend
Path({mark!r}).write_text("I was loaded")
class Keyring(KeyringBackend):
    priority = 100
    def set_password(self, service, username, password):
        Path({mark!r}).write_text(password)
    def get_password(self, service, username):
        return Path({mark!r}).read_text()
"""
_BEGIN = """
import sys; sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from prove.vault_keyring import OsKeychain, meets
print("\\n".join(meets(OsKeychain(), Path({place!r}))))
"""


def _planted(is_by_environment: bool, is_by_configuration: bool) -> list[str]:
    """Another process, where somebody plants a back end that keeps secrets in a file."""
    with scratch("keyring") as at:
        place, mark = Path(at), Path(at) / "mark"
        (place / "planted").mkdir()
        (place / "planted" / "planted.py").write_text(_PLANTED.format(mark=str(mark)))
        environment = os.environ | {
            "HOME": at, "XDG_CONFIG_HOME": at, "XDG_DATA_HOME": at,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={at}/nothing",
        }  # fmt: skip
        if is_by_environment:
            environment |= {
                "PYTHON_KEYRING_BACKEND": "planted.Keyring", "PYTHONPATH": f"{at}/planted",
                "KEYRING_PROPERTY_SCHEME": "planted",
            }  # fmt: skip
        if is_by_configuration:
            for folder in ("python_keyring", "keyring"):
                (place / folder).mkdir()
                (place / folder / "keyringrc.cfg").write_text(
                    f"[backend]\ndefault-keyring=planted.Keyring\nkeyring-path={at}/planted\n"
                )
        tests, vaults = str(ROOT / "tests"), str(place / "vaults")
        begin = _BEGIN.format(root=str(ROOT), tests=tests, place=vaults)
        done = subprocess.run(
            [sys.executable, "-c", begin], env=environment, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        loaded = ["a planted back end was loaded"] if mark.exists() else []
        said = [line for line in (done.stdout + done.stderr).splitlines() if line]
        return [*loaded, *said]


CASES = {
    "absent": partial(_planted, False, False),
    "planted by the environment": partial(_planted, True, False),
    "planted by configuration": partial(_planted, False, True),
    **{name: partial(_fails, make) for name, make in FAILING.items()},
    "two vaults": _two_vaults,
}


def is_found_when_kept_in_a_file() -> bool:
    """The control: a keychain that writes the secret down when there is no keyring."""
    with scratch("keyring") as place:
        laptop, file = Laptop(Path(place)), Path(place) / "secret.txt"

        class Filed(FakeKeychain):
            def keep(self, vault_id, secret):
                super().keep(vault_id, secret)
                file.write_bytes(base64.b64encode(secret))

        laptop.made("vault", Filed())
        return bool(laptop.problems())
