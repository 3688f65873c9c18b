"""Do the lists add up between two days (or two batches)? Stock before + in - out = stock after, per category and tier.

Units are who they are, whatever they are called: one that was renamed stands on both lists and is neither in nor out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic import model_validator

from graph_model.bilingual import Bilingual
from graph_model.days import active, number, years_later
from graph_model.errors import DoesNotFitError, RefusedValueError, UnknownNameError, named_option
from graph_model.tiers import CATEGORIES, TIERS
from graph_model.values.coded import CHANGE_KINDS, REMOVAL_REASONS, RENAMED
from queries.answers.columns import columns
from queries.answers.frame import categories, counts, flags, tiers
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.law.goals.published import numbers_of, read_published
from queries.law.ruleset import ruleset_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

    Rows = NDArray[Any]

COLUMNS = columns(
    "category", "tier", "before_count", "added", "removed", "after_count", "balanced", "renamed", "without_fault",
    "published_added", "published_removed", "published_after", "agrees",
)  # fmt: skip


class ReconcileOptions(Options):
    """Between which days or lists, and what was published."""

    since: date | None = option(None, "期初日期；不写为一年前的同一天", "the first day; else the same day a year ago")
    batch_before: str | None = option(None, "期初批次，代替日期", "first batch, in place of days")
    batch_after: str | None = option(None, "期末批次", "last batch")
    published: str | None = option(
        None,
        "公布的总数（csv：category,tier,kind,date,count；kind 为 added、removed 或 stock）",
        "published totals (csv: category,tier,kind,date,count; kind is added, removed or stock)",
    )

    @model_validator(mode="after")
    def _belong_together(self) -> ReconcileOptions:
        if (self.batch_before is None) != (self.batch_after is None):
            raise RefusedValueError(
                "batch_before 与 batch_after 要同时给出", "give batch_before and batch_after together"
            )
        if self.batch_before is not None and (self.since is not None or self.published is not None):
            raise RefusedValueError("按批次时不用 since 和 published", "batches exclude since and published")
        return self


def first_day(view: View, options: ReconcileOptions) -> date:
    """Return the first day."""
    return options.since or years_later(view.day, -1)


def in_memory(view: View, options: ReconcileOptions) -> pd.DataFrame:
    """Gather the units on each list at both ends."""
    start = first_day(view, options)
    if start > view.day:
        as_of = f"{named_option('as_of')} {view.day}"
        raise DoesNotFitError("since", start, Bilingual(f"晚于 {as_of}", f"it is after {as_of}"))
    before, after = _ends(view, options, start)
    renamed = _renamed(view, number(start) if options.batch_before is None else -(2**31))
    faultless = _without_fault(view, number(start))
    published = read_published(options.published) if options.published else []
    rows = []
    for category, name in enumerate(CATEGORIES):
        for tier in TIERS:
            key = (category, int(tier))
            mine, theirs = before.get(key, set()), after.get(key, set())
            told = numbers_of(published, name.value, tier.id, number(start), view.facts.number)
            if mine or theirs or max(told.values()) >= 0:
                rows.append(
                    {
                        "category": category,
                        "tier": int(tier),
                        "before_count": len(mine),
                        "added": len(theirs - mine),
                        "removed": len(mine - theirs),
                        "after_count": len(theirs),
                        "renamed": len(mine & theirs & renamed),
                        "without_fault": len((mine - theirs) & faultless.get(key, set())),
                        **told,
                    }
                )
    names = ["category", "tier", "before_count", "added", "removed", "after_count", "renamed", "without_fault", *_TOLD]
    return pd.DataFrame(rows, columns=names)


def _ends(view: View, options: ReconcileOptions, start: date) -> tuple[dict[Any, set[Any]], dict[Any, set[Any]]]:
    """Return who stood on each list at first and at last: on two days, or in two batches published by the day."""
    listings = view.graph["listings"]
    if options.batch_before is None or options.batch_after is None:
        then = active(listings["published_on"], listings["removed_on"], number(start))
        return _units(view, then), _units(view, view.listed)
    codes, words = listings.words("batch")
    seen = listings["published_on"] <= view.facts.number
    for batch in (options.batch_before, options.batch_after):
        if batch not in words:
            raise UnknownNameError(Bilingual("批次", "batch"), batch, sorted(words))
    first, last = (codes == words.index(batch) for batch in (options.batch_before, options.batch_after))
    return _units(view, seen & first), _units(view, seen & last)


def _units(view: View, mask: Rows) -> dict[tuple[int, int], set[tuple[str, int]]]:
    """Return the distinct units per category and tier; those known to be outside the province are left out."""
    listings = view.graph["listings"]
    found: dict[tuple[int, int], set[tuple[str, int]]] = {}
    for kind, table in (("enterprise", "enterprises"), ("park", "parks")):
        rows = np.flatnonzero(mask & (listings[kind] >= 0))
        rows = rows[~view.graph.outside(table)[listings[kind][rows]]]
        columns = (listings["category"][rows].tolist(), listings["tier"][rows].tolist(), listings[kind][rows].tolist())
        for category, tier, unit in zip(*columns, strict=True):
            found.setdefault((category, tier), set()).add((kind, unit))
    return found


def _renamed(view: View, start: int) -> set[tuple[str, int]]:
    """Return the units that took another name after the first day and by the last."""
    changes = view.graph["name_changes"]
    codes, words = changes.words("kind")
    mask = np.array([RENAMED in CHANGE_KINDS.meanings(word) for word in words] + [True])[codes]
    mask &= (changes["changed_on"] > start) & (changes["changed_on"] <= view.facts.number)
    return {(kind, unit) for kind in ("enterprise", "park") for unit in changes[kind][mask].tolist() if unit >= 0}


def _without_fault(view: View, start: int) -> dict[tuple[int, int], set[tuple[str, int]]]:
    listings = view.graph["listings"]
    codes, words = listings.words("removal_reason")
    reasons = ruleset_for(view.day).value("without_fault")
    faultless = np.array([REMOVAL_REASONS.meaning(word) in reasons for word in words] + [False])[codes]
    gone = (listings["removed_on"] > start) & (listings["removed_on"] <= view.facts.number)
    return _units(view, faultless & gone)


_TOLD = {"published_added": "added", "published_removed": "removed", "published_after": "after_count"}


def conclude(facts: pd.DataFrame, _options: ReconcileOptions) -> pd.DataFrame:
    """Check that the numbers add up, and agree with what was published; order by category and tier."""
    whole = {name: facts[name].to_numpy(dtype=np.int64) for name in facts.columns}
    balance = whole["before_count"] + whole["added"] - whole["removed"] == whole["after_count"]
    given = np.array([whole[name] >= 0 for name in _TOLD])
    equal = np.array([whole[name] == whole[own] for name, own in _TOLD.items()])
    agrees = np.where(given.any(axis=0), (equal | ~given).all(axis=0), -1)
    table = facts.assign(
        category=categories(whole["category"]),
        tier=tiers(whole["tier"]),
        balanced=flags(balance.astype(np.int8)),
        agrees=flags(agrees.astype(np.int8)),
        **{name: counts(whole[name], whole[name] >= 0) for name in whole if name not in ("category", "tier")},
    )
    order = np.lexsort((whole["tier"], whole["category"]))
    return table.iloc[order][[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(view: View, options: ReconcileOptions) -> list[Bilingual]:
    """Say between what, and what was not counted."""
    if options.batch_before is not None:
        return [
            Bilingual(
                f"批次 {options.batch_before} 与批次 {options.batch_after} 的名单对照",
                f"the lists of batch {options.batch_before} and of batch {options.batch_after}",
            )
        ]
    start = first_day(view, options)
    return [
        Bilingual(
            f"期初 {start}，期末 {view.day}；只计本级公布的名单，不计国家级视同；每家在每类每级只计一次",
            f"from {start} to {view.day}; own listings only, nothing derived; a unit counts once per category and tier",
        )
    ]


QUESTION = Question(
    name="reconcile",
    title=Bilingual("名单增减核对", "reconciliation of lists"),
    definition=Bilingual(
        "按类别和层级：期初在榜 + 新列入 - 移出 = 期末在榜。同一单位更名后仍是同一单位，"
        "不计入新列入和移出。给出公布数的，逐项对照。",
        "per category and tier: on the list at first + added - removed = on the list at last. A unit that was renamed is the same "
        "unit, neither added nor removed. Published numbers, where given, are held against ours.",
    ),
    columns=COLUMNS,
    clause_ids=("D-21", "D-22"),
    options=ReconcileOptions,
    row_id="category",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=150,
)
