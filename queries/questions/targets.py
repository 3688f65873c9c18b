"""Which published goals are reached, and how many are short? One row per goal, counted over the region it is of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import number
from graph_model.errors import DoesNotFitError
from graph_model.regions import NATION, UNKNOWN, contains, within
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import counts, days, flags, money
from queries.answers.shares import share
from queries.asking.caveats import ViewCaveats, lacking_tables
from queries.asking.options import ListScope, option
from queries.asking.question import Options, Question
from queries.law.goals.goals import Goal, read_goals, shipped_goals
from queries.measures.output_share import output_share, total_output
from queries.measures.tally import membership

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.arrays import Flags, Ints8
    from graph_model.view import View


COLUMNS = columns(
    "goal_id", "goal", "goal_en", "region@goal", "category", "tier@goal", "by", "counted_on", "target_count", "count", "short",
    "target_share", "share@goal", "output_known", "output_base", "output_green", "attained", "source", "verified",
)  # fmt: skip
YES, NO, UNKNOWN_YET = 1, 0, -1


class TargetsOptions(Options):
    """Goals of one's own beside the published ones, and whose."""

    goals: str | None = option(None, "自己的目标文件（YAML）", "a file of your own goals (YAML), beside the published")
    city: str | None = option(
        None,
        "只看该设区市：它自己的目标，以及按占比的上级目标在该市的情况",
        "only this city: its own goals, and how it stands against goals by share of the regions above",
    )
    scope: ListScope = option(
        "province",
        "本省：全国目标按本省对照；全国：只看全国目标，计名单上的全部单位",
        "the province, against which national goals are held too; or national goals over every unit on lists",
    )


@dataclass(frozen=True)
class GoalInRegion:
    """A goal, and the region over which it is counted."""

    id: str
    goal: Goal
    region: int


def goals_of(options: TargetsOptions) -> dict[str, Goal]:
    """Return the published goals, and the user's own; an own goal of the same id takes the place of the published."""
    return shipped_goals() | (read_goals(options.goals) if options.goals else {})


def in_memory(view: View, options: TargetsOptions) -> pd.DataFrame:
    """Count for every goal on its own day once that has passed, else on the day asked."""
    rows = []
    for asked in _goals_in_regions(view, options):
        goal = asked.goal
        on = view if goal.by >= view.day else view.on(goal.by)
        measured = _by_count(on, asked) if goal.output_share is None else _by_output(on, asked)
        rows.append({**_about(view, asked), "on": number(on.day), **measured})
    return pd.DataFrame(rows, columns=_FACTS)


def _goals_in_regions(view: View, options: TargetsOptions) -> Iterator[GoalInRegion]:
    """Yield the goals asked for with the region each is counted over."""
    home = view.graph.regions.home
    city = None if options.city is None else _city(view, options.city)
    for id, goal in goals_of(options).items():
        own = _region(view, goal)
        if options.scope == "national":
            if own == NATION:
                yield GoalInRegion(id, goal, NATION)
        elif city is None:
            yield GoalInRegion(id, goal, home if own == NATION else own)
        elif contains(city, own):
            yield GoalInRegion(id, goal, own)
        elif goal.output_share is not None and contains(own, city):
            yield GoalInRegion(id, goal, city)


def _city(view: View, text: str) -> int:
    reading = view.graph.regions.read(text)
    if reading.code not in view.graph.regions.cities or reading.doubt is not None:
        raise DoesNotFitError("city", text, Bilingual("不是本省的设区市", "it is no city of the province"))
    return reading.code


def _region(view: View, goal: Goal) -> int:
    """Return the region of a goal; UsageError where its text names none."""
    regions = view.graph.regions
    reading = regions.read_authority(goal.region) if goal.region == regions.name(NATION) else regions.read(goal.region)
    if reading.code == UNKNOWN or reading.doubt is not None:
        fault = Bilingual(
            "目标的地区读不出，应为全国、本省、设区市或县（市、区）", "a region, city, county or 全国 is expected"
        )
        raise DoesNotFitError("region", goal.region, fault)
    return reading.code


