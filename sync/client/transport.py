"""The hub, over HTTP. Whatever goes wrong out there becomes one of `sync.client.errors`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from sync.client.errors import (
    AnotherHub,
    ClockSkew,
    InsecureAddress,
    Lying,
    TooSlow,
    Unreachable,
)
from sync.client.httpsig import sign_request
from sync.client.pace import Pace, patience
from sync.client.reading import Answer, problem_of, read
from sync.client.signing import DeviceKeys
from sync.protocol.answers import Exchange, Exchanged
from sync.protocol.carrying import CarriedAll, Carry
from sync.protocol.codec import PROBLEM_TYPE, WIRE_TYPE, packed
from sync.protocol.directory import (
    Approval,
    Enrol,
    Enrolled,
    Founding,
    Hello,
    OrgDevices,
    PendingDevices,
    Revocation,
    Rotation,
)
from sync.protocol.http import PROTOCOL_HEADER
from sync.protocol.messages import PROTOCOL

T = TypeVar("T")

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0
ANSWER_BYTES = 32 << 20
"""A full page of the largest messages; what is longer is not an answer."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class _Question:
    path: str
    body: bytes | None = None
    wait: int = 0
    """Seconds the hub may think before it begins to answer."""
    most: int = ANSWER_BYTES
    """What is longer is not an answer."""


class HttpHub:
    """Speaks to one hub over one connection that stays open. One thread at a time."""

    def __init__(
        self,
        url: str,
        keys: DeviceKeys | None,
        world: str,
        hub_id: str | None,
        offset: timedelta = timedelta(0),
    ) -> None:
        """Speak to the hub at `url`; `hub_id` is None until this device is enrolled."""
        self._url = url.rstrip("/")
        self._keys = keys
        self._world = world
        self._hub_id = hub_id
        self._session = _session(self._url)
        self._count = 0
        self.answer_seconds = ANSWER_SECONDS
        self.pace = Pace()
        """How much the line has carried so far."""
        self.offset = offset
        """How far the hub's clock is ahead of ours, as last learnt."""

    def hello(self) -> Hello:
        """Ask who is there."""
        return self._known(self._ask(_Question("/v1/hello"), Hello))

    def enrol(self, asked: Enrol) -> Enrolled:
        """Show a one-time code. Asking again tells how things stand."""
        return self._known(self._ask(_Question("/v1/enrol", packed(asked)), Enrolled))

    def published(self, path: str, most: int) -> bytes | None:
        """Fetch a file of the directory, unproven; None when there is none."""
        answer = self._send(_Question(f"/v1/tuf/{path}", most=min(most, ANSWER_BYTES)), None)
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise problem_of(answer)
        return answer.body

    def exchange(self, asked: Exchange, now: datetime) -> Exchanged:
        """Make one round's one request, and learn from it how much this line carries."""
        question = _Question("/v1/exchange", packed(asked), asked.wait)
        began = monotonic()
        try:
            answer = self._known(self._ask(question, Exchanged, now))
        except TooSlow:
            self.pace = self.pace.after_silence()
            raise
        except Unreachable:
            self.pace = self.pace.after_cut()
            raise
        if not asked.wait:
            self.pace = self.pace.after(monotonic() - began)
        return answer

    def carry(self, asked: Carry, now: datetime) -> CarriedAll:
        """Hand over the rounds of colleagues' laptops that have no line."""
        return self._known(self._ask(_Question("/v1/carry", packed(asked)), CarriedAll, now))

    def pending(self, now: datetime) -> PendingDevices:
        """Ask which devices wait for our organisation; for its admins."""
        return self.ask("/v1/devices/pending", PendingDevices, now)

    def approve(self, approval: Approval, now: datetime) -> PendingDevices:
        """Let a device in, and learn who still waits; for admins."""
        return self.ask("/v1/devices/approve", PendingDevices, now, approval)

    def standing(self, now: datetime) -> Enrolled:
        """Ask how this device stands, and for the organisation's keys that it may open."""
        return self._known(self._ask(_Question("/v1/devices/me"), Enrolled, now))

    def devices(self, now: datetime) -> OrgDevices:
        """Ask for every device of our organisation; for its admins."""
        return self.ask("/v1/devices", OrgDevices, now)

    def revoke(self, device: str, now: datetime) -> OrgDevices:
        """Shut a device out; for admins."""
        return self.ask("/v1/devices/revoke", OrgDevices, now, Revocation(device))

    def found(self, asked: Founding, now: datetime) -> Enrolled:
        """Hand over the first keys of our organisation; for its first admin."""
        return self._known(self._ask(_Question("/v1/orgs/found", packed(asked)), Enrolled, now))

    def rotate(self, asked: Rotation, now: datetime) -> OrgDevices:
        """Hand over a new sealing key of our organisation; for admins."""
        return self.ask("/v1/orgs/rotate", OrgDevices, now, asked)

    def ask(self, path: str, kind: type[T], now: datetime, asked: object = None) -> T:
        """Ask at any address; the answer says neither hub nor world."""
        body = None if asked is None else packed(asked)
        return self._ask(_Question(path, body), kind, now)

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def _ask(self, question: _Question, kind: type[T], now: datetime | None = None) -> T:
        try:
            return read(self._send(question, now), kind)
        except ClockSkew as skew:
            if now is None:
                raise
            self.offset = skew.hub_time - now
            return read(self._send(question, now), kind)

    def _send(self, question: _Question, now: datetime | None) -> Answer:
        prepared = self._prepared(question)
        if now is not None and self._keys is not None:
            self._count += 1
            at = now + self.offset
            sign_request(prepared, question.body or b"", self._keys, at, self._count)
        seconds = self.answer_seconds + question.wait
        try:
            return _receive(self._session, prepared, seconds, question.most)
        except (requests.Timeout, ReadTimeoutError) as error:
            raise TooSlow from error
        except (requests.ConnectionError, HTTPError, OSError) as error:
            raise Unreachable from error
        except (requests.RequestException, ValueError) as error:
            raise Lying("not HTTP") from error

    def _prepared(self, question: _Question) -> requests.PreparedRequest:
        headers = {"Accept": f"{WIRE_TYPE}, {PROBLEM_TYPE}", "Accept-Encoding": "identity"}
        headers[PROTOCOL_HEADER] = str(PROTOCOL)
        if question.body is not None:
            headers["Content-Type"] = WIRE_TYPE
        method = "GET" if question.body is None else "POST"
        asked = requests.Request(method, self._url + question.path, headers=headers)
        # Bytes would be one write with one time limit for all of it, however slow the line is.
        asked.data = None if question.body is None else BytesIO(question.body)
        return self._session.prepare_request(asked)

    def _known(self, answer: T) -> T:
        hub, world = getattr(answer, "hub", ""), getattr(answer, "world", "")
        if world != self._world or (self._hub_id is not None and hub != self._hub_id):
            raise AnotherHub(hub, world)
        return answer


