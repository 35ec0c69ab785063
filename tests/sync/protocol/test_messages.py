from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from sync.protocol.messages import is_uuid

_SPELT = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"


def is_spelt_as_python_does(text):
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


@given(
    st.one_of(st.uuids().map(str), st.text(alphabet="0123456789abcdefABCDEF-{}_\n", max_size=40))
)
@example(_SPELT)
@example(_SPELT.upper())
@example(f"{_SPELT}\n")
@example(f"{{{_SPELT}}}")
@example(f"urn:uuid:{_SPELT}")
@example(_SPELT.replace("-", ""))
@example(_SPELT.replace("6", "\u0666"))
@example(_SPELT.replace("b8", "b_"))
def test_a_uuid_has_one_spelling(text):
    assert is_uuid(text) == is_spelt_as_python_does(text)
