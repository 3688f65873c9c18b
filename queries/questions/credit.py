"""To whom is each newly listed factory a gain? One row per place it counts in, with its exact part of the place's rise. SPEC 9.4.

A factory listed between the two days is credited to its city, its parks and the leaders it supplies with what it adds to the
part `listed` of `changes`; the credits of a place add up to that part exactly. Beside it stand the plans that had planned it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, years_later
from graph_model.errors import DoesNotFitError
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import days, flags, tiers, unit_column
from queries.asking.caveats import ViewCaveats, lacking_lists
from queries.asking.options import BaseOption, TierOption, base_option, option, tier_option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.measures.moved_places import (
    ids_and_names,
    listings_between,
    member_pairs,
    place_codes,
    with_share,
)
from queries.measures.place_members import MEMBERS
from queries.measures.plan_rows import DEPARTMENT, LEADER, PARK, planned_units
from queries.measures.share_parts import listed_credits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

    Ints = NDArray[Any]
    Sponsor = tuple[int, int]
    """Kind of a sponsor and its row; of the department the code of the unit's city."""

COLUMNS = columns(
    "kind", "id", "name", "unit_id", "unit", "uscc", "listed_on@credit", "highest", "credit", "own_plan", "planned_by",
    "evidence@finding",
)  # fmt: skip
BETWEEN = "、"
SPONSOR_KIND = {"city": DEPARTMENT, "park": PARK, "leader": LEADER}


class CreditOptions(Options):
    """Since which day, and which shares."""

    since: date | None = option(
        None, "从哪一天起（早于 as_of）；不写为一年前", "since which day; a year before by default"
    )
    tier: TierOption = tier_option()
    base: BaseOption = base_option()


def first_day(view: View, options: CreditOptions) -> date:
    """Return the day since which listings are credited; UsageError where it is not before the day asked."""
    since = options.since or years_later(view.day, -1)
    if since >= view.day:
        raise DoesNotFitError("since", since, Bilingual(f"应早于 {view.day}", f"a day before {view.day} is expected"))
    return since


def in_memory(view: View, options: CreditOptions) -> pd.DataFrame:
    """Gather a row per place and newly listed factory that counts in it on one of the days."""
    before, tier = view.on(first_day(view, options)), Tier.of(options.tier)
    sponsors, rows = _sponsors(view), _new_listings(view, before, tier)
    frames = [_of_kind(view, before, kind, options, sponsors, rows) for kind in MEMBERS]
    return pd.concat(frames, ignore_index=True)


def _of_kind(
    view: View,
    before: View,
    kind: str,
    options: CreditOptions,
    sponsors: dict[int, dict[Sponsor, None]],
    rows: dict[int, list[int]],
) -> pd.DataFrame:
    tier = Tier.of(options.tier)
    pairs = member_pairs(view, before, kind, options.base, tier)
    counted = place_codes(pairs)
    with_both = np.intersect1d(with_share(before, kind, options.base), with_share(view, kind, options.base))
    inside = np.isin(pairs.place, with_both) & (counted.counts @ HAS_MEMBERS).all(axis=1)[counted.at]
    new = np.flatnonzero(pairs.caused_by("listed"))
    place, unit, split = pairs.place[new], pairs.unit[new], inside[new]
    shares = listed_credits(counted.counts[counted.at[new]], pairs.codes[new])
    ids, names = ids_and_names(view, kind, place)
    listed = view.graph["listings"]["published_on"]
    evidence = np.empty(len(new), dtype=object)
    evidence[:] = [tuple(("listings", row) for row in rows.get(of, [])) for of in unit.tolist()]
    first = [min((int(listed[row]) for row in rows.get(of, [])), default=OPEN) for of in unit.tolist()]
    own = [
        (SPONSOR_KIND[kind], at) in sponsors.get(of, {}) for at, of in zip(place.tolist(), unit.tolist(), strict=True)
    ]
    exact = [credit if shown else None for credit, shown in zip(shares, split.tolist(), strict=True)]
    return pd.DataFrame(
        {
            "kind": pd.Series([kind] * len(new), dtype="str"),
            "id": ids,
            "name": names,
            "unit_id": unit_column(view.graph, "enterprises", "id", unit),
            "unit": unit_column(view.graph, "enterprises", "name", unit),
            "uscc": unit_column(view.graph, "enterprises", "uscc", unit),
            "listed_on": days(np.array(first, dtype=np.int32)),
            "highest": tiers(view.highest(Category.FACTORY)[unit]),
            "credit": pd.Series([None if credit is None else float(credit) for credit in exact], dtype="float64"),
            "own_plan": flags(np.array(own, dtype=np.int8)),
            "planned_by": pd.Series([_named(view, sponsors.get(of, {})) for of in unit.tolist()], dtype="str"),
            "evidence": evidence,
        }
    )


