"""What a duty finds, as columns; and the one table that all duties make together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from graph_model.days import OPEN
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import Tier
from queries.answers.frame import categories, days, tiers, unit_column, words
from queries.law.duty_clauses import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_model.arrays import Flags, Rows
    from graph_model.bilingual import Bilingual
    from graph_model.view import View
    from queries.duties.dates import RealDates
    from queries.law.rule import Row
    from queries.law.rules import Rules

    Evidence = tuple[Row, ...]

ListedUnitKind = Literal["enterprise", "park"]
Kind = ListedUnitKind | Literal["agency"]
Severity = Literal["act", "check", "info"]
SEVERITIES: Final = ("act", "check", "info")
UNIT_KINDS: Final[tuple[ListedUnitKind, ListedUnitKind]] = ("enterprise", "park")
NOBODY: Final = -1
COLUMNS: Final = (
    "rule", "clause@duty", "unit_id", "unit", "unit_kind", "category@duty", "tier@duty", "severity", "reason",
    "reason_en@duty", "facts", "evidence@finding", "due",
)  # fmt: skip
NAMES: Final = tuple(name.partition("@")[0] for name in COLUMNS)


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

    @property
    def cap_asked(self) -> bool:
        """Return whether a person asks of the agencies' cap whatever the rule set holds."""
        return (self.cap, self.cap_year, self.cap_batch) != (None, None, None)


@dataclass(frozen=True)
class Finding:
    """Findings of one rule and severity about units of one kind; every list has one entry per finding.

    `unit` holds row numbers (`NOBODY`: the finding is about no unit), `category` and `tier` codes, `due` day numbers. `facts`
    says in words what `evidence`, rows of tables, holds. `clauses` are further clauses that the findings rest on.
    """

    rule: str
    severity: Severity
    kind: Kind
    unit: Rows
    reason: Sequence[Bilingual]
    facts: Sequence[str]
    evidence: Sequence[Evidence]
    category: Rows | None = field(default=None)
    tier: Rows | None = field(default=None)
    due: Rows | None = field(default=None)
    clauses: tuple[str, ...] = ()


def table_of(context: AuditContext, parts: Iterable[Finding]) -> pd.DataFrame:
    """Return all findings as one table; units not on record on the day or known to be outside the province are left out."""
    frames = [_frame(context, part) for part in parts if len(part.unit)]
    frames = [frame for frame in frames if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else _nothing()


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return findings by severity (act, check, info), rule, unit, category, tier from low to high, due day; nulls first."""
    keyed = table.assign(
        _severity=table["severity"].map({name: rank for rank, name in enumerate(SEVERITIES)}),
        _tier=table["tier"].map({tier.id: int(tier) for tier in Tier if tier}),
    )
    keys = ["_severity", "rule", "unit_id", "category", "_tier", "due", "facts"]
    return keyed.sort_values(keys, na_position="first", kind="stable")[list(NAMES)].reset_index(drop=True)


def _frame(context: AuditContext, part: Finding) -> pd.DataFrame:
    view, size, shown = context.view, len(part.unit), _shown(context.view, part)
    unit = part.unit[shown]
    table = NODE_KINDS[part.kind].table
    evidence = np.empty(size, dtype=object)
    evidence[:] = list(part.evidence)
    return pd.DataFrame(
        {
            "rule": part.rule,
            "clause": places(context.rules, (part.rule, *part.clauses)),
            "unit_id": unit_column(view.graph, table, "id", unit),
            "unit": unit_column(view.graph, table, "name", unit),
            "unit_kind": words(np.where(unit == NOBODY, -1, 0), [part.kind]),
            "category": categories(_filled(part.category, size, -1)[shown]),
            "tier": tiers(_filled(part.tier, size, 0)[shown]),
            "severity": part.severity,
            "reason": pd.Series(np.array([reason.zh for reason in part.reason], dtype=object)[shown], dtype="str"),
            "reason_en": pd.Series(np.array([reason.en for reason in part.reason], dtype=object)[shown], dtype="str"),
            "facts": pd.Series(np.array(part.facts, dtype=object)[shown], dtype="str"),
            "evidence": evidence[shown],
            "due": days(_filled(part.due, size, OPEN)[shown]),
        }
    )


def _shown(view: View, part: Finding) -> Flags:
    table = NODE_KINDS[part.kind].table
    shown = view.facts.on_record(table)
    if part.kind != "agency":
        shown = shown & ~view.graph.outside(table)
    return np.append(shown, True)[part.unit]


def _filled(values: Rows | None, size: int, missing: int) -> Rows:
    return np.full(size, missing, dtype=np.int64) if values is None else values


def _nothing() -> pd.DataFrame:
    texts = {name: pd.Series([], dtype="str") for name in NAMES}
    return pd.DataFrame({**texts, "evidence": pd.Series([], dtype=object), "due": days(np.empty(0, dtype=np.int32))})
