"""The way to a share of output by a year: how many factories to list each year, and which, under three growths. SPEC 9.10.

The share of a year is (today's green output + that of those listed by then) x growth of standing factories ÷ (today's output x
growth of the whole). Each year it has to reach a straight line from today's share to the target; as few factories as possible are
listed for that, the largest output first among those whose first season has come. Since what is listed stays, and every year's
line bounds what went before, no other choice needs fewer by any year. With nobody listed the share is the base line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heapify, heappop
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.column_types import UNKNOWN_MONEY
from graph_model.errors import DoesNotFitError
from queries.answers.answer import Answer
from queries.answers.columns import columns
from queries.answers.frame import money
from queries.asking.caveats import ViewCaveats, lacking_lists, lacking_tables
from queries.law.goals.goals import shipped_goals
from queries.planning.growth import SCENARIO_ZH, SCENARIOS, growth_of
from queries.planning.plan import PlanAnswer, plan_rules
from queries.planning.problem import problem_of, province_outputs
from queries.planning.seasons import first_seasons
from queries.planning.table import plan_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph_model.view import View
    from queries.planning.growth import Growth
    from queries.planning.plan import PlanAnswer, plan_rules
    from queries.planning.plan_options import PlanOptions
from queries.planning.problem import Problem

GOAL: Final = "cn-2030-output"
"""The goal of which the target is taken where none is given."""
MONTHS_OF_A_YEAR: Final = 12
COLUMNS = columns(
    "year@plan", "target@path",
    "baseline_low", "baseline_base", "baseline_high", "new_low", "new_base", "new_high",
    "reached_low", "reached_base", "reached_high",
)  # fmt: skip
FACTORY_COLUMNS = columns(
    "unit_id", "unit", "uscc", "city", "county", "output", "year_low", "year_base", "year_high", "first_season", "work", "bars",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A share of output to be reached by a year; `above`: to be exceeded."""

    share: Fraction
    above: bool

    def is_met(self, share: Fraction, line: Fraction, last: bool) -> bool:
        """Return whether a share is on the line of a year; in the last year the goal's own words count."""
        return share > self.share if last and self.above else share >= line


@dataclass(frozen=True)
class Way:
    """What is listed under one growth: per year the candidates in the order taken, and the share without and with them."""

    listed: tuple[tuple[int, ...], ...]
    baseline: tuple[Fraction, ...]
    after: tuple[Fraction, ...]
    reached: bool


@dataclass(frozen=True)
class YearlyPlan(PlanAnswer):
    """The years of a way to a share, the factories as a second table, and the assumptions."""

    factories: Answer | None = None
    growth: Mapping[str, Growth] | None = None

    @property
    def parts(self) -> Mapping[str, Answer]:
        """Return which factories are listed when."""
        return {} if self.factories is None else {"factories": self.factories}

    @property
    def for_people(self) -> Answer:
        """Return the plan as it is: years have no parks."""
        return self

    @property
    def certificate(self) -> dict[str, Any]:
        """Return nothing: the fewest factories of a line need no proof but the line."""
        return {}

    @property
    def objects(self) -> Mapping[str, object]:
        """Return the assumptions for json."""
        rates = {
            name: {"whole": float(assumed.whole), "factories": float(assumed.factories)}
            for name, assumed in _items(self.growth)
        }
        return {"assumptions": rates}


def _items(growth: Mapping[str, Growth] | None) -> list[tuple[str, Growth]]:
    return [] if growth is None else [(name, growth[name]) for name in SCENARIOS]


