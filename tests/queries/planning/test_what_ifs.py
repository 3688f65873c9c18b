"""Many what-ifs at once equal one alone, and one alone equals a graph whose tables say so, on random worlds."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graph_model.errors import UsageError
from graph_model.graph_tables import GraphTables
from graph_model.tiers import Tier
from queries import Session
from queries.asking.options import BanOptions
from queries.measures.bans import listings_under_review
from queries.planning.acts import PARTS, UnitFinder, acts_of, written_acts
from queries.planning.changed_graph import changed_graph
from tests.queries.planning.conftest import Asked
from tests.queries.planning.side_by_side import COLUMNS, changed_verdicts, side_by_side
from tests.reference.product import Product
from tests.worlds import day_of_seed, random_world

KINDS = ("安全事故", "失信被执行人", "经营异常", "移出名单")
Scenario = dict[str, list[str]]


def names_on_record(session: Session, table: str, day: date) -> list[str]:
    shown = session.graph.on(day).facts.on_record(table)
    return [id for id, here in zip(session.graph[table].texts("id").to_pylist(), shown, strict=True) if here]


def scenarios(session: Session, day: date, seed: int, count: int) -> list[Scenario]:
    """Return random scenarios: every kind of act alone, then several together that do not contradict each other."""
    draw = random.Random(seed)
    units, parks, agencies = (names_on_record(session, table, day) for table in ("enterprises", "parks", "agencies"))

    def act(kind: str) -> str:
        words = {
            "unit": lambda: draw.choice(units),
            "buyer": lambda: draw.choice(units),
            "supplier": lambda: draw.choice(units),
            "park": lambda: draw.choice(parks),
            "tier": lambda: draw.choice(("区级", "市级", "省级", "国家级")),
            "agency": lambda: draw.choice(agencies),
            "authority": lambda: draw.choice(("江苏省", "南京市", "全国", "苏州市")),
            "kind": lambda: draw.choice(KINDS),
        }
        said = "@".join(words[part]() for part in PARTS[kind])
        return said if draw.random() < 0.5 else f"{said}@{day - timedelta(days=draw.choice((0, 1, 400)))}"

    able = [kind for kind in PARTS if (agencies or kind != "ban") and (parks or kind not in ("join", "leave"))]
    alone: list[Scenario] = [{kind: [act(kind)]} for kind in able for _ in range(count)]
    together: list[Scenario] = []
    while len(together) < count:
        mixed = {kind: [act(kind) for _ in range(draw.randint(1, 2))] for kind in draw.sample(able, 3)}
        if consistent(session, day, mixed):
            together.append(mixed)
    return alone + together


def consistent(session: Session, day: date, scenario: Scenario) -> bool:
    view = session.graph.on(day)
    try:
        acts_of(UnitFinder(view), written_acts(view, scenario))
    except UsageError as error:
        if "矛盾" in error.zh:
            return False
        raise
    return True


@pytest.mark.parametrize("tier", ["city", "provincial", "national"])
def test_many_at_once_are_what_each_is_alone_and_what_the_tables_say(worlds_asked: Asked, tier: str) -> None:
    moved: dict[str, int] = dict.fromkeys(PARTS, 0)
    for seed, (session, day) in enumerate(worlds_asked):
        asked = scenarios(session, day, seed, count=6)
        told = session.what_ifs(asked, as_of=day, tier=tier).table
        assert told["scenario"].is_monotonic_increasing
        for at, scenario in enumerate(asked):
            of_one = told[told["scenario"] == at].drop(columns="scenario").reset_index(drop=True)
            alone = session.what_if(as_of=day, **scenario, tier=tier).table
            pd.testing.assert_frame_equal(of_one, alone)
            pd.testing.assert_frame_equal(alone, by_the_tables(session, day, scenario, tier))
            for kind in scenario:
                moved[kind] += len(of_one)
    assert all(moved[kind] for kind in ("list", "strike", "join", "leave", "supplies", "ban"))


def by_the_tables(session: Session, day: date, scenario: Scenario, tier: str) -> pd.DataFrame:
    """Return what a graph with the acts in its tables tells; a ban strikes what it puts under review."""
    view = session.graph.on(day)
    acts = acts_of(UnitFinder(view), written_acts(view, scenario))
    after = changed_graph(view, acts).on(day)
    for act in (act for act in acts if act.kind == "ban"):
        agency = session.graph["agencies"].texts("id")[act.other].as_py()
        asked = BanOptions(agency=agency, on=act.day, authority=act.word)
        after = after.without(listings_under_review(view, asked))
    return side_by_side(view, after, Tier.of(tier))


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ({"list": "没有这家@省级"}, "情景 1：没有"),
        ({"strike": ["{unit}@2100-01-01"]}, "情景 1：.*晚于"),
        ({"list": "{unit}"}, "情景 1：.*@"),
        ({"demolish": "{unit}"}, "情景 1：没有事项"),
        ({"list": "{unit}@省级", "strike": "{unit}"}, "情景 1：.*矛盾"),
    ],
    ids=["nobody", "too late", "no tier", "no such act", "contradiction"],
)
def test_what_cannot_be_is_told_with_its_position(worlds_asked: Asked, scenario: dict[str, Any], words: str) -> None:
    session, day = worlds_asked[0]
    unit = names_on_record(session, "enterprises", day)[0]
    named = {
        kind: [text.format(unit=unit) for text in texts] if isinstance(texts, list) else texts.format(unit=unit)
        for kind, texts in scenario.items()
    }
    with pytest.raises(UsageError, match=words):
        session.what_ifs([{"strike": unit}, named], as_of=day)


def test_no_scenarios_give_an_empty_table_and_an_act_is_no_option(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    told = session.what_ifs([], as_of=day)
    assert told.table.empty
    assert list(told.table.columns) == ["scenario", *COLUMNS.split()]
    with pytest.raises(UsageError, match="情景"):
        session.what_ifs([], as_of=day, strike="某某")


def test_many_names_are_found_as_one_is(worlds_asked: Asked) -> None:
    for session, _ in worlds_asked:
        graph: GraphTables = session.graph
        for table in ("enterprises", "parks"):
            texts = [*graph[table].texts("id").to_pylist(), *graph["names"].texts("normal").to_pylist()]
            texts += [f" {text} " for text in texts[:5]] + [text.removeprefix("uscc:").lower() for text in texts] + [""]
            assert graph.rows_of(texts, table).tolist() == [graph.row_of(text, table) for text in texts]


KINDS_OF_ACTS = ("list", "strike", "join", "leave", "supplies", "incident", "heal")


@pytest.mark.parametrize("kind", KINDS_OF_ACTS)
def test_on_random_worlds_an_act_is_a_load_with_the_row_that_says_so(kind: str, tmp_path: Path) -> None:
    loaded = moved = 0
    for seed in (2, 6, 9):
        world, day = random_world(seed, 20), day_of_seed(seed)
        session = Product(world, tmp_path / f"{seed}").session
        supposed = SUPPOSED[kind](session, day, random.Random(seed))
        if supposed is None:
            continue
        act, table, rows = supposed
        changed = Product({**world, table: [*world[table], *rows]}, tmp_path / f"{seed} changed").session
        told = session.what_ifs([{kind: act}], as_of=day, base="all").table.drop(columns="scenario")
        pd.testing.assert_frame_equal(
            told, side_by_side(session.graph.on(day), changed.graph.on(day), Tier.CITY, "all")
        )
        verdicts = session.what_if(as_of=day, **{kind: act}).parts["verdicts"].table
        assert {
            tuple(row) for row in verdicts[["unit_id", "category", "before", "after"]].to_numpy()
        } == changed_verdicts(session, changed, day)
        loaded, moved = loaded + 1, moved + len(told) + len(verdicts)
    assert loaded > 1
    assert moved or kind in ("incident", "heal")  # most of these worlds recommend nobody to begin with


Supposed = tuple[str, str, list[dict[str, Any]]] | None
"""An act, and the table with the rows that a changed list would have; None where the world has nobody for it."""


def _unit(session: Session, day: date, draw: random.Random) -> dict[str, Any]:
    units = session.table("enterprises")[session.graph.on(day).facts.on_record("enterprises")]
    row: dict[str, Any] = units.iloc[draw.randrange(len(units))].to_dict()
    return row


def _park(session: Session, day: date) -> str:
    parks = session.table("parks")[session.graph.on(day).facts.on_record("parks")]["name"]
    return str(parks.iloc[0])


def _named(session: Session, name: str) -> dict[str, Any]:
    units = session.table("enterprises")
    row: dict[str, Any] = units[units["name"] == name].iloc[0].to_dict()
    return row


def _list(session: Session, day: date, draw: random.Random) -> Supposed:
    moving = session.leverage(as_of=day, base="all").table["unit"].tolist()
    unit = _named(session, draw.choice(moving)) if moving else _unit(session, day, draw)
    row = {
        **called(unit, "unit"),
        "category": "factory",
        "tier": "provincial",
        "batch": f"{day.year}",
        "published_on": day,
    }
    return f"{unit['id']}@省级", "listings", [row]


def _join(session: Session, day: date, draw: random.Random) -> Supposed:
    unit, park = _unit(session, day, draw), _park(session, day)
    return f"{unit['id']}@{park}", "tenancies", [{**called(unit, "name"), "park": park, "start": day}]


def _supplies(session: Session, day: date, draw: random.Random) -> Supposed:
    leaders = session.leader_ratio(as_of=day).table["leader"].tolist()
    buyer, supplier = _named(session, draw.choice(leaders)), _unit(session, day, draw)
    row = {**called(buyer, "buyer"), **called(supplier, "supplier"), "start": day}
    return f"{buyer['id']}@{supplier['id']}", "supplies", [row]


def _incident(session: Session, day: date, draw: random.Random) -> Supposed:
    unit = _unit(session, day, draw)
    return f"{unit['id']}@安全事故", "incidents", [{**called(unit, "unit"), "kind": "安全事故", "occurred_on": day}]


def _strike(session: Session, day: date, _draw: random.Random) -> Supposed:
    """Strike a factory of which every listing that still holds has an end that can be read: another row cannot mend that."""
    listings, now = session.table("listings"), session.graph.on(day).facts
    begun = session.graph["listings"]["published_on"] <= now.number
    ours = listings[(listings["category"] == "factory") & listings["enterprise"].notna() & begun]
    for name, rows in ours[ours["removed_on"].isna() | (ours["removed_on"] > pd.Timestamp(day))].groupby("enterprise"):
        unread = now.listing_unsure[rows.index]
        if not unread.any():
            unit = called(_named(session, str(name)), "unit")
            keys = ("tier", "batch")
            gone = [
                {**unit, "category": "factory", **{key: row[key] for key in keys}, "removed_on": day}
                for row in rows.to_dict("records")
            ]
            return f"{name}", "listings", gone
    return None


def _leave(session: Session, day: date, _draw: random.Random) -> Supposed:
    sits = session.table("tenancies")
    stamp = pd.Timestamp(day)
    here = (sits["start"].isna() | (sits["start"] <= stamp)) & (sits["end"].isna() | (sits["end"] > stamp))
    for (name, park), rows in sits[here].groupby(["enterprise", "park"]):
        if not (rows["end_unknown"] == True).any():  # noqa: E712
            unit = called(_named(session, str(name)), "name")
            gone = [{**unit, "park": park, "start": _day(row["start"]), "end": day} for row in rows.to_dict("records")]
            return f"{name}@{park}", "tenancies", gone
    return None


def _heal(session: Session, day: date, _draw: random.Random) -> Supposed:
    held = session.table("incidents")
    known = held["enterprise"].notna() & held["kind"].notna() & (held["occurred_on"] <= pd.Timestamp(day))
    for (name, kind), _ in held[known & held["ended_on"].isna()].groupby(["enterprise", "kind"]):
        rows = held[(held["enterprise"] == name) & (held["kind"] == kind) & held["ended_on"].isna()]
        unit = called(_named(session, str(name)), "unit")
        days = ("occurred_on", "decided_on")
        over = [
            {**unit, "kind": kind, **{at: _day(row[at]) for at in days}, "ended_on": day}
            for row in rows.to_dict("records")
        ]
        return f"{name}@{kind}", "incidents", over
    return None


def _day(value: Any) -> date | None:
    return None if value != value or value is None else value.date()


SUPPOSED: dict[str, Callable[[Session, date, random.Random], Supposed]] = {
    "list": _list,
    "strike": _strike,
    "join": _join,
    "leave": _leave,
    "supplies": _supplies,
    "incident": _incident,
    "heal": _heal,
}


def called(unit: Any, field: str) -> dict[str, Any]:
    """Return how a row names a unit: by name and, where it has one, by code."""
    code = "uscc" if field in ("unit", "name") else f"{field}_uscc"
    return {field: unit["name"], code: unit["uscc"] if isinstance(unit["uscc"], str) else None}
