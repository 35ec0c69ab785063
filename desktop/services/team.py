"""The team's vault: what a patrol shares on this laptop, and who belongs to it (D-039).

Every member may invite and remove. It holds short notices (`services.board`) and the list of
members, and has no room for a counseling note or a young person.
"""

from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypedDict, Unpack
from uuid import UUID

from desktop.domain.team import Member
from desktop.errors import DiskFull, InvitationRefused, NotInTeam, TeamFull, WrongPassphrase
from desktop.paths import refuse_synced
from desktop.services import board, codes, membership
from desktop.services.escrow import by_two
from desktop.services.invitations import by_code, is_over, is_spent
from desktop.services.members import Created, checked_label
from desktop.services.unlocking import Finder, Unlocked, opened
from desktop.vault import epoch, escrow, meta, opening
from desktop.vault import team as rows
from desktop.vault.checks import check_build
from desktop.vault.database import Db, Vault
from desktop.vault.folder import Folder
from desktop.vault.header import MOST_SLOTS, Header, Policy
from desktop.vault.keys import KEY, Chance
from desktop.vault.opening import Proven
from desktop.vault.recovery import code_secret, fresh_code
from desktop.vault.slots import (
    Lid,
    MemberSlot,
    Slot,
    invitation_slot,
    member_slot,
)

INVITATION_LASTS = timedelta(hours=24)


class Joining(TypedDict):
    """Under which label somebody joins, when, and with which chance."""

    label: str
    now: datetime
    chance: Chance


@dataclass(frozen=True, slots=True, repr=False)
class Invitation:
    """A code to tell one colleague, in person. It works once, until then."""

    code: str
    until: datetime


def exists(folder: Path) -> bool:
    """Whether a team's vault, or any part of one, is here."""
    return Folder(folder).is_made()


def create(own: Vault, folder: Path, name: str, **joining: Unpack[Joining]) -> Created:
    """Make the team's vault; whoever has `own` unlocked is its first member.

    The code is the team's own way back: with it `join` works even when no member is left.
    """
    refuse_synced(folder)
    check_build()
    chance, policy = joining["chance"], Policy(checked_label(name), "team")
    label, me = checked_label(joining["label"]), membership.made(own, chance)
    vmk, lid = chance(KEY), Lid(UUID(bytes=chance(16), version=4), 0, own.world)
    recovery, code = codes.fresh_slot(lid, vmk, chance)
    slots = (member_slot(lid, vmk, me.public), recovery)
    opening.make(folder, Header(lid.vault_id, 0, lid.world, slots, policy), vmk)
    unlocked, _ = opened(folder, own.world, lambda _: vmk)
    with ExitStack() as undo:
        undo.callback(unlocked.vault.close)
        with unlocked.vault.transaction() as db:
            rows.list_member(db, Member(me.id, label, joining["now"]), me.public)
        undo.pop_all()
    return Created(unlocked.vault, code, keyring_failed=False)


def open_team(
    own: Vault, folder: Path, *, now: datetime, chance: Chance | None = None
) -> Unlocked:
    """Open the team's vault for whoever has `own` unlocked; raises `NotInTeam` for anybody else.

    Invitations and notices whose time is over go. With `chance`, a code nobody proved to have on
    paper is made anew.
    """
    try:
        unlocked, proven = opened(folder, own.world, membership.by_key(membership.kept(own)))
    except WrongPassphrase as error:
        raise NotInTeam from error
    with ExitStack() as undo:
        undo.callback(unlocked.vault.close)
        with suppress(DiskFull):  # no reason to keep anyone out
            _tidy(own, unlocked.vault, now)
        code = codes.renewed(unlocked.vault, proven, chance) if chance else ""
        undo.pop_all()
    return replace(unlocked, recovery_code=code)


def name(team: Vault) -> str:
    """Return what the team is called."""
    return opening.current(team).header.policy.label


def members(team: Vault) -> tuple[Member, ...]:
    """Return everybody whose key opens this vault, in order of joining."""
    return tuple(member for member, _ in _members(team))


def my_id(own: Vault) -> str:
    """Return the id under which whoever has `own` unlocked is in `members`; empty before that."""
    me = membership.kept(own)
    return me.id if me else ""


def invite(own: Vault, team: Vault, *, now: datetime, chance: Chance) -> Invitation:
    """Make a one-time code for one colleague; raises `TeamFull`.

    The program takes it for a day. Whoever has the code and a copy of the folder from that day
    could open that copy for ever: tell it in person.
    """
    copy, vmk = opening.current(team), membership.vmk(own, team)
    slots = tuple(slot for slot in copy.header.slots if not is_over(slot, now))
    if len(slots) >= MOST_SLOTS:
        raise TeamFull
    code, until = fresh_code(chance), now + INVITATION_LASTS
    slot = invitation_slot(copy.header.lid, vmk, code_secret(code) or b"", until, chance)
    opening.replace_header(team, copy.header.with_slots((*slots, slot)), copy.seq + 1)
    return Invitation(code, slot.ends_at)


