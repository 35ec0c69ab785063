"""Six words to compare by eye or over the telephone: the same on both screens, or refuse.

Six of 2,048 words are 66 bits: nobody can make another key that says the same. The lists are
BIP-39's with the words taken out that would be hard to say to a young person's helper at night.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from sync.protocol.digests import sha256

COUNT = 6
LANGUAGES = ("ko", "en")
_BITS = 11
_WORDS_CONTEXT = b"ysn/v1/words\0"


@dataclass(frozen=True, slots=True)
class SixWords:
    """The same six numbers as words of each language."""

    ko: tuple[str, ...]
    en: tuple[str, ...]

    def __str__(self) -> str:
        """Return both lines, for a terminal."""
        return f"{' '.join(self.ko)} / {' '.join(self.en)}"


def six_words(*parts: bytes) -> SixWords:
    """Return the words of what these bytes are, in this order."""
    lengths = b"".join(len(part).to_bytes(4, "big") for part in parts)
    number = int.from_bytes(sha256(_WORDS_CONTEXT + lengths + b"".join(parts)), "big") >> (
        256 - COUNT * _BITS
    )
    places = [(number >> (_BITS * n)) & ((1 << _BITS) - 1) for n in reversed(range(COUNT))]
    ko, en = (tuple(_list(language)[place] for place in places) for language in LANGUAGES)
    return SixWords(ko, en)


def device_words(sign_pub: bytes, seal_pub: bytes) -> SixWords:
    """Return what a new device and the list of its admin both show."""
    return six_words(b"device", sign_pub, seal_pub)


def asker_words(device: str) -> SixWords:
    """Return what whoever asks for a name and the supervisor who gives it both show."""
    return six_words(b"asker", device.encode())


def root_words(fingerprint: bytes) -> SixWords:
    """Return what a letter with a code and a new laptop both show of the network's root."""
    return six_words(b"root", fingerprint)


def key_words(sign_pub: bytes, epoch: int, public: bytes) -> SixWords:
    """Return what an organisation and who writes to it both show of a sealing key."""
    return six_words(b"key", sign_pub, str(epoch).encode(), public)


@cache
def _list(language: str) -> tuple[str, ...]:
    text = (resources.files("sync.protocol") / f"words_{language}.txt").read_text("utf-8")
    return tuple(text.split())
