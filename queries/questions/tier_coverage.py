"""How far does cultivation reach, tier by tier? One row per city, per county, or for the province. SPEC 6.4, D-03, D-07."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from graph_model.bilingual import Bilingual
from graph_model.errors import RefusedValueError
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import counts, money
from queries.answers.shares import bounds, share
from queries.asking.caveats import lacking_lists, lacking_tables, outside_note
from queries.asking.cypher_facts import CypherFacts, cypher
from queries.asking.fact_kinds import NUMBER, TEXT, of_kind
from queries.asking.options import BaseOption, CategoryOption, DaysOptions, TierOption, base_option, option, tier_option
from queries.asking.question import Question
from queries.measures.regions import RegionUnits, ladder, region_codes, region_outputs, region_tally, units_of
from queries.measures.tally import official_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.asking.caveats import Caveats


class TierCoverageOptions(DaysOptions):
    """Which rows, which green, which units."""

    by: Literal["city", "province", "county"] = option("city", "按设区市、全省或县（市、区）", "rows by")
    tier: TierOption = tier_option()
    base: BaseOption = base_option()
    category: CategoryOption = option("factory", "名单类别", "category of the lists")

    @model_validator(mode="after")
    def _base_is_for_factories(self) -> TierCoverageOptions:
        if self.category != "factory" and "base" in self.chosen:
            raise RefusedValueError("base 只适用于绿色工厂", "base fits category factory only")
        return self

    @model_validator(mode="after")
    def _province_is_one_row(self) -> TierCoverageOptions:
        if self.by == "province" and self.city is not None:
            raise RefusedValueError("by=province 只有全省一行，不能再按 city 筛选", "by=province has no row of a city")
        return self


COLUMNS = columns(
    "region_id", "region", "base", "base_unknown", "national", "provincial", "city@count", "district", "pool", "none",
    "unknown", "at_least_provincial", "at_least_city", "listed_outside_base", "share", "share_low", "share_high",
    "output_known", "output_base", "output_green", "output_share", "official_base", "official_share",
)  # fmt: skip


FACTS = {
    "code": NUMBER,
    **of_kind(TEXT, "region_id region"),
    **of_kind(NUMBER, "base base_unknown national provincial city district pool none unknown"),
    **of_kind(NUMBER, "green green_unknown listed_outside_base maybe_green maybe_open maybe_not"),
    **of_kind(NUMBER, "registered output_known output_base output_green official_base"),
}


def in_memory(view: View, options: TierCoverageOptions) -> pd.DataFrame:
    """Count the units of every region, of `未知` where it holds any, and of the province in the last row."""
    units = units_of(view, Category(options.category), options.base)
    province = _counted(
        view, units, np.zeros(len(units.rows), dtype=np.int64), np.array([view.graph.regions.home]), options
    )
    if options.by == "province":
        return province
    codes = region_codes(units, options.by)
    shown = np.array(_shown(view, codes, options.by), dtype=np.int64)
    rows = _counted(view, units, np.searchsorted(shown, codes), shown, options)
    # Code 0 is 未知; it sorts first and stands last, just before the province.
    return pd.concat([rows[rows["code"] != 0], rows[rows["code"] == 0], province], ignore_index=True)


def _shown(view: View, codes: NDArray[Any], by: str) -> list[int]:
    held = np.unique(codes).tolist()
    return sorted({*view.graph.regions.cities, *held}) if by == "city" else held


def _counted(
    view: View, units: RegionUnits, groups: NDArray[Any], codes: NDArray[Any], options: TierCoverageOptions
) -> pd.DataFrame:
    count, tier = len(codes), Tier.of(options.tier)
    tallied = region_tally(units, groups, count, tier)
    steps = ladder(units, groups, count)
    output = region_outputs(units, groups, count, tier)
    nothing = np.full(count, -1, dtype=np.int64)
    official = official_counts(view, "region", codes) if output is not None else nothing
    names = [view.graph.regions.name(code) or "未知" for code in codes.tolist()]
    return pd.DataFrame(
        {
            "code": codes,
            "region_id": pd.Series([str(code) if code else None for code in codes.tolist()], dtype="str"),
            "region": pd.Series(names, dtype="str"),
            "base": tallied.base,
            "base_unknown": tallied.base_unknown,
            **{step.id: steps.by_tier[step] for step in (Tier.NATIONAL, Tier.PROVINCIAL, Tier.CITY, Tier.DISTRICT)},
            "pool": steps.pool,
            "none": steps.none,
            "unknown": steps.unknown,
            "green": tallied.green,
            "green_unknown": tallied.green_unknown,
            "listed_outside_base": tallied.listed_outside_base,
            "maybe_green": tallied.maybe_green,
            "maybe_open": tallied.maybe_open,
            "maybe_not": tallied.maybe_not,
            "registered": np.bincount(groups[units.proven & (units.member != 0)], minlength=count),
            "output_known": nothing if output is None else output.known,
            "output_base": nothing if output is None else output.base,
            "output_green": nothing if output is None else output.green,
            "official_base": official,
        }
    )


def conclude(facts: pd.DataFrame, _options: TierCoverageOptions) -> pd.DataFrame:
    """Compute shares and bounds, null where the base is the lists themselves; the order is that of the facts."""
    no_register = facts["registered"].to_numpy() == 0
    shares = share(facts["green"].to_numpy(), facts["base"].to_numpy())
    low, high = bounds(*(facts[name].to_numpy() for name in _FOR_BOUNDS))
    shares, low, high = (np.where(no_register, np.nan, values) for values in (shares, low, high))
    stated = facts["output_known"].to_numpy() >= 0
    official = facts["official_base"].to_numpy()
    output_base, output_green = facts["output_base"].to_numpy(), facts["output_green"].to_numpy()
    table = facts.assign(
        at_least_provincial=facts["national"] + facts["provincial"],
        at_least_city=facts["national"] + facts["provincial"] + facts["city"],
        share=shares,
        share_low=low,
        share_high=high,
        output_known=counts(facts["output_known"].to_numpy(), stated),
        output_base=money(output_base, stated),
        output_green=money(output_green, stated),
        output_share=share(output_green, output_base),
        official_base=counts(official, official >= 0),
        official_share=share(facts["green"].to_numpy(), official),
    )
    return table[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(caveats: Caveats, options: TierCoverageOptions) -> list[Bilingual]:
    """Say which lists and tables are missing, what follows without a register, and how many units are left out as outside."""
    table = NODE_KINDS[Category(options.category).unit].table
    needed = ("enterprises", "annual_figures", "totals") if options.category == "factory" else ()
    return [
        *lacking_lists(caveats, options.category, options.tier),
        *lacking_tables(caveats, *needed),
        *([NO_REGISTER] if needed and "enterprises" not in caveats.tables_held() else []),
        *outside_note(caveats, table),
    ]


NO_REGISTER = Bilingual(
    "没有载入企业名录，基数就是名单本身，因此不给出占比和上下限",
    "no register of enterprises is on record, so the base is the lists themselves: share and bounds are null",
)
_FOR_BOUNDS = ("base", "green", "green_unknown", "maybe_green", "maybe_open", "maybe_not")

QUESTION = Question(
    name="tier-coverage",
    title=Bilingual("梯度培育覆盖", "tiered cultivation coverage"),
    definition=Bilingual(
        "按单位的最高有效层级计数（每家只计一次），国家级+省级+市级+区县级+培育库+未列入+未知=基数；"
        "占比 = 基数中列入所问层级及以上名单的单位数 ÷ 基数；基数里没有企业名录所列企业的地区不给出占比。"
        "地区不明的列在“未知”行，末行为全省。",
        "units by their highest active tier, each once: national + provincial + city + district + pool + none + unknown = "
        "base; share = units of the base listed at the tier or above / base, null where no enterprise of the region is in a "
        "register. The last row is the province.",
    ),
    columns=COLUMNS,
    clause_ids=("D-03", "D-07", "D-16"),
    options=TierCoverageOptions,
    row_id="region_id",
    filters=frozenset({"city"}),
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
    on_server=CypherFacts[TierCoverageOptions](cypher(__file__), FACTS, ("by", "base", "category")),
    place=70,
)
