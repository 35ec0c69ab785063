from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.client import addressees, owncopy
from sync.client.addressees import LONGEST, MOST_LETTERS, Addressees, Correspondence
from sync.client.errors import KeyUnusable, NotForUs, Tampered
from sync.client.hybrid import PUBLIC_BYTES, SEALED_MORE, seal_to
from sync.client.owncopy import OwnKey
from sync.client.sealing import header_of, open_sealed, seal
from sync.protocol.codec import canonical, packed, unpacked
from sync.protocol.digests import sha256
from sync.protocol.messages import Header, Kind, Message, SealedKey

NIGHT = datetime(2026, 11, 28, 22, tzinfo=UTC)
WORDS = "오늘 밤 잘 곳이 필요해요".encode()
FRONT = 32 + SEALED_MORE
"""Where HPKE's part ends and the nonce begins."""


@pytest.fixture
def between(shelter):
    return Correspondence("centre", "shelter", shelter.key)


@pytest.fixture
def written(centre, between, chance):
    """Return what writes letters to the shelter, all in one sitting."""
    known = Addressees()

    def write(number=0, now=NIGHT, between=between):
        case = f"4b1c0a52-0000-4000-8000-{number:012}"
        header = Header(
            1, case, Kind.REFERRAL_REQUEST, case, "centre", "device-of-centre", now, "shelter"
        )
        own = OwnKey(centre.key.epoch, centre.pair.secret)
        recipients = (known.of(between, now, chance), ("centre", own))
        return seal(header, WORDS, centre.device.sign, recipients, chance)

    write.known = known
    return write


@pytest.fixture
def opened(centre, shelter):
    def read(message, org="shelter", keys=None):
        keys = shelter.private_keys if keys is None else keys
        return open_sealed(message, org, keys, centre.device.sign.public)

    return read


def enc(message):
    return message.keys[0].enc


def with_enc(message, changed, **more):
    key = msgspec.structs.replace(message.keys[0], enc=changed, **more)
    return msgspec.structs.replace(message, keys=(key, *message.keys[1:]))


def test_the_reader_opens_every_letter_of_a_sitting_and_so_do_we(written, opened, centre):
    letters = [unpacked(Message, packed(written(number))) for number in range(5)]

    assert [opened(letter) for letter in letters] == [WORDS] * 5
    for letter in letters:
        assert opened(letter, "centre", centre.private_keys) == WORDS
    assert len({enc(letter)[:FRONT] for letter in letters}) == 1


def test_the_three_forms_of_a_copy_have_three_lengths():
    assert len({addressees.BYTES, owncopy.BYTES, FRONT}) == 3


def test_letters_of_a_sitting_share_no_nonce_and_no_content_key(written, shelter):
    messages = [written(number) for number in range(20)]

    assert len({message.ct[:12] for message in messages}) == 20
    assert len({enc(message)[FRONT:][:12] for message in messages}) == 20
    assert len({content_key(message, shelter) for message in messages}) == 20


def content_key(message, org):
    reader = addressees.Reader("centre", "shelter", 1, org.pair.secret)
    return reader.unwrap(enc(message), b"ysn/v1/cek\0" + sha256(message.header))


def test_a_copy_does_not_fit_another_letter_of_the_same_sitting(written, opened):
    one, two = written(1), written(2)

    with pytest.raises(Tampered):
        opened(with_enc(one, enc(two)))
    with pytest.raises(Tampered):
        opened(with_enc(one, enc(one)[:FRONT] + enc(two)[FRONT:]))


def test_a_letter_under_another_header_of_the_sitting_is_refused(written, opened):
    one, two = written(1), written(2)

    with pytest.raises(Tampered):
        opened(msgspec.structs.replace(one, header=two.header))


@pytest.mark.parametrize("place", [0, 1087, 1088, 1119, 1120, FRONT - 1, FRONT, FRONT + 12, -1])
def test_no_part_of_a_copy_can_be_turned(place, written, opened):
    message = written()
    opened(message)
    turned = bytearray(enc(message))
    turned[place] ^= 1

    with pytest.raises(Tampered):
        opened(with_enc(message, bytes(turned)))


@pytest.mark.parametrize("length", [0, 12, 60, FRONT, addressees.BYTES - 1, addressees.BYTES + 1])
def test_a_copy_of_another_length_is_refused(length, written, opened):
    message = written()

    with pytest.raises(Tampered):
        opened(with_enc(message, enc(message).ljust(length, b"\0")[:length]))


def test_nobody_else_opens_it(written, opened, centre, shelter):
    message = written()

    with pytest.raises(Tampered):
        opened(message, keys=centre.private_keys)
    with pytest.raises(NotForUs):
        opened(message, org="school")
    with pytest.raises(NotForUs):
        opened(message, keys={2: shelter.pair.secret})


def test_what_was_sealed_for_one_epoch_or_organisation_is_not_taken_for_another(
    written, opened, shelter
):
    message = written()

    with pytest.raises(Tampered):
        opened(with_enc(message, enc(message), epoch=2), keys={2: shelter.pair.secret})
    with pytest.raises(Tampered):
        opened(with_enc(message, enc(message), org="school"), org="school")


