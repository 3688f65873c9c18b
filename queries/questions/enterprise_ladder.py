"""Where does each enterprise stand, since when, and what is its next tier? One row per enterprise of the base. SPEC 6.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN
from graph_model.tiers import CATEGORIES, TIERS, Category, Tier
from graph_model.view import REGISTERED
from queries.answers.columns import columns
from queries.answers.frame import city_names, county_names, days, in_order, tiers, unit_column, words
from queries.asking.caveats import lacking_lists, lacking_tables, outside_note
from queries.asking.cypher_facts import CypherFacts, cypher
from queries.asking.fact_kinds import DAY, TEXT, TIER, of_kind
from queries.asking.options import BaseOption, base_option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.measures.regions import next_tiers, units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.asking.caveats import Caveats


class EnterpriseLadderOptions(Options):
    """Which enterprises."""

    base: BaseOption = base_option()


COLUMNS = columns(
    "enterprise_id", "enterprise", "uscc", "city", "county", "parks", "pool_years", "district_on", "city_on",
    "provincial_on", "provincial_basis", "national_on", "highest", "next_tier",
)  # fmt: skip


FACTS = {
    **of_kind(TEXT, "enterprise_id enterprise uscc city county parks pool_years"),
    **of_kind(DAY, "district_on city_on provincial_on"),
    "provincial_basis": TEXT,
    "national_on": DAY,
    **of_kind(TIER, "highest next_tier"),
}


def in_memory(view: View, options: EnterpriseLadderOptions) -> pd.DataFrame:
    """Gather the steps of every enterprise that the province row of `tier-coverage` counts in its base."""
    graph = view.graph
    units = units_of(view, Category.FACTORY, options.base)
    rows = units.rows[units.member == 1]
    since = {tier: _published(view, tier)[rows] for tier in TIERS}
    own = since[Tier.PROVINCIAL] != OPEN
    highest = view.highest(Category.FACTORY)[rows]
    basis = np.where(own, 0, np.where(since[Tier.NATIONAL] != OPEN, 1, -1))
    return pd.DataFrame(
        {
            "enterprise_id": unit_column(graph, "enterprises", "id", rows),
            "enterprise": unit_column(graph, "enterprises", "name", rows),
            "uscc": unit_column(graph, "enterprises", "uscc", rows),
            "city": city_names(graph, "enterprises", rows),
            "county": county_names(graph, rows),
            "parks": _parks(view, rows),
            "pool_years": _pool_years(view, rows),
            "district_on": days(since[Tier.DISTRICT]),
            "city_on": days(since[Tier.CITY]),
            "provincial_on": days(np.where(own, since[Tier.PROVINCIAL], since[Tier.NATIONAL])),
            "provincial_basis": words(basis, ["own", "derived"]),
            "national_on": days(since[Tier.NATIONAL]),
            "highest": tiers(highest),
            "next_tier": tiers(next_tiers(highest, view.facts.identity[rows] == REGISTERED)),
        }
    )


def conclude(facts: pd.DataFrame, _options: EnterpriseLadderOptions) -> pd.DataFrame:
    """Return the rows in id order; there is nothing to compute."""
    return in_order(facts, ["enterprise_id"], COLUMNS)


def _published(view: View, tier: Tier) -> NDArray[np.int32]:
    """Return the earliest publication among each enterprise's own active factory listings of a tier, `OPEN` for none."""
    listings, rows = view.graph["listings"], view.factory_listings(tier)
    since = np.full(len(view.graph["enterprises"]), OPEN, dtype=np.int32)
    np.minimum.at(since, listings["enterprise"][rows], listings["published_on"][rows])
    return since


def _parks(view: View, rows: NDArray[Any]) -> pd.Series[Any]:
    """Return the parks that enterprises sit in, joined in the order of their ids, null for none."""
    who = view.facts.tenants
    names = view.graph["parks"].texts("name").to_pylist()
    codes, vocabulary = _joined(len(view.graph["enterprises"]), who.enterprise, who.park, names)
    return words(codes[rows], vocabulary)


def _pool_years(view: View, rows: NDArray[Any]) -> pd.Series[Any]:
    """Return the plan years begun by the day in which enterprises were in the pool of factories, joined, null for none."""
    plans = view.graph["cultivation"]
    begun = plans["start"] <= view.facts.number
    begun &= (plans["category"] == CATEGORIES.index(Category.FACTORY)) & (plans["enterprise"] >= 0)
    plan_years, at = np.unique(plans["plan_year"][begun], return_inverse=True)
    years = [str(year) for year in plan_years.tolist()]
    codes, vocabulary = _joined(len(view.graph["enterprises"]), plans["enterprise"][begun], at, years)
    return words(codes[rows], vocabulary)


def _joined(
    count: int, units: NDArray[Any], items: NDArray[Any], texts: list[str]
) -> tuple[NDArray[np.int32], list[str]]:
    """Return per unit the distinct texts of its items in the order of the items, joined by `、`: codes, and their words."""
    codes = np.full(count, -1, dtype=np.int32)
    pairs = np.sort(units.astype(np.int64) * len(texts) + items)
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    unit, item = pairs // max(len(texts), 1), pairs % max(len(texts), 1)
    first = np.flatnonzero(np.diff(unit, prepend=-1))
    ends = np.append(first[1:], len(unit))
    alone = ends - first == 1
    codes[unit[first[alone]]] = item[first[alone]]
    codes[unit[first[~alone]]] = len(texts) + np.arange(np.count_nonzero(~alone))
    several = zip(first[~alone].tolist(), ends[~alone].tolist(), strict=True)
    numbers = item.tolist()
    return codes, [*texts, *("、".join(texts[number] for number in numbers[start:end]) for start, end in several)]


def notes(caveats: Caveats, _options: EnterpriseLadderOptions) -> list[Bilingual]:
    """Say which lists are missing and how many enterprises are left out as outside."""
    return [
        *lacking_lists(caveats, "factory", "district"),
        *lacking_tables(caveats, "enterprises", "tenancies"),
        *outside_note(caveats, "enterprises"),
    ]


QUESTION = Question(
    name="enterprise-ladder",
    title=Bilingual("企业培育阶梯", "ladder of each enterprise"),
    definition=Bilingual(
        "口径内每家企业一行：各层级有效名单的最早公布日期（省级先看本级公布，没有的看同时列为省级的国家级）、最高层级与下一步可申报层级。",
        "one row per enterprise of the base: earliest publication at each tier (own before derived), highest tier and the tier "
        "to aim at next.",
    ),
    columns=COLUMNS,
    clause_ids=("D-03", "D-07", "D-16"),
    options=EnterpriseLadderOptions,
    row_id="enterprise_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
    on_server=CypherFacts[EnterpriseLadderOptions](cypher(__file__), FACTS, ("base",)),
    place=80,
)