HAS_MEMBERS = np.array([[code >> 3 & 1, code >> 2 & 1] for code in range(16)])
"""Per code of a unit whether it is a member on the first day, and on the last: a place without any has no share."""


def _new_listings(view: View, before: View, tier: Tier) -> dict[int, list[int]]:
    """Return the listings of every enterprise that hold on the day and did not on the first."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row in listings_between(view, before, tier).tolist():
        rows[int(view.graph["listings"]["enterprise"][row])].append(row)
    return rows


def _sponsors(view: View) -> dict[int, dict[Sponsor, None]]:
    """Return whose plans of factories every enterprise came from: it was listed at the plan's tier since it began."""
    planned = planned_units(view, "enterprise", by_sponsor=True)
    came = (planned.category == CATEGORIES.index(Category.FACTORY)) & ~planned.already & (planned.first_listed < OPEN)
    region = view.graph["enterprises"]["region"][planned.unit]
    city = np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100)
    at = np.where(planned.sponsor == DEPARTMENT, city, planned.sponsor_row)
    sponsors: defaultdict[int, dict[Sponsor, None]] = defaultdict(dict)
    for unit, kind, row in zip(*(values[came].tolist() for values in (planned.unit, planned.sponsor, at)), strict=True):
        sponsors[unit][kind, row] = None
    return sponsors


def _named(view: View, sponsors: dict[Sponsor, None]) -> str | None:
    """Return the sponsors of a unit by name, null where nobody had planned it."""
    graph = view.graph
    tables = {PARK: "parks", LEADER: "enterprises"}
    names = [
        str(graph[tables[kind]].texts("name", np.array([row]))[0].as_py())
        if kind in tables
        else graph.regions.name(row) or "主管部门"
        for kind, row in sponsors
    ]
    return BETWEEN.join(sorted(names)) or None


def conclude(facts: pd.DataFrame, _options: CreditOptions) -> pd.DataFrame:
    """Order by kind and id, the largest credit first, then by unit."""
    kinds = {kind: at for at, kind in enumerate(MEMBERS)}
    ordered = facts.assign(_kind=facts["kind"].map(kinds), _credit=-facts["credit"])
    ordered = ordered.sort_values(["_kind", "id", "_credit", "unit_id"], kind="stable").reset_index(drop=True)
    return ordered[[column.name for column in COLUMNS]]


def notes(view: View, options: CreditOptions) -> list[Bilingual]:
    """Say which days are compared, and which lists are missing."""
    since = first_day(view, options)
    compared = Bilingual(f"{since} 之后新列入、{view.day} 仍在名单内的企业", f"enterprises listed since {since}")
    return [compared, *lacking_lists(ViewCaveats(view), "factory", options.tier)]


QUESTION = Question(
    name="credit",
    title=Bilingual("新增绿色工厂归属", "credit for newly listed factories"),
    definition=Bilingual(
        "两天之间新列入的绿色工厂，分别记到所在设区市、所在园区和所供应的龙头企业，一处一家一行；贡献为其在“占比变化原因”新列入部分中所占的份额，"
        "同一处各家相加恰为该部分。并列出曾把它列入培育计划的主体，以及是否出自该处自己的培育计划。",
        "each factory listed between two days, credited to its city, its parks and the leaders it supplies: one row per place and "
        "factory. credit is its share of the part `listed` of changes, and those of a place add up to it exactly. Beside it who "
        "had planned it, and whether the place's own plan had.",
    ),
    columns=COLUMNS,
    clause_ids=("D-17c", "D-17d", "D-03", "D-09.2", "D-10.2"),
    options=CreditOptions,
    row_id="id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    evidence="evidence",
    place=62,
)
