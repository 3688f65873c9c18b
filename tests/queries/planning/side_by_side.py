"""Two days of the same units side by side, counted anew by the questions: what every what-if is held against."""

from __future__ import annotations

from datetime import date

import pandas as pd

from graph_model.tiers import Tier
from graph_model.view import View
from queries import Session
from queries.answers.shares import share
from queries.measures.place_counts import COUNTS
from queries.measures.tally import Base

COLUMNS = "kind id name before_base after_base before_green after_green before after change"


def side_by_side(before: View, after: View, tier: Tier, base: Base = "above_scale") -> pd.DataFrame:
    """Return the parks, leaders and cities whose base or green count differs, by kind, change (null first) and id."""
    parts = []
    for place, (kind, count) in enumerate(COUNTS.items()):
        both = count(before, tier, base).merge(count(after, tier, base), on="id", how="outer", suffixes=("_b", "_a"))
        parts.append(_changed(both).assign(kind=pd.Series([kind] * len(both), dtype="str"), place=place))
    table = pd.concat(parts, ignore_index=True).sort_values(["place", "change", "id"], na_position="first")
    moved = (table["before_base"] != table["after_base"]) | (table["before_green"] != table["after_green"])
    return table.loc[moved, COLUMNS.split()].reset_index(drop=True)


def _changed(both: pd.DataFrame) -> pd.DataFrame:
    assert both.notna().all(axis=None), "an act puts no place on record and takes none off it"
    shares = [share(both[f"green_{when}"].to_numpy(int), both[f"base_{when}"].to_numpy(int)) for when in "ba"]
    return pd.DataFrame(
        {
            "id": both["id"],
            "name": both["name_b"],
            "before_base": both["base_b"].astype("Int64"),
            "after_base": both["base_a"].astype("Int64"),
            "before_green": both["green_b"].astype("Int64"),
            "after_green": both["green_a"].astype("Int64"),
            "before": shares[0],
            "after": shares[1],
            "change": shares[1] - shares[0],
        }
    )


def changed_verdicts(first: Session, second: Session, day: date) -> set[tuple[str, ...]]:
    """Return id, category, verdict before and after of the units whose verdict differs between two stores."""
    changed: set[tuple[str, ...]] = set()
    for category in ("factory", "park", "supply_chain"):
        one, other = (
            session.assess(as_of=day, category=category, tier="city").verdicts.table.set_index("unit_id")["verdict"]
            for session in (first, second)
        )
        for id in one.index.intersection(other.index):
            if one[id] != other[id]:
                changed.add((id, category, one[id], other[id]))
    return changed
