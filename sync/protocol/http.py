"""How a request shows who sent it: RFC 9421, the same constants on both sides."""

SIGNATURE_TAG = "ysn-v1"
"""Signatures made for anything else do not count here."""
SIGNED_COMPONENTS = ("@method", "@target-uri", "content-digest")
"""All three, also for GET, where the digest is that of the empty body."""
SIGNATURE_SECONDS = 300
"""`expires` is `created` plus this; `keyid` is the device id; `nonce` is 16 bytes in hex,
in small letters."""

# Problem types: the last part of `Problem.type` after this.
PROBLEM_PREFIX = "urn:ysn:problem:"
CLOCK_SKEW = "clock-skew"

PROTOCOL_HEADER = "ysn-protocol"
"""Names the protocol that the asking program speaks; a request without it speaks the first."""
OLDEST_PROTOCOL = 1
"""The hub answers 426 to a program that speaks an older one."""
