"""Which columns of which tables name a unit, and of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class As(Enum):
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
class Mention:
    """A column that names a unit, with the column of its code and the graph column it becomes."""

    table: str
    name: str
    code: str | None
    what: As
    ref: str


MENTIONS: tuple[Mention, ...] = (
    Mention("enterprises", "name", "uscc", As.ENTERPRISE, "enterprise"),
    Mention("annual_figures", "name", "uscc", As.ENTERPRISE, "enterprise"),
    Mention("parks", "name", None, As.PARK, "park"),
    Mention("tenancies", "name", "uscc", As.ENTERPRISE, "enterprise"),
    Mention("tenancies", "park", None, As.PARK, "park"),
    Mention("supplies", "buyer", "buyer_uscc", As.ENTERPRISE, "buyer"),
    Mention("supplies", "supplier", "supplier_uscc", As.ENTERPRISE, "supplier"),
    Mention("agencies", "name", "uscc", As.AGENCY, "agency"),
    Mention("reports", "unit", "uscc", As.UNIT, "unit"),
    Mention("reports", "agency", None, As.AGENCY, "agency"),
    Mention("listings", "unit", "uscc", As.UNIT, "unit"),
    Mention("listings", "agency", None, As.AGENCY, "agency"),
    Mention("cultivation", "unit", "uscc", As.UNIT, "unit"),
    Mention("cultivation", "sponsor", None, As.SPONSOR, "sponsor"),
    Mention("incidents", "unit", "uscc", As.UNIT, "unit"),
    Mention("agency_bans", "agency", None, As.AGENCY, "agency"),
    Mention("inspections", "unit", "uscc", As.UNIT, "unit"),
    Mention("dynamic_forms", "unit", "uscc", As.UNIT, "unit"),
    Mention("recommendations", "unit", "uscc", As.UNIT, "unit"),
    Mention("complaints", "unit", "uscc", As.PARTY, "unit"),
)
"""Every mention but those of `name_changes`, which speaks of whoever is known under its names."""

RENAMES = ("更名", "名称变更", "变更名称")
"""Kinds of `name_changes` that make two names one unit; so does a blank kind."""
