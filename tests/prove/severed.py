"""A line that carries exactly so many bytes of one direction, and is then cut."""

import select
import socket
import threading

ASKED, TOLD = "asked", "told"
_PIECE = 1 << 16
_PATIENCE = 20


class Severed:
    """Stands between a client and the hub on loopback; whole, unless `cut` says where it ends."""

    def __init__(self, port: int) -> None:
        """Carry to the hub at that port."""
        self._there = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.cut: tuple[str, int] | None = None
        """Of which direction, and after how many bytes."""
        self.was_cut = False
        self.carried = {ASKED: 0, TOLD: 0}
        """By the last connection."""
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(_PATIENCE)

    def _carry(self):
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            self.carried = {ASKED: 0, TOLD: 0}
            with near, socket.create_connection(("127.0.0.1", self._there)) as far:
                for end in (near, far):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                try:
                    while self._went_on(near, far):
                        pass
                except OSError:  # one of them has gone
                    continue

    def _went_on(self, near, far):
        ready = select.select([near, far], [], [], _PATIENCE)[0]
        for source in ready:
            piece = source.recv(_PIECE)
            way, other = (ASKED, far) if source is near else (TOLD, near)
            if not piece or self._is_cut_in(way, piece, other):
                return False
        return bool(ready)

    def _is_cut_in(self, way, piece, other):
        left = len(piece)
        is_here = self.cut is not None and self.cut[0] == way
        if is_here:
            left = min(left, self.cut[1] - self.carried[way])
        self.carried[way] += left
        # Said first: the client may look as soon as it has the last byte.
        self.was_cut = is_here and self.carried[way] == self.cut[1]
        other.sendall(piece[:left])
        return self.was_cut
