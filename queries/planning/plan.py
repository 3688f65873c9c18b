"""`plan`: choose the candidates whose cultivation helps most, and prove how good the choice is. SPEC 9.1.

Method: exact by integer programming where the solver proves it, else its best or lazy greedy choice, each beside the least
bound that is proven. The most even coverage is found by its own search.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.column_types import UNKNOWN_MONEY
from graph_model.tiers import CATEGORY_ZH, TIER_ZH, Category, Tier
from queries.answers.answer import Answer
from queries.asking.caveats import ViewCaveats, lacking_lists, outside_note
from queries.eligibility.assess import AssessOptions, rules_of
from queries.measures.regions import region_tally, units_of
from queries.planning.certificate import Certificate, by_habit
from queries.planning.choice import NOTHING, Chosen
from queries.planning.leximin import CityCounts, most_even
from queries.planning.out_of_reach import out_of_reach
from queries.planning.plan_errors import InfeasiblePlanError
from queries.planning.plan_routes import plan_routes
from queries.planning.problem import problem_of
from queries.planning.solve import solve
from queries.planning.summary import in_words
from queries.planning.table import COLUMNS, city_moves, moves_in_words, plan_table, with_place_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from graph_model.view import View
    from queries.law.rules import Rules
    from queries.planning.plan_options import PlanOptions
    from queries.planning.problem import Problem


@dataclass(frozen=True)
class PlanAnswer(Answer):
    """A plan: the chosen units as a table, and the certificate."""

    proof: Certificate | None = None
    effect: tuple[Bilingual, ...] = ()
    """What the plan comes to, in sentences."""
    out_of_reach: Answer | None = None
    routes: Answer | None = None
    place_names: Mapping[str, str] = field(default_factory=dict)
    """Names of parks and leaders by their ids, for people."""

    @property
    def for_people(self) -> Answer:
        """Return the plan with the names of parks and leaders before their ids."""
        table, shown = with_place_names(self.table, self.place_names)
        return replace(self, table=table, columns=shown)

    @property
    def objects(self) -> Mapping[str, object]:
        """Return the certificate for json."""
        return {"certificate": self.certificate}

    @property
    def parts(self) -> Mapping[str, Answer]:
        """Return the dated ways of the chosen, and who is out of reach, with clause, reason and earliest day."""
        parts = {"routes": self.routes, "out_of_reach": self.out_of_reach}
        return {name: part for name, part in parts.items() if part is not None}

    @property
    def summary(self) -> tuple[Bilingual, ...]:
        """Return the totals before and after, and the certificate in words."""
        return self.effect

    @property
    def certificate(self) -> dict[str, Any]:
        """Return the certificate as plain values."""
        assert self.proof is not None
        return self.proof.as_dict()


def plan(view: View, snapshot: str, options: PlanOptions) -> PlanAnswer:
    """Return the plan of a day; UsageError for what does not exist, does not fit, or cannot be kept together."""
    rules = plan_rules(view, options)
    problem = problem_of(view, rules, options)
    table, proof = _even(problem) if options.chosen_goal == "coverage" else _by_places(problem)
    category, tier = Category(options.category), Tier.of(options.tier)
    return PlanAnswer(
        question="plan",
        title=Bilingual(
            f"{TIER_ZH[tier]}{CATEGORY_ZH[category]}培育计划：{problem.goal.title.zh}",
            f"plan: {tier.id} {category.value}, {problem.goal.title.en}",
        ),
        table=table,
        columns=COLUMNS,
        definition=problem.goal.definition,
        clause_ids=("D-07", "D-13", "D-17c", "D-17d"),
        notes=tuple(_notes(problem, table, proof)),
        as_of=view.day,
        snapshot=snapshot,
        options=options.model_copy(update={"rules": rules.set.id}).shown(),
        proof=proof,
        effect=tuple(in_words(problem, table, proof)),
        out_of_reach=out_of_reach(problem, snapshot),
        routes=plan_routes(problem, table, snapshot),
        place_names=dict(zip(problem.places.id, problem.places.name, strict=True)),
    )


def plan_rules(view: View, options: PlanOptions) -> Rules:
    """Return the rules by which a plan tells bars and work."""
    asked = AssessOptions(
        category=options.category, tier=options.tier, rules=options.rules, rules_file=options.rules_file
    )
    return rules_of(view, asked)


def _by_places(problem: Problem) -> tuple[pd.DataFrame, Certificate]:
    choice = problem.choice
    found = solve(choice)
    chosen, gains = Chosen(choice), []
    for candidate in found.order:
        gains.append(chosen.gain(candidate))
        chosen.add(candidate)
    habits = by_habit(choice, _outputs(problem), choice.value)
    table = plan_table(problem, found.order, gains, moves_in_words(problem, found.order))
    return table, _certificate(problem, found.value, found.bound, found.method, habits)


def _even(problem: Problem) -> tuple[pd.DataFrame, Certificate]:
    """Return the most even plan: gains are the rise of a unit's own city, the value is the smallest share after."""
    cities, counts = _cities(problem)
    found = most_even(problem.choice, cities, counts)
    if found is None:
        raise InfeasiblePlanError
    choice, forced = problem.choice, set(problem.choice.forced)
    gain = [
        Fraction(1, cities[city].base) if counted and city in cities else NOTHING
        for city, counted in zip(choice.city, counts, strict=True)
    ]
    order = sorted(found.chosen, key=lambda one: (one not in forced, -gain[one], choice.ids[one]))
    before = tuple(sorted(city.share(0) for city in cities.values()))

    def smallest(chosen: Sequence[int]) -> Fraction:
        more = dict.fromkeys(cities, 0)
        for one in chosen:
            if gain[one]:
                more[choice.city[one]] += 1
        return min((counts.share(more[city]) for city, counts in cities.items()), default=NOTHING)

    listed = {city: (counts.base, counts.listed) for city, counts in cities.items()}
    table = plan_table(problem, order, [gain[one] for one in order], city_moves(problem, order, counts, listed))
    value = found.vector[0] if found.vector else NOTHING
    bound, method = (value, "exact") if found.proven else (Fraction(1), "bounded")
    habits = by_habit(choice, _outputs(problem), smallest)
    return table, _certificate(problem, value, bound, method, habits, (found.vector, before))


