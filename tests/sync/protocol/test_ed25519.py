import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from prove.forged import malleable

from sync.protocol.ed25519 import is_signed, public_of, signed

# RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc).
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
SMALL_ORDER = (b"\1" + bytes(31), bytes(32), b"\xec" + b"\xff" * 30 + b"\x7f")
"""Points for which anybody can say a signature: of order 1, 4 and 2."""
# y = p + 1, which is 1 in another spelling.
ANOTHER_SPELLING = b"\xee" + b"\xff" * 30 + b"\x7f"


@pytest.fixture
def seed():
    return random.Random(8032).randbytes(32)


@pytest.mark.parametrize("vector", VECTORS)
def test_it_signs_and_believes_as_the_standard_says(vector):
    seed, public, content, sig = map(bytes.fromhex, vector)

    assert public_of(seed) == public
    assert signed(seed, content) == sig
    assert is_signed(public, content, sig)


@pytest.mark.parametrize("length", [0, 1, 71, 5000])
def test_another_library_signs_the_same_bytes_and_believes_ours(length):
    chance = random.Random(length)
    seed, content = chance.randbytes(32), chance.randbytes(length)
    theirs = Ed25519PrivateKey.from_private_bytes(seed)

    sig = signed(seed, content)

    assert public_of(seed) == theirs.public_key().public_bytes_raw()
    assert theirs.sign(content) == sig
    theirs.public_key().verify(sig, content)
    assert is_signed(public_of(seed), content, theirs.sign(content))


def test_no_bit_of_key_content_or_signature_can_be_turned(seed):
    content = b"words"
    whole = (public_of(seed), content, signed(seed, content))

    for place, part in enumerate(whole):
        for bit in range(8 * len(part)):
            turned = bytearray(part)
            turned[bit // 8] ^= 1 << bit % 8
            assert not is_signed(*whole[:place], bytes(turned), *whole[place + 1 :])


def test_the_border_between_signature_and_content_cannot_be_moved(seed):
    content = b"words"
    public, sig = public_of(seed), signed(seed, content)

    assert not is_signed(public, sig[60:] + content, sig[:60])
    assert not is_signed(public, content[1:], sig + content[:1])


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_what_has_another_length_is_neither_key_nor_signature(length, seed):
    content = b"words"

    assert not is_signed(bytes(length), content, signed(seed, content))
    assert not is_signed(public_of(seed), content, bytes(length))
    with pytest.raises(ValueError, match="seed"):
        signed(bytes(length), content)


def test_the_same_signature_in_other_bytes_is_refused(seed):
    content = b"words"

    assert not is_signed(public_of(seed), content, malleable(signed(seed, content)))


@pytest.mark.parametrize("public", [*SMALL_ORDER, ANOTHER_SPELLING])
def test_a_key_that_anybody_could_sign_with_has_signed_nothing(public):
    # R = the neutral point, s = 0: it fits every content where the key is neutral.
    for_all = b"\1" + bytes(63)

    assert not is_signed(public, b"words", for_all)


def test_such_a_key_does_fit_every_content():
    # OpenSSL, which only solves the equation, believes it.
    Ed25519PublicKey.from_public_bytes(SMALL_ORDER[0]).verify(b"\1" + bytes(63), b"words")
