import random

import pytest

from sync.protocol.tickets import NotATicket, Ticket, grouped, plain_code, read_ticket
from sync.protocol.words import _list, device_words, key_words, root_words, six_words
from sync.server.devices import code_from


@pytest.mark.parametrize("language", ["ko", "en"])
def test_six_words_carry_sixty_six_bits(language):
    words = _list(language)

    assert len(set(words)) == 2048
    assert all(word == word.strip() and 1 < len(word) < 13 for word in words)


def test_the_same_bytes_say_the_same_words_and_others_do_not():
    said = {six_words(bytes([n])).ko for n in range(256)}

    assert six_words(b"a", b"b") == six_words(b"a", b"b")
    assert six_words(b"a", b"b") != six_words(b"ab")
    assert len(said) == 256
    assert device_words(b"k", b"s") != root_words(b"k")
    assert key_words(b"k", 1, b"p") != key_words(b"k", 2, b"p")


def test_the_words_stay_what_they_were():
    """A letter that was printed last year still fits."""
    assert six_words(b"a").ko == ("인재", "이렇게", "추석", "장인", "장학금", "제공")
    assert six_words(b"a").en == ("prevent", "place", "subway", "relax", "rely", "parsnip")


@pytest.fixture
def ticket():
    code = code_from(random.Random(7).randbytes(16))
    return Ticket(code, "https://hub.example.kr:8470", "org-1", "admin", bytes(range(32)))


def test_a_ticket_is_read_as_it_was_printed(ticket):
    assert read_ticket(f"  {ticket.text()}\n") == ticket
    assert plain_code(grouped(ticket.code).lower()) == ticket.code


def test_letters_that_look_alike_are_forgiven():
    assert plain_code("oi" + "l" * 24) == "01" + "1" * 24


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[:-2],
        lambda text: text.replace("bammajung:1", "bammajung:2"),
        lambda text: text + "&c=another",
        lambda text: text.replace("&r=admin", ""),
        lambda text: text + "&x=more",
        lambda text: text.replace("c=", "c=U"),
        lambda text: text + "0" * 2000,
    ],
)
def test_what_is_no_whole_ticket_is_none(spoil, ticket):
    with pytest.raises(NotATicket):
        read_ticket(spoil(ticket.text()))


@pytest.mark.parametrize("typed", ["", "A" * 25, "A" * 27, "U" * 26, "가" * 26])
def test_what_is_no_whole_code_is_none(typed):
    with pytest.raises(NotATicket):
        plain_code(typed)
