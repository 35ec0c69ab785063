"""The vault's own tests use memory as the product does; the others may leave it as it is."""

from sqlcipher3 import dbapi2 as sqlcipher
from vaults_for_tests import a_vault

from desktop.vault import connection, resting


def test_the_vaults_own_tests_wipe_what_they_give_back(tmp_path):
    assert connection.sqlcipher is resting.sqlcipher is sqlcipher
    a_vault(tmp_path / "vault").close()

    db = sqlcipher.connect(":memory:")
    said = db.execute("PRAGMA cipher_memory_security").fetchone()
    db.close()

    assert said == ("1",)
