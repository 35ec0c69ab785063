"""Identifiers that cannot be mixed up."""

from typing import NewType
from uuid import UUID

YouthId = NewType("YouthId", UUID)
OutreachId = NewType("OutreachId", UUID)
MeetingId = NewType("MeetingId", UUID)
NoteId = NewType("NoteId", UUID)
AddendumId = NewType("AddendumId", UUID)
PlanId = NewType("PlanId", UUID)
JudgementId = NewType("JudgementId", UUID)
ConsentId = NewType("ConsentId", UUID)
ReferralId = NewType("ReferralId", UUID)
VaultId = NewType("VaultId", UUID)
AgencyId = NewType("AgencyId", str)
"""The agency's HSDS organization id."""