def test_a_reader_knows_who_wrote_in_the_sitting(written, opened, between, chance):
    # Even with the same listed key: another writer's sitting opens nothing of ours.
    known, theirs = Addressees(), Correspondence("police", "shelter", between.key)
    info = b"ysn/v1/cek\0" + sha256(written().header)
    forged = known.of(theirs, NIGHT, chance).wrap(bytes(range(32)), info, chance)

    with pytest.raises(Tampered):
        opened(with_enc(written(), forged))


def test_no_letter_is_written_in_another_organisations_sitting(centre, between, chance):
    police = Addressees().of(Correspondence("police", "shelter", between.key), NIGHT, chance)
    header = Header(1, "a", Kind.TASK_NOTE, "b", "centre", "device", NIGHT, "shelter")

    with pytest.raises(KeyUnusable):
        seal(header, WORDS, centre.device.sign, (police,), chance)


def test_readers_never_share_a_sitting(centre, shelter, chance):
    known = Addressees()
    renewed = msgspec.structs.replace(shelter.key, epoch=2)
    every = [
        Correspondence("centre", "shelter", shelter.key),
        Correspondence("centre", "school", shelter.key),
        Correspondence("school", "shelter", shelter.key),
        Correspondence("centre", "shelter", renewed),
        Correspondence("centre", "shelter", centre.key),
    ]

    fronts = [known.of(each, NIGHT, chance).wrap(bytes(32), b"", chance) for each in every * 2]

    assert len({front[:FRONT] for front in fronts}) == len(every)


def test_a_sitting_ends_after_so_many_letters(written, opened):
    letters = [written(number) for number in range(MOST_LETTERS + 1)]
    first, last = enc(letters[0])[:FRONT], enc(letters[-1])[:FRONT]

    assert {enc(letter)[:FRONT] for letter in letters[:-1]} == {first}
    assert last != first
    assert opened(letters[-1]) == WORDS


@pytest.mark.parametrize("later", [LONGEST, -timedelta(seconds=1), timedelta(days=3)])
def test_a_sitting_ends_with_its_minutes_or_when_the_clock_was_put_back(later, written):
    first = enc(written(1))[:FRONT]

    assert enc(written(2, NIGHT + LONGEST - timedelta(seconds=1)))[:FRONT] == first
    assert enc(written(3, NIGHT + later))[:FRONT] != first


def test_a_lock_ends_every_sitting(written):
    first = enc(written(1))[:FRONT]

    written.known.forget()

    assert enc(written(2))[:FRONT] != first


def test_many_threads_write_in_whole_sittings(between):
    known = Addressees()

    def front(_):
        return known.of(between, NIGHT, token_bytes).wrap(bytes(32), b"", token_bytes)[:FRONT]

    with ThreadPoolExecutor(8) as threads:
        fronts = list(threads.map(front, range(3 * MOST_LETTERS)))

    assert sorted(fronts.count(each) for each in set(fronts)) == [MOST_LETTERS] * 3


def test_what_was_sealed_as_before_still_opens(written, opened, shelter):
    # A letter from before: HPKE seals the content key itself, with the header's digest as info.
    message, key, nonce = written(), bytes(range(32)), bytes(range(12))
    plain = ChaCha20Poly1305(content_key(message, shelter)).decrypt(
        message.ct[:12], message.ct[12:], message.header
    )
    ct = nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, message.header)
    before = seal_to(shelter.key.public, key, b"ysn/v1/cek\0" + sha256(message.header))

    old = Message(message.header, keys=(SealedKey("shelter", 1, before),), ct=ct)

    assert opened(old) == WORDS


def test_an_hpke_of_the_one_form_is_nothing_in_the_other(written, opened, shelter, chance):
    message = written()
    info = b"ysn/v1/cek\0" + sha256(message.header)
    known = seal_to(shelter.key.public, bytes(range(32)), info)
    rest = ChaCha20Poly1305(bytes(range(32))).encrypt(bytes(range(12)), bytes(range(32)), info)

    with pytest.raises(Tampered):
        opened(with_enc(message, known + bytes(range(12)) + rest))
    with pytest.raises(Tampered):
        opened(with_enc(message, enc(message)[:FRONT]))


@pytest.mark.parametrize("public", [b"", bytes(PUBLIC_BYTES), b"\1" * (PUBLIC_BYTES - 1)])
def test_nobody_is_addressed_by_what_is_not_a_key(public, shelter, chance):
    key = msgspec.structs.replace(shelter.key, public=public)

    with pytest.raises(KeyUnusable):
        Addressees().of(Correspondence("centre", "shelter", key), NIGHT, chance)


def test_nobody_is_addressed_by_another_suite_nor_without_chance(shelter, chance):
    other = msgspec.structs.replace(shelter.key, suite=7)

    with pytest.raises(KeyUnusable):
        Addressees().of(Correspondence("centre", "shelter", other), NIGHT, chance)
    with pytest.raises(KeyUnusable):
        Addressees().of(Correspondence("centre", "shelter", shelter.key), NIGHT, bytes)


def test_the_keys_of_a_sitting_are_not_shown_by_accident(between, chance):
    found = Addressees().of(between, NIGHT, chance)

    assert "_front" not in repr(found)
    assert "Poly1305" not in repr(found)


def test_the_header_says_the_readers_epoch(written):
    header = header_of(written())

    assert (header.key_epoch, header.suite) == (1, 1)
    assert canonical(header) == written().header
