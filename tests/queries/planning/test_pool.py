"""The pool and the progress of plans, counted once more unit by unit from the rows, in the words of the contract."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from graph_model.days import OPEN, number
from graph_model.errors import UsageError
from graph_model.tiers import CATEGORIES, Tier
from queries import Session
from tests.queries.planning.conftest import Asked
from tests.queries.planning.fact_rows import rows_of

COUNTS = ["planned", "already", "listed", "late", "barred", "open", "lapsed", "evaluated", "recommended"]


def by_hand(session: Session, day: date, by_sponsor: bool = False) -> Counter[tuple[Any, ...]]:
    """Counts per group; with `by_sponsor` the group is the sponsor itself, which is the unit's city where it is the department."""
    told: Counter[tuple[Any, ...]] = Counter()
    for key, fate, evaluated, recommended in fates(session, day, by_sponsor):
        told[(*key, "planned")] += 1
        told[(*key, fate)] += 1
        told[(*key, "evaluated")] += evaluated
        told[(*key, "recommended")] += recommended
    return +told


def fates(session: Session, day: date, by_sponsor: bool) -> Iterator[tuple[tuple[Any, ...], str, bool, bool]]:  # noqa: C901 - as long as the contract
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
        kind, sponsor = sponsor_of(session, day, plan)
        if by_sponsor:
            city = sponsor or city
        key = (city, CATEGORIES[plan["category"]], plan["target_tier"], plan["plan_year"], kind)
        groups[(*key, unit, plan[unit])].append(plan)
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
        recommended = [one["recommended_on"] for one in about(sent) if one["tier"] >= least]
        on_time = [any(start <= one <= today for one in on) for on in (days, recommended)]
        yield tuple(key), fate, on_time[0], on_time[1]


def sponsor_of(session: Session, day: date, plan: dict[str, Any]) -> tuple[str, str | None]:
    """Kind and id of a sponsor on record, else the department."""
    facts = session.graph.on(day).facts
    for kind, table, column in (("park", "parks", "sponsor_park"), ("leader", "enterprises", "sponsor_enterprise")):
        if plan[column] >= 0 and facts.on_record(table)[plan[column]]:
            return kind, session.graph[table].texts("id")[plan[column]].as_py()
    return "department", None


def barred(session: Session, day: date, unit: str, row: int, key: list[Any]) -> bool:
    """Ask `assess` whether a bar fails; the bars are those that RULES names."""
    bars = {"D-08.1", "D-08.2", "D-09.1", "D-10.1", "P-07", *(f"D-18.{item}" for item in range(1, 7))}
    tier = Tier(max(key[2], Tier.CITY)).id if key[2] else "provincial"
    id = session.graph[f"{unit}s"].texts("id")[row].as_py()
    every = session.assess(as_of=day, category=key[1], tier=tier).findings.table
    own = every[(every["unit_id"] == id) & (every["outcome"] == "fail")]
    return bool(set(own["rule"]) & bars)


def counts_of(table: Any, group: str, kinds: dict[str, str]) -> Counter[tuple[Any, ...]]:
    """The counts of an answer by group."""
    tiers = {tier.id: int(tier) for tier in Tier}
    answered: Counter[tuple[Any, ...]] = Counter()
    for row in table.to_dict("records"):
        known = row[group] if row[group] == row[group] else None
        target = tiers[row["target_tier"]] if row["target_tier"] == row["target_tier"] else 0
        kind = kinds.get(row["sponsor_kind"], row["sponsor_kind"])
        for name in COUNTS:
            answered[(known, row["category"], target, row["plan_year"], kind, name)] += row[name]
    return +answered


def test_the_pool_is_what_its_rows_say(worlds_asked: Asked) -> None:
    for session, day in worlds_asked:
        table = session.ask("pool", as_of=day).table
        assert counts_of(table, "region_id", {}) == by_hand(session, day)
        assert (table["planned"] == table[COUNTS[1:7]].sum(axis=1)).all()


def test_progress_is_the_same_sponsor_by_sponsor(worlds_asked: Asked) -> None:
    sponsors = set()
    for session, day in worlds_asked:
        table = session.ask("progress", as_of=day).table
        assert counts_of(table, "sponsor_id", {"city": "department"}) == by_hand(session, day, by_sponsor=True)
        assert (table["planned"] == table[COUNTS[1:7]].sum(axis=1)).all()
        sponsors |= set(table["sponsor_kind"])
        kinds = ["city", "park", "leader"]
        order = [
            (kinds.index(row["sponsor_kind"]), row["sponsor_id"] != row["sponsor_id"], str(row["sponsor_id"]))
            for row in table.to_dict("records")
        ]
        assert order == sorted(order)
    assert sponsors == {"city", "park", "leader"}


