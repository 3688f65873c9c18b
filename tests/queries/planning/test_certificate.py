"""The certificate of a plan, and every gain in it, made again from the questions and the rule book alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

import pytest

from graph_model.days import months_later
from queries import Session
from tests.queries.planning.conftest import Asked
from tests.queries.planning.recount import Shares, of_one, recount

COUNT = 3
HORIZON = 24
BARS = ("D-08.1", "D-08.2", *(f"D-18.{item}" for item in range(1, 7)))
Value = Callable[[list[str]], Fraction]


class Remade:
    """A store on a day, from which candidates, goals and habits are told anew."""

    def __init__(self, session: Session, day: date) -> None:
        self.session, self.day = session, day
        self.ids = session.graph["enterprises"].texts("id").to_pylist()
        self.today = self.shares([])
        self.members = self._members()
        output = session.graph.on(day).facts.output.tolist()
        self.output = {id: value for id, value in zip(self.ids, output, strict=True) if value >= 0}

    def shares(self, chosen: list[str]) -> Shares:
        return recount(self.session.graph.on(self.day), [self.ids.index(id) for id in chosen], "city")

    def _members(self) -> dict[tuple[str, str], set[str]]:
        """Return the members of every park and leader with a denominator."""
        members = {}
        for key, (_, whole) in self.today.items():
            question, option = ("park-tenants", "park") if key[0] == "park" else ("leader-suppliers", "leader")
            table = self.session.ask(question, as_of=self.day, **{option: key[1]}).table
            counted = table["in_base"] if key[0] == "park" else table["in_scope"]
            if whole:
                members[key] = set(table.loc[(counted == True) & (table["unit_id"] != key[1]), "unit_id"])  # noqa: E712
        return members

    def split(self) -> tuple[list[str], int]:
        """Return the candidates by id, and how many others are barred beyond the horizon."""
        told = self.session.assess(as_of=self.day, category="factory", tier="city")
        findings = told.findings.table
        failing = findings[(findings["outcome"] == "fail") & findings["rule"].isin(BARS)]
        until = months_later(self.day, HORIZON)
        late = failing["earliest"].isna() | (failing["earliest"].dt.date > until)
        barred, verdicts = set(failing.loc[late, "unit_id"]), told.verdicts.table
        open_ = set(verdicts.loc[verdicts["verdict"] != "listed", "unit_id"])
        return sorted(open_ - barred), len(open_ & barred)

    def target(self, kind: str) -> Fraction | None:
        values = sorted((of_one(self.today, key) for key in self.members if key[0] == kind), reverse=True)
        if not values:
            return None
        reached = values[ceil(len(values) / 4) - 1]
        return reached if reached and len(values) > 1 else Fraction(1)

    def progress(self, chosen: list[str]) -> Fraction:
        after, total = self.shares(chosen), Fraction(0)
        for key, members in self.members.items():
            target = self.target(key[0])
            assert target is not None
            total += len(members) * (min(target, of_one(after, key)) - min(target, of_one(self.today, key)))
        return total

    def count(self, chosen: list[str]) -> Fraction:
        after, total = self.shares(chosen), Fraction(0)
        for key, members in self.members.items():
            total += len(members) * sum(
                (Fraction(1, n) for n in range(self.today[key][0] + 1, after[key][0] + 1)), Fraction(0)
            )
        return total

    def crossings(self, chosen: list[str]) -> Fraction:
        after = self.shares(chosen)
        return Fraction(
            sum(of_one(self.today, key) < (self.target(key[0]) or 1) <= of_one(after, key) for key in self.members)
        )

    def by_output(self, chosen: list[str]) -> Fraction:
        whole = self.session.tier_coverage(as_of=self.day, by="province").table.iloc[-1]["output_base"]
        ladder = set(self.session.enterprise_ladder(as_of=self.day).table["enterprise_id"])
        worth = sum(self.output.get(id, 0) for id in chosen if id in ladder)
        return Fraction(worth, round(whole * 1_000_000)) if whole else Fraction(0)


@pytest.fixture(scope="module")
def remade(worlds_asked: Asked) -> list[Remade]:
    return [Remade(session, day) for session, day in worlds_asked]


GOALS: dict[str, Callable[[Remade], Value]] = {
    "progress": lambda world: world.progress,
    "count": lambda world: world.count,
    "crossings": lambda world: world.crossings,
    "output": lambda world: world.by_output,
}


@pytest.mark.parametrize("goal", GOALS)
def test_value_and_habits_are_what_the_questions_count(remade: list[Remade], goal: str) -> None:
    for world in remade:
        plan, value = world.session.plan(as_of=world.day, goal=goal, count=COUNT), GOALS[goal](world)
        proof, candidates = plan.certificate, world.split()[0]
        chosen = plan.table["unit_id"].tolist()
        assert float(value(chosen)) == pytest.approx(proof["value"], abs=1e-9)
        for at, gain in enumerate(plan.table["gain"].tolist()):
            assert float(value(chosen[: at + 1]) - value(chosen[:at])) == pytest.approx(gain, abs=1e-9)
        largest = sorted(candidates, key=lambda id, known=world.output: (id not in known, -known.get(id, 0), id))
        assert proof["largest_first"] == pytest.approx(float(value(largest[:COUNT])), abs=1e-9)
        assert proof["bound"] >= proof["value"] >= proof["largest_first"] - 1e-9


def test_chance_is_the_mean_of_a_hundred_draws(remade: list[Remade]) -> None:
    world = remade[0]
    candidates = world.split()[0]
    drawn = []
    for number in range(100):
        by_hash = sorted(candidates, key=lambda id, n=number: hashlib.sha256(f"{n} {id}".encode()).hexdigest())
        drawn.append(world.progress(by_hash[:COUNT]))
    proof = world.session.plan(as_of=world.day, count=COUNT).certificate
    assert proof["random_mean"] == pytest.approx(float(sum(drawn, Fraction(0)) / 100), abs=1e-9)


def test_candidates_bars_and_targets_are_those_of_the_rule_book(remade: list[Remade]) -> None:
    barred = 0
    for world in remade:
        proof: dict[str, Any] = world.session.plan(as_of=world.day, count=COUNT).certificate
        candidates, late = world.split()
        assert (proof["candidates"], proof["barred"]) == (len(candidates), late)
        for kind in ("park", "leader"):
            target = world.target(kind)
            assert proof[f"{kind}_target"] == (None if target is None else pytest.approx(float(target)))
        barred += late
    assert barred


def test_even_coverage_is_the_vector_of_the_cities(remade: list[Remade]) -> None:
    for world in remade:
        plan = world.session.plan(as_of=world.day, goal="coverage", count=COUNT)
        table = world.session.tier_coverage(as_of=world.day, by="city").table
        named = {str(code) for code in world.session.graph.regions.cities}
        cities = table[table["share"].notna() & table["region_id"].isin(named)]
        assert plan.certificate["vector_before"] == pytest.approx(sorted(cities["share"].tolist()))
        listed = dict(zip(cities["region"], cities["at_least_city"], strict=True))
        base = dict(zip(cities["region"], cities["base"], strict=True))
        ladder = set(world.session.enterprise_ladder(as_of=world.day).table["enterprise_id"])
        for unit, city in zip(plan.table["unit_id"], plan.table["city"], strict=True):
            if unit in ladder and city in listed:
                listed[city] += 1
        wanted = sorted(listed[city] / base[city] for city in listed)
        assert plan.certificate["vector"] == pytest.approx(wanted)
        assert plan.certificate["value"] == pytest.approx(min(plan.certificate["vector"], default=0.0))
