"""The way to a share by a year: no way lists fewer by any year, the base line lists nobody, and shares are recounts."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import UsageError
from queries.planning.growth import SCENARIOS, Growth, growth_of
from queries.planning.yearly import Target, Way, way
from tests.queries.planning.conftest import Asked

YEARS = (2026, 2027, 2028)


def drawn(seed: int) -> tuple[Fraction, list[Fraction], list[int | None], list[int], Growth, Target]:
    """Return a small case: today's share, candidates' parts and first years, who is forced, growth, target."""
    draw = random.Random(seed)
    count = draw.randint(0, 6)
    parts = [Fraction(draw.randint(0, 6), 60) for _ in range(count)]
    seasons = [draw.choice((2024, 2026, 2026, 2027, 2028, 2031, None)) for _ in range(count)]
    forced = draw.sample(range(count), min(count, draw.choice((0, 0, 1))))
    growth = Growth(Fraction(draw.randint(0, 20), 100), Fraction(draw.randint(-5, 20), 100))
    return (
        Fraction(draw.randint(0, 30), 60),
        parts,
        seasons,
        forced,
        growth,
        Target(Fraction(draw.randint(5, 40), 60), seed % 2 == 0),
    )


def cumulative(listed: tuple[tuple[int, ...], ...]) -> list[int]:
    return [sum(map(len, listed[: at + 1])) for at in range(len(listed))]


def on_the_line(start: Fraction, share: Fraction, growth: Growth, target: Target, at: int) -> bool:
    """Return whether a share, before growth, is on the line of the at-th year, in the words of the definition."""
    now = share * ((1 + growth.factories) / (1 + growth.whole)) ** at
    if at == len(YEARS) - 1:
        return now > target.share if target.above else now >= target.share
    return now >= (target.share if start >= target.share else start + (target.share - start) * at / (len(YEARS) - 1))


def every_way(case: Any) -> list[list[int]]:
    """Return, of every way that keeps the line each year and lists who is forced at once, how many are listed by each year."""
    start, parts, seasons, forced, growth, target = case
    able = [
        [None] if season is None or season > YEARS[-1] else [None, *range(max(season - YEARS[0], 0), 3)]
        for season in seasons
    ]
    counts = []
    for chosen in product(*able):
        if any(chosen[one] != min((at for at in able[one] if at is not None), default=None) for one in forced):
            continue
        reached = [
            start + sum(part for part, at in zip(parts, chosen, strict=True) if at is not None and at <= year)
            for year in range(3)
        ]
        if all(on_the_line(start, share, growth, target, at) for at, share in enumerate(reached)):
            counts.append([sum(at is not None and at <= year for at in chosen) for year in range(3)])
    return counts


def test_no_way_that_keeps_the_line_lists_fewer_by_any_year() -> None:
    kept = missed = 0
    for seed in range(250):
        case = drawn(seed)
        start, parts, seasons, forced, growth, target = case
        found: Way = way(start, parts, seasons, forced, growth, YEARS, target)
        others = every_way(case)
        if others:
            assert cumulative(found.listed) == [min(column) for column in zip(*others, strict=True)], seed
            assert found.reached
            kept += 1
        else:
            missed += not found.reached
    assert kept > 50
    assert missed > 20


def test_with_nobody_to_list_the_way_is_the_base_line() -> None:
    for seed in range(20):
        start, _, _, _, growth, target = drawn(seed)
        found = way(start, [], [], [], growth, YEARS, target)
        assert found.after == found.baseline
        assert found.baseline[0] == start
        assert found.listed == ((), (), ())


@pytest.mark.parametrize("tier", ["city", "national"])
def test_a_plan_by_years_is_a_recount_of_outputs(worlds_asked: Asked, tier: str) -> None:
    for session, day in worlds_asked:
        last = day.year + 3
        plan = session.plan(as_of=day, goal="output", until=last, target="95%", tier=tier)
        whole = session.tier_coverage(as_of=day, by="province", tier=tier).table.iloc[-1]
        base, green = whole["output_base"], whole["output_green"]
        factories = plan.parts["factories"].table
        for name, growth in growth_of(None).items():
            for at, row in enumerate(plan.table.to_dict("records")):
                by_now = factories[factories[f"year_{name}"] <= row["year"]]
                assert row[f"new_{name}"] == (factories[f"year_{name}"] == row["year"]).sum()
                grown = float(growth.relative(at))
                start = green / base if base else 0.0
                assert row[f"baseline_{name}"] == pytest.approx(start * grown)
                added = by_now["output"].sum() / base if base else 0.0
                assert row[f"reached_{name}"] == pytest.approx((start + added) * grown)
            assert (
                factories[f"year_{name}"].dropna() >= factories["first_season"][factories[f"year_{name}"].notna()]
            ).all()


def test_the_largest_output_comes_first(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    plan = session.plan(as_of=day, goal="output", until=day.year + 4, target="99%")
    table = plan.parts["factories"].table
    assert len(table)
    for name in SCENARIOS:
        for (_, _), same in table.groupby([f"year_{name}", "first_season"]):
            assert same["output"].is_monotonic_decreasing
    assert any("达不到" in note.zh for note in plan.notes) == (plan.table["reached_low"].iloc[-1] < 0.99)


def test_it_is_written_as_every_answer_is(worlds_asked: Asked, tmp_path: Path) -> None:
    session, day = worlds_asked[0]
    plan = session.plan(as_of=day, goal="output", until=day.year + 1)
    for ending in ("xlsx", "csv", "json", "txt"):
        assert plan.save(tmp_path / f"plan.{ending}").stat().st_size
    assert set(json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["assumptions"]) == set(SCENARIOS)


def test_an_own_file_of_growth_is_used_and_named(worlds_asked: Asked, tmp_path: Path) -> None:
    session, day = worlds_asked[0]
    path = tmp_path / "growth.csv"
    path.write_text("情景,全部产值,现有工厂产值\n低,0%,0%\n中,10%,0.05\n高,0.2,-1.5%\n", encoding="utf-8")
    plan = session.plan(as_of=day, goal="output", until=day.year + 1, growth=str(path))
    first, last = plan.table.iloc[0], plan.table.iloc[-1]
    for name, relative in (("low", 1.0), ("base", 1.05 / 1.10), ("high", 0.985 / 1.2)):
        assert last[f"baseline_{name}"] == pytest.approx(first[f"baseline_{name}"] * relative)
    assert sum(str(path) in note.zh for note in plan.notes) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("scenario,whole,factories\nlow,5%,4%\n", "缺少情景：base、high"),
        ("scenario,whole,factories\nmiddle,5%,4%\n", "第 2 行：情景“middle”"),
        ("scenario,whole,factories\nlow,fast,4%\n", "第 2 行：“fast”"),
        ("scenario,whole,factories\nlow,500%,4%\n", "第 2 行：“500%”"),
        ("scenario,whole\nlow,5%\n", "缺少列：factories"),
    ],
    ids=["missing", "no such", "no rate", "percent for number", "no column"],
)
def test_a_file_that_is_no_growth_is_told(worlds_asked: Asked, tmp_path: Path, text: str, words: str) -> None:
    session, day = worlds_asked[0]
    path = tmp_path / "growth.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        session.plan(as_of=day, goal="output", until=day.year + 1, growth=str(path))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"until": 2030}, "goal=output"),
        ({"until": 2030, "goal": "output", "count": 5}, "count"),
        ({"target": "40%"}, "until"),
        ({"until": 2010, "goal": "output"}, "应不早于"),
    ],
    ids=["another goal", "a count", "a target alone", "a year that is over"],
)
def test_what_does_not_go_together_is_told(worlds_asked: Asked, options: dict[str, Any], words: str) -> None:
    session, day = worlds_asked[0]
    with pytest.raises(UsageError, match=words):
        session.plan(as_of=day, **options)
