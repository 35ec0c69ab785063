"""Counting, undoing, resting and forgetting under a clock that jumps: nights stay apart."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from prove.paper import ACTS, TALLIES, Paper

# Minutes and hours forward, now and then back, and past six in the morning.
JUMPS = st.one_of(st.integers(0, 90), st.integers(-400, 0), st.integers(300, 3000))
DONE = st.one_of(
    st.tuples(st.sampled_from(ACTS), JUMPS),
    st.tuples(st.just("count"), JUMPS, st.sampled_from(TALLIES), st.integers(-4, 4).filter(bool)),
)


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink one takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(DONE, min_size=5, max_size=30))
def test_tallies_undo_pauses_and_rollover_agree_with_paper(done):
    with TemporaryDirectory(prefix="n_") as place:
        paper = Paper(Path(place) / "vault")
        for each in done:
            paper.do(*each)
        paper.close()
