"""What a duty finds, as columns; and the one table that all duties make together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from graph_model.days import OPEN
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import Tier
from queries.answers.frame import categories, days, tiers, unit_column, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.duties.dates import RealDates
    from queries.law.rules import Rules

    Rows = NDArray[Any]

ListedUnitKind = Literal["enterprise", "park"]
Kind = ListedUnitKind | Literal["agency"]
Severity = Literal["act", "check", "info"]
SEVERITIES: Final = ("act", "check", "info")
UNIT_KINDS: Final[tuple[ListedUnitKind, ListedUnitKind]] = ("enterprise", "park")
NOBODY: Final = -1
COLUMNS: Final = ("rule", "unit_id", "unit", "unit_kind", "category", "tier", "severity", "reason", "evidence", "due")


@dataclass(frozen=True)
class AuditContext:
    """What a duty looks at: the graph on a day, the rules of that day, and what was asked."""

    view: View
    rules: Rules
    dates: RealDates
    form_year: int | None = None
    cap: int | None = None
    cap_year: int | None = None
    cap_batch: str | None = None

    @property
    def day(self) -> int:
        """Return the day as a number."""
        return self.view.facts.number


@dataclass(frozen=True)
class Finding:
    """Findings of one rule and severity about units of one kind; every list has one entry per finding.

    `unit` holds row numbers (`NOBODY`: the finding is about no unit), `category` and `tier` codes, `due` day numbers.
    """

    rule: str
    severity: Severity
    kind: Kind
    unit: Rows
    reason: list[str]
    evidence: list[str]
    category: Rows | None = field(default=None)
    tier: Rows | None = field(default=None)
    due: Rows | None = field(default=None)


def table_of(view: View, parts: Iterable[Finding]) -> pd.DataFrame:
    """Return all findings as one table; units not on record on the day or known to be outside the province are left out."""
    frames = [_frame(view, part) for part in parts if len(part.unit)]
    frames = [frame for frame in frames if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else _nothing()


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return findings by severity (act, check, info), rule, unit, category, tier from low to high, due day; nulls first."""
    keyed = table.assign(
        _severity=table["severity"].map({name: rank for rank, name in enumerate(SEVERITIES)}),
        _tier=table["tier"].map({tier.id: int(tier) for tier in Tier if tier}),
    )
    keys = ["_severity", "rule", "unit_id", "category", "_tier", "due", "evidence"]
    return keyed.sort_values(keys, na_position="first", kind="stable")[list(COLUMNS)].reset_index(drop=True)


def _frame(view: View, part: Finding) -> pd.DataFrame:
    size, kept = len(part.unit), _shown(view, part)
    unit = part.unit[kept]
    table = NODE_KINDS[part.kind].table
    return pd.DataFrame(
        {
            "rule": part.rule,
            "unit_id": unit_column(view.graph, table, "id", unit),
            "unit": unit_column(view.graph, table, "name", unit),
            "unit_kind": words(np.where(unit == NOBODY, -1, 0), [part.kind]),
            "category": categories(_filled(part.category, size, -1)[kept]),
            "tier": tiers(_filled(part.tier, size, 0)[kept]),
            "severity": part.severity,
            "reason": pd.Series(np.array(part.reason, dtype=object)[kept], dtype="str"),
            "evidence": pd.Series(np.array(part.evidence, dtype=object)[kept], dtype="str"),
            "due": days(_filled(part.due, size, OPEN)[kept]),
        }
    )


def _shown(view: View, part: Finding) -> NDArray[np.bool_]:
    table = NODE_KINDS[part.kind].table
    shown = view.facts.on_record(table)
    if part.kind != "agency":
        shown = shown & ~view.graph.outside(table)
    return np.append(shown, True)[part.unit]


def _filled(values: Rows | None, size: int, missing: int) -> Rows:
    return np.full(size, missing, dtype=np.int64) if values is None else values


def _nothing() -> pd.DataFrame:
    texts = {name: pd.Series([], dtype="str") for name in COLUMNS}
    return pd.DataFrame({**texts, "due": days(np.empty(0, dtype=np.int32))})