def _session(url: str) -> requests.Session:
    parts = urlsplit(url)
    is_local = parts.hostname in _LOOPBACK
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        raise InsecureAddress
    session = requests.Session()
    # A proxy stands between an office and the world, never between us and this computer.
    session.trust_env = not is_local
    session.auth = _no_password
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without this, requests would look for a password for the hub in ~/.netrc.
    return request


def _receive(
    session: requests.Session, prepared: requests.PreparedRequest, seconds: float, most: int
) -> Answer:
    # A time limit on each read alone would let a hub that drips bytes hold us for ever.
    deadline = monotonic() + seconds
    sending = patience(int(prepared.headers.get("Content-Length") or 0))
    settings = session.merge_environment_settings(prepared.url or "", {}, True, None, None)
    with session.send(
        prepared, timeout=(CONNECT_SECONDS, seconds + sending), allow_redirects=False, **settings
    ) as answer:
        if answer.status_code == 200 and not _says_its_end(answer):
            raise Lying("no length")
        body = bytearray()
        while piece := answer.raw.read1(_PIECE):
            body += piece
            if len(body) > most:
                raise Lying("too long")
            if monotonic() > deadline + sending + patience(len(body)):
                raise TooSlow
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, headers, bytes(body))


def _says_its_end(answer: requests.Response) -> bool:
    # Else a line that was cut in the middle of the head looks like the end of an empty answer.
    return answer.raw.length_remaining is not None or bool(answer.raw.chunked)
