"""A supervisor's consent texts come to the other laptops of the organisation in a signed file."""

import json
from datetime import datetime
from pathlib import Path

from desktop.consent_errors import Fault, TextsRefused, TextsUnsigned
from desktop.domain import consent_texts, text_file
from desktop.domain.moment import Moment
from desktop.domain.text_versions import Texts, Version
from desktop.errors import NotEnrolled
from desktop.services import agencies, enrolment, text_versions, whole_files
from desktop.vault import consent_texts as rows
from desktop.vault.database import Db, Vault
from sync.client.directory import verify_cert
from sync.client.enrolment import Enrolment
from sync.client.errors import Untrusted
from sync.client.signing import verify
from sync.protocol.codec import Unreadable, canonical, packed, read_json, unpacked
from sync.protocol.digests import sha256
from sync.protocol.directory import DeviceCert, DeviceClaim
from sync.protocol.disclosures import COSIGNERS
from sync.protocol.texts import TEXTS_CONTEXT, SignedTexts, TextsClaim

_SIGNED = "signed"


def save(vault: Vault, version: Version, file: Path) -> None:
    """Write a version, signed by this device, into a file that `take` accepts.

    Raises `NotAdmin`, `TextsRefused`, and as `whole_files.write`.
    """
    with vault.reading() as db:
        text_versions.refuse_others(db)
        text_versions.refuse_failing(db, version.form)
        own, texts = enrolment.current(db), rows.texts(db, version.form)
    if texts is None:
        raise TextsRefused(faults=(Fault(file.name, "", "", "no-text"),))
    signed = json.loads(canonical(_signed(own, version, texts)))
    whole_files.write(file, text_file.written(texts, **{_SIGNED: signed}).encode())


def take(vault: Vault, file: Path, moment: Moment) -> Version:
    """Put in force here what a supervisor of our organisation signed.

    Raises `TextsRefused` with every fault by its place, `TextsUnsigned`, and `NotEnrolled`; then
    nothing of the file is taken. What holds here already is not put in force again.
    """
    raw = text_versions.read(file)
    texts = text_file.parse(raw, file.name)
    consent_texts.read_all(texts)
    with vault.transaction() as db:
        claim = _proven(db, json.loads(raw).get(_SIGNED), texts, moment)
        newest = rows.newest(db)
        if newest is not None and newest.form == claim.form:
            return newest
        if rows.texts(db, claim.form) is not None:
            raise TextsRefused(faults=(Fault(file.name, "", "", "older"),))
        version = text_versions.held(db, claim.form, claim.who, moment)
        rows.add(db, version, texts)
    return version


def sealed_by(own: Enrolment, context: bytes, claim: bytes) -> SignedTexts:
    """Sign a claim with this device's key, beside its certificate; raises `NotEnrolled`."""
    if own.cert is None:
        raise NotEnrolled
    return SignedTexts(claim, packed(own.cert), own.keys.sign.sign(context + sha256(claim)))


def signer_of(db: Db, signed: SignedTexts, context: bytes, now: datetime) -> DeviceClaim:
    """Return which device signed a claim; raises `Unreadable`, `Untrusted`."""
    signer = verify_cert(unpacked(DeviceCert, signed.cert), agencies.book(db), now)
    verify(signer.sign_pub, context + sha256(signed.claim), signed.sig, "texts")
    return signer


def _signed(own: Enrolment, version: Version, texts: Texts) -> SignedTexts:
    digest = sha256(canonical(texts)).hex()
    claim = canonical(TextsClaim(version.form, digest, version.who, version.at))
    return sealed_by(own, TEXTS_CONTEXT, claim)


def _proven(db: Db, said: object, texts: Texts, moment: Moment) -> TextsClaim:
    """Return what a supervisor of ours signed about exactly these words."""
    own = enrolment.current(db)
    try:
        signed = read_json(SignedTexts, canonical(said))
        signer = signer_of(db, signed, TEXTS_CONTEXT, moment.now)
        claim = read_json(TextsClaim, signed.claim)
    except (Unreadable, Untrusted) as error:
        raise TextsUnsigned from error
    is_ours = signer.org == own.org and signer.role in COSIGNERS
    is_ours &= text_versions.is_own(claim.form)
    forms = {words.get("form") for words in texts.values()}
    if not is_ours or claim.digest != sha256(canonical(texts)).hex() or forms != {claim.form}:
        raise TextsUnsigned
    return claim
