"""Which reports and listings does a ban on an agency reach? One row per report or listing. SPEC 6.3, clause D-24."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, number
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import CATEGORIES, CATEGORY_ZH, Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import categories, city_names, days, texts, tiers, unit_column, words
from queries.asking.cypher_facts import CypherFacts, cypher
from queries.asking.fact_kinds import DAY, NUMBER, TEXT, TIER, of_kind
from queries.asking.options import BanOptions
from queries.asking.question import EVERY_FILTER, Question
from queries.measures.bans import CLASSES, AgencyEvidence, Ban, ReachedRows, ban_parameters, bans_asked, jurisdiction_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.asking.caveats import Caveats


COLUMNS = columns(
    "ban_id", "agency_id", "agency", "class", "unit_id", "unit", "unit_kind", "category", "tier", "city", "report_no",
    "date", "window_start", "window_end", "path", "clause",
)  # fmt: skip


FACTS = {
    **of_kind(TEXT, "ban_id agency_id agency class unit_id unit unit_kind category"),
    "tier": TIER,
    **of_kind(TEXT, "city report_no"),
    **of_kind(DAY, "date window_start window_end"),
    **of_kind(TEXT, "path clause"),
    "listing": NUMBER,
}


@dataclass(frozen=True)
class BanRows:
    """Rows of the answer that are listings, or reports, of enterprises, or of parks; all vectors are of equal length."""

    what: Literal["listing", "report"]
    unit: Literal["enterprise", "park"]
    rows: NDArray[Any]
    agency: NDArray[Any]
    """The agency that each rests on: the banned one, or a relative of it."""
    ban: NDArray[Any]
    """Position in the list of bans."""
    classes: NDArray[Any]
    """Position in `CLASSES`."""


def in_memory(view: View, options: BanOptions) -> pd.DataFrame:
    """Gather everything that every ban reaches, in its jurisdiction or not known to be out of it."""
    evidence, bans = AgencyEvidence(view), bans_asked(view, options)
    reached = [rows_of_class for ban in bans for rows_of_class in evidence.reached(ban, options.lookback_years)]
    parts = [_inside(view, bans, reached, what, unit) for what in _TABLE_OF for unit in ("enterprise", "park")]
    filled = [_table(view, evidence, bans, part) for part in parts if part is not None]
    return pd.concat(filled, ignore_index=True) if filled else _nothing()


def _inside(view: View, bans: list[Ban], reached: list[ReachedRows], what: Any, unit: Any) -> BanRows | None:
    """Return the reached rows of one kind whose unit is not known to lie outside the jurisdiction, None if there are none."""
    units, pieces = view.graph[_TABLE_OF[what]][unit], []
    for reach in reached:
        if reach.what == what:
            of_kind = units[reach.rows] >= 0
            rows, agency = reach.rows[of_kind], reach.agency[of_kind]
            inside = jurisdiction_of(view, NODE_KINDS[unit].table, reach.ban.regions, units[rows])
            classes = np.where(inside == 1, CLASSES.index(reach.name), CLASSES.index("unknown"))
            parts = (rows, agency, np.full(len(rows), bans.index(reach.ban)), classes)
            pieces.append([part[inside != 0] for part in parts])
    if not any(len(parts[0]) for parts in pieces):
        return None
    return BanRows(what, unit, *(np.concatenate(parts) for parts in zip(*pieces, strict=True)))


def _table(view: View, evidence: AgencyEvidence, bans: list[Ban], part: BanRows) -> pd.DataFrame:
    graph, facts, table = view.graph, view.graph[_TABLE_OF[part.what]], NODE_KINDS[part.unit].table
    rows, units = part.rows, facts[part.unit][part.rows]
    ids, names = (_agency_texts(view, column, bans) for column in ("id", "name"))
    dates = evidence.listing_day if part.what == "listing" else evidence.report_day
    starts, ends = (
        np.array([number(day) for day in of]) for of in zip(*((b.decided, b.end) for b in bans), strict=True)
    )
    return pd.DataFrame(
        {
            "ban_id": words(part.ban, [f"{id}@{ban.decided.isoformat()}" for id, ban in zip(ids, bans, strict=True)]),
            "agency_id": words(part.ban, ids),
            "agency": words(part.ban, names),
            "class": words(part.classes, CLASSES),
            "unit_id": unit_column(graph, table, "id", units),
            "unit": unit_column(graph, table, "name", units),
            "unit_kind": words(np.zeros(len(rows), dtype=np.int32), [part.unit]),
            "category": categories(facts["category"][rows]),
            "tier": tiers(facts["tier"][rows]),
            "city": city_names(graph, table, units),
            "report_no": unit_column(graph, facts.name, "report_no", rows),
            "date": days(dates[rows]),
            "window_start": days(starts[part.ban]),
            "window_end": days(ends[part.ban]),
            "path": texts(_paths(view, evidence, names, part)),
            "clause": words(np.zeros(len(rows), dtype=np.int32), ["D-24"]),
            "listing": rows if part.what == "listing" else np.full(len(rows), -1),
        }
    )


def _agency_texts(view: View, column: str, bans: list[Ban]) -> list[str]:
    agency_texts: list[str] = view.graph["agencies"].texts(column, np.array([ban.agency for ban in bans])).to_pylist()
    return agency_texts


def _paths(view: View, evidence: AgencyEvidence, banned: list[str], part: BanRows) -> pa.Array:
    """Return the evidence of every row, one step per edge."""
    graph, rows = view.graph, part.rows
    facts, is_listing = graph[_TABLE_OF[part.what]], part.what == "listing"
    report = np.where(evidence.by_report, graph["listings"]["report"], -1)[rows] if is_listing else rows
    agency, holder = pa.array(banned).take(pa.array(part.ban)), graph["agencies"].texts("name", part.agency)
    relative = pc.if_else(pc.equal(agency, holder), "", _joined(" —关联机构→ 机构 ", holder))
    day = np.append(evidence.report_day, OPEN)[report]
    dates = pa.array(day, pa.int32(), mask=day == OPEN).cast(pa.date32()).cast(pa.string())
    number_and_day = _joined(graph["reports"].texts("report_no", report), pc.fill_null(_joined("（", dates, "）"), ""))
    edge = pc.fill_null(_joined("出具 ", number_and_day), "评价")
    is_factory = pa.array(facts["category"][rows] == CATEGORIES.index(Category.FACTORY))
    noun = "园区" if part.unit == "park" else pc.if_else(is_factory, "工厂", "企业")
    unit = graph[NODE_KINDS[part.unit].table].texts("name", facts[part.unit][rows])
    listed = _listed(view, rows) if is_listing else ""
    return _joined("机构 ", agency, relative, " —", edge, "→ ", noun, " ", unit, listed)


def _joined(*parts: pa.Array | str) -> pa.Array:
    """Return texts put together row by row, null where a part is."""
    return pc.binary_join_element_wise(*parts, "")


def _listed(view: View, rows: NDArray[Any]) -> pa.Array:
    """Return the last step of each path: the list that the unit stands on."""
    listings = view.graph["listings"]
    tier = pa.array([tier.zh for tier in Tier]).take(pa.array(listings["tier"][rows]))
    category = pa.array([CATEGORY_ZH[category] for category in CATEGORIES]).take(pa.array(listings["category"][rows]))
    return _joined(" —列入 ", tier, category, "（", listings.texts("batch", rows), "）")


def _nothing() -> pd.DataFrame:
    blank = {column.name: pd.Series([], dtype="str") for column in COLUMNS}
    no_days = {name: days(np.empty(0, dtype=np.int32)) for name in ("date", "window_start", "window_end")}
    return pd.DataFrame({**blank, **no_days, "listing": np.empty(0, dtype=np.int64)})


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


def notes(_caveats: Caveats, options: BanOptions) -> list[Bilingual]:
    """Say what is supposed, and that nothing is removed by a ban."""
    sentences = [
        Bilingual(
            "不予受理本身不移出任何名单；“需复核”只表示应当复核。自评价单位不受影响。",
            "a ban removes no listing; 'review' means that it should be reviewed. Self-evaluated units are not touched.",
        )
    ]
    if options.agency:
        sentences.append(
            Bilingual("这是一项假设，没有使用已记录的不予受理。", "a supposition; recorded bans are left aside.")
        )
    return sentences


_TABLE_OF = {"listing": "listings", "report": "reports"}

QUESTION = Question(
    name="ban-reach",
    title=Bilingual("机构不予受理影响范围", "reach of an agency ban"),
    definition=Bilingual(
        "机构自认定之日起三年内提交的第三方报告不予受理；此前若干年内的报告及其支撑的有效名单需复核，"
        "更早的列为较早；同一法定代表人或分公司、母公司支撑的名单为线索；地区或日期不明的为未知。",
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
    on_server=CypherFacts(cypher(__file__), FACTS, ("jurisdiction", "lookback_years"), ban_parameters),
    place=50,
)
