"""A laptop with kinto-http: does what a line on stdin asks, answers with a line on stdout.

Runs in the peers' own environment. Kinto's client keeps nothing on disk: writing costs nothing.
"""

import json
import logging
import sys
import time
from pathlib import Path

import requests
from kinto_http import Client

_PAUSE = 1.0
_AT_ONCE = 25
"""What Kinto takes in one batch, as it ships."""


class Laptop:
    """Pulls what changed and pushes what was written, as Kinto's own clients do."""

    def __init__(self, address, items):
        self._items = items
        self._client = Client(
            server_url=f"{address}/v1",
            auth=("laptop", "only-for-figures"),
            bucket="figures",
            collection="items",
            timeout=120,
        )
        self._written = []
        self._seen = None

    def begin(self, asked):
        """Make the place for the items."""
        self._client.create_bucket(if_not_exists=True)
        self._client.create_collection(if_not_exists=True)
        with self._client.batch():
            pass  # it asks once how much fits a batch
        self._pull()

    def write(self, asked):
        first = asked["first"]
        self._written += self._items[first : first + asked["count"]]

    def up(self, asked):
        count = len(self._written)
        while self._written:
            self._push()
        return {"count": count}

    def down(self, asked):
        return {"count": len(self._client.get_records())}

    def round(self, asked):
        self._pull()
        while self._written:
            self._push()

    def drain(self, asked):
        failures, until = 0, time.monotonic() + asked["longest"]
        while self._written and time.monotonic() < until:
            try:
                self._push()
            except (requests.RequestException, ValueError):
                failures += 1
                time.sleep(_PAUSE)
        return {"failures": failures}

    def count(self, asked):
        return {"count": len(self._client.get_records())}

    def _push(self):
        part = self._written[:_AT_ONCE]
        with self._client.batch() as batch:
            for item in part:
                # An id of our own, so that what is pushed twice is there once.
                batch.update_record(id=item["id"], data=item, safe=False)
        self._written = self._written[len(part) :]

    def _pull(self):
        known = {"if_none_match": self._seen, "_since": self._seen} if self._seen else {}
        self._client.get_records(**known)
        self._seen = self._client.get_records_timestamp() or self._seen


def main():
    logging.disable()  # a line an item otherwise
    address, file = sys.argv[1:]
    laptop = Laptop(address, json.loads(Path(file).read_text("utf-8")))
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.perf_counter()
        found = getattr(laptop, asked["verb"])(asked) or {}
        print(json.dumps({"seconds": time.perf_counter() - began, **found}), flush=True)


main()
