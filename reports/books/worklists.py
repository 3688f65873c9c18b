"""Worklists, ranked by what they move: what is overdue, what expires next. Who is one paper short is the answer to `route`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import CATEGORY_ZH, Category, Tier
from queries.answers.column import Column
from queries.answers.columns import columns
from queries.engines.filters import KEPT, texts_of
from queries.measures.parks import park_tally, tenant_membership
from reports.books.tables import BookTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_model.view import View
    from queries import Answer, Session
    from queries.audience import Audience

DAYS_AHEAD: Final = 366
"""Days within which something expires next."""
MOVES: Final = Column(
    "moves_shares", "牵动占比", "share",
    Bilingual("其所在各园区的 1 ÷ 基数之和：它一家的增减使园区占比合计变动多少；不在园区口径内为 0",
              "sum of 1 / base over the parks in whose base it is: what it alone adds to, or takes from, their shares"),
)  # fmt: skip
DAYS: Final = Column(
    "days", "天数", "count", Bilingual("逾期天数，或距到期的天数", "days overdue, or days that are left")
)


@dataclass(frozen=True)
class WorkContext:
    """What the worklists of one report share: the day, for whom, and how much each enterprise moves."""

    session: Session
    audience: Audience

    @property
    def view(self) -> View:
        """Return the graph on the day."""
        return self.audience.view

    @cached_property
    def moved(self) -> Mapping[str, float]:
        """Return per enterprise id the sum of 1 / base of the parks in whose base it is."""
        view, base = self.view, park_tally(self.view, "above_scale", Tier.CITY).base
        who, member = view.facts.tenants, tenant_membership(view, "above_scale") == 1
        sums = np.bincount(
            who.enterprise[member], weights=1 / base[who.park[member]], minlength=len(view.graph["enterprises"])
        )
        rows = np.flatnonzero(sums)
        ids: list[str] = view.graph["enterprises"].texts("id", rows).to_pylist()
        return dict(zip(ids, sums[rows].tolist(), strict=True))

    def kept(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows about units that concern the audience."""
        for name, text in self.audience.filters.items():
            passing = KEPT[name](self.view, text, texts_of(table["unit_id"]), True)
            table = table[passing.to_numpy(zero_copy_only=False)]
        return table.reset_index(drop=True)

    def ranked(self, table: pd.DataFrame, *then: str, ascending: bool = True) -> pd.DataFrame:
        """Return rows with what they move, the most first; `then` breaks ties, and the unit's id after it."""
        moved = table["unit_id"].map(self.moved).fillna(0.0).astype(float)
        order = [MOVES.name, *then, "unit_id"]
        ways = [False, *([ascending] * len(then)), True]
        return table.assign(**{MOVES.name: moved}).sort_values(order, ascending=ways, kind="stable", ignore_index=True)


def overdue(context: WorkContext, audit: Answer) -> BookTable:
    """Return the findings of an audit whose day has passed, by what moves and how long ago."""
    day = pd.Timestamp(context.view.day)
    due = pd.to_datetime(audit.table["due"])
    late = audit.table[(due < day).to_numpy()].reset_index(drop=True)
    days = (day - pd.to_datetime(late["due"])).dt.days.astype("Int64")
    return BookTable(
        Bilingual("逾期", "Overdue"),
        Bilingual("已逾期的责任", "duties that are overdue"),
        context.ranked(late.assign(days=days), "days", ascending=False),
        (*columns("unit"), MOVES, *columns("due"), DAYS, *columns("reason", "reason_en@duty", "facts", "clause@duty",
         "evidence@finding", "category@duty", "tier@duty", "severity", "unit_id")),
        Bilingual(
            "名单与责任核查中截止日已过的各项，一项一行；按牵动占比、再按逾期天数从大到小。",
            "findings of the audit whose deadline has passed, one a row, by what they move, then by days overdue",
        ),
        audit.clauses,
        audit.notes,
    )  # fmt: skip


