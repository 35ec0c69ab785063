"""What the harnesses themselves could leave out without anybody seeing it."""

import pytest
from prove import exchange_cuts
from prove.bracketed import Bracketed
from vaults_for_tests import a_vault


@pytest.mark.parametrize("there", [1, 400, exchange_cuts.FULL - 1, exchange_cuts.FULL])
def test_at_full_share_the_line_is_cut_at_every_byte(there):
    assert set(exchange_cuts.spread_over(there, exchange_cuts.FULL)) == set(range(there))
    assert not exchange_cuts.passed_over(there, exchange_cuts.FULL)


def test_more_bytes_than_cuts_are_said():
    (said,) = exchange_cuts.passed_over(exchange_cuts.FULL + 1, exchange_cuts.FULL)

    assert str(exchange_cuts.FULL + 1) in said


@pytest.mark.parametrize("begin", ["BEGIN", ""])
def test_what_is_written_outside_a_transaction_is_noted(tmp_path, begin):
    vault = a_vault(tmp_path / "vault")
    brackets = Bracketed(vault)
    with vault.transaction() as db:
        db.execute("UPDATE mailbox SET seq = seq")
    assert (brackets.noted(), brackets.inside) == ([], 1)

    said = [begin, "UPDATE mailbox SET seq = seq", "SELECT 1", "ROLLBACK" if begin else ""]
    for sql in filter(None, said):
        vault._connection.execute(sql)

    vault.close()
    (noted,) = brackets.noted()
    assert noted.endswith("UPDATE MAILBOX SET")
    assert brackets.noted() == []