def _about(view: View, asked: GoalInRegion) -> dict[str, Any]:
    goal = asked.goal
    return {
        "goal_id": asked.id,
        "goal": goal.what.zh,
        "goal_en": goal.what.en,
        "region": view.graph.regions.name(asked.region),
        "category": goal.category,
        "tier": goal.tier,
        "by": number(goal.by),
        "target_count": -1 if goal.count is None else goal.count,
        "target_share": np.nan if goal.output_share is None else goal.output_share / 100,
        "source": goal.source,
        "verified": int(goal.verified),
    }


def _by_count(view: View, asked: GoalInRegion) -> dict[str, Any]:
    """Count the units of the region on a list of the tier or above; of products, the listings."""
    goal = asked.goal
    category, tier = Category(goal.category), Tier.of(goal.tier)
    if category is Category.PRODUCT:
        inside, listed, perhaps = _product_listings(view, asked.region, tier)
    else:
        unit, table = ("park", "parks") if category is Category.PARK else ("enterprise", "enterprises")
        inside, listed = _inside(view, table, asked.region), view.highest(category, unit) >= tier
        perhaps = listed | (view.unsure(category, unit) >= tier)
    count, maybe = int((listed & (inside == 1)).sum()), int((perhaps & (inside != 0)).sum())
    assert goal.count is not None
    reached = YES if count >= goal.count else UNKNOWN_YET if maybe >= goal.count else NO
    attained = reached if reached == YES or _has_list(view, category, tier) else UNKNOWN_YET
    none = {"output_known": -1, "output_base": 0, "output_green": 0}
    return {"count": count, "short": max(goal.count - count, 0), "attained": attained, **none}


def _inside(view: View, table: str, region: int) -> Ints8:
    """Return whether units lie in a region: 1 yes, 0 no, -1 not known as finely; the province has all not known outside."""
    codes = view.graph[table]["region"]
    if region == NATION:
        return np.ones(len(codes), dtype=np.int8)
    outside = view.graph.outside(table)
    if region == view.graph.regions.home:
        return np.where(outside, 0, 1).astype(np.int8)
    around = np.array([contains(int(code), region) for code in np.unique(codes)], dtype=bool)
    coarse = np.isin(codes, np.unique(codes)[around]) & ~within(codes, region)
    return np.where(within(codes, region), 1, np.where((coarse | (codes == UNKNOWN)) & ~outside, -1, 0)).astype(np.int8)


def _product_listings(view: View, region: int, tier: Tier) -> tuple[Ints8, Flags, Flags]:
    """Return, per listing, whether its enterprise lies in the region, and whether it is (or may be) an active product."""
    listings = view.graph["listings"]
    product = (listings["category"] == CATEGORIES.index(Category.PRODUCT)) & (listings["tier"] >= tier)
    inside = np.append(_inside(view, "enterprises", region), np.int8(1))[listings["enterprise"]]
    return inside, product & view.listed, product & (view.listed | view.facts.listing_unsure)


def _has_list(view: View, category: Category, tier: Tier) -> bool:
    """Return whether any list of the category at the tier or above is on record by the day: else nothing is known."""
    listings = view.graph["listings"]
    rows = (listings["category"] == CATEGORIES.index(category)) & (listings["tier"] >= tier)
    return bool((rows & (listings["published_on"] <= view.facts.number)).any())


def _by_output(view: View, asked: GoalInRegion) -> dict[str, Any]:
    """Hold the output of green manufacturers against the region's published total, else against all manufacturers' output."""
    goal = asked.goal
    inside = _inside(view, "enterprises", asked.region)
    shown = np.flatnonzero(view.facts.on_record("enterprises") & (inside != 0))
    member = membership(view, "manufacturer")[shown]
    member = np.where((inside[shown] == -1) & (member == 1), -1, member).astype(np.int8)
    outputs = output_share(
        member, view.green(Tier.of(goal.tier))[shown], view.facts.output[shown], total_output(view, asked.region)
    )
    return {
        "count": -1,
        "short": -1,
        "attained": _attained(goal, outputs.low, outputs.high),
        "output_known": outputs.known,
        "output_base": outputs.base,
        "output_green": outputs.green,
    }


