"""Moves that nobody may make, and things that no hub may take, put among what is honest."""

import random

from msgspec import structs
from prove import moves

from sync.client.sealing import header_of, sign_clear
from sync.protocol.bodies import ConsentWithdrawn, TaskMoved
from sync.protocol.codec import canonical
from sync.protocol.messages import PROTOCOL, Header, Kind, Message

POISON = ("undecodable", "unsigned", "refused")


def moves_a_task(village, by, to, luck):
    """Sign a step of a task: its agency, another one, or a laptop of the centre."""
    tasks = village.heard.books.tasks
    if not tasks:
        return
    moves_this_task(village, by, to, random.Random(luck).choice(list(tasks)))


def moves_this_task(village, by, to, ref):
    """Sign a step of this one."""
    task = village.heard.books.tasks[ref]
    party = (*village.laptops, *village.agencies)[by]
    is_agency = by >= len(village.laptops)
    own = party._own if is_agency else party.own
    header = Header(
        PROTOCOL, village.fresh(), Kind.TASK_STATUS, ref, own.org, own.device, village.clock(),
        task.from_org if own.org == task.to_org else task.to_org,
    )  # fmt: skip
    message = sign_clear(header, canonical(TaskMoved(to)), own.keys.sign)
    if is_agency and own.org == task.to_org and party.tray.packet(ref):
        # By its own tray, which offers it again to a hub that was put back.
        village.steered.add(ref)
        with party.tray.transaction():
            party.tray.write(ref, message)
    elif not moves.is_listed(task.status, to, task.party(own.org)):
        village.ask(party.line._caller, message)


def brings_another_packet(village, luck):
    """A second packet comes for a referral that the hub has: another message, the same ref."""
    known = [ref for ref in village.heard.requests if ref in village.heard.books.tasks]
    if not known:
        return
    message = village.heard.requests[random.Random(luck).choice(known)]
    header = structs.replace(header_of(message), id=village.fresh())
    caller = next(a.caller for a in village.laptops if a.own.device == header.from_device)
    village.ask(caller, structs.replace(message, header=canonical(header)))


def poisons(village, who, agency, kind, luck):
    """Put one thing that no hub may take among what a laptop brings in its next round (I10)."""
    laptop, chance = village.laptops[who], random.Random(luck)
    if not laptop.consents or chance.random() < 0.5:
        laptop.refer(agency, chance.getrandbits(32))
    else:
        laptop.refer_again(chance.getrandbits(32))
    poison = _poison(village, laptop, kind)
    if kind == "refused" and laptop.consents:
        laptop.queue(poison)
    else:
        laptop.line.poison = (poison, chance.random())
    laptop.speak(chance.getrandbits(32))
    laptop.line.poison = None


def _poison(village, laptop, kind):
    if kind == "undecodable":
        return Message(b'{"v":1,"id":"\xff', b"{}", sig=bytes(64))
    consent = str(laptop.consents[-1].id) if laptop.consents else village.fresh()
    is_signed = kind == "refused"
    header = Header(
        PROTOCOL, village.fresh(), Kind.TASK_STATUS if is_signed else Kind.CONSENT_WITHDRAWN,
        village.fresh() if is_signed else consent, laptop.own.org, laptop.own.device,
        village.clock(), consent_id=consent,
    )  # fmt: skip
    village.heard.poison.add(header.id)
    body = TaskMoved("no code, but words") if is_signed else ConsentWithdrawn(village.clock())
    message = sign_clear(header, canonical(body), laptop.own.keys.sign)
    return message if is_signed else structs.replace(message, sig=bytes(64))