def yearly_plan(view: View, snapshot: str, options: PlanOptions) -> YearlyPlan:
    """Return the way to the target by the year of the options; UsageError for a year that is over."""
    assert options.until is not None
    first, last = view.day.year, options.until
    if last < first:
        raise DoesNotFitError("until", last, Bilingual(f"应不早于 {first} 年", f"{first} or later is expected"))
    rules = plan_rules(view, options)
    problem = problem_of(view, rules, _to_the_end(view, options))
    target, growth = _target(options), growth_of(options.growth)
    output = province_outputs(view, options)
    start = Fraction(int(output.green[0]), int(output.base[0])) if output.base[0] else Fraction(0)
    by_unit, choice = first_seasons(problem.standing), problem.choice
    seasons = [by_unit[place] for place in problem.candidates.tolist()]
    years = list(range(first, last + 1))
    ways = {
        name: way(start, choice.alone, seasons, choice.forced, assumed, years, target)
        for name, assumed in growth.items()
    }
    whole = YearlyPlan(
        question="plan",
        title=Bilingual(f"到 {last} 年的绿色工厂产值占比", f"the way to a share of output by {last}"),
        table=_years(years, start, target, ways),
        columns=COLUMNS,
        definition=DEFINITION,
        clause_ids=("D-13", "D-14"),
        notes=tuple(_notes(view, options, ways, growth, target)),
        as_of=view.day,
        snapshot=snapshot,
        options=options.shown() | {"rules": rules.set.id, "target": float(target.share)},
        growth=growth,
    )
    return replace(whole, factories=_factories(whole, problem, years, ways))


DEFINITION: Final = Bilingual(
    "某年占比 =（今年绿色工厂产值 + 届时已列入的所选工厂产值）× 现有工厂增长 ÷（今年产值 × 全部增长）；每年须在由今年占比到目标的"
    "直线上，按产值从大到小选用最早年度已到的工厂，家数最少。基线为一家也不新列入。增长为假设，不是预测。",
    "share of a year = (today's green output + that of the chosen listed by then) x growth of standing factories / (today's "
    "output x growth of the whole); each year is to be on the straight line from today's share to the target, with the fewest "
    "factories: the largest output first among those whose first season has come. The base line lists nobody. Growth is "
    "assumed, not forecast.",
)


def _to_the_end(view: View, options: PlanOptions) -> PlanOptions:
    """Return the options with bars healed by the end of the last year, unless a horizon is given."""
    if "horizon" in options.model_fields_set or options.until is None:
        return options
    months = (options.until - view.day.year) * MONTHS_OF_A_YEAR + MONTHS_OF_A_YEAR - view.day.month
    return options.model_copy(update={"horizon": months})


def _target(options: PlanOptions) -> Target:
    if options.target is not None:
        return Target(options.target, above=False)
    goal = shipped_goals()[GOAL]
    assert goal.output_share is not None
    return Target(Fraction(str(goal.output_share)) / 100, goal.above)


def _years(years: Sequence[int], start: Fraction, target: Target, ways: Mapping[str, Way]) -> pd.DataFrame:
    lines = [_line(start, target.share, number, len(years) - 1) for number in range(len(years))]
    columns_of = {"year": list(years), "target": [float(line) for line in lines]}
    for name, listed in ways.items():
        columns_of |= {
            f"baseline_{name}": [float(share) for share in listed.baseline],
            f"new_{name}": [len(chosen) for chosen in listed.listed],
            f"reached_{name}": [float(share) for share in listed.after],
        }
    return pd.DataFrame(columns_of)[[column.name for column in COLUMNS]]


def _factories(whole: Answer, problem: Problem, years: Sequence[int], ways: Mapping[str, Way]) -> Answer:
    """Return who is listed under some growth, with the year under each: by the year under base growth, output, id."""
    year_of = {
        name: {candidate: year for year, chosen in zip(years, listing.listed, strict=True) for candidate in chosen}
        for name, listing in ways.items()
    }
    never, parts = years[-1] + 1, problem.choice.alone
    chosen = sorted(
        {candidate for by_name in year_of.values() for candidate in by_name},
        key=lambda candidate: (
            *(year_of[name].get(candidate, never) for name in ("base", "low", "high")),
            -parts[candidate],
            candidate,
        ),
    )
    frame = plan_table(problem, chosen, [parts[candidate] for candidate in chosen], [None] * len(chosen))
    output = problem.view.facts.output[problem.rows[chosen]]
    frame["output"] = money(output, output != UNKNOWN_MONEY)
    for name in SCENARIOS:
        frame[f"year_{name}"] = pd.array([year_of[name].get(candidate) for candidate in chosen], dtype="Int64")
    return Answer(
        question=whole.question,
        title=Bilingual("逐年列入的工厂", "factories by year"),
        table=frame[[column.name for column in FACTORY_COLUMNS]],
        columns=FACTORY_COLUMNS,
        definition=Bilingual(
            "各增长情景下哪一年列入；空为不需要", "the year of listing under each growth; null: not needed"
        ),
        clause_ids=whole.clause_ids,
        notes=(),
        as_of=whole.as_of,
        snapshot=whole.snapshot,
        options=whole.options,
    )


