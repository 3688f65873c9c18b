"""Laws of what-ifs, of bans and of what adds up, on random worlds (HOUSE: where a law holds)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.tiers import TIERS, Category, Tier
from graph_model.view import View
from loaders import load
from queries import Session, open_store
from queries.measures.leaders import leader_tally
from queries.measures.parks import park_tally
from queries.questions.park_share import ParkShareOptions, conclude, in_memory
from tests.loaders.storing import loaded, write
from tests.queries.worlds_asked import (
    AGENCY,
    BANNED,
    EAST,
    FIRMS,
    ORDER,
    OTHER,
    SUBJECT,
    WORLDS,
    everything,
    rows,
)
from tests.reference.hand import DAY, LONG_AGO, ban, firm, link, listed, report, tenant
from tests.reference.world import Row

LAWS = settings(max_examples=30, deadline=None)
A, B, C, D = FIRMS[:4]


ROWS = st.lists(st.integers(0, 10**6), max_size=6)


def some(rows: list[int], count: int) -> Any:
    return np.unique(np.array([row % count for row in rows] if count else [], dtype=np.intp))


def shares(view: View, tier: str = "city") -> Any:
    """Share, low and high of every park, null as -1 so that they compare."""
    options = ParkShareOptions(tier=tier)  # type: ignore[arg-type]
    table = conclude(in_memory(view, options), options).set_index("park_id").sort_index()
    return table[["share", "share_low", "share_high"]].fillna(-1).to_numpy()


@LAWS
@given(world=WORLDS, rows=ROWS, tier=st.sampled_from(TIERS))
def test_striking_listings_never_raises_a_share(asked, world: int, rows: list[int], tier: Tier) -> None:  # type: ignore[no-untyped-def]
    session, day = asked[world]
    view = session.graph.on(day)
    struck = view.without(some(rows, len(session.graph["listings"])))
    assert (struck.highest(Category.FACTORY) <= view.highest(Category.FACTORY)).all()
    assert ((struck.green(tier) == view.green(tier)) | (view.green(tier) == 1)).all()
    assert (shares(struck, tier.id)[:, 0] <= shares(view, tier.id)[:, 0]).all()
    assert (leader_tally(struck, tier)[0].green <= leader_tally(view, tier)[0].green).all()


@LAWS
@given(world=WORLDS, rows=ROWS, tier=st.sampled_from(TIERS))
def test_green_factories_more_never_lower_a_share_or_a_bound(asked, world: int, rows: list[int], tier: Tier) -> None:  # type: ignore[no-untyped-def]
    session, day = asked[world]
    view = session.graph.on(day)
    units = some(rows, len(session.graph["enterprises"]))
    greener = view.with_green(units, tier)
    assert (greener.green(tier)[units] == 1).all()
    assert (shares(greener, tier.id) >= shares(view, tier.id)).all()
    assert (park_tally(greener, "above_scale", tier).base == park_tally(view, "above_scale", tier).base).all()


@LAWS
@given(world=WORLDS, one=ROWS, other=ROWS)
def test_what_ifs_add_up_and_leave_the_view_alone(asked, world: int, one: list[int], other: list[int]) -> None:  # type: ignore[no-untyped-def]
    session, day = asked[world]
    view = session.graph.on(day)
    before = shares(view)
    first, second = (some(rows, len(session.graph["listings"])) for rows in (one, other))
    stepwise, at_once = view.without(first).without(second), view.without(np.union1d(first, second))
    assert (stepwise.listed == at_once.listed).all()
    units = some(one, len(session.graph["enterprises"]))
    mixed = view.without(first).with_green(units).without(second)
    assert (mixed.green(Tier.CITY) == view.with_green(units).without(np.union1d(first, second)).green(Tier.CITY)).all()
    assert (shares(view) == before).all()
    assert stepwise.facts is view.facts


def test_a_lower_tier_takes_no_higher_one_away(asked) -> None:  # type: ignore[no-untyped-def]
    session, day = asked[0]
    everybody = np.arange(len(session.graph["enterprises"]))
    view = session.graph.on(day).with_green(everybody, Tier.NATIONAL).with_green(everybody, Tier.CITY)
    assert (view.highest(Category.FACTORY) == Tier.NATIONAL).all()
    assert (view.without(np.arange(len(session.graph["listings"]))).highest(Category.FACTORY) == Tier.NATIONAL).all()


def test_nothing_is_green_when_everything_is_struck(asked) -> None:  # type: ignore[no-untyped-def]
    for session, day in asked:
        bare = session.graph.on(day).without(np.arange(len(session.graph["listings"])))
        assert not bare.highest(Category.FACTORY).any()
        assert not bare.highest(Category.PARK, "park").any()
        assert not (bare.green(Tier.DISTRICT) == 1).any()


def test_a_national_listing_takes_its_provincial_shadow_along(tmp_path: Path) -> None:
    world = loaded(
        tmp_path, enterprises=[firm(A), firm(B)], listings=[listed(A, "national"), listed(B, "national"), listed(B)]
    )
    view = open_store(world.store).graph.on(DAY)
    assert view.green(Tier.PROVINCIAL).tolist() == [1, 1]
    national = np.flatnonzero(view.graph["listings"]["tier"] == Tier.NATIONAL)
    bare = view.without(national)
    names = view.graph["enterprises"].texts("name").to_pylist()
    assert dict(zip(names, bare.green(Tier.PROVINCIAL).tolist(), strict=True)) == {A: 0, B: 0}
    assert dict(zip(names, bare.green(Tier.CITY).tolist(), strict=True)) == {A: 0, B: 1}


SECOND = [
    pytest.param(listed(A, tier), id=f"{tier} for one that is green" if tier == "city" else tier)
    for tier in ("district", "city", "provincial", "national")
]


@pytest.mark.parametrize("more", SECOND)
def test_a_second_listing_never_lowers_a_share(more: Row, tmp_path: Path) -> None:
    tables: dict[str, list[Row]] = {
        "enterprises": [firm(A), firm(B), firm(C, None)],
        "tenancies": [tenant(name, EAST) for name in (A, B, C, D)],
        "listings": [listed(A, published_on=date(2015, 1, 1))],
    }
    before = open_store(loaded(tmp_path / "a", **tables).store)
    tables["listings"] = [*tables["listings"], more]
    after = open_store(loaded(tmp_path / "b", **tables).store)
    for tier in TIERS:
        assert (shares(after.graph.on(DAY), tier.id) >= shares(before.graph.on(DAY), tier.id)).all()


@pytest.mark.parametrize("seed", range(8))
def test_bounds_contain_the_truth_however_the_unknown_turns_out(seed: int, tmp_path: Path) -> None:
    """Unknown flags are filled in; enterprises without a row of their own get one, or a listing."""
    chance = np.random.default_rng(seed)
    flags = {name: [True, False, None][chance.integers(3)] for name in FIRMS}
    own = [name for name in FIRMS if chance.random() < 0.6]
    listings = [listed(name) for name in FIRMS if chance.random() < 0.4]
    tenancies = [tenant(name, EAST) for name in FIRMS]
    parks = [{"name": EAST}]
    seen = open_store(
        loaded(
            tmp_path / "seen", parks=parks, tenancies=tenancies, listings=listings,
            enterprises=[firm(name, flags[name]) for name in own],
        ).store
    )  # fmt: skip
    low, high = shares(seen.graph.on(DAY))[0, 1:]
    for number in range(4):
        truth = {
            name: bool(chance.random() < 0.5) if name not in own or flags[name] is None else flags[name]
            for name in FIRMS
        }
        late = [listed(name, "provincial") for name in FIRMS if name not in own and chance.random() < 0.5]
        full = open_store(
            loaded(
                tmp_path / str(number), parks=parks, tenancies=tenancies, listings=[*listings, *late],
                enterprises=[firm(name, truth[name]) for name in FIRMS],
            ).store
        )  # fmt: skip
        share = shares(full.graph.on(DAY))[0, 0]
        assert share < 0 or low <= share <= high


FUTURE = DAY + timedelta(days=1)
LATER: dict[str, list[Row]] = {
    "listings": [listed(B, "national", FUTURE), listed(EAST, "national", FUTURE, category="park")],
    "tenancies": [tenant(FIRMS[5], EAST, FUTURE)],
    "supplies": [link(A, B, FUTURE, declared=False), link(FIRMS[0], C, year=FUTURE.year + 1, declared=False)],
    "reports": [report("R-9", B, AGENCY, FUTURE)],
    "agency_bans": [ban(OTHER, FUTURE), ban(AGENCY, FUTURE, "南京市")],
    "incidents": [{"unit": A, "kind": "停产", "occurred_on": FUTURE}],
    "cultivation": [{"unit": D, "category": "factory", "plan_year": FUTURE.year + 1}],
    "annual_figures": [{"name": A, "year": DAY.year, "output": 5}],
    "totals": [{"scope": EAST, "year": DAY.year, "above_scale_count": 9}],
}


@pytest.mark.parametrize("table", LATER)
def test_nothing_dated_after_the_day_changes_an_answer(session: Session, table: str, tmp_path: Path) -> None:
    everything(tmp_path)
    load([write(tmp_path / "later", **{table: LATER[table]})], tmp_path / "store", add=True)
    later = open_store(tmp_path / "store")
    assert later.snapshot != session.snapshot
    for question in ORDER:
        asked = SUBJECT.get(question, {})
        assert rows(later, question, **asked) == rows(session, question, **asked), question


LADDER = ("national", "provincial", "city", "district", "pool", "none", "unknown")


@pytest.mark.parametrize("category", ["factory", "park", "supply_chain"])
@pytest.mark.parametrize("by", ["city", "county"])
def test_coverage_adds_up(asked, by: str, category: str) -> None:  # type: ignore[no-untyped-def]
    for session, day in asked:
        found = rows(session, "tier-coverage", day, by=by, category=category)
        *above, province = found
        assert [province] == rows(session, "tier-coverage", day, by="province", category=category)
        for row in found:
            assert sum(row[step] for step in LADDER) == row["base"]
            assert row["at_least_city"] == row["at_least_provincial"] + row["city"]
        for column in ("base", "base_unknown", "listed_outside_base", *LADDER):
            assert sum(row[column] for row in above) == province[column], column


def test_the_ladder_lists_whom_the_coverage_counts(asked) -> None:  # type: ignore[no-untyped-def]
    for session, day in asked:
        for base in ("above_scale", "manufacturer", "all"):
            (province,) = rows(session, "tier-coverage", day, by="province", base=base)
            ladder = rows(session, "enterprise-ladder", day, base=base)
            assert len(ladder) == province["base"]
            for tier in TIERS:
                assert sum(row["highest"] == tier.id for row in ladder) == province[tier.id]


def test_every_count_can_be_opened(asked) -> None:  # type: ignore[no-untyped-def]
    for session, day in asked:
        for park in rows(session, "park-share", day):
            inside = rows(session, "park-tenants", day, park=park["park_id"])
            assert len(inside) == (park["tenants"] or 0)
            assert sum(row["in_base"] is True for row in inside) == park["base"]
            assert sum(row["in_base"] is None for row in inside) == park["base_unknown"]
            assert sum(row["in_base"] is True and row["green"] is True for row in inside) == park["green"]
        for leader in rows(session, "leader-ratio", day, depth=2):
            below = rows(session, "leader-suppliers", day, leader=leader["leader_id"], depth=2)
            assert sum(row["in_scope"] is True for row in below) == leader["suppliers"]
            assert sum(row["in_scope"] is True and row["green"] is True for row in below) == leader["green"]


def test_deeper_and_wider_find_no_fewer_suppliers(asked) -> None:  # type: ignore[no-untyped-def]
    for session, day in asked:
        found = {
            depth: {row["leader_id"]: row for row in rows(session, "leader-ratio", day, depth=depth)}
            for depth in (1, 2, 3, 9)
        }
        every = {row["leader_id"]: row for row in rows(session, "leader-ratio", day, scope="all")}
        key = {row["leader_id"]: row for row in rows(session, "leader-ratio", day, key_only=True)}
        for leader, row in found[1].items():
            assert row["suppliers"] <= found[2][leader]["suppliers"] <= found[3][leader]["suppliers"]
            assert found[3][leader]["suppliers"] <= found[9][leader]["suppliers"]
            assert every[leader]["suppliers"] == row["suppliers"] + row["outside_mainland"]
            assert key[leader]["suppliers"] <= row["suppliers"]


def test_spend_is_null_beyond_the_first_step(session: Session) -> None:
    columns = ("spend_known", "spend_total", "spend_green", "spend_ratio")
    for row in rows(session, "leader-ratio", depth=2):
        assert [row[column] for column in columns] == [None] * 4
    assert rows(session, "leader-ratio", leader=FIRMS[0])[0]["spend_known"] == 0


def test_long_ago_is_before_the_day() -> None:
    assert LONG_AGO < BANNED < DAY
