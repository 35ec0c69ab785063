"""A line between a client and a server, on loopback: it counts, and may be slow and cut.

It runs as a process of its own, so that it takes no time from the client it is measured with.
Words on stdin: `tally` tells what went over it since it was last asked; `worsen` makes it as bad
as it was told to be, until then it only counts; the end of stdin ends the line.
"""

import asyncio
import json
import random
import re
import socket
import sys
from collections import Counter

_PIECE = 1 << 16
_SEGMENT = 1400
"""A slow line carries packets of this size, as the internet does."""
_REQUEST = re.compile(rb"(?:GET|PUT|POST|HEAD|DELETE) /\S* HTTP/1\.1\r\n")
_MEMORY = 512
_FURTHEST = 16
"""A connection that is to be cut is cut before two to this power bytes, both ways together."""


class Tally:
    """What went over the line."""

    def __init__(self, mark: str) -> None:
        self._mark = re.compile(mark.encode()) if mark else None
        self.connections = self.cut = 0
        self.bytes = {"up": 0, "down": 0}
        self.requests = 0
        self.items: Counter[bytes] = Counter()

    def told(self) -> dict:
        again = sum(count - 1 for count in self.items.values())
        return {
            "connections": self.connections, "cut": self.cut, "requests": self.requests,
            "items": len(self.items), "again": again, **self.bytes,
        }  # fmt: skip

    def read(self, before: bytes, piece: bytes) -> bytes:
        """Look at what a client says; return what to remember for words that cross a border."""
        text = before + piece
        self.requests += self._new(_REQUEST, text, len(before))
        if self._mark:
            for found in self._mark.finditer(text):
                if found.end() > len(before):
                    self.items[found[1]] += 1
        return text[-_MEMORY:]

    @staticmethod
    def _new(pattern: re.Pattern, text: bytes, known: int) -> int:
        return sum(found.end() > known for found in pattern.finditer(text))


class Way:
    """One direction of the line, shared by every connection: so many bytes a second, so late."""

    def __init__(self, rate: float, late: float) -> None:
        self._rate, self._late, self._free = rate, late, 0.0

    async def carried(self, size: int) -> float:
        """Wait until these bytes are on their way; return when they arrive."""
        now = asyncio.get_running_loop().time()
        if self._rate:
            self._free = max(now, self._free) + size / self._rate
            if self._free > now:
                await asyncio.sleep(self._free - now)
            now = self._free
        return now + self._late


class Line:
    """Listens, and joins every client to the server."""

    def __init__(self, manner: dict) -> None:
        self._manner, self._met, self._is_bad = manner, 0, False
        self._ways = {"up": Way(0, 0), "down": Way(0, 0)}
        self._ends = set()
        self.tally = Tally(manner["mark"])

    def worsen(self) -> None:
        """Be bad from now on; nobody keeps a connection from better days."""
        rate, late = self._manner["bits"] / 8, self._manner["trip"] / 2
        self._ways = {"up": Way(rate, late), "down": Way(rate, late)}
        self._met, self._is_bad = 0, True
        for end in self._ends:
            end.transport.abort()
        self.told()

    def told(self) -> dict:
        """Return what went over the line since this was asked last."""
        found, self.tally = self.tally.told(), Tally(self._manner["mark"])
        return found

    async def listen(self) -> asyncio.Server:
        door = socket.create_server(("127.0.0.1", 0))
        if self._manner["bits"]:
            # Loopback would take megabytes at once, as if they were sent: no far line does.
            door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
            door.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, _SEGMENT)
        return await asyncio.start_server(self._meet, sock=door, limit=_PIECE)

    async def _meet(self, reader, writer) -> None:
        self._met += 1
        self.tally.connections += 1
        room = self._room(self._met)
        # What a handshake costs; the system has already made it with us.
        await asyncio.sleep(self._manner["trip"] if self._is_bad else 0)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._manner["port"])
        ends = {writer, far_writer}
        self._ends |= ends
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry("up", reader, far_writer, room))
                both.create_task(self._carry("down", far_reader, writer, room))
        except* (Cut, OSError) as failed:
            self.tally.cut += failed.subgroup(Cut) is not None
            for end in ends:
                end.transport.abort()
        self._ends -= ends
        for end in ends:
            end.close()

    def _room(self, number: int) -> list[float]:
        """Return how many bytes this connection carries before it is cut: its fate has a seed."""
        chance = random.Random(f"{self._manner['seed']}/{number}")
        is_cut = self._is_bad and chance.random() < self._manner["cuts"]
        # As likely within a short question as within a long one.
        return [2 ** chance.uniform(0, _FURTHEST) if is_cut else float("inf")]

    async def _carry(self, way: str, reader, writer, room: list[float]) -> None:
        under_way: asyncio.Queue = asyncio.Queue()
        async with asyncio.TaskGroup() as both:
            both.create_task(self._deliver(under_way, writer))
            both.create_task(self._take(way, reader, under_way, room))

    async def _take(self, way: str, reader, under_way, room: list[float]) -> None:
        before = b""
        size = _SEGMENT if self._manner["bits"] else _PIECE
        while piece := await reader.read(size):
            piece = piece[: int(min(room[0], size))]
            room[0] -= len(piece)
            self.tally.bytes[way] += len(piece)
            if way == "up":
                before = self.tally.read(before, piece)
            if piece:
                under_way.put_nowait((await self._ways[way].carried(len(piece)), piece))
            if room[0] < 1:
                under_way.put_nowait((0.0, None))
                return
        under_way.put_nowait((0.0, b""))

    async def _deliver(self, under_way, writer) -> None:
        loop = asyncio.get_running_loop()
        while True:
            at, piece = await under_way.get()
            await asyncio.sleep(max(0.0, at - loop.time()))
            if piece is None:
                raise Cut
            if not piece:
                if writer.can_write_eof():
                    writer.write_eof()
                return
            writer.write(piece)
            await writer.drain()


class Cut(Exception):
    """The line has failed here."""


async def main() -> None:
    line = Line(json.loads(sys.argv[1]))
    server = await line.listen()
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    words = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(words), sys.stdin)
    while word := await words.readline():
        if word.strip() == b"worsen":
            line.worsen()
        print(json.dumps(line.told()), flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
