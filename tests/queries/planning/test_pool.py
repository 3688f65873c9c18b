"""The pool, counted once more unit by unit from the rows themselves, in the words of the contract."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from graph_model.days import OPEN, number
from graph_model.tiers import CATEGORIES, Tier
from queries import Session
from tests.queries.planning.conftest import Asked

KEYS = ["region_id", "category", "target_tier", "plan_year", "sponsor_kind"]
COUNTS = ["planned", "already", "listed", "late", "barred", "open", "lapsed", "evaluated", "recommended"]


def rows_of(session: Session, table: str) -> list[dict[str, Any]]:
    columns = session.graph[table]
    names = [name for name in columns.arrow().column_names if name not in ("batch", "report_no")]
    vectors = {}
    for name in names:
        try:
            vectors[name] = columns[name].tolist()
        except TypeError:
            codes, words = columns.words(name)
            vectors[name] = [words[code] if code >= 0 else None for code in codes.tolist()]
    return [dict(zip(names, values, strict=True)) for values in zip(*(vectors[name] for name in names), strict=True)]


def by_hand(session: Session, day: date) -> Counter[tuple[Any, ...]]:  # noqa: C901 - as long as the contract says it
    view, today = session.graph.on(day), number(day)
    listings, reports = rows_of(session, "listings"), rows_of(session, "reports")
    sent = rows_of(session, "recommendations")
    groups: defaultdict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for plan in rows_of(session, "cultivation"):
        if CATEGORIES[plan["category"]] == "product" or not (plan["start"] <= today or plan["reported_on"] <= today):
            continue
        unit = "enterprise" if plan["enterprise"] >= 0 else "park"
        if view.graph.outside(f"{unit}s")[plan[unit]]:
            continue
        region = int(view.graph[f"{unit}s"]["region"][plan[unit]])
        city = str(region // 100 * 100) if region % 10000 else None
        kind = "department"
        if plan["sponsor_park"] >= 0 and view.facts.on_record("parks")[plan["sponsor_park"]]:
            kind = "park"
        elif plan["sponsor_enterprise"] >= 0 and view.facts.on_record("enterprises")[plan["sponsor_enterprise"]]:
            kind = "leader"
        key = (city, CATEGORIES[plan["category"]], plan["target_tier"], plan["plan_year"], kind)
        groups[(*key, unit, plan[unit])].append(plan)
    told: Counter[tuple[Any, ...]] = Counter()
    for (*key, unit, row), plans in groups.items():
        start, end = min(plan["start"] for plan in plans), max(plan["end"] for plan in plans)
        least, category = max(key[2], 1), plans[0]["category"]

        def about(
            rows: list[dict[str, Any]], unit: str = unit, row: int = row, category: int = category
        ) -> list[dict[str, Any]]:
            return [one for one in rows if one[unit] == row and one["category"] == category]

        own = [one for one in about(listings) if one["tier"] >= least and one["published_on"] <= today]
        first = min((one["published_on"] for one in own if one["published_on"] >= start), default=OPEN)
        if any(one["published_on"] < start <= one["removed_on"] for one in own):
            fate = "already"
        elif first < OPEN:
            fate = "listed" if first < end else "late"
        elif barred(session, day, unit, row, key):
            fate = "barred"
        else:
            fate = "open" if end > today else "lapsed"
        days = [
            one["issued_on"] if one["submitted_on"] == OPEN else one["submitted_on"]
            for one in about(reports)
            if one["outcome"] != "refused"
        ]
        told[(*key, "planned")] += 1
        told[(*key, fate)] += 1
        told[(*key, "evaluated")] += any(start <= one <= today for one in days)
        told[(*key, "recommended")] += any(
            start <= one["recommended_on"] <= today and one["tier"] >= least for one in about(sent)
        )
    return +told


def barred(session: Session, day: date, unit: str, row: int, key: list[Any]) -> bool:
    """Ask `assess` whether a bar fails; the bars are those that RULES names."""
    bars = {"D-08.1", "D-08.2", "D-09.1", "D-10.1", "P-07", *(f"D-18.{item}" for item in range(1, 7))}
    tier = Tier(max(key[2], Tier.CITY)).id if key[2] else "provincial"
    id = session.graph[f"{unit}s"].texts("id")[row].as_py()
    every = session.assess(as_of=day, category=key[1], tier=tier).findings.table
    own = every[(every["unit_id"] == id) & (every["outcome"] == "fail")]
    return bool(set(own["rule"]) & bars)


def test_the_pool_is_what_its_rows_say(worlds_asked: Asked) -> None:
    for session, day in worlds_asked:
        table = session.ask("pool", as_of=day).table
        tiers = {tier.id: int(tier) for tier in Tier}
        answered: Counter[tuple[Any, ...]] = Counter()
        for row in table.to_dict("records"):
            known = row["region_id"] if row["region_id"] == row["region_id"] else None
            target = tiers[row["target_tier"]] if row["target_tier"] == row["target_tier"] else 0
            for name in COUNTS:
                answered[(known, row["category"], target, row["plan_year"], row["sponsor_kind"], name)] += row[name]
        assert +answered == by_hand(session, day)
        assert (table["planned"] == table[COUNTS[1:7]].sum(axis=1)).all()


def test_conversion_and_order(worlds_asked: Asked) -> None:
    for session, day in worlds_asked:
        table = session.ask("pool", as_of=day).table
        for row in table.to_dict("records"):
            left = row["planned"] - row["already"]
            assert (
                row["conversion"] == (row["listed"] + row["late"]) / left
                if left
                else row["conversion"] != row["conversion"]
            )
        ids = [(id != id, id if id == id else "") for id in table["region_id"]]
        assert ids == sorted(ids)


def test_only_the_city_filter_fits(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    whole, own = (session.ask("pool", as_of=day, **options).table for options in ({}, {"city": "苏州市"}))
    assert own.equals(whole[whole["region_id"] == "320500"].reset_index(drop=True))
