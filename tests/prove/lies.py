"""What has the right form and is not so: each changes an unpacked `Exchanged` in one way."""

from datetime import UTC, datetime

_NIGHT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
_OUTCOMES = ("accepted", "duplicate", "conflict", "rejected", "retry")


def _another_head(chance, tree, _foreign):
    tree["head"] += chance.choice((-1, 1, -100, 1 << 40))


def _a_gap(chance, tree, _foreign):
    events, by = tree["events"], chance.choice((-1, 1, 1000))
    for event in events[chance.randrange(len(events) + 1) :]:
        event["seq"] += by


def _an_event_again(chance, tree, _foreign):
    for event in tree["events"][:1]:
        tree["events"].append({**event, "seq": tree["events"][-1]["seq"] + 1})
        tree["head"] += 1


def _anothers_message(chance, tree, foreign):
    for event in _one(chance, tree, "events"):
        for other in _one(chance, foreign, "events"):
            event.update({name: other[name] for name in ("message", "cert", "kind")})


def _anothers_receipt(chance, tree, foreign):
    for result in _one(chance, tree, "results"):
        for other in _one(chance, foreign, "results"):
            result["receipt"] = other["receipt"]


def _another_outcome(chance, tree, _foreign):
    for result in _one(chance, tree, "results"):
        result["outcome"] = chance.choice(_OUTCOMES)


def _another_hub(chance, tree, _foreign):
    tree[chance.choice(("hub", "world", "epoch"))] = chance.choice(("", "real", "other"))


def _another_hour(chance, tree, _foreign):
    tree["time"] = _NIGHT.replace(year=chance.choice((1970, 2198)))


def _another_past(chance, tree, _foreign):
    for event in _one(chance, tree, "events"):
        event["at"] = _NIGHT.replace(year=chance.choice((1, 1970, 2026, 2199, 9999)))
        event["reason"] = chance.choice(("erased", "silent", "own", "x" * 300))


def _one(chance, tree, what):
    found = tree.get(what) if isinstance(tree, dict) else None
    return [chance.choice(found)] if found else []


LIES = (
    _another_head, _a_gap, _an_event_again, _anothers_message, _anothers_receipt,
    _another_outcome, _another_hub, _another_hour, _another_past,
)  # fmt: skip
"""Called with a source of chance, the answer, and another real one."""
