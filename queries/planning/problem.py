"""From a day, rules and options to the choice: who may be chosen, what each moves, towards which targets."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.column_types import UNKNOWN_MONEY
from graph_model.errors import ContradictionError, DoesNotFitError, named_option
from graph_model.tiers import Category, Tier
from queries.measures.regions import units_of
from queries.measures.tally import outputs
from queries.planning.candidates import Standing, standing
from queries.planning.choice import NOTHING, Choice
from queries.planning.costs import costs_of
from queries.planning.goals import count, coverage, crossings, output, progress
from queries.planning.goals.goal import PlaceCounts, PlanGoal
from queries.planning.limits import check_limits, limits_of
from queries.planning.named_units import named_units
from queries.planning.places import Places, places_of
from queries.planning.plan_errors import BarredUnitError, PlaceFormError, UnplannableUnitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.law.rule import Rule
    from queries.law.rules import Rules
    from queries.measures.tally import Outputs
    from queries.planning.plan_options import PlanOptions

GOALS: Final = {module.GOAL.name: module.GOAL for module in (progress, count, crossings, output, coverage)}
BEST_QUARTER: Final = 4
"""A target that nobody set is what one in so many reach today."""


@dataclass(frozen=True)
class Problem:
    """A plan to be made: everybody by their standing, the candidates among them, the places, and the choice."""

    options: PlanOptions
    goal: PlanGoal
    standing: Standing
    candidates: NDArray[np.intp]
    """Candidates as places in `standing.rows`, in the order of ids; `choice` numbers them so."""
    barred: int
    places: Places
    """Every park and leader with a share; `helped` are those that the plan sums over."""
    helped: NDArray[np.bool_]
    targets: dict[str, Fraction | None]
    choice: Choice
    city: NDArray[np.int64]
    """City of every unit of `standing`, 0 where unknown or coarser."""
    costs: list[Fraction | None]
    """Cost of every candidate in 万元."""

    @property
    def view(self) -> View:
        """Return the day of the plan."""
        return self.standing.view

    @property
    def rows(self) -> NDArray[np.intp]:
        """Return the candidates as rows of their table."""
        rows: NDArray[np.intp] = self.standing.rows[self.candidates]
        return rows


def problem_of(view: View, rules: Rules, options: PlanOptions) -> Problem:
    """Return the plan to be made; UsageError for units, quotas or limits that cannot be."""
    category, tier = Category(options.category), Tier.of(options.tier)
    units = standing(view, rules, category, tier, options.base)
    places = places_of(view, options.base, tier)
    places = places.robust() if options.robust else places
    table = units.matrix.subjects.table
    excluded, forced = _named(view, units, options, table)
    allowed = units.candidates(options.horizon, options.unknown, ready=options.ready)
    allowed[forced] = True
    allowed[excluded] = False
    costs = costs_of(view, table, units.rows)
    if options.budget is not None:
        allowed &= np.array([cost is not None for cost in costs], dtype=bool)
        _refuse_unpriced(view, units, forced, costs, table)
    barred = units.barred(options.horizon)
    barred[excluded] = False
    candidates = np.flatnonzero(allowed)
    region = units_region(view, units)
    city = np.where(region % 10000 == 0, 0, region // 100 * 100)
    helped = _helped(view, places, options)
    goal = GOALS[options.chosen_goal]
    targets = _targets(places, options)
    prices = [costs[at] for at in candidates.tolist()]
    choice = _choice(options, goal, units, candidates, forced, places, helped, targets, city, prices)
    check_limits(choice.limits, view.graph.regions, choice.city, choice.cost, choice.forced)
    return Problem(options, goal, units, candidates, int(barred.sum()), places, helped, targets, choice, city, prices)


def units_region(view: View, units: Standing) -> NDArray[np.int64]:
    """Return the region code of every unit of a standing."""
    regions: NDArray[np.int64] = view.graph[units.matrix.subjects.table]["region"][units.rows].astype(np.int64)
    return regions


def default_target(shares: Sequence[Fraction]) -> Fraction | None:
    """Return the largest share that at least a quarter of places reach; 1 where that is 0 or only one has a share."""
    if not shares:
        return None
    reached = sorted(shares, reverse=True)[ceil(len(shares) / BEST_QUARTER) - 1]
    return reached if reached and len(shares) > 1 else Fraction(1)


def _targets(places: Places, options: PlanOptions) -> dict[str, Fraction | None]:
    shares = places.shares()
    given = {"park": options.park_target, "leader": options.leader_target}
    return {
        kind: None
        if not any(mine := places.kind == kind)
        else target
        if target is not None
        else default_target([shares[at] for at in np.flatnonzero(mine).tolist()])
        for kind, target in given.items()
    }


def _named(view: View, units: Standing, options: PlanOptions, table: str) -> tuple[list[int], list[int]]:
    """Return the excluded and the forced as places in the standing; UsageError for a forced unit that may not be chosen."""
    excluded = [int(units.place[row]) for row in named_units(view, options.exclude, table)]
    forced = named_units(view, options.include, table)
    healed = units.healed_by(options.horizon)
    for row in forced:
        at = int(units.place[row])
        name = view.graph[table].texts("name", np.array([row]))[0].as_py()
        if at < 0:
            raise UnplannableUnitError(name, Bilingual("不在省内或不属于所问类别", "outside, or of another category"))
        if at in excluded:
            raise ContradictionError(f"{named_option('include')} {name}", f"{named_option('exclude')} {name}")
        if units.listed[at]:
            raise UnplannableUnitError(name, Bilingual("已列入", "listed already"))
        if not healed[at]:
            raise BarredUnitError(name, options.horizon, [rule.id for rule in _failing(units, at)])
    return [at for at in excluded if at >= 0], [int(units.place[row]) for row in forced]


def _failing(units: Standing, at: int) -> list[Rule]:
    return [units.matrix.judged[rule].rule for rule in np.flatnonzero(units.failing[at]).tolist()]


def _refuse_unpriced(
    view: View, units: Standing, forced: Sequence[int], costs: Sequence[Fraction | None], table: str
) -> None:
    for at in forced:
        if costs[at] is None:
            name = view.graph[table].texts("name", units.rows[[at]])[0].as_py()
            raise UnplannableUnitError(
                name, Bilingual("没有费用，无法计入经费", "it has no cost, so no budget can hold it")
            )


def _helped(view: View, places: Places, options: PlanOptions) -> NDArray[np.bool_]:
    """Return which places the plan sums over: all, or those that `for` names."""
    helped = np.zeros(len(places), dtype=bool)
    for wanted in options.for_:
        kind, equals, name = wanted.partition("=")
        if not equals or kind not in ("park", "leader", "city"):
            raise PlaceFormError("for", wanted)
        named = _in_city(view, places, name) if kind == "city" else _called(view, places, kind, name)
        if not named.any():
            raise DoesNotFitError(
                "for",
                wanted,
                Bilingual("没有可计算占比的园区或龙头企业", "no park or leader with a share is called so"),
            )
        helped |= named
    return helped if options.for_ else np.ones(len(places), dtype=bool)


def _called(view: View, places: Places, kind: str, name: str) -> NDArray[np.bool_]:
    row = view.graph.find(name, "parks" if kind == "park" else "enterprises")
    named: NDArray[np.bool_] = (places.kind == kind) & (places.row == row)
    return named


def _in_city(view: View, places: Places, name: str) -> NDArray[np.bool_]:
    """Return the places whose column city is, or means, a city."""
    regions = view.graph.regions
    code = regions.read(name).code
    return np.array(
        [
            city is not None and (city == name or (code != 0 and regions.read(city).code == code))
            for city in places.city
        ],
        dtype=bool,
    )


def _choice(
    options: PlanOptions,
    goal: PlanGoal,
    units: Standing,
    candidates: NDArray[np.intp],
    forced: Sequence[int],
    places: Places,
    helped: NDArray[np.bool_],
    targets: dict[str, Fraction | None],
    city: NDArray[np.int64],
    costs: Sequence[Fraction | None],
) -> Choice:
    view, table = units.view, units.matrix.subjects.table
    position = {at: number for number, at in enumerate(candidates.tolist())}
    memberships = _memberships(units, candidates, places, helped) if goal.helps_places else [()] * len(candidates)
    sizes = np.bincount([place for of_one in memberships for place in of_one], minlength=len(places))
    curves = [()] * len(places) if not goal.helps_places else _curves(options, goal, places, targets, sizes)
    alone = _output_parts(view, units, candidates, options) if goal.name == "output" else [NOTHING] * len(candidates)
    if options.bonus and table == "enterprises":
        tagged = view.graph[table].words("tags")[0][units.rows[candidates]] >= 0
        alone = [part + options.bonus * has for part, has in zip(alone, tagged.tolist(), strict=True)]
    return Choice(
        ids=view.graph[table].texts("id", units.rows[candidates]).to_pylist(),
        places=memberships,
        curves=curves,
        alone=alone,
        city=city[candidates].tolist(),
        cost=[cost if cost is not None else NOTHING for cost in costs],
        limits=limits_of(options, view.graph.regions),
        forced=tuple(sorted(position[at] for at in forced)),
        concave=goal.concave,
    )


def _curves(
    options: PlanOptions,
    goal: PlanGoal,
    places: Places,
    targets: dict[str, Fraction | None],
    sizes: NDArray[np.int64],
) -> list[tuple[Fraction, ...]]:
    weights = places.weights(options.weights)
    most = options.most
    return [
        goal.curve(
            PlaceCounts(base, green, targets[str(kind)] or Fraction(1), weight),
            size if most is None else min(size, most),
        )
        for base, green, kind, weight, size in zip(
            places.base.tolist(), places.green.tolist(), places.kind, weights, sizes.tolist(), strict=True
        )
    ]


def _memberships(
    units: Standing, candidates: NDArray[np.intp], places: Places, helped: NDArray[np.bool_]
) -> list[tuple[int, ...]]:
    """Return per candidate the helped places that it is a member of and not green in."""
    number = np.full(len(units.place), -1, dtype=np.int64)
    number[units.rows[candidates]] = np.arange(len(candidates))
    at = np.flatnonzero(helped).astype(np.int32)
    owners, members = places.members.of(at)
    who = number[members]
    kept = who >= 0
    place, who = at[owners[kept]], who[kept]
    order = np.lexsort((place, who))
    place, who = place[order], who[order]
    starts = np.searchsorted(who, np.arange(len(candidates) + 1)).tolist()
    moved = place.tolist()
    return [tuple(moved[start:end]) for start, end in pairwise(starts)]


def province_outputs(view: View, options: PlanOptions) -> Outputs:
    """Return the output of the province's base and of its green part, as 6.4 counts them: vectors of one entry."""
    counted = units_of(view, Category(options.category), options.base)
    one = np.zeros(len(counted.rows), dtype=np.int64)
    green = np.where(counted.highest >= Tier.of(options.tier), 1, 0).astype(np.int8)
    assert counted.output is not None
    return outputs(one, 1, counted.member, green, counted.output)


def _output_parts(view: View, units: Standing, candidates: NDArray[np.intp], options: PlanOptions) -> list[Fraction]:
    """Return what each candidate's output is of the province's known output; 0 where unknown or no member."""
    whole = int(province_outputs(view, options).base[0])
    own = view.facts.output[units.rows[candidates]].tolist()
    members = (units.member[candidates] == 1).tolist()
    return [
        Fraction(value, whole) if whole and member and value != UNKNOWN_MONEY else NOTHING
        for value, member in zip(own, members, strict=True)
    ]