@pytest.mark.parametrize(
    ("question", "group"), [("pool", "region_id"), ("progress", "sponsor_id")], ids=["pool", "progress"]
)
def test_units_add_up_to_their_groups(worlds_asked: Asked, question: str, group: str) -> None:
    """Every count closes to the unit, and every unit has a reason."""
    for session, day in worlds_asked:
        table = session.ask(question, as_of=day).table
        units = session.ask(question, as_of=day, units=True).table
        assert units[["reason", "reason_en"]].notna().all(axis=None)
        for name in ("evaluated", "recommended"):
            units[name] = units[name].astype(int)
        one = units.assign(planned=1, **{fate: (units["fate"] == fate).astype(int) for fate in COUNTS[1:7]})
        assert counts_of(one, group, {}) == counts_of(table, group, {})
        assert (units["bars"].notna() | (units["fate"] != "barred")).all()


def test_overlaps_are_the_units_of_two_sponsors(worlds_asked: Asked) -> None:
    seen = 0
    for session, day in worlds_asked:
        today, view = number(day), session.graph.on(day)
        plans: defaultdict[tuple[str, str], list[tuple[Any, int, int]]] = defaultdict(list)
        for plan in rows_of(session, "cultivation"):
            if CATEGORIES[plan["category"]] == "product" or not (
                plan["start"] <= today or plan["reported_on"] <= today
            ):
                continue
            table = "enterprises" if plan["enterprise"] >= 0 else "parks"
            row = max(plan["enterprise"], plan["park"])
            if not view.graph.outside(table)[row]:
                id = view.graph[table].texts("id")[row].as_py()
                plans[id, CATEGORIES[plan["category"]]].append(
                    (sponsor_of(session, day, plan), plan["start"], plan["end"])
                )
        expected = {
            key: any(a[0] != b[0] and max(a[1], b[1]) < min(a[2], b[2]) for a, b in combinations(of_unit, 2))
            for key, of_unit in plans.items()
            if len({sponsor for sponsor, _, _ in of_unit}) > 1
        }
        answer = session.ask("pool", as_of=day, overlaps=True).table
        assert (
            dict(zip(zip(answer["unit_id"], answer["category"], strict=True), answer["at_once"], strict=True))
            == expected
        )
        seen += len(expected)
    assert seen > 2


@pytest.mark.parametrize("chains", [1, 2, 3])
def test_missed_are_suppliers_of_many_chains_in_no_plan(worlds_asked: Asked, chains: int) -> None:
    seen = 0
    for session, day in worlds_asked:
        today = number(day)
        going_on = {
            row["enterprise"]
            for row in rows_of(session, "cultivation")
            if row["end"] > today
            and (row["start"] <= today or row["reported_on"] <= today)
            and CATEGORIES[row["category"]] == "factory"
        }
        ids = session.graph["enterprises"].texts("id").to_pylist()
        planned = {ids[row] for row in going_on if row >= 0}
        supplied: defaultdict[str, set[str]] = defaultdict(set)
        for leader in session.ask("leader-ratio", as_of=day).table.to_dict("records"):
            chain = leader["chain"] if leader["chain"] == leader["chain"] else leader["leader"]
            table = session.ask("leader-suppliers", as_of=day, leader=leader["leader_id"]).table
            scope, green = table["in_scope"].fillna(False), table["green"].fillna(False)
            for unit in table["unit_id"][(scope & ~green).astype(bool)]:
                supplied[unit].add(chain)
        outside = {id for id, out in zip(ids, session.graph.outside("enterprises"), strict=True) if out}
        expected = {
            unit: len(names)
            for unit, names in supplied.items()
            if len(names) >= chains and unit not in planned and unit not in outside
        }
        answer = session.ask("pool", as_of=day, missed=True, chains=chains).table
        assert dict(zip(answer["unit_id"], answer["chain_count"], strict=True)) == expected
        seen += len(expected)
    assert seen or chains > 2


def test_two_tables_at_once_are_refused(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    with pytest.raises(UsageError, match="exclude each other"):
        session.ask("pool", as_of=day, units=True, missed=True)


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
