"""Every way of asking without the right to: from what to change, to what the hub must say."""

from functools import partial

from prove.forged import (
    again,
    authorized,
    bare,
    digest_of,
    labelled,
    malleable,
    signature_of,
    turned,
    with_signature,
    without,
)

BAD, UNKNOWN, SKEW = "bad-signature", "unknown-key", "clock-skew"
COMPONENTS = ("@method", "@target-uri", "content-digest")
_WRONG_VALUE = {
    "@method": "PUT",
    "@target-uri": "http://hub.example/v1/hello",
    "content-digest": digest_of(b"something else"),
}
_STRINGS = ("nonce", "tag", "keyid", "alg")
_TIMES = ("created", "expires")


def components():
    """What is covered: each left out, doubled, said wrong, or by another name."""
    for name in COMPONENTS:
        less = tuple(c for c in COMPONENTS if c != name)
        yield f"{name} not covered", _covering(less), {BAD}
        yield f"{name} covered twice", _covering((*COMPONENTS, name)), {BAD}
        yield f"only {name} covered", _covering((name,)), {BAD}
        wrong = {name: _WRONG_VALUE[name]}
        yield f"another {name} signed", _but(said=wrong), {BAD}
        capital = tuple(c.upper() if c == name else c for c in COMPONENTS)
        yield f"{name} in capitals", _covering(capital), {BAD}
        own = tuple(f'{c}";req="' if c == name else c for c in COMPONENTS)
        yield f"{name} of a request", _covering(own), {BAD}
    yield "nothing covered", _covering(()), {BAD}
    others = {"@authority": "hub.example", "@path": "/v1/exchange", "@scheme": "http"}
    for name, value in (others | {"@query": "?", "@request-target": "/", "x-none": ""}).items():
        instead = ("@method", name, "content-digest")
        yield f"{name} for the address", _but(covered=instead, said={name: value}), {BAD}


def parameters():
    """What is said beside: each left out, of another type, doubled, or changed afterwards."""
    for name in (*_TIMES, *_STRINGS):
        if name != "alg":  # the key tells the algorithm, where nothing else does
            yield f"no {name}", _params(name, None), {BAD, UNKNOWN}
        for text in ('""', "1.5", ":AAAA:", "?1", "token", "-1", "99999999999", "(1 2)"):
            kinds = {BAD, UNKNOWN, SKEW} if name in _TIMES else {BAD, UNKNOWN}
            yield f"{name} is {text}", _params(name, text), kinds
        yield f"{name} twice", _but(more=f";{name}=1"), {BAD, UNKNOWN, SKEW}
        yield f"{name} changed later", partial(_changed_later, name), {BAD, UNKNOWN, SKEW}
    yield "another parameter", _but(more=";x=1"), {BAD}
    for tag in ("web-bot-auth", "YSN-V1", "ysn-v1 ", "ysn-v2"):
        yield f"tag {tag!r}", _params("tag", f'"{tag}"'), {BAD}
    for way in ("hmac-sha256", "rsa-pss-sha512", "ecdsa-p256-sha256", "none", "ed448", "ED25519"):
        yield f"algorithm {way}", _params("alg", f'"{way}"'), {BAD}
    for label in ("other", "PYHMS", "*"):
        yield f"signature by the name {label}", partial(labelled, label), {BAD}


def signatures():
    """What stands in place of the signature."""
    for length in (0, 1, 16, 32, 63):
        yield f"{length} bytes of it", _signature(lambda raw, to=length: raw[:to]), {BAD}
    for length in (1, 64, 4000):
        yield f"{length} bytes more", _signature(lambda raw, by=length: raw + bytes(by)), {BAD}
    for bit in (0, 7, 255, 256, 300, 500, 511):
        yield f"bit {bit} turned", _signature(partial(turned, bit)), {BAD}
    yield "zeros", _signature(lambda raw: bytes(64)), {BAD}
    yield "ones", _signature(lambda raw: b"\xff" * 64), {BAD}
    yield "its halves changed over", _signature(lambda raw: raw[32:] + raw[:32]), {BAD}
    yield "s plus the order", _signature(malleable), {BAD}
    yield "a neutral point", _signature(lambda raw: b"\1" + bytes(63)), {BAD}
    for text in ("1", '"text"', "?1", ":!:", "token", ":AA==:;a", "(:AA==:)", ""):
        yield (
            f"signature is {text}",
            _header("Signature", lambda was, to=text: f"pyhms={to}"),
            {BAD},
        )
    for text in ("", "(((", "pyhms", "pyhms=1", 'pyhms=("@method"', "\xe9", "pyhms=()" * 200):
        yield f"input is {text[:20]}", _header("Signature-Input", lambda was, to=text: to), {BAD}
    for name in ("Signature", "Signature-Input", "Content-Digest"):
        yield f"no {name}", partial(without, name), {BAD}
        yield f"{name} twice", _header(name, lambda was: f"{was}, {was}"), {BAD}
    yield "two signatures", _twice, {BAD}
    yield "two inputs", _header("Signature-Input", again), {BAD}
    yield "not signed", lambda stage, ours: bare(ours), {BAD}
    for way in ("Basic YTpi", "Bearer abc", "Signature keyId=1"):
        yield f"only {way}", partial(authorized, way), {BAD}


