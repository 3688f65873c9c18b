"""Where does each enterprise stand, since when, and what is its next tier? One row per enterprise of the base. SPEC 6.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.days import OPEN
from graph_model.tiers import CATEGORIES, TIERS, Category, Tier
from graph_model.view import REGISTERED
from queries.answer import Words
from queries.columns import columns
from queries.frame import city_names, county_names, days, tiers, unit_column, words
from queries.lacking import lacking_lists, outside_note
from queries.measures.regions import units_of
from queries.options import BaseOption, base_option
from queries.question import EVERY_FILTER, Options, Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View


class EnterpriseLadderOptions(Options):
    """Which enterprises."""

    base: BaseOption = base_option()


COLUMNS = columns(
    "enterprise_id", "enterprise", "uscc", "city", "county", "parks", "pool_years", "district_on", "city_on",
    "provincial_on", "provincial_basis", "national_on", "highest", "next_tier",
)  # fmt: skip


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
            "parks": _parks(view)[rows],
            "pool_years": _pool_years(view)[rows],
            "district_on": days(since[Tier.DISTRICT]),
            "city_on": days(since[Tier.CITY]),
            "provincial_on": days(np.where(own, since[Tier.PROVINCIAL], since[Tier.NATIONAL])),
            "provincial_basis": words(basis, ["own", "derived"]),
            "national_on": days(since[Tier.NATIONAL]),
            "highest": tiers(highest),
            "next_tier": tiers(_next(highest, view.facts.identity[rows] == REGISTERED)),
        }
    ).astype({"parks": "str", "pool_years": "str"})


def conclude(facts: pd.DataFrame, _options: EnterpriseLadderOptions) -> pd.DataFrame:
    """Return the rows in id order; there is nothing to compute."""
    ordered = facts if facts["enterprise_id"].is_monotonic_increasing else facts.sort_values("enterprise_id")
    return ordered[[column.name for column in COLUMNS]].reset_index(drop=True)


def _published(view: View, tier: Tier) -> NDArray[np.int32]:
    """Return the earliest publication among each enterprise's own active factory listings of a tier, `OPEN` for none."""
    listings, rows = view.graph["listings"], view.factory_listings(tier)
    since = np.full(len(view.graph["enterprises"]), OPEN, dtype=np.int32)
    np.minimum.at(since, listings["enterprise"][rows], listings["published_on"][rows])
    return since


def _next(highest: NDArray[np.int8], registered: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return one step above the highest tier: city from nowhere or district, none at national or where nothing is known."""
    above = np.where(highest < Tier.CITY, Tier.CITY, highest + 1)
    known = (highest > 0) | registered
    return np.where(known & (highest < Tier.NATIONAL), above, Tier.NONE).astype(np.int8)


def _parks(view: View) -> NDArray[Any]:
    """Return the parks that each enterprise sits in, joined in the order of their ids, None for none."""
    who = view.facts.tenants
    names = view.graph["parks"].texts("name").to_pylist()
    return _joined(len(view.graph["enterprises"]), who.enterprise, who.park, names)


def _pool_years(view: View) -> NDArray[Any]:
    """Return the plan years begun by the day in which each enterprise was in the pool of factories, joined."""
    plans = view.graph["cultivation"]
    begun = plans["start"] <= view.facts.number
    begun &= (plans["category"] == CATEGORIES.index(Category.FACTORY)) & (plans["enterprise"] >= 0)
    rows = np.flatnonzero(begun)
    years = plans["plan_year"][rows]
    known, at = np.unique(years, return_inverse=True)
    return _joined(
        len(view.graph["enterprises"]), plans["enterprise"][rows], at, [str(year) for year in known.tolist()]
    )


def _joined(count: int, units: NDArray[Any], items: NDArray[Any], texts: list[str]) -> NDArray[Any]:
    """Return per unit the distinct texts of its items in the order of the items, joined by `、`."""
    joined = np.full(count, None, dtype=object)
    if not len(units):
        return joined
    pairs = np.unique(units.astype(np.int64) * len(texts) + items)
    unit, item = pairs // len(texts), pairs % len(texts)
    words = np.array(texts, dtype=object)[item]
    first = np.flatnonzero(np.concatenate(([True], unit[1:] != unit[:-1])))
    alone = np.diff(np.append(first, len(unit))) == 1
    joined[unit[first[alone]]] = words[first[alone]]
    ends = np.append(first[1:], len(unit))
    for start, end in zip(first[~alone].tolist(), ends[~alone].tolist(), strict=True):
        joined[unit[start]] = "、".join(words[start:end])
    return joined


def notes(view: View, options: EnterpriseLadderOptions) -> list[Words]:
    """Say which lists are missing and how many enterprises are left out as outside."""
    del options
    return [*lacking_lists(view, "factory", "district"), *outside_note(view, "enterprises")]


QUESTION = Question(
    name="enterprise-ladder",
    title=Words("企业培育阶梯", "ladder of each enterprise"),
    definition=Words(
        "口径内每家企业一行：各层级有效名单的最早公布日期（省级先看本级，再看国家级视同）、最高层级与下一步可申报层级。",
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
)