def _attained(goal: Goal, low: Fraction | None, high: Fraction | None) -> int:
    """Return whether a goal by share holds, or fails, whatever the unknown outputs are."""
    if low is None or high is None or goal.output_share is None:
        return UNKNOWN_YET
    wanted = Fraction(str(goal.output_share)) / 100

    def reaches(share: Fraction) -> bool:
        return share > wanted if goal.above else share >= wanted

    return YES if reaches(low) else UNKNOWN_YET if reaches(high) else NO


_FACTS = [
    "goal_id", "goal", "goal_en", "region", "category", "tier", "by", "target_count", "target_share", "source", "verified", "on",
    "count", "short", "attained", "output_known", "output_base", "output_green",
]  # fmt: skip


def conclude(facts: pd.DataFrame, _options: TargetsOptions) -> pd.DataFrame:
    """Compute shares; order by the goal's day and id."""
    facts = facts.sort_values(["by", "goal_id"], kind="stable").reset_index(drop=True)
    whole = {name: facts[name].to_numpy(dtype=np.int64) for name in ("target_count", "count", "short", "output_known")}
    base, green = (facts[name].to_numpy(dtype=np.int64) for name in ("output_base", "output_green"))
    by_output = whole["output_known"] >= 0
    texts = ("goal_id", "goal", "goal_en", "region", "category", "tier", "source")
    table = facts.assign(
        **{name: counts(values, values >= 0) for name, values in whole.items()},
        **{name: pd.Series(facts[name], dtype="str") for name in texts},
        by=days(facts["by"].to_numpy(dtype=np.int64)),
        counted_on=days(facts["on"].to_numpy(dtype=np.int64)),
        target_share=facts["target_share"].to_numpy(dtype=np.float64),
        share=np.where(by_output, share(green, base), np.nan),
        output_base=money(base, by_output),
        output_green=money(green, by_output),
        attained=flags(facts["attained"].to_numpy(dtype=np.int8)),
        verified=flags(facts["verified"].to_numpy(dtype=np.int8)),
    )
    return table[[column.name for column in COLUMNS]]


def notes(view: View, options: TargetsOptions) -> list[Bilingual]:
    """Say what the counts rest on."""
    caveats = [
        Bilingual(
            "目标日已过的按目标日计数，否则按所问日期；名单、产值不足以判断的，是否达到为空。产品按名单条目计",
            "a goal whose day has passed is counted on that day, else on the day asked; where lists and outputs cannot tell, "
            "attained is null. Products are counted by listing",
        ),
        Bilingual(
            "产值占比的分母为地区公布的工业总产值，没有公布的用产值已知的制造业企业之和（早于当年的最近一年）；"
            "是否达到须在未知产值取任何值时都成立",
            "the share is over the region's published output, else over manufacturers with known output (latest earlier year); "
            "attained holds or fails whatever the unknown outputs are",
        ),
    ]
    if not list(_goals_in_regions(view, options)):
        caveats.append(
            Bilingual(
                "该范围没有目标；自己的目标用 --goals 给出，并写明地区",
                "there is no goal of this region: give your own with --goals, with their region",
            )
        )
    return [*caveats, *lacking_tables(ViewCaveats(view), "enterprises", "annual_figures", "totals")]


QUESTION = Question(
    name="targets",
    title=Bilingual("目标完成情况", "goals"),
    definition=Bilingual(
        "公布的目标（及自己给出的目标）逐项对照：目标地区内列入该类别、该层级及以上名单的单位数（国家级同时列为省级），"
        "或各级绿色工厂产值占工业总产值的比重。",
        "each published goal (and your own), over its region: units on a list of the category at the tier or above (national ones "
        "count as provincial), or the share of output by green factories of all tiers.",
    ),
    columns=COLUMNS,
    clause_ids=("D-16",),
    options=TargetsOptions,
    row_id="goal_id",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=140,
)
