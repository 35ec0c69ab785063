"""An organisation's consent texts in a file from one of its laptops to another, signed."""

from sync.protocol.messages import Time, Wire

TEXTS_CONTEXT = b"ysn/v1/texts\0"


class TextsClaim(Wire, frozen=True):
    """What is signed: these words, by this id, put in force by somebody then."""

    form: str
    digest: str
    """SHA-256 (hex) of the canonical texts, by language."""
    who: str
    at: Time


class SignedTexts(Wire, frozen=True):
    """Stands beside the texts in the file."""

    claim: bytes
    """Canonical `TextsClaim`."""
    cert: bytes
    """The packed certificate of the device that signs: a supervisor's, or an admin's."""
    sig: bytes
    """Ed25519 by the device over `TEXTS_CONTEXT + SHA-256(claim)`."""