def expiring(context: WorkContext, bans: Answer, checks: Answer) -> BookTable:
    """Return what ends within a year: plans of cultivation, refusals of an agency's reports, exemptions from spot checks."""
    day = context.view.day
    last = day + timedelta(days=DAYS_AHEAD)
    rows = pd.concat([_plans(context), _bans(bans), _exemptions(checks)], ignore_index=True)
    ends = pd.to_datetime(rows["ends"])
    soon = rows[((ends >= pd.Timestamp(day)) & (ends <= pd.Timestamp(last))).to_numpy()].copy()
    soon["days"] = [(_as_date(end) - day).days for end in soon["ends"]]
    ranked = context.ranked(soon.astype({"days": "Int64"}))
    ordered = ranked.sort_values(["ends", MOVES.name, "unit_id"], ascending=[True, False, True], kind="stable")
    return BookTable(
        Bilingual("将到期", "Expires next"),
        Bilingual("一年内到期的事项", "what expires within a year"),
        ordered.reset_index(drop=True),
        (Column("unit", "单位", "text", Bilingual("单位名称", "name of the unit")), WHAT_ZH, WHAT_EN, ENDS, DAYS, MOVES,
         *columns("evidence@finding", "unit_id")),
        Bilingual(
            f"{day} 起一年内结束的培育计划、不予受理和免于抽查；按到期日，同日按牵动占比从大到小。结束日为不再有效的第一天。",
            f"plans of cultivation, refusals of reports and exemptions that end within a year of {day}, the first to end first",
        ),
    )  # fmt: skip


WHAT_ZH: Final = Column("what", "事项", "text", Bilingual("何事到期", "what expires"))
WHAT_EN: Final = Column("what_en", "事项（英文）", "text", Bilingual("何事到期（英文）", "what expires"))
ENDS: Final = Column("ends", "到期日", "day", Bilingual("不再有效的第一天", "first day on which it holds no more"))
_EMPTY: Final = ("unit", "unit_id", "what", "what_en", "ends", "evidence")


def _plans(context: WorkContext) -> pd.DataFrame:
    """Return the running plans of units that are not listed yet in their category."""
    plans = context.session.table("cultivation")
    plan_rows = pd.DataFrame(
        {
            "unit": plans["enterprise"].fillna(plans["park"]),
            "unit_id": plans["enterprise_id"].fillna(plans["park_id"]),
            "what": [f"{CATEGORY_ZH[Category(category)]}培育计划（{year}）" for category, year in _pairs(plans)],
            "what_en": [f"plan of cultivation, {category} {year}" for category, year in _pairs(plans)],
            "ends": plans["end"],
            "evidence": plans["provenance"],
        }
    )
    begun = pd.to_datetime(plans["start"]) <= pd.Timestamp(context.view.day)
    running = plan_rows[(begun & plan_rows["unit_id"].notna()).to_numpy()]
    listed = _listed_ids(context)
    return context.kept(running[~running["unit_id"].isin(listed).to_numpy()].reset_index(drop=True))


def _pairs(plans: pd.DataFrame) -> list[tuple[Any, Any]]:
    return list(zip(plans["category"].tolist(), plans["plan_year"].tolist(), strict=True))


def _listed_ids(context: WorkContext) -> set[str]:
    """Return the enterprises and parks that are on a list of factories, or of parks, today."""
    view = context.view
    ids: set[str] = set()
    for table, category, unit in (("enterprises", Category.FACTORY, "enterprise"), ("parks", Category.PARK, "park")):
        ids |= set(view.graph[table].texts("id", np.flatnonzero(view.highest(category, unit))).to_pylist())
    return ids


def _bans(bans: Answer) -> pd.DataFrame:
    each = bans.table.drop_duplicates("ban_id")
    return pd.DataFrame(
        {
            "unit": each["agency"], "unit_id": each["agency_id"], "what": "不予受理其评价报告",
            "what_en": "its reports are not accepted", "ends": each["window_end"], "evidence": None,
        },
        columns=list(_EMPTY),
    )  # fmt: skip


def _exemptions(checks: Answer) -> pd.DataFrame:
    each = checks.table[checks.table["exempt_until"].notna().to_numpy()]
    return pd.DataFrame(
        {
            "unit": each["unit"], "unit_id": each["unit_id"], "what": "免于抽查", "what_en": "exempt from spot checks",
            "ends": each["exempt_until"], "evidence": None,
        },
        columns=list(_EMPTY),
    )  # fmt: skip


def _as_date(value: Any) -> date:
    return pd.Timestamp(value).date()
