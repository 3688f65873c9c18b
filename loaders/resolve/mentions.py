"""Which columns of which tables name a unit, and of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class UnitKind(Enum):
    """What a mention may be."""

    ENTERPRISE = "enterprise"
    PARK = "park"
    AGENCY = "agency"
    UNIT = "unit"
    """An enterprise or a park: by category, else by who is known under the name."""
    PARTY = "party"
    """An enterprise, a park or an agency: by who is known under the name or the code."""
    SPONSOR = "sponsor"
    """A leader or a park that sponsors a plan; being named so puts nobody on record."""


@dataclass(frozen=True, slots=True)
class MentionColumn:
    """A column that names a unit, with the column of its code and the graph column it becomes."""

    table: str
    name: str
    code: str | None
    what: UnitKind
    ref: str


MENTION_COLUMNS: tuple[MentionColumn, ...] = (
    MentionColumn("enterprises", "name", "uscc", UnitKind.ENTERPRISE, "enterprise"),
    MentionColumn("annual_figures", "name", "uscc", UnitKind.ENTERPRISE, "enterprise"),
    MentionColumn("parks", "name", None, UnitKind.PARK, "park"),
    MentionColumn("tenancies", "name", "uscc", UnitKind.ENTERPRISE, "enterprise"),
    MentionColumn("tenancies", "park", None, UnitKind.PARK, "park"),
    MentionColumn("supplies", "buyer", "buyer_uscc", UnitKind.ENTERPRISE, "buyer"),
    MentionColumn("supplies", "supplier", "supplier_uscc", UnitKind.ENTERPRISE, "supplier"),
    MentionColumn("agencies", "name", "uscc", UnitKind.AGENCY, "agency"),
    MentionColumn("reports", "unit", "uscc", UnitKind.UNIT, "unit"),
    MentionColumn("reports", "agency", None, UnitKind.AGENCY, "agency"),
    MentionColumn("listings", "unit", "uscc", UnitKind.UNIT, "unit"),
    MentionColumn("listings", "agency", None, UnitKind.AGENCY, "agency"),
    MentionColumn("cultivation", "unit", "uscc", UnitKind.UNIT, "unit"),
    MentionColumn("cultivation", "sponsor", None, UnitKind.SPONSOR, "sponsor"),
    MentionColumn("incidents", "unit", "uscc", UnitKind.UNIT, "unit"),
    MentionColumn("agency_bans", "agency", None, UnitKind.AGENCY, "agency"),
    MentionColumn("inspections", "unit", "uscc", UnitKind.UNIT, "unit"),
    MentionColumn("dynamic_forms", "unit", "uscc", UnitKind.UNIT, "unit"),
    MentionColumn("recommendations", "unit", "uscc", UnitKind.UNIT, "unit"),
    MentionColumn("complaints", "unit", "uscc", UnitKind.PARTY, "unit"),
)
"""Every mention but those of `name_changes`, which speaks of whoever is known under its names."""
