"""Which listings must be changed this year, from what to what? One row per listing and change, as offices send it. Clause D-21."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import ALWAYS, OPEN, number
from graph_model.kinds import NODE_KINDS
from queries.answers.columns import columns
from queries.answers.frame import categories, city_names, counts, days, tiers, unit_column
from queries.asking.caveats import ViewCaveats, outside_note, unread_ends_note
from queries.asking.options import option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.duties.duty_findings import UNIT_KINDS
from queries.duties.standing import standing

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.duties.duty_findings import ListedUnitKind

COLUMNS = columns(
    "place@list", "unit_id", "unit@present", "uscc", "city", "category", "tier", "batch", "changed_from", "changed_to",
    "change_kind", "changed_on", "opinion", "evidence@finding",
)  # fmt: skip


class ChangeListOptions(Options):
    """Of which year, and whether changes without a day are told too."""

    year: int | None = option(
        None, "哪一年的变更；不写为当日所在年", "year of the changes; else that of the day", ge=2000, le=2200
    )


def in_memory(view: View, options: ChangeListOptions) -> pd.DataFrame:
    """Gather every listing of a unit that changed in the year, after the listing was published, with each change."""
    return pd.concat([_of_kind(view, kind, options) for kind in UNIT_KINDS], ignore_index=True)


def _of_kind(view: View, kind: ListedUnitKind, options: ChangeListOptions) -> pd.DataFrame:
    changes, listings, graph = view.graph["name_changes"], view.graph["listings"], view.graph
    table = NODE_KINDS[kind].table
    rows = np.flatnonzero(_of_year(view, options) & (changes[kind] >= 0))
    by_unit: defaultdict[int, list[int]] = defaultdict(list)
    for unit, row in zip(changes[kind][rows].tolist(), rows.tolist(), strict=True):
        by_unit[unit].append(row)
    stands = standing(view, kind)
    stands = stands.at(np.isin(stands.unit, changes[kind][rows]) & ~graph.outside(table)[stands.unit])
    pairs = [
        (listing, change)
        for unit, listing, since in zip(stands.unit.tolist(), stands.row.tolist(), stands.since.tolist(), strict=True)
        for change in by_unit[unit]
        if changes["changed_on"][change] > since
    ]
    listing, change = (np.array([pair[place] for pair in pairs], dtype=np.int64) for place in (0, 1))
    units = listings[kind][listing]
    evidence = np.empty(len(pairs), dtype=object)
    evidence[:] = [(("name_changes", row), ("listings", of)) for of, row in pairs]
    no_code = pd.Series([None] * len(pairs), dtype="str")
    return pd.DataFrame(
        {
            "unit_id": unit_column(graph, table, "id", units),
            "unit": unit_column(graph, table, "name", units),
            "uscc": no_code if kind == "park" else unit_column(graph, table, "uscc", units),
            "city": city_names(graph, table, units),
            "category": categories(listings["category"][listing]),
            "tier": tiers(listings["tier"][listing]),
            "batch": unit_column(graph, "listings", "batch", listing),
            "changed_from": unit_column(graph, "name_changes", "old_name", change),
            "changed_to": unit_column(graph, "name_changes", "new_name", change),
            "change_kind": unit_column(graph, "name_changes", "kind", change).fillna(RENAMED_ZH),
            "changed_on": days(changes["changed_on"][change]),
            "evidence": evidence,
        }
    )


RENAMED_ZH = "更名"
"""What a blank kind of change means. SPEC 8."""


def _of_year(view: View, options: ChangeListOptions) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return the changes of the year known by the day, and those without a day, which may be of it."""
    year = options.year or view.day.year
    on = view.graph["name_changes"]["changed_on"]
    first, last = (number(view.day.replace(year=of, month=1, day=1)) for of in (year, year + 1))
    dated = (first <= on) & (on < last) & (on <= view.facts.number)
    chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = dated | (on == OPEN) | (on == ALWAYS)
    return chosen


def conclude(facts: pd.DataFrame, _options: ChangeListOptions) -> pd.DataFrame:
    """Order by city, unit, category, tier from high to low and day; number the rows; leave the city's opinion blank."""
    rank = {"national": 0, "provincial": 1, "city": 2, "district": 3}
    table = facts.assign(_tier=facts["tier"].map(rank))
    keys = ["city", "unit_id", "category", "_tier", "changed_on", "changed_to"]
    table = table.sort_values(keys, na_position="last", kind="stable").reset_index(drop=True)
    table = table.assign(
        place=counts(np.arange(1, len(table) + 1)), opinion=pd.Series([None] * len(table), dtype="str")
    )
    return table[[column.name for column in COLUMNS]]


def notes(view: View, options: ChangeListOptions) -> list[Bilingual]:
    """Say of which year, and what is done with a change without a day."""
    year = options.year or view.day.year
    return [
        Bilingual(
            f"{year}年的变更；没有变更日期的也列出，请补充日期。设区市意见由设区市工信局填写",
            f"changes of {year}; those without a day are told too, please supply it. The city fills in its opinion",
        ),
        *unread_ends_note(view),
        *outside_note(ViewCaveats(view), "enterprises"),
    ]


QUESTION = Question(
    name="change-list",
    title=Bilingual("名单变更汇总表", "yearly list of changes"),
    definition=Bilingual(
        "名单内单位在列入后、所问年度内发生的变更，每个名单每项变更一行：变更前、变更后、变更事项、日期，设区市意见留空待填；"
        "随推荐名单上报，在发布年度名单时公告和变更。",
        "changes of listed units in the year asked, after their listing: one row per listing and change, from what to what, kind, "
        "day, with the city's opinion left blank; sent with the year's candidates and announced with the year's list.",
    ),
    columns=COLUMNS,
    clause_ids=("D-21",),
    options=ChangeListOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    evidence="evidence",
    place=95,
)
