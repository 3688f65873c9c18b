"""The choice equals trying every set: for every goal, with counts, budgets, quotas and forced units."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from graph_model.errors import UsageError
from queries.planning.certificate import Certificate, outward
from queries.planning.choice import Choice, Chosen, PlanLimits
from queries.planning.greedy import greedy, in_greedy_order, open_bound
from queries.planning.habits import random_orders, walked
from queries.planning.leximin import most_even
from queries.planning.solve import grown, solve, without_idle
from tests.queries.planning.small_choices import GOALS, allowed_sets, best_of_all, choice_of, cities_of, keeps, worth

SEEDS = range(60)


@pytest.mark.parametrize("goal", GOALS)
def test_the_solution_is_the_best_of_all_sets(goal: str) -> None:
    for seed in SEEDS:
        choice = choice_of(seed, goal)
        allowed = allowed_sets(choice)
        if not allowed:
            with pytest.raises(UsageError):
                solve(choice)
            continue
        best = max(worth(choice, chosen) for chosen in allowed)
        found = solve(choice)
        assert found.value == worth(choice, found.order) == best, (goal, seed)
        assert keeps(choice, found.order), (goal, seed)
        assert found.bound >= best
        assert found.method == "exact"
        assert found.bound == found.value


@pytest.mark.parametrize("goal", GOALS)
def test_up_to_twenty_candidates_no_set_is_worth_more(goal: str) -> None:
    solved = 0
    for seed in range(9):
        choice = choice_of(seed, goal, most=20 if seed % 3 == 0 else 16, least=12)
        best = best_of_all(choice)
        if best is None:
            with pytest.raises(UsageError):
                solve(choice)
            continue
        found, by_hand = solve(choice), grown(choice)
        assert found.value == worth(choice, found.order) == best, (goal, seed)
        assert keeps(choice, found.order)
        assert not keeps(choice, tuple(by_hand)) or worth(choice, tuple(by_hand)) <= best
        assert found.bound == best
        solved += 1
    assert solved > 5


def test_the_count_of_every_set_at_once_is_that_of_each() -> None:
    for goal in GOALS:
        for seed in range(40):
            choice = choice_of(seed, goal, most=7)
            allowed = allowed_sets(choice)
            assert best_of_all(choice) == max((worth(choice, chosen) for chosen in allowed), default=None)


@pytest.mark.parametrize("goal", GOALS)
def test_greedy_reaches_no_more_than_the_best_and_its_bound_no_less(goal: str) -> None:
    for seed in SEEDS:
        choice = choice_of(seed, goal)
        allowed = allowed_sets(choice)
        if not allowed:
            continue
        best = max(worth(choice, chosen) for chosen in allowed)
        by_hand = tuple(grown(choice))
        if keeps(choice, by_hand):
            assert worth(choice, by_hand) <= best, (goal, seed)
        if choice.concave:
            assert open_bound(choice, by_hand) >= best, (goal, seed)


@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal != "crossings"])
def test_lazy_greedy_is_plain_greedy(goal: str) -> None:
    for seed in SEEDS:
        choice = choice_of(seed, goal)
        if choice.limits.budget is None and allowed_sets(choice):
            assert greedy(choice) == plain_greedy(choice), (goal, seed)


def plain_greedy(choice: Choice) -> list[int]:
    """Look at everybody each time."""
    chosen = Chosen(choice)
    for candidate in in_greedy_order(choice, choice.forced):
        chosen.add(candidate)
    while choice.limits.count is None or len(chosen.order) < choice.limits.count:
        left = [one for one in range(len(choice.ids)) if one not in chosen.order and chosen.fits(one)]
        owed = choice.limits.city_min
        left = [
            one
            for one in left
            if chosen.gain(one) > 0 or chosen.per_city[choice.city[one]] < owed.get(choice.city[one], 0)
        ]
        if not left:
            break
        chosen.add(min(left, key=lambda one: (-chosen.gain(one), choice.ids[one])))
    return chosen.order


def test_an_order_that_looks_again_only_where_it_must_is_the_plain_one() -> None:
    for goal in GOALS:
        for seed in SEEDS:
            choice = choice_of(seed, goal, most=14)
            everybody = list(range(len(choice.ids)))
            behind, rest = everybody[: seed % 3], everybody[seed % 3 :]
            chosen, plain = Chosen(choice), []
            for one in behind:
                chosen.add(one)
            while rest:
                best = min(rest, key=lambda one, now=chosen: (-now.gain(one), choice.ids[one]))
                chosen.add(best)
                rest.remove(best)
                plain.append(best)
            assert list(in_greedy_order(choice, everybody[seed % 3 :], behind)) == plain, (goal, seed)


@pytest.mark.parametrize("goal", GOALS)
def test_nobody_chosen_could_be_left_out_without_loss(goal: str) -> None:
    for seed in SEEDS:
        choice = choice_of(seed, goal)
        if not allowed_sets(choice):
            continue
        order = solve(choice).order
        for one in set(order) - set(choice.forced):
            rest = tuple(other for other in order if other != one)
            assert worth(choice, rest) < worth(choice, order) or not keeps(choice, rest), (goal, seed)


@pytest.mark.parametrize("goal", GOALS)
def test_the_order_is_greedy_within_the_chosen_and_the_forced_stand_first(goal: str) -> None:
    for seed in SEEDS:
        choice = choice_of(seed, goal)
        if not allowed_sets(choice):
            continue
        order, chosen = solve(choice).order, Chosen(choice)
        assert set(order[: len(choice.forced)]) == set(choice.forced)
        for at, one in enumerate(order):
            rivals = order[at : len(choice.forced)] if at < len(choice.forced) else order[at:]
            assert one == min(rivals, key=lambda other: (-chosen.gain(other), choice.ids[other])), (goal, seed)
            chosen.add(one)


def test_the_same_choice_gives_the_same_plan() -> None:
    for seed in SEEDS:
        first, second = (choice_of(seed, "count", most=14) for _ in range(2))
        if allowed_sets(first):
            assert solve(first) == solve(second)


def test_the_most_even_choice_is_the_best_of_all_sets() -> None:
    for seed in range(150):
        choice, cities = choice_of(seed, "output"), cities_of(seed)
        counts = [random.Random(f"counts {seed} {one}").random() < 0.8 for one in range(len(choice.ids))]
        allowed = allowed_sets(choice)
        found = most_even(choice, cities, counts)
        if not allowed:
            assert found is None, seed
            continue
        assert found is not None
        best = max(vector(choice, cities, counts, chosen) for chosen in allowed)
        assert found.vector == vector(choice, cities, counts, found.chosen) == best, seed
        assert keeps(choice, found.chosen), seed
        assert found.proven


def vector(choice, cities, counts, chosen):  # type: ignore[no-untyped-def]
    more = {city: sum(counts[one] and choice.city[one] == city for one in chosen) for city in cities}
    return tuple(sorted(of_city.share(more[city]) for city, of_city in cities.items()))


def test_idle_candidates_are_left_out_but_a_minimum_is_kept() -> None:
    curve = (Fraction(1),)
    limits = PlanLimits(3, None, {320100: 1}, {})
    choice = Choice(
        ["a", "b", "c"], [(0,), (0,), ()], [curve], [Fraction(0)] * 3, [0, 0, 320100], [Fraction(0)] * 3, limits
    )
    assert without_idle(choice, [0, 1, 2]) == [0, 2]


def test_a_walk_passes_over_what_does_not_fit() -> None:
    limits = PlanLimits(2, Fraction(5), {320500: 1}, {320100: 1})
    cities, cost = [320100, 320100, 320500, 320200], [Fraction(1), Fraction(1), Fraction(3), Fraction(9)]
    choice = Choice(list("abcd"), [()] * 4, [], [Fraction(1)] * 4, cities, cost, limits)
    assert walked(choice, [3, 1, 0, 2]) == [1, 2]


@pytest.mark.parametrize("count", [0, 1, 50, 1024, 1025, 1500])
def test_random_orders_are_those_of_the_contract(count: int) -> None:
    import hashlib

    ids = [f"uscc:{number}" for number in range(count)]
    for draw, order in enumerate(random_orders(ids, draws=3)):
        by_hash = sorted(range(count), key=lambda one: hashlib.sha256(f"{draw} {ids[one]}".encode()).hexdigest())
        assert list(order) == by_hash


@pytest.mark.parametrize(
    ("value", "bound", "gap"), [(0, 0, 0.0), (0, 1, None), (2, 3, 0.5)], ids=["both zero", "only value zero", "a gap"]
)
def test_the_gap_of_a_certificate(value: int, bound: int, gap: float | None) -> None:
    proof = Certificate(
        Fraction(value), Fraction(bound), "bounded", None, None, 3, 0, 5, "base", 24, Fraction(0), Fraction(0)
    )
    assert proof.gap == gap
    assert proof.as_dict()["park_target"] is None


def test_a_bound_is_rounded_outward() -> None:
    third = Fraction(1, 3)
    assert Fraction(outward(third)) >= third
    assert outward(Fraction(1, 2)) == 0.5