def _notes(
    view: View, options: PlanOptions, ways: Mapping[str, Way], growth: Mapping[str, Growth], target: Target
) -> Iterator[Bilingual]:
    """Say what is assumed, where the target is not reached, and what is missing."""
    for name, assumed in _items(growth):
        whole, own = (f"{100 * float(rate):g}%" for rate in (assumed.whole, assumed.factories))
        yield Bilingual(
            f"假设（{SCENARIO_ZH[name]}）：全部产值每年增长 {whole}，现有工厂每年增长 {own}；"
            + ("出自本程序，未经核实" if options.growth is None else f"出自 {options.growth}"),
            f"assumed ({name}): output grows {whole} a year, standing factories {own}; "
            + ("by this program, unverified" if options.growth is None else f"from {options.growth}"),
        )
        if not ways[name].reached:
            reached = f"{100 * float(ways[name].after[-1]):.2f}%"
            yield Bilingual(
                f"{SCENARIO_ZH[name]}：全部可选工厂列入后也只到 {reached}，达不到目标 {100 * float(target.share):g}%",
                f"{name}: all candidates together reach {reached}, short of the target of {100 * float(target.share):g}%",
            )
    caveats = ViewCaveats(view)
    yield from lacking_lists(caveats, "factory", options.tier)
    yield from lacking_tables(caveats, "enterprises", "annual_figures")


def way(
    start: Fraction,
    parts: Sequence[Fraction],
    seasons: Sequence[int | None],
    forced: Sequence[int],
    growth: Growth,
    years: Sequence[int],
    target: Target,
) -> Way:
    """Return the fewest listings, year by year, that keep the share on the line; all that there are where they do not suffice.

    `parts` are the candidates' outputs as shares of today's, in the order of ids; who is forced is listed as soon as may be.
    """
    waiting: list[tuple[Fraction, int]] = []
    listed, baseline, after = [], [], []
    share, is_met = start, False
    for number, year in enumerate(years):
        grown, line = growth.relative(number), _line(start, target.share, number, len(years) - 1)
        come = [candidate for candidate, season in enumerate(seasons) if _comes(season, year, years[0])]
        chosen = [candidate for candidate in come if candidate in forced]
        share += sum((parts[candidate] for candidate in chosen), Fraction(0))
        waiting += [
            (-parts[candidate], candidate) for candidate in come if candidate not in forced and parts[candidate]
        ]
        heapify(waiting)
        while not (is_met := target.is_met(share * grown, line, year == years[-1])) and waiting:
            part, candidate = heappop(waiting)
            chosen.append(candidate)
            share -= part
        listed.append(tuple(chosen))
        baseline.append(start * grown)
        after.append(share * grown)
    return Way(tuple(listed), tuple(baseline), tuple(after), is_met)


def _comes(season: int | None, year: int, first: int) -> bool:
    """Return whether a candidate can first be listed in a year of the plan."""
    return season is not None and max(season, first) == year


def _line(start: Fraction, target: Fraction, number: int, last: int) -> Fraction:
    """Return the share that a year has to reach: a straight way up from today's, and the target where today's is above it."""
    return target if start >= target or number == last else start + (target - start) * number / last
