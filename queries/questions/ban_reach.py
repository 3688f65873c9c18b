"""Which reports and listings does a ban on an agency reach? One row per report or listing. SPEC 6.3, clause D-24."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.days import OPEN, day, number
from graph_model.tiers import CATEGORIES, CATEGORY_ZH, Category, Tier
from queries.answer import Words
from queries.bans import CLASSES, BanOptions, Evidence, Reached, bans_asked, jurisdiction_of
from queries.columns import columns
from queries.frame import categories, city_names, days, tiers, unit_column
from queries.question import EVERY_FILTER, Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View


COLUMNS = columns(
    "ban_id", "agency_id", "agency", "class", "unit_id", "unit", "unit_kind", "category", "tier", "city", "report_no",
    "date", "window_start", "window_end", "path", "clause",
)  # fmt: skip


def in_memory(view: View, options: BanOptions) -> pd.DataFrame:
    """Gather everything that every ban reaches, in its jurisdiction or not known to be out of it."""
    evidence = Evidence(view)
    parts = []
    for ban in bans_asked(view, options):
        inside = {unit: jurisdiction_of(view, table, ban.regions) for unit, table in _TABLES.items()}
        for reached in evidence.reached(ban, options.lookback_years):
            parts += [_rows(view, evidence, reached, unit, inside[unit]) for unit in _TABLES]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else _nothing()


def _rows(view: View, evidence: Evidence, reached: Reached, unit: str, inside: NDArray[np.int8]) -> pd.DataFrame:
    """Return the reached rows whose unit is an enterprise (or a park) that is not known to lie outside the jurisdiction."""
    facts = view.graph["listings" if reached.what == "listing" else "reports"]
    of_kind = facts[unit][reached.rows] >= 0
    of_kind[of_kind] = inside[facts[unit][reached.rows][of_kind]] != 0
    rows, agency = reached.rows[of_kind], reached.agency[of_kind]
    units = facts[unit][rows]
    ban, graph = reached.ban, view.graph
    dates = (evidence.listing_day if reached.what == "listing" else evidence.report_day)[rows]
    agency_id = graph["agencies"].texts("id", np.array([ban.agency]))[0].as_py()
    known = np.where(inside[units] == 1, reached.name, "unknown")
    return pd.DataFrame(
        {
            "ban_id": f"{agency_id}@{ban.decided.isoformat()}",
            "agency_id": agency_id,
            "agency": graph["agencies"].texts("name", np.array([ban.agency]))[0].as_py(),
            "class": pd.Series(known, dtype="str"),
            "unit_id": unit_column(graph, _TABLES[unit], "id", units),
            "unit": unit_column(graph, _TABLES[unit], "name", units),
            "unit_kind": unit,
            "category": categories(facts["category"][rows]),
            "tier": tiers(facts["tier"][rows]),
            "city": city_names(graph, _TABLES[unit], units),
            "report_no": unit_column(graph, facts.name, "report_no", rows),
            "date": days(dates),
            "window_start": days(np.full(len(rows), number(ban.decided))),
            "window_end": days(np.full(len(rows), number(ban.end))),
            "path": _paths(view, evidence, reached, rows, agency, unit),
            "clause": "D-24",
            "listing": rows if reached.what == "listing" else -1,
        }
    )


def _paths(
    view: View, evidence: Evidence, reached: Reached, rows: NDArray[Any], agencies: NDArray[Any], unit: str
) -> list[str]:
    """Return the evidence of every row, one step per edge."""
    graph = view.graph
    facts = graph["listings" if reached.what == "listing" else "reports"]
    names = graph[_TABLES[unit]].texts("name", facts[unit][rows]).to_pylist()
    banned = graph["agencies"].texts("name", np.array([reached.ban.agency]))[0].as_py()
    holders = graph["agencies"].texts("name", agencies).to_pylist()
    report = np.where(evidence.by_report, graph["listings"]["report"], -1)[rows] if reached.what == "listing" else rows
    numbers = graph["reports"].texts("report_no", report).to_pylist()
    dates = np.append(evidence.report_day, OPEN)[report].tolist()
    paths = []
    for index, row in enumerate(rows.tolist()):
        steps = [f"机构 {banned}"]
        if holders[index] != banned:
            steps.append(f" —关联机构→ 机构 {holders[index]}")
        noun = "园区" if unit == "park" else "工厂" if _is_factory(facts, row) else "企业"
        edge = "评价" if numbers[index] is None else f"出具 {numbers[index]}{_in_brackets(dates[index])}"
        steps.append(f" —{edge}→ {noun} {names[index]}")
        if reached.what == "listing":
            steps.append(f" —列入 {_list_words(view, row)}")
        paths.append("".join(steps))
    return paths


def _is_factory(facts: Any, row: int) -> bool:
    return bool(facts["category"][row] == CATEGORIES.index(Category.FACTORY))


def _in_brackets(date_number: int) -> str:
    return "" if date_number == OPEN else f"（{day(date_number).isoformat()}）"


def _list_words(view: View, row: int) -> str:
    listings = view.graph["listings"]
    codes, batches = listings.words("batch")
    tier, category = Tier(int(listings["tier"][row])), CATEGORIES[int(listings["category"][row])]
    return f"{tier.zh}{CATEGORY_ZH[category]}（{batches[codes[row]]}）"


def _nothing() -> pd.DataFrame:
    texts = {column.name: pd.Series([], dtype="str") for column in COLUMNS}
    no_days = {name: days(np.empty(0, dtype=np.int32)) for name in ("date", "window_start", "window_end")}
    return pd.DataFrame({**texts, **no_days, "listing": np.empty(0, dtype=np.int64)})


def conclude(facts: pd.DataFrame, _options: BanOptions) -> pd.DataFrame:
    """Order by ban, class, unit, category, tier, report and day, nulls first."""
    tier_rank = {tier.id: int(tier) for tier in Tier if tier}
    table = facts.assign(
        _class=facts["class"].map({name: rank for rank, name in enumerate(CLASSES)}),
        _tier=facts["tier"].map(tier_rank),
    )
    keys = ["ban_id", "_class", "unit_id", "category", "_tier", "report_no", "date", "path"]
    table = table.sort_values(keys, na_position="first", kind="stable")
    return table[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(_view: View, options: BanOptions) -> list[Words]:
    """Say what is supposed, and that nothing is removed by a ban."""
    found = [
        Words(
            "不予受理本身不移出任何名单；“需复核”只表示应当复核。自评价单位不受影响。",
            "a ban removes no listing; 'review' means that it should be reviewed. Self-evaluated units are not touched.",
        )
    ]
    if options.agency:
        found.append(Words("这是一项假设，没有使用已记录的不予受理。", "a supposition; recorded bans are left aside."))
    return found


_TABLES = {"enterprise": "enterprises", "park": "parks"}

QUESTION = Question(
    name="ban-reach",
    title=Words("机构不予受理波及", "reach of an agency ban"),
    definition=Words(
        "机构自认定之日起三年内提交的第三方报告不予受理（blocked）；此前若干年内的报告及其支撑的有效名单需复核（review），"
        "更早的列为较早（older）；同一法定代表人或分公司、母公司支撑的名单为线索（hint）；地区或日期不明的为未知（unknown）。",
        "third-party reports submitted within three years of the decision are not accepted (blocked); reports of the years "
        "before, and active listings resting on them, are to be reviewed (review), earlier ones are older; listings resting on "
        "agencies of the same legal representative, branches or parents are hints; missing regions or days make unknown.",
    ),
    columns=COLUMNS,
    clause_ids=("D-24",),
    options=BanOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
)
