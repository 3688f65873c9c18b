"""The tables of the graph: which columns each has, what a column holds, and what stands for "missing" in a vector.

Units are integers inside: a column that refers to an enterprise, a park or an agency holds its row number in that table,
and the unit tables are sorted by id, so that integer order is id order. On disk a missing value is a null; in a vector it
is the `missing` value of its type, chosen so that questions need no null test: a missing start is `ALWAYS`, a missing end
and a day that never came `OPEN`, a missing reference or code -1, a missing region 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from graph_model.days import ALWAYS, OPEN, number

UNKNOWN_MONEY: Final = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True)
class Holds:
    """What a column holds: its Arrow type, and the value that stands for null in a vector (None: stays text)."""

    arrow: pa.DataType
    missing: int | float | None = None
    refers_to: str | None = None


TEXT = Holds(pa.string())
WORD = Holds(pa.dictionary(pa.int32(), pa.string()))
"""Text with few distinct values."""
FLAG = Holds(pa.bool_(), -1)
TIER = Holds(pa.int8(), 0)
CATEGORY = Holds(pa.int8(), -1)
REGION = Holds(pa.int32(), 0)
START = Holds(pa.date32(), ALWAYS)
END = Holds(pa.date32(), OPEN)
DAY = Holds(pa.date32(), OPEN)
"""A day on which something happens; missing = it has not been seen to happen."""
NEVER: Final = number(date(9999, 12, 31))
"""First day of a unit that only a sponsor column names: it is never on record."""
YEAR = Holds(pa.int32(), -1)
COUNT = Holds(pa.int64(), -1)
MONEY = Holds(pa.int64(), UNKNOWN_MONEY)
"""Whole 分 (1e-6 万元), so that sums are exact in any order."""
NUMBER = Holds(pa.float64(), float("nan"))


def ref(table: str) -> Holds:
    """Return the type of a column of row numbers of `table`."""
    return Holds(pa.int32(), -1, table)


ENTERPRISE, PARK, AGENCY = ref("enterprises"), ref("parks"), ref("agencies")
UNIT = {"enterprise": ENTERPRISE, "park": PARK}
"""A fact about an enterprise or a park refers to exactly one of the two."""

TABLES: dict[str, dict[str, Holds]] = {
    "enterprises": {
        "id": TEXT, "name": TEXT, "uscc": TEXT, "former_names": TEXT,
        "region": REGION, "city": WORD, "registered_province": WORD, "country": WORD,
        "industry_code": WORD, "industry": WORD, "above_scale": FLAG, "manufacturer": FLAG,
        "chain": WORD, "declared": FLAG, "legal_representative": TEXT, "tags": WORD, "energy_level": WORD,
        "registered": FLAG, "first_day": START,
    },
    "parks": {
        "id": TEXT, "name": TEXT, "aliases": TEXT, "level": WORD, "region": REGION, "city": WORD,
        "value_added_share": NUMBER, "legal_boundary": FLAG, "management_body": FLAG, "plan_published_on": DAY,
        "registered": FLAG, "first_day": START,
    },
    "agencies": {
        "id": TEXT, "name": TEXT, "uscc": TEXT, "legal_representative": TEXT, "region": REGION, "city": WORD,
        "qualified_on": DAY, "registered": FLAG, "first_day": START,
    },
    "annual_figures": {"enterprise": ENTERPRISE, "year": YEAR, "output": MONEY, "revenue": MONEY},
    "totals": {"scope": TEXT, "park": PARK, "region": REGION, "year": YEAR, "above_scale_count": COUNT, "output": MONEY},
    "tenancies": {"enterprise": ENTERPRISE, "park": PARK, "start": START, "end": END},
    "supplies": {
        "buyer": ENTERPRISE, "supplier": ENTERPRISE, "year": YEAR, "start": START, "end": END, "category": WORD,
        "amount": MONEY, "key": FLAG, "country": WORD,
    },
    "reports": {
        "report_no": TEXT, **UNIT, "category": CATEGORY, "tier": TIER, "mode": WORD, "agency": AGENCY, "standard": WORD,
        "score": NUMBER, "score_max": NUMBER, "basic_ok": FLAG, "issued_on": DAY, "submitted_on": DAY, "outcome": WORD,
        "outcome_on": DAY,
    },
    "listings": {
        **UNIT, "category": CATEGORY, "tier": TIER, "batch": WORD, "region": REGION, "industry": WORD, "agency": AGENCY,
        "report_no": TEXT, "report": ref("reports"), "published_on": DAY, "removed_on": END, "removal_reason": WORD,
    },
    "cultivation": {
        **UNIT, "category": CATEGORY, "plan_year": YEAR, "sponsor_enterprise": ENTERPRISE, "sponsor_park": PARK,
        "target_tier": TIER, "level": TIER, "start": START, "end": END, "reported_on": DAY,
    },
    "incidents": {
        **UNIT, "kind": WORD, "severity": WORD, "occurred_on": DAY, "decided_on": DAY, "due_on": DAY, "ended_on": END,
        "source": WORD,
    },
    "agency_bans": {
        "agency": AGENCY, "authority": WORD, "region": REGION, "decided_on": DAY, "reason": WORD, "document": TEXT,
    },
    "inspections": {**UNIT, "category": CATEGORY, "checked_on": DAY, "result": WORD},
    "dynamic_forms": {**UNIT, "category": CATEGORY, "year": YEAR, "filed_on": DAY, "status": WORD},
    "recommendations": {
        **UNIT, "category": CATEGORY, "tier": TIER, "recommended_on": DAY, "recommended_by": WORD, "consulted": WORD,
    },
    "name_changes": {
        **UNIT, "agency": AGENCY, "old_name": TEXT, "new_name": TEXT, "changed_on": DAY, "kind": WORD,
    },
    "complaints": {
        **UNIT, "agency": AGENCY, "received_on": DAY, "named": FLAG, "evidence": FLAG, "verified_on": DAY, "result": WORD,
    },
    "names": {"normal": TEXT, **UNIT, "agency": AGENCY},
}  # fmt: skip
"""Every table of the graph. `manufacturer` is the flag, where blank by industry code; `names` leads from each normal form to
the one unit of each kind that it means."""

UNIT_TABLES = ("enterprises", "parks", "agencies")


def arrow_schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a graph table."""
    return pa.schema([(name, holds.arrow) for name, holds in TABLES[table].items()])
