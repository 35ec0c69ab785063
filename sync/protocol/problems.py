"""Every way the hub says no, in one English sentence each. No personal data, no values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One problem (RFC 9457): its HTTP status, and what to know or do."""

    status: int
    detail: str


PROBLEMS = {
    "malformed": Said(400, "The request is not what this endpoint takes."),
    "piece-wrong": Said(400, "A piece is not what the digest says that names it."),
    "unknown-key": Said(401, "No device is known by the key that this request names."),
    "bad-signature": Said(401, "The request's signature does not hold, or was used before."),
    "clock-skew": Said(
        401, "The clock that signed is too far from the hub's, which is in `time`."
    ),
    "device-revoked": Said(403, "This device is not admitted, or was shut out."),
    "role": Said(403, "This device may not decide this for its organisation."),
    "code-refused": Said(403, "This one-time code is unknown, used, or more than two days old."),
    "cert-refused": Said(403, "The certificate is not this organisation's word on this device."),
    "keys-refused": Said(
        403,
        "These keys are not the organisation's own word, or not its newest, or not for all who "
        "are in.",
    ),
    "backups-off": Said(403, "The organisation has no sealed backups kept at this hub."),
    "not-found": Said(404, "There is nothing at this address."),
    "method-not-allowed": Said(405, "This address does not answer to this method."),
    "piece-unknown": Said(
        409, "A piece that the set names is not here; bring it, then ask again."
    ),
    "backups-full": Said(
        409, "There is no room for more sealed backups of this device or office."
    ),
    "too-slow": Said(408, "The request did not arrive in time; please send it again."),
    "too-large": Said(413, "The request is larger than the hub takes; send less at once."),
    "address-too-long": Said(414, "The address is longer than the hub reads."),
    "not-msgpack": Said(415, "The hub reads application/msgpack, without a content coding."),
    "protocol-too-old": Said(426, "This program speaks too old a protocol; please renew it."),
    "too-often": Said(429, "Too many requests; come back after `retry-after` seconds."),
    "header-too-large": Said(431, "The header is larger than the hub reads."),
    "bug": Said(500, "The hub met something unforeseen; nothing of this request was kept."),
    "busy": Said(503, "The hub cannot serve now; come back after `retry-after` seconds."),
}
"""By the last part of `Problem.type`."""

REASONS = {
    "malformed": "The message is not whole, or a field of it holds what it cannot hold.",
    "too-large": "The message is larger than one message may be, or names more than one may.",
    "bad-signature": "The message is not proven to come from the device that it names.",
    "id-reused": "This id belongs to another message or referral.",
    "consent-unknown": "The hub knows of no consent by this id and digest.",
    "consent-withdrawn": "The consent was withdrawn.",
    "consent-expired": "The consent is over.",
    "recipient-not-consented": "The consent does not cover this recipient.",
    "item-not-consented": "The consent does not cover one of these items.",
    "basis-not-allowed": "Nothing may leave on this basis here.",
    "cosign-missing": "A supervisor's valid signature for exactly this is missing.",
    "key-epoch-retired": "The message is sealed to a key that is no longer in use.",
    "org-inactive": "The receiving organisation does not take part at present.",
    "not-your-task": "There is no such referral that this organisation may move so.",
    "directory-refused": "The directory is of the other world, or not newer than the one served.",
}
"""Why one message of a batch, or one file at the office, is refused for good: `Result.reason`."""
