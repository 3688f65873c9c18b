"""Do the lists add up between two days (or two batches)? Stock before + in - out = stock after, per category and tier.

Units are who they are, whatever they are called: one that was renamed stands on both lists and is neither in nor out. The net
columns compare the two ends; `listed` and `struck` count every event between them, which is what is published. SPEC 8.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pydantic import model_validator

from graph_model.bilingual import Bilingual
from graph_model.days import number, years_later
from graph_model.errors import DoesNotFitError, RefusedValueError, UnknownNameError, named_option
from graph_model.tiers import CATEGORIES, TIERS
from graph_model.values.coded import CHANGE_KINDS, REMOVAL_REASONS, RENAMED
from queries.answers.columns import columns
from queries.answers.frame import categories, counts, flags, tiers
from queries.asking.caveats import unread_ends_note
from queries.asking.options import ListScope, option
from queries.asking.question import Options, Question
from queries.law.goals.published import numbers_of, read_published
from queries.law.ruleset import ruleset_for

if TYPE_CHECKING:
    from graph_model.arrays import RowIndex
    from graph_model.view import View

    ListKey = tuple[int, int]
    Listed = dict[ListKey, set[tuple[str, int]]]

COLUMNS = columns(
    "category", "tier", "before_count", "added", "removed", "after_count", "listed@events", "struck", "balanced", "renamed",
    "without_fault", "published_before", "published_added", "published_removed", "published_after", "agrees",
)  # fmt: skip
COUNTS = ("before_count", "added", "removed", "after_count", "listed", "struck", "renamed", "without_fault")
PUBLISHED = {
    "published_before": "before_count",
    "published_added": "listed",
    "published_removed": "struck",
    "published_after": "after_count",
}
"""Published numbers, and the count of ours that each is held against."""


_NO_EVENTS = {"listed": -1, "struck": -1}


class ReconcileOptions(Options):
    """Between which days or lists, and what was published."""

    since: date | None = option(None, "期初日期；不写为一年前的同一天", "the first day; else the same day a year ago")
    batch_before: str | None = option(None, "期初批次，代替日期", "first batch, in place of days")
    batch_after: str | None = option(None, "期末批次", "last batch")
    published: str | None = option(
        None,
        "公布的总数（csv：category,tier,kind,date,count；kind 为 added 新列入、removed 移出或 stock 总数）",
        "published totals (csv: category,tier,kind,date,count; kind is added, removed or stock)",
    )
    scope: ListScope = option(
        "province", "本省单位，或名单上的全部单位（对照全国公布数）", "units of the province, or every unit on lists"
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
    by_batch = options.batch_before is not None
    before, after = _ends(view, options, start)
    listed, struck = ({}, {}) if by_batch else _events(view, options, number(start))
    renamed = _renamed(view, number(start) if not by_batch else -(2**31))
    faultless = _without_fault(view, options, number(start))
    published = read_published(options.published) if options.published else []
    rows = []
    for category, name in enumerate(CATEGORIES):
        for tier in TIERS:
            key = (category, int(tier))
            first, last = before.get(key, set()), after.get(key, set())
            numbers = numbers_of(published, name.value, tier.id, number(start), view.facts.number)
            events = {"listed": listed.get(key, 0), "struck": struck.get(key, 0)} if not by_batch else _NO_EVENTS
            if first or last or max(numbers.values()) >= 0 or max(events.values()) > 0:
                net = {
                    "before_count": len(first),
                    "added": len(last - first),
                    "removed": len(first - last),
                    "after_count": len(last),
                    "renamed": len(first & last & renamed),
                    "without_fault": len((first - last) & faultless.get(key, set())),
                }
                rows.append({"category": category, "tier": int(tier), **net, **events, **numbers})
    return pd.DataFrame(rows, columns=["category", "tier", *COUNTS, *PUBLISHED])


def _events(view: View, options: ReconcileOptions, start: int) -> tuple[dict[ListKey, int], dict[ListKey, int]]:
    """Return how many listings were published, and how many removed, after the first day and by the last, per list."""
    listings, end = view.graph["listings"], view.facts.number
    published, removed = (
        (start < listings[name]) & (listings[name] <= end) & (listings["published_on"] <= end)
        for name in ("published_on", "removed_on")
    )
    counted = []
    for mask in (published, removed):
        rows = np.concatenate([rows for _, rows in _rows(view, options, mask)])
        keys = zip(listings["category"][rows].tolist(), listings["tier"][rows].tolist(), strict=True)
        counted.append(dict(Counter(keys)))
    return counted[0], counted[1]


def _ends(view: View, options: ReconcileOptions, start: date) -> tuple[Listed, Listed]:
    """Return who stood on each list at first and at last: on two days, or in two batches published by the day."""
    listings = view.graph["listings"]
    if options.batch_before is None or options.batch_after is None:
        return _units(view, options, view.facts.listed_on(number(start))), _units(view, options, view.listed)
    codes, words = listings.words("batch")
    by_the_day = listings["published_on"] <= view.facts.number
    for batch in (options.batch_before, options.batch_after):
        if batch not in words:
            raise UnknownNameError(Bilingual("批次", "batch"), batch, sorted(words))
    first, last = (codes == words.index(batch) for batch in (options.batch_before, options.batch_after))
    return _units(view, options, by_the_day & first), _units(view, options, by_the_day & last)


def _units(view: View, options: ReconcileOptions, mask: RowIndex) -> Listed:
    """Return the distinct units per category and tier of the scope."""
    listings = view.graph["listings"]
    units: Listed = {}
    for kind, rows in _rows(view, options, mask):
        columns = (listings["category"][rows].tolist(), listings["tier"][rows].tolist(), listings[kind][rows].tolist())
        for category, tier, unit in zip(*columns, strict=True):
            units.setdefault((category, tier), set()).add((kind, unit))
    return units


def _rows(view: View, options: ReconcileOptions, mask: RowIndex) -> list[tuple[str, RowIndex]]:
    """Return the listings of a mask by kind of unit; in the province those of units known to be outside are left out."""
    listings, parts = view.graph["listings"], []
    for kind, table in (("enterprise", "enterprises"), ("park", "parks")):
        rows = np.flatnonzero(mask & (listings[kind] >= 0))
        if options.scope == "province":
            rows = rows[~view.graph.outside(table)[listings[kind][rows]]]
        parts.append((kind, rows))
    return parts


def _renamed(view: View, start: int) -> set[tuple[str, int]]:
    """Return the units that took another name after the first day and by the last."""
    changes = view.graph["name_changes"]
    codes, words = changes.words("kind")
    mask = np.array([RENAMED in CHANGE_KINDS.meanings(word) for word in words] + [True])[codes]
    mask &= (changes["changed_on"] > start) & (changes["changed_on"] <= view.facts.number)
    return {(kind, unit) for kind in ("enterprise", "park") for unit in changes[kind][mask].tolist() if unit >= 0}


def _without_fault(view: View, options: ReconcileOptions, start: int) -> Listed:
    listings = view.graph["listings"]
    codes, words = listings.words("removal_reason")
    reasons = ruleset_for(view.day, "js-draft").value("without_fault") or ()
    faultless = np.array([REMOVAL_REASONS.meaning(word) in reasons for word in words] + [False])[codes]
    gone = (listings["removed_on"] > start) & (listings["removed_on"] <= view.facts.number)
    return _units(view, options, faultless & gone)


def conclude(facts: pd.DataFrame, _options: ReconcileOptions) -> pd.DataFrame:
    """Say whether the published flow closes, and whether it agrees with ours; order by category and tier.

    The flow is first + listed - struck = last, each number the published one where given, else ours; null where none is given.
    """
    whole = {name: facts[name].to_numpy(dtype=np.int64) for name in facts.columns}
    given = {name: whole[name] >= 0 for name in PUBLISHED}
    any_given = np.any(list(given.values()), axis=0)
    first, listed, struck, last = (np.where(given[name], whole[name], whole[own]) for name, own in PUBLISHED.items())
    equal = np.array([(whole[name] == whole[own]) | ~given[name] for name, own in PUBLISHED.items()])
    table = facts.assign(
        category=categories(whole["category"]),
        tier=tiers(whole["tier"]),
        balanced=flags(np.where(any_given, first + listed - struck == last, -1).astype(np.int8)),
        agrees=flags(np.where(any_given, equal.all(axis=0), -1).astype(np.int8)),
        **{name: counts(whole[name], whole[name] >= 0) for name in (*COUNTS, *PUBLISHED)},
    )
    order = np.lexsort((whole["tier"], whole["category"]))
    return table.iloc[order][[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(view: View, options: ReconcileOptions) -> list[Bilingual]:
    """Say between what, and what was not counted."""
    if options.batch_before is not None:
        return [
            Bilingual(
                f"{options.batch_before}批次与{options.batch_after}批次的名单对照",
                f"the lists of batch {options.batch_before} and of batch {options.batch_after}",
            )
        ]
    start = first_day(view, options)
    whose = Bilingual("只计本省单位", "units of the province") if options.scope == "province" else EVERYBODY
    return [
        Bilingual(
            f"期初{start}，期末{view.day}；{whose.zh}；只计各级自行公布的名单，国家级同时列为省级的不重复计；每家在每类每级只计一次",
            f"from {start} to {view.day}; {whose.en}; own listings only, nothing derived; a unit counts once per list",
        ),
        *unread_ends_note(view),
    ]


EVERYBODY = Bilingual("计名单上的全部单位", "every unit on lists")

QUESTION = Question(
    name="reconcile",
    title=Bilingual("名单增减核对", "reconciliation of lists"),
    definition=Bilingual(
        "按类别和层级：期初名单内家数 + 净列入 - 净移出 = 期末名单内家数；同一单位更名后仍是同一单位，不计入列入和移出。"
        "另列期间公布列入和移出的条数，与公布数逐项对照；给出公布数的，核对公布的期初 + 列入 - 移出是否等于期末。",
        "per category and tier: on the list at first + added - removed = on the list at last; a unit that was renamed is the same "
        "unit. Beside it the listings published and struck in the span, which published numbers are held against; where these are "
        "given, whether first + listed - struck = last holds for them.",
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