def _cities(problem: Problem) -> tuple[dict[int, CityCounts], list[bool]]:
    """Return the cities that have a share in 6.4, and per candidate whether it raises its city's."""
    options, units = problem.options, problem.standing
    counted = units_of(problem.view, Category(options.category), options.base)
    codes = list(problem.view.graph.regions.cities)
    groups = np.searchsorted(codes, problem.city)
    inside = np.isin(problem.city, codes)
    tallied = region_tally(counted, np.where(inside, groups, len(codes)), len(codes) + 1, Tier.of(options.tier))
    cities = {
        code: CityCounts(base, green)
        for code, base, green, shown in zip(
            codes, tallied.base.tolist(), tallied.green.tolist(), _has_share(problem, codes), strict=False
        )
        if base and shown
    }
    return cities, (units.member[problem.candidates] == 1).tolist()


def _has_share(problem: Problem, codes: Sequence[int]) -> list[bool]:
    """Return which cities have a share: those in which some unit of the base, or that may be, is registered. SPEC 8."""
    units = problem.standing
    if units.matrix.subjects.category is not Category.FACTORY:
        return [True] * len(codes)
    registered = (units.view.graph["enterprises"]["registered"][units.rows] == 1) & (units.member != 0)
    with_register = set(np.unique(problem.city[registered]).tolist())
    return [code in with_register for code in codes]


def _outputs(problem: Problem) -> Any:
    """Return the output of every candidate; parks have none of their own."""
    if problem.standing.matrix.subjects.table == "parks":
        return np.full(len(problem.candidates), UNKNOWN_MONEY, dtype=np.int64)
    return problem.view.facts.output[problem.rows]


def _certificate(
    problem: Problem,
    value: Fraction,
    bound: Fraction,
    method: str,
    habits: tuple[Fraction, Fraction],
    vectors: tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | None = None,
) -> Certificate:
    by_output, by_chance = habits
    return Certificate(
        value=value,
        bound=bound,
        method=method,
        park_target=problem.targets["park"],
        leader_target=problem.targets["leader"],
        candidates=len(problem.candidates),
        barred=problem.barred,
        count=problem.choice.limits.count,
        weights=problem.options.weights,
        horizon=problem.options.horizon,
        largest_first=by_output,
        random_mean=by_chance,
        vector=vectors[0] if vectors else None,
        vector_before=vectors[1] if vectors else None,
    )


def _notes(problem: Problem, table: pd.DataFrame, proof: Certificate) -> list[Bilingual]:
    options, notes = problem.options, []
    if not len(problem.candidates):
        notes.append(Bilingual("没有可选的单位", "there are no candidates"))
    elif problem.choice.limits.count is not None and len(table) < problem.choice.limits.count:
        notes.append(
            Bilingual(
                f"只选了 {len(table)} 家：再选任何单位都不能使目标更进一步，或不符合名额、经费",
                f"only {len(table)} are chosen: no further unit would help, or none fits quotas and budget",
            )
        )
    if proof.value and proof.largest_first >= proof.value:
        notes.append(
            Bilingual("按产值从大到小选取已是最好的选法", "taking the largest output first is already the best choice")
        )
    if proof.method != "exact" and not problem.goal.concave:
        notes.append(
            Bilingual(
                "这一目标没有近似保证，上限来自松弛问题", "this goal has no guarantee; the bound is of the relaxation"
            )
        )
    caveats = ViewCaveats(problem.view)
    notes += lacking_lists(caveats, options.category, options.tier)
    return notes + outside_note(caveats, problem.standing.matrix.subjects.table)
