"""Why shares moved: held to the mean over all orders on random worlds, to renames that move nothing, and to the rows behind."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from graph_model.days import years_later
from graph_model.errors import UsageError
from loaders import load
from queries import open_store
from queries.measures.share_parts import CAUSES, share_parts
from tests.queries.rulebook.asking import opened, rows_of
from tests.reference.changes import changes, unit_credits
from tests.reference.day import Day
from tests.reference.facts import Facts
from tests.reference.folder import write_folder
from tests.reference.hand import firm, link, listed, tenant, world
from tests.reference.product import Product
from tests.worlds import day_of_seed, random_world

SINCE, DAY = date(2024, 6, 30), date(2025, 6, 30)
A, B, C, D = (f"测试{letter}有限公司" for letter in "甲乙丙丁")
LEADER, EAST = "测试链主有限公司", "测试东园区"
PARTS = [f"{cause}_part" for cause in CAUSES]
KINDS = ["park", "leader", "city"]


@pytest.mark.parametrize("seed", range(40, 56))
def test_random_worlds(seed: int, tmp_path: Path) -> None:
    """The whole table, order and all, at two distances and two tiers."""
    made, day = random_world(seed, 4 + seed % 12), day_of_seed(seed)
    session, facts = Product(made, tmp_path).session, Facts(made)
    for since, (tier, base) in product(
        (years_later(day, -1), years_later(day, -3)), (("city", "above_scale"), ("provincial", "all"))
    ):
        expected = changes(Day(facts, since), Day(facts, day), tier, base)
        rows = rows_of(session, "changes", day, since=since.isoformat(), tier=tier, base=base)
        assert {(row["kind"], row["id"]) for row in rows} == set(expected), (since, tier)
        for row in rows:
            for name, value in expected[row["kind"], row["id"]].items():
                assert row[name] == (None if value is None else pytest.approx(float(value), abs=1e-12)), (row, name)
        order = [(KINDS.index(row["kind"]), row["change"] is not None, row["change"] or 0, row["id"]) for row in rows]
        assert order == sorted(order)


def test_every_cause_is_seen_in_random_worlds(tmp_path: Path) -> None:
    """Otherwise the worlds above would prove nothing of it."""
    seen = set()
    for seed in range(40, 56):
        facts, day = Facts(random_world(seed, 4 + seed % 12)), day_of_seed(seed)
        rows = changes(Day(facts, years_later(day, -3)), Day(facts, day), "provincial", "all")
        seen |= {part for row in rows.values() for part in PARTS if row[part]}
    assert seen == set(PARTS)


@pytest.mark.parametrize("seed", range(6))
def test_parts_add_up_exactly_whatever_the_counts(seed: int) -> None:
    counts = np.random.default_rng(seed).integers(0, 5, size=(200, 16))
    for place in share_parts(counts):
        if place.before is not None and place.after is not None:
            assert sum(place.parts) == place.after - place.before


def test_a_cause_that_did_not_happen_has_no_part() -> None:
    """Three members, one of them newly listed: its part is the whole change."""
    counts = np.zeros((1, 16), dtype=np.int64)
    counts[0, 0b1100], counts[0, 0b1101] = 2, 1
    [place] = share_parts(counts)
    assert (place.before, place.after) == (0, Fraction(1, 3))
    assert place.parts == (Fraction(1, 3), 0, 0, 0)


def lists_of(**more: object) -> dict[str, list[dict[str, object]]]:
    """A park of three and a leader of two; one is listed, one removed, one joins, one leaves."""
    return world(
        enterprises=[*(firm(name, city="苏州市") for name in (A, B, C, D)), firm(LEADER, chain="机电", city="南京市")],
        parks=[{"name": EAST, "city": "苏州市"}],
        tenancies=[
            tenant(A, EAST),
            tenant(B, EAST),
            tenant(C, EAST, start=date(2025, 1, 1)),
            tenant(D, EAST, end=date(2025, 1, 1)),
        ],
        listings=[
            listed(A, "city", date(2024, 12, 31)),
            listed(B, "city", date(2020, 1, 1), removed_on=date(2025, 3, 1), removal_reason="抽查不合格"),
        ],
        supplies=[link(LEADER, A), link(LEADER, B, start=date(2025, 2, 1))],
        **more,
    )


def test_by_hand(tmp_path: Path) -> None:
    """From 1 of 3 (乙 of 甲 乙 丁) to 1 of 3 (甲 of 甲 乙 丙): nothing on the whole, everything in parts."""
    session = opened(tmp_path, **lists_of())
    rows = {row["id"]: row for row in rows_of(session, "changes", DAY, since=SINCE.isoformat())}
    park = rows[f"park:{EAST}"]
    assert (park["before"], park["after"], park["change"]) == (pytest.approx(1 / 3), pytest.approx(1 / 3), 0)
    assert park["listed_part"] == pytest.approx(-park["removed_part"])
    assert park["joined_part"] == pytest.approx(-park["left_part"])
    leader = next(row for row in rows.values() if row["kind"] == "leader")
    assert (leader["before"], leader["after"]) == (0, 1 / 2)
    assert sum(leader[part] for part in PARTS) == pytest.approx(1 / 2)
    assert (leader["left_part"], leader["listed_part"] > 0 > leader["removed_part"]) == (0, True)


def test_events_are_the_units_behind_with_file_and_row(tmp_path: Path) -> None:
    session = opened(tmp_path, **lists_of())
    rows = rows_of(session, "changes", DAY, since=SINCE.isoformat(), events=True)
    park = {(row["cause"], row["unit"], row["happened_on"]) for row in rows if row["kind"] == "park"}
    assert park == {
        ("listed", A, date(2024, 12, 31)),
        ("removed", B, date(2025, 3, 1)),
        ("joined", C, date(2025, 1, 1)),
        ("left", D, date(2025, 1, 1)),
    }
    evidence = {row["cause"]: row["evidence"] for row in rows if row["kind"] == "park"}
    assert "绿色制造名单.csv" in evidence["listed"]
    assert "入园企业.csv" in evidence["joined"]
    assert all("第" in text for text in evidence.values())
    supplied = [(row["cause"], row["unit"]) for row in rows if row["kind"] == "leader"]
    assert supplied == [("listed", A), ("removed", B), ("joined", B)]


def test_a_rename_on_record_moves_nothing_and_a_likely_one_is_told(tmp_path: Path) -> None:
    old, new = "测试更名前机械有限公司", "测试更名后机械有限公司"
    lists = {
        "enterprises": [firm(A, city="苏州市"), firm(new, city="苏州市"), firm(old, city="苏州市")],
        "parks": [{"name": EAST, "city": "苏州市"}],
        "tenancies": [
            tenant(A, EAST),
            tenant(old, EAST, end=date(2025, 1, 1)),
            tenant(new, EAST, start=date(2025, 1, 1)),
        ],
        "listings": [listed(A, "city")],
    }
    unsaid = opened(tmp_path / "unsaid", **lists)
    notes = [note.zh for note in unsaid.ask("changes", as_of=DAY, since=SINCE.isoformat()).notes]
    assert any(f"{old}→{new}" in note for note in notes)
    assert rows_of(unsaid, "changes", DAY, since=SINCE.isoformat())
    named = [{"old_name": old, "new_name": new, "changed_on": date(2025, 1, 1), "kind": "更名"}]
    said = opened(tmp_path / "said", **lists, name_changes=named)
    answer = said.ask("changes", as_of=DAY, since=SINCE.isoformat())
    assert answer.table.empty
    assert not any(old in note.zh for note in answer.notes)


def test_a_likely_rename_among_suppliers_is_counted_and_not_named(tmp_path: Path) -> None:
    """Whom a leader buys from is told to the leader alone: a note names nobody."""
    old, new = "测试更名前机械有限公司", "测试更名后机械有限公司"
    session = opened(
        tmp_path,
        enterprises=[firm(LEADER, chain="机电", city="南京市"), firm(A), firm(old), firm(new)],
        supplies=[link(LEADER, A), link(LEADER, old, end=date(2025, 1, 1)), link(LEADER, new, start=date(2025, 1, 1))],
        listings=[listed(A, "city")],
    )
    notes = " ".join(note.zh for note in session.ask("changes", as_of=DAY, since=SINCE.isoformat()).notes)
    assert "供应商中另有 1 对" in notes
    assert old not in notes


def test_what_was_only_learned_stands_apart(tmp_path: Path) -> None:
    """A list corrected afterwards: 乙 had been listed all along, which the first snapshot did not know."""
    first = lists_of()
    write_folder(first, tmp_path / "source")
    load([tmp_path / "source"], store=tmp_path / "store")
    earlier = open_store(tmp_path / "store").snapshot
    first["listings"].append(listed(D, "city", date(2019, 1, 1)))
    write_folder(first, tmp_path / "source")
    load([tmp_path / "source"], store=tmp_path / "store")
    session = open_store(tmp_path / "store")
    rows = rows_of(session, "changes", DAY, since=earlier[:12], on=SINCE)
    park = next(row for row in rows if row["kind"] == "park")
    assert (park["before"], park["after"]) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert park["learned_part"] == pytest.approx(1 / 3)
    assert park["learned_part"] + sum(park[part] for part in PARTS) == pytest.approx(park["change"])
    between_days = rows_of(session, "changes", DAY, since=SINCE.isoformat())
    parts = {part: park[part] for part in PARTS}
    assert parts == {part: next(row for row in between_days if row["kind"] == "park")[part] for part in PARTS}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"since": DAY.isoformat()}, "a day before"),
        ({"since": "nonsense"}, "a date such as"),
        ({"since": "nonsense", "on": SINCE}, "no snapshot"),
        ({"on": SINCE}, "goes with a snapshot"),
        ({"since": SINCE.isoformat(), "on": SINCE, "events": True}, "between two days"),
    ],
    ids=["not before", "no day", "no snapshot", "no since", "events of a snapshot"],
)
def test_wrong_use_is_told(tmp_path: Path, options: dict[str, object], said: str) -> None:
    session = opened(tmp_path, **lists_of())
    with pytest.raises(UsageError, match=said):
        session.ask("changes", as_of=DAY, **options)


def test_filters_keep_rows(tmp_path: Path) -> None:
    session = opened(tmp_path, **lists_of())
    whole = rows_of(session, "changes", DAY, since=SINCE.isoformat())
    assert {row["kind"] for row in whole} == {"park", "leader", "city"}
    kept = rows_of(session, "changes", DAY, since=SINCE.isoformat(), city="苏州市")
    assert kept == [row for row in whole if row["kind"] != "leader"]


@pytest.mark.parametrize("seed", range(40, 48))
def test_credits_add_up_to_the_part_of_the_newly_listed(seed: int, tmp_path: Path) -> None:
    made, day = random_world(seed, 4 + seed % 12), day_of_seed(seed)
    session, facts, since = Product(made, tmp_path).session, Facts(made), years_later(day, -3)
    for tier, base in (("city", "above_scale"), ("provincial", "all")):
        expected = unit_credits(Day(facts, since), Day(facts, day), tier, base)
        rows = rows_of(session, "credit", day, since=since, tier=tier, base=base)
        told = {((row["kind"], row["id"]), row["unit_id"]): row["credit"] for row in rows}
        assert set(told) == set(expected)
        for key, credit in expected.items():
            assert told[key] == (None if credit is None else pytest.approx(float(credit), abs=1e-12)), key
        for row in rows_of(session, "changes", day, since=since.isoformat(), tier=tier, base=base):
            of_place = [credit for (place, _), credit in told.items() if place == (row["kind"], row["id"])]
            if row["listed_part"] is not None:
                assert sum(of_place) == pytest.approx(row["listed_part"], abs=1e-12)


def test_credit_names_the_plans_behind_a_factory(tmp_path: Path) -> None:
    plan = {"category": "factory", "target_tier": "city", "plan_year": 2024, "reported_on": date(2024, 3, 1)}
    session = opened(
        tmp_path,
        **lists_of(cultivation=[{**plan, "unit": A, "sponsor": EAST}, {**plan, "unit": A}, {**plan, "unit": B}]),
    )
    rows = rows_of(session, "credit", DAY, since=SINCE)
    assert [(row["kind"], row["unit"], row["own_plan"]) for row in rows] == [
        ("park", A, True),
        ("leader", A, False),
        ("city", A, True),
    ]
    assert {row["planned_by"] for row in rows} == {f"{EAST}、苏州市"}
    assert {row["listed_on"] for row in rows} == {date(2024, 12, 31)}
    assert all("绿色制造名单.csv" in row["evidence"] for row in rows)


def test_credit_is_of_the_past(tmp_path: Path) -> None:
    session = opened(tmp_path, **lists_of())
    with pytest.raises(UsageError, match="a day before"):
        session.ask("credit", as_of=DAY, since=DAY)