def keys():
    """Whose key it is."""
    yield "another organisation's key", lambda s, o: o.but(sign=s.other.keys.sign.sign), {BAD}
    yield "a colleague's key", lambda s, o: o.but(sign=s.colleague.keys.sign.sign), {BAD}
    yield "the organisation's own key", lambda s, o: o.but(sign=s.of_the_org()), {BAD}
    yield "another's name", lambda s, o: o.but(device=s.other.keys.device), {BAD}
    yield "a colleague's name", lambda s, o: o.but(device=s.colleague.keys.device), {BAD}
    yield "a stranger", lambda s, o: s.by(s.stranger, o), {UNKNOWN}
    yield "one who waits at the door", lambda s, o: s.by(s.waiting, o), {UNKNOWN}
    yield "one who was shut out", lambda s, o: s.by(s.shut_out, o), {"device-revoked"}
    for name in ("nobody", "", "0" * 36, "' OR 1=1 --", "x" * 3000, "%00", "../hub"):
        yield f"a key named {name[:12]!r}", lambda s, o, n=name: o.but(device=n), {UNKNOWN, BAD}
    yield "named in capitals", lambda s, o: o.but(device=o.device.upper()), {UNKNOWN}
    yield "named by its organisation", lambda s, o: o.but(device=s.own.org), {UNKNOWN}


def times():
    """When it was signed."""
    for seconds in (-301, -3600, -86_400, -31_536_000, 61, 3600, 86_400, 31_536_000):
        yield f"{seconds} s away", lambda s, o, by=seconds: o.at(seconds=by), {SKEW}
    for text in ("0", "1", "-1", "17179869183", "17179869184", "999999999999999"):
        yield f"created in {text}", _params("created", text), {SKEW, BAD}
    for text in ("0", "1", "-1"):
        yield f"good until {text}", _params("expires", text), {SKEW, BAD}
    yield "over a second ago", _expired, {SKEW}


def uses():
    """Where else, and how often, it is used."""
    yield "used before", _replayed, {BAD}
    yield "used before, two minutes ago", partial(_replayed, later=120), {BAD}
    yield "used before, six minutes ago", partial(_replayed, later=360), {SKEW}
    yield "its nonce again", _same_nonce, {BAD}
    for more in ("?a=1", "?exchange"):
        yield f"{more} added", _moved(lambda asked, by=more: asked.url + by, "url"), {BAD}
    elsewhere = ("http://other.example", "http://hub.example:81", "http://hub.example.org")
    for host in elsewhere:
        yield f"to {host}", _moved(partial(_at_host, host), "url"), {BAD}
    yield "another body", _moved(lambda asked: asked.body + b"\0", "body"), {BAD}
    yield "another body of its length", _moved(_flipped, "body"), {BAD}
    yield "for another address", _for_another, {BAD}
    for way in ("md5", "sha-1", "crc32c", "unixsum"):
        yield f"a digest by {way}", partial(_digest, f"{way}=:AAAA:"), {BAD}
    for text in ("", "sha-256", "sha-256=1", "sha-256=::", "sha-256=:AAAA:", "\xe9"):
        yield f"the digest {text}", partial(_digest, text), {BAD}


GROUPS = (components, parameters, signatures, keys, times, uses)


def _but(**changes):
    return lambda stage, ours: ours.but(**changes)


def _covering(covered):
    return _but(covered=covered)


def _params(name, text):
    return _but(params={name: text})


def _signature(change):
    def changed(stage, ours):
        asked = ours.question()
        return with_signature(asked, change(signature_of(asked)))

    return changed


def _header(name, change):
    def changed(stage, ours):
        asked = ours.question()
        asked.headers[name] = change(asked.headers[name])
        return asked

    return changed


def _changed_later(name, stage, ours):
    said = {"tag": '"ysn-v2"', "alg": '"none"', "nonce": '"00"', "keyid": '"nobody"'}
    other = ours.but(params={name: said.get(name, "1")}).question()
    asked = ours.question()
    asked.headers["Signature-Input"] = other.headers["Signature-Input"]
    return asked


def _twice(stage, ours):
    asked, other = ours.question(), ours.but(nonce=stage.nonce(), label="again").question()
    for name in ("Signature", "Signature-Input"):
        asked.headers[name] = f"{asked.headers[name]}, {other.headers[name]}"
    return asked


def _expired(stage, ours):
    return ours.but(params={"expires": str(int(ours.now.timestamp()) - 1)})


def _replayed(stage, ours, later=0):
    asked = ours.question()
    stage.ask_rightly(asked)
    stage.house.clock.turn(seconds=later)
    return asked


def _same_nonce(stage, ours):
    stage.ask_rightly(ours.question())
    return ours.at(seconds=1)


def _moved(change, field):
    def moved(stage, ours):
        asked = ours.question()
        setattr(asked, field, change(asked))
        return asked

    return moved


def _at_host(host, asked):
    return asked.url.replace("http://hub.example", host)


def _flipped(asked):
    return asked.body[:-1] + bytes([asked.body[-1] ^ 1]) if asked.body else b"\xc0"


def _for_another(stage, ours):
    # The body goes along: what was signed for one address does not count at another.
    asked, other = ours.question(), stage.another(ours.place)
    asked.url, asked.method = other.url, other.method
    return asked


def _digest(text, stage, ours):
    said = {"content-digest": text}
    return ours.but(said=said)
