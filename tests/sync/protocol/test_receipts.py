from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from sync.protocol.answers import Exchanged, Outcome, Receipt, Result
from sync.protocol.codec import packed, unpacked
from sync.protocol.receipts import among, folded, unfolded
from sync.protocol.trees import Tree

NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
SIG, EARLIER = b"s" * 64, b"e" * 64


def answer(outcomes):
    """Return an answer of these outcomes: what is accepted shares one signature."""
    new = [str(at).encode() for at, said in enumerate(outcomes) if said is Outcome.ACCEPTED]
    receipts = iter(among(new, Tree(new), SIG) if len(new) > 1 else [Receipt(c, SIG) for c in new])
    old = among((b"before", b"beside"), Tree((b"before", b"beside")), EARLIER)[0]
    results = tuple(
        Result(
            str(at),
            said,
            receipt={Outcome.ACCEPTED: lambda: next(receipts), Outcome.DUPLICATE: lambda: old}.get(
                said, lambda: None
            )(),
        )
        for at, said in enumerate(outcomes)
    )
    return Exchanged("hub", "practice", "life-1", 0, NIGHT, results)


@given(st.lists(st.sampled_from(Outcome), max_size=100))
def test_receipts_are_the_same_when_they_have_travelled(outcomes):
    told = answer(outcomes)

    came = unpacked(Exchanged, packed(folded(told)))

    assert unfolded(came) == told


def test_what_all_share_travels_once():
    alone, many = answer([Outcome.ACCEPTED]), answer([Outcome.ACCEPTED] * 100)

    assert folded(alone) == alone
    assert packed(folded(many)).count(SIG) == 1
    assert len(packed(folded(many))) < len(packed(many)) - 100 * (64 + 6 * 32)


def test_a_signature_of_nothing_and_a_receipt_without_a_signature_change_nothing():
    told = folded(answer([Outcome.ACCEPTED] * 2))

    assert unfolded(replace(told, receipts=UNSET)) == replace(told, receipts=UNSET)
    assert unfolded(replace(answer([]), receipts=SIG)).results == ()
