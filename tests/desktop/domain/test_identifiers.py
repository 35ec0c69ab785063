"""A passport, alien registration or licence number is read as printed; a resident number never."""

import pytest
from builders import a_draft, a_referral

from desktop.consent_errors import IdentifierUnreadable
from desktop.domain.consents import Item
from desktop.domain.identifiers import Identifier, IdentifierKind, covered, halves, read, spared
from desktop.errors import ResidentNumberFound

P, A, L = IdentifierKind


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("passport m12345678", "M12345678"),
        ("passport Ｍ１２３ 4567", None),
        ("passport M123A4567", "M123A4567"),
        ("passport AB 1234567", "AB1234567"),
        ("alien-registration 050101-5123456", "050101-5123456"),
        ("alien-registration ０５０１０１－８１２３４５６", "050101-8123456"),
        ("alien-registration 0501017123456", "0501017123456"),
        ("driving-licence 11-22-333333-44", "11-22-333333-44"),
        ("driving-licence 서울 22-333333-44", "서울22-333333-44"),
    ],
)
def test_it_is_read_as_it_is_printed(said, number):
    if number is None:
        with pytest.raises(IdentifierUnreadable):
            read(said)
    else:
        assert str(read(said)) == f"{said.split()[0]} {number}"


@pytest.mark.parametrize("kind", IdentifierKind)
@pytest.mark.parametrize("seventh", "1234")
@pytest.mark.parametrize("dash", ["-", "", " - "])
def test_a_resident_number_is_none_of_them_and_no_draft_keeps_it(kind, seventh, dash):
    said = f"{kind} 050101{dash}{seventh}234567"

    for take in (read, lambda words: a_draft(words={Item.IDENTIFIER: words})):
        with pytest.raises(ResidentNumberFound):
            take(said)
    assert "234567" not in spared(said)


@pytest.mark.parametrize("seventh", "5678")
def test_an_alien_registration_number_stands_in_its_own_field_and_nowhere_else(seventh):
    number = f"050101-{seventh}234567"

    assert read(f"{A} {number}") == Identifier(A, number)
    assert a_draft(words={Item.IDENTIFIER: f"{A} {number}"})
    assert spared(f"{A} {number}") == f"{A} {number}"
    for elsewhere in ({Item.NEED: number}, {Item.IDENTIFIER: f"{P} {number}"}):
        with pytest.raises(ResidentNumberFound):
            a_draft(words=elsewhere)


@pytest.mark.parametrize(
    "said", ["", "passport", "passport ABCDEFGH", "passport 12345", "school-card 12345678",
             "alien-registration 051301-5123456", "alien-registration 050101-9123456",
             "driving-licence 11-22-3333-44"],
)  # fmt: skip
def test_what_is_no_such_number_is_not_released_though_a_draft_keeps_it(said):
    with pytest.raises(IdentifierUnreadable):
        read(said)

    assert a_draft(words={Item.IDENTIFIER: said}).words == {Item.IDENTIFIER: said}
    if said:
        with pytest.raises(IdentifierUnreadable):
            a_referral(words={Item.ALIAS: "하늘", Item.IDENTIFIER: said})


def test_only_its_end_is_shown():
    assert covered("M12345678") == "●●●●●●678"
    assert covered("12") == "12"
    assert halves("passport M1") == (P, "M1")
    assert halves("M1") == (None, "M1")
