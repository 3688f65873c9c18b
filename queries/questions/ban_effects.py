"""What would change if every factory listing that a ban puts under review were struck? SPEC 6.3, clause D-24."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from graph_model.tiers import CATEGORIES, Category, Tier
from graph_model.view import View
from queries.answers.bilingual import Bilingual
from queries.answers.columns import columns
from queries.answers.frame import unit_column
from queries.answers.shares import share
from queries.asking.caveats import Counted, lacking_lists
from queries.asking.options import BanOptions, TierOption, tier_option
from queries.asking.question import EVERY_FILTER, Question
from queries.measures.bans import AgencyEvidence, bans_asked, jurisdiction_of
from queries.measures.leaders import leader_tally
from queries.measures.parks import park_tally, shown_parks
from queries.measures.regions import region_codes, region_tally, units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from queries.measures.tally import Tally


class BanEffectsOptions(BanOptions):
    """The ban, and which green its effects are counted in."""

    tier: TierOption = tier_option()


COLUMNS = columns("kind", "id", "name", "base", "before_green", "after_green", "before", "after", "change")


class Reviewing(Counted, Protocol):
    """A server, which counts the listings under review itself."""

    def under_review(self, options: BanOptions) -> int:
        """Return how many factory listings the bans asked for put under review."""


def in_memory(view: View, options: BanEffectsOptions) -> pd.DataFrame:
    """Count parks, leaders and cities before and after, with every factory listing under review struck."""
    struck = view.without(listings_under_review(view, options))
    tier = Tier.of(options.tier)
    return pd.concat(
        [_parks(view, struck, tier), _leaders(view, struck, tier), _cities(view, struck, tier)], ignore_index=True
    )


def listings_under_review(view: View, options: BanOptions) -> NDArray[np.intp]:
    """Return the factory listings of class `review` of all bans asked for, as row numbers."""
    listings, evidence = view.graph["listings"], AgencyEvidence(view)
    review = np.zeros(len(listings), dtype=bool)
    for ban in bans_asked(view, options):
        for reached in evidence.reached(ban, options.lookback_years):
            if reached.what == "listing" and reached.name == "review":
                rows = reached.rows[listings["enterprise"][reached.rows] >= 0]
                inside = jurisdiction_of(view, "enterprises", ban.regions, listings["enterprise"][rows])
                review[rows[inside == 1]] = True
    return np.flatnonzero(review & (listings["category"] == CATEGORIES.index(Category.FACTORY)))


def _parks(view: View, struck: View, tier: Tier) -> pd.DataFrame:
    parks = shown_parks(view)
    before, after = (park_tally(one, "above_scale", tier) for one in (view, struck))
    ids, names = (unit_column(view.graph, "parks", name, parks) for name in ("id", "name"))
    return _changes("park", ids, names, before, after, parks)


def _leaders(view: View, struck: View, tier: Tier) -> pd.DataFrame:
    leaders = view.facts.leaders
    (before, _), (after, _) = (leader_tally(one, tier) for one in (view, struck))
    ids, names = (unit_column(view.graph, "enterprises", name, leaders) for name in ("id", "name"))
    return _changes("leader", ids, names, before, after, np.arange(len(leaders)))


def _cities(view: View, struck: View, tier: Tier) -> pd.DataFrame:
    cities = np.array(view.graph.regions.cities)
    tallies = []
    for one in (view, struck):
        units = units_of(one, Category.FACTORY, "above_scale")
        city = region_codes(units, "city")
        groups = np.where(city == 0, len(cities), np.searchsorted(cities, city))
        tallies.append(region_tally(units, groups, len(cities) + 1, tier))
    names = [view.graph.regions.name(code) for code in cities.tolist()]
    ids = pd.Series([str(code) for code in cities.tolist()], dtype="str")
    return _changes("city", ids, pd.Series(names, dtype="str"), tallies[0], tallies[1], np.arange(len(cities)))


def _changes(
    kind: str, ids: pd.Series[Any], names: pd.Series[Any], before: Tally, after: Tally, rows: NDArray[Any]
) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "kind": kind,
            "id": ids,
            "name": names,
            "base": before.base[rows],
            "before_green": before.green[rows],
            "after_green": after.green[rows],
        }
    )
    return table[table["before_green"] != table["after_green"]]


def conclude(facts: pd.DataFrame, _options: BanEffectsOptions) -> pd.DataFrame:
    """Compute shares and changes; order by kind, change and id."""
    base, before, after = (facts[name].to_numpy() for name in ("base", "before_green", "after_green"))
    table = facts.assign(
        before=share(before, base),
        after=share(after, base),
        change=share(after - before, base),
        _kind=facts["kind"].map({"park": 0, "leader": 1, "city": 2}),
    )
    table = table.sort_values(["_kind", "change", "id"], kind="stable")
    return table[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(view: View | Reviewing, options: BanEffectsOptions) -> list[Bilingual]:
    """Say how many listings would be struck, and which lists are missing."""
    count = len(listings_under_review(view, options)) if isinstance(view, View) else view.under_review(options)
    return [
        Bilingual(
            f"假设撤销 {count} 条需复核的绿色工厂名单（含由其视同的省级）；这只是推演，不是移出决定。",
            f"supposes that {count} factory listings under review are struck; a what-if, not a decision to remove them.",
        ),
        *lacking_lists(view, "factory", options.tier),
    ]


QUESTION = Question(
    name="ban-effects",
    title=Bilingual("机构不予受理影响推演", "effects of an agency ban"),
    definition=Bilingual(
        "把所有不予受理中“需复核”的绿色工厂名单（含由其视同的省级）一并撤销后，园区占比、链主占比、设区市覆盖率的变化；"
        "仍有其他名单支撑的企业不变，被撤销企业的身份不变。",
        "what changes in park shares, leader ratios and city coverage if all factory listings of class review, with what is "
        "derived from them, were struck; a unit that stays green through another listing changes nothing.",
    ),
    columns=COLUMNS,
    clause_ids=("D-24", "D-16"),
    options=BanEffectsOptions,
    row_id="id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
)