def join(own: Vault, folder: Path, code: str, **joining: Unpack[Joining]) -> Unlocked:
    """Come in with an invitation, which is used up, or with the team's recovery code.

    Raises `InvitationRefused`, and `TeamFull` where the recovery code finds no room.
    """
    return _joined(own, folder, by_code(folder, code, joining["now"]), joining, code)


def join_with_two(
    own: Vault, folder: Path, halves: tuple[str, str], **joining: Unpack[Joining]
) -> Unlocked:
    """Come in with both halves of the organisation's key, where the team switched escrow on."""
    now = joining["now"]
    unlocked = _joined(own, folder, by_two(folder, halves, now), joining)
    with unlocked.vault.transaction() as db:
        escrow.note_use(db, now)
    return unlocked


def remove(own: Vault, team: Vault, member: str, *, now: datetime, chance: Chance) -> Unlocked:
    """Remove a member: everything goes under new keys; closes `team`, returns it anew.

    What the member has already copied, or is in a backup, opens with the old keys for ever. Open
    invitations end, and the team has a new recovery code: write it down. Raises `VaultInUse`
    while another connection is open. Nobody removes themselves.
    """
    if member == my_id(own):
        raise ValueError("nobody removes themselves")
    membership.vmk(own, team)
    fresh, folder = epoch.next_epoch(team, chance), team.folder
    recovery, code = codes.fresh_slot(fresh.lid, fresh.vmk, chance)
    stay = [public for other, public in _members(team) if other.id != member]
    slots = [member_slot(fresh.lid, fresh.vmk, public) for public in stay]
    sealed = escrow.slots_for(team, fresh.lid, fresh.vmk)

    def write(db: Db) -> None:
        rows.unlist_member(db, member, now)
        meta.code_shown(db)

    epoch.renew(team, fresh.opened_by(*slots, recovery, *sealed), write)
    unlocked, _ = opened(folder, own.world, lambda _: fresh.vmk)
    return replace(unlocked, recovery_code=code)


def prove(own: Vault, team: Vault) -> Proven:
    """Show that whoever has `own` unlocked belongs to the team: for `escrow.switch_on`."""
    return Proven(membership.vmk(own, team))


def _members(team: Vault) -> tuple[tuple[Member, bytes], ...]:
    slots = opening.current(team).header.slots
    keys = {slot.key.hex() for slot in slots if isinstance(slot, MemberSlot)}
    with team.reading() as db:
        # A row without a slot: joining was cut short, and the invitation still stands.
        return tuple(each for each in rows.members(db) if each[0].id in keys)


def _joined(own: Vault, folder: Path, find: Finder, joining: Joining, code: str = "") -> Unlocked:
    label, me = checked_label(joining["label"]), membership.made(own, joining["chance"])
    try:
        unlocked, proven = opened(folder, own.world, find)
    except WrongPassphrase as error:
        raise InvitationRefused from error
    with ExitStack() as undo:
        undo.callback(unlocked.vault.close)
        team, copy = unlocked.vault, opening.current(unlocked.vault)
        lid = copy.header.lid
        mine = member_slot(lid, proven.vmk, me.public)
        others = [s for s in copy.header.slots if not (_is_of(s, mine) or is_spent(lid, s, code))]
        if len(others) >= MOST_SLOTS:
            raise TeamFull
        # The row first: a slot without one would be forgotten in the next epoch.
        with team.transaction() as db:
            rows.list_member(db, Member(me.id, label, joining["now"]), me.public)
        opening.replace_header(team, copy.header.with_slots((*others, mine)), copy.seq + 1)
        undo.pop_all()
    return unlocked


def _is_of(slot: Slot, mine: MemberSlot) -> bool:
    return isinstance(slot, MemberSlot) and slot.key == mine.key


def _tidy(own: Vault, team: Vault, now: datetime) -> None:
    copy, me = opening.current(team), membership.kept(own)
    open_still = tuple(slot for slot in copy.header.slots if not is_over(slot, now))
    if open_still != copy.header.slots:
        opening.replace_header(team, copy.header.with_slots(open_still), copy.seq + 1)
    board.sweep(team, now)
    if me and me.id not in {member.id for member, _ in _members(team)}:
        # Making the team was cut short between its files and its first row.
        label = opening.current(own).header.policy.label
        with team.transaction() as db:
            rows.list_member(db, Member(me.id, label, now), me.public)
