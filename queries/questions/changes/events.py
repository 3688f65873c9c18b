"""The units behind each part of a change, with file and row; and who may only have changed its name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from graph_model.bilingual import Bilingual
from graph_model.days import ALWAYS, OPEN
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.answers.frame import days, unit_column
from queries.measures.moved_places import MemberPairs, ids_and_names, listings_between, member_pairs
from queries.measures.place_members import MEMBERS
from queries.measures.share_parts import CAUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.view import View


COLUMNS = columns(
    "kind", "id", "name", "cause", "unit_id", "unit", "uscc", "happened_on", "evidence@finding"
)  # fmt: skip
ALIKE: Final = 80.0
"""Least likeness, of 100, of two names that may be one."""
MOST_NAMED: Final = 10


def in_memory(after: View, before: View, options: Any) -> pd.DataFrame:
    """Gather a row per place, unit and cause."""
    tier = Tier.of(options.tier)
    frames = [
        _of_cause(after, before, member_pairs(after, before, kind, options.base, tier), cause, tier)
        for kind in MEMBERS
        for cause in CAUSES
    ]
    return pd.concat(frames, ignore_index=True)


def _of_cause(after: View, before: View, pairs: MemberPairs, cause: str, tier: Tier) -> pd.DataFrame:
    graph, mine = after.graph, pairs.caused_by(cause)
    place, unit = pairs.place[mine], pairs.unit[mine]
    rows = _rows_of(after, before, pairs.kind, cause, tier, set(unit.tolist()))
    keys = [
        (None if cause in ("listed", "removed") else at, of)
        for at, of in zip(place.tolist(), unit.tolist(), strict=True)
    ]
    behind = [rows.get(key, ()) for key in keys]
    evidence = np.empty(len(keys), dtype=object)
    evidence[:] = [tuple((table, row) for table, row, _ in rows_of_pair) for rows_of_pair in behind]
    on = [_day(cause, [number for _, _, number in rows_of_pair]) for rows_of_pair in behind]
    ids, names = ids_and_names(after, pairs.kind, place)
    return pd.DataFrame(
        {
            "kind": pd.Series([pairs.kind] * len(keys), dtype="str"),
            "id": ids,
            "name": names,
            "cause": pd.Series([cause] * len(keys), dtype="str"),
            "unit_id": unit_column(graph, "enterprises", "id", unit),
            "unit": unit_column(graph, "enterprises", "name", unit),
            "uscc": unit_column(graph, "enterprises", "uscc", unit),
            "happened_on": days(np.array(on, dtype=np.int32)),
            "evidence": evidence,
        }
    )


def _day(cause: str, numbers: list[int]) -> int:
    """Return the day of an event: the first that begins it, the last that ends it; none where it is not known."""
    dated = [number for number in numbers if number not in (ALWAYS, OPEN)]
    if not dated:
        return OPEN
    return min(dated) if cause in ("listed", "joined") else max(dated)


Behind = dict[tuple[int | None, int], tuple[tuple[str, int, int], ...]]
"""Per place (none for lists) and unit the rows that tell of an event: table, row, day."""


def _rows_of(after: View, before: View, kind: str, cause: str, tier: Tier, units: set[int]) -> Behind:
    """Return the rows behind the events of a cause: what holds on the one day and not on the other."""
    view, other = (after, before) if cause in ("listed", "joined") else (before, after)
    on = {"listed": "published_on", "removed": "removed_on", "joined": "start", "left": "end"}[cause]
    found: defaultdict[tuple[int | None, int], list[tuple[str, int, int]]] = defaultdict(list)
    if cause in ("listed", "removed"):
        for row, unit, day in _listings(view, other, tier, on, units):
            found[None, unit].append(("listings", row, day))
    elif kind == "park":
        for row, park, unit, day in _tenancies(view, on, units):
            found[park, unit].append(("tenancies", row, day))
    elif kind == "leader":
        for row, leader, unit, day in _supplies(view, on, units):
            found[leader, unit].append(("supplies", row, day))
    return {key: tuple(rows) for key, rows in found.items()}


def _listings(view: View, other: View, tier: Tier, on: str, units: set[int]) -> Iterator[tuple[int, int, int]]:
    listings, rows = view.graph["listings"], listings_between(view, other, tier)
    rows = rows[np.isin(listings["enterprise"][rows], list(units))]
    yield from zip(rows.tolist(), listings["enterprise"][rows].tolist(), listings[on][rows].tolist(), strict=True)


def _tenancies(view: View, on: str, units: set[int]) -> Iterator[tuple[int, int, int, int]]:
    tenancies, today = view.graph["tenancies"], view.facts.number
    now = (tenancies["start"] <= today) & (today < tenancies["end"]) & np.isin(tenancies["enterprise"], list(units))
    rows = np.flatnonzero(now)
    columns = (tenancies[name][rows].tolist() for name in ("park", "enterprise", on))
    yield from zip(rows.tolist(), *columns, strict=True)


def _supplies(view: View, on: str, units: set[int]) -> Iterator[tuple[int, int, int, int]]:
    supplies = view.graph["supplies"]
    _, rows = view.facts.links(max_age=2).rows.of(view.facts.leaders)
    rows = rows[np.isin(supplies["supplier"][rows], list(units))]
    columns = (supplies[name][rows].tolist() for name in ("buyer", "supplier", on))
    yield from zip(rows.tolist(), *columns, strict=True)


def conclude(facts: pd.DataFrame, _options: Any) -> pd.DataFrame:
    """Order by kind, id, cause and unit."""
    kinds, causes = ({name: at for at, name in enumerate(names)} for names in (MEMBERS, CAUSES))
    ordered = facts.assign(_kind=facts["kind"].map(kinds), _cause=facts["cause"].map(causes))
    ordered = ordered.sort_values(["_kind", "id", "_cause", "unit_id"], kind="stable").reset_index(drop=True)
    return ordered[[column.name for column in COLUMNS]]


def likely_renames(after: View, before: View, options: Any) -> list[Bilingual]:
    """Say which units that are gone from a park have a near name among those that came; of suppliers only how many do."""
    parks, leaders = (_alike(after, before, kind, options) for kind in ("park", "leader"))
    if not parks and not leaders:
        return []
    named = list(parks)[:MOST_NAMED]
    told = [
        Bilingual("、".join(f"{old}→{new}" for old, new in named), ", ".join(f"{old} → {new}" for old, new in named))
    ]
    if len(parks) > MOST_NAMED:
        told.append(Bilingual(f"等 {len(parks)} 对", f"{len(parks)} in all"))
    if leaders:
        told.append(
            Bilingual(f"龙头企业供应商中另有 {len(leaders)} 对", f"{len(leaders)} more among suppliers of leaders")
        )
    zh, en = ("；".join(part.zh for part in told if part.zh), "; ".join(part.en for part in told if part.en))
    return [
        Bilingual(
            f"疑似更名而未登记（一家离开，名称相近的一家进入同一处）：{zh}。若是更名，请在“变更”中登记，就不再计入变化",
            f"likely renames that are not on record (one left, one of a near name joined): {en}. On record as a change of name "
            "they move nothing",
        )
    ]


def _alike(after: View, before: View, kind: str, options: Any) -> dict[tuple[str, str], None]:
    """Return the pairs of near names of which one left a place and the other joined it, each once."""
    pairs = member_pairs(after, before, kind, options.base, Tier.of(options.tier))
    left, joined = pairs.caused_by("left"), pairs.caused_by("joined")
    enterprises, near = after.graph["enterprises"], dict[tuple[str, str], None]()
    for place in np.intersect1d(pairs.place[left], pairs.place[joined]).tolist():
        here = pairs.place == place
        gone, come = (enterprises.texts("name", pairs.unit[here & chosen]).to_pylist() for chosen in (left, joined))
        near |= {(old, new): None for old in gone for new in come if fuzz.ratio(old, new) >= ALIKE}
    return near
