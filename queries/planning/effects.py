"""Parks, leaders and cities before and after what might happen, as a table; of one supposition, or of many. SPEC 9.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from queries.answers.columns import columns
from queries.answers.frame import counts
from queries.answers.shares import share
from queries.measures.place_counts import COUNTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.planning.place_changes import CountedPlaces, PlaceChange

COLUMNS = columns(
    "kind",
    "id",
    "name",
    "before_base",
    "after_base",
    "before_green@acts",
    "after_green@acts",
    "before@acts",
    "after@acts",
    "change@acts",
)
SCENARIO_COLUMNS = (*columns("scenario"), *COLUMNS)


def effects(counted: CountedPlaces, changes: Sequence[Sequence[PlaceChange]]) -> pd.DataFrame:
    """Return the places that each scenario changes: by scenario, kind, change (null first) and id."""
    scenario = np.repeat(np.arange(len(changes)), [len(of_one) for of_one in changes])
    flat = np.array([change for of_one in changes for change in of_one], dtype=np.int64).reshape(-1, 3)
    place, base_rise, green_rise = flat.T
    before = counted.frame.iloc[place].reset_index(drop=True)
    base, green = before["base"].to_numpy(np.int64), before["green"].to_numpy(np.int64)
    shares = {"before": share(green, base), "after": share(green + green_rise, base + base_rise)}
    table = pd.DataFrame(
        {
            "scenario": scenario,
            **before[["kind", "id", "name"]],
            "before_base": counts(base),
            "after_base": counts(base + base_rise),
            "before_green": counts(green),
            "after_green": counts(green + green_rise),
            **shares,
            "change": shares["after"] - shares["before"],
        }
    )
    order = table.assign(place=table["kind"].map({kind: at for at, kind in enumerate(COUNTS)}))
    ordered = order.sort_values(["scenario", "place", "change", "id"], na_position="first", kind="stable")
    return ordered[[column.name for column in SCENARIO_COLUMNS]].reset_index(drop=True)
