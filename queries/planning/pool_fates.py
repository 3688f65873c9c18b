"""What became of every planned unit: the first fate that fits, for `pool` and `progress`. SPEC 9.5."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN
from graph_model.kinds import NODE_KINDS
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.columns import columns
from queries.asking.options import option
from queries.asking.question import Options
from queries.eligibility.assess import AssessOptions, rules_of
from queries.measures.plan_rows import Planned, planned_units
from queries.planning.candidates import standing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View
    from queries.planning.candidates import Standing

FATES: Final = tuple(columns("fate")[0].codes)
"""What may become of a planned unit; the first that fits counts."""
SPONSOR_KINDS: Final = tuple(columns("sponsor_kind")[0].codes)


class FateOptions(Options):
    """By which rules a bar fails, and whether units are told one by one."""

    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")
    units: bool = option(False, "逐家列出，附原因", "one unit a row, with the reason")


@dataclass(frozen=True)
class FatedUnits:
    """Planned enterprises or parks that are not known to be outside, and what became of each."""

    view: View
    unit: str
    """The column by which tables of facts refer to them: enterprise or park."""
    planned: Planned
    fate: NDArray[np.int8]
    """Per planned unit a place in `FATES`."""
    bars: tuple[tuple[str, Bilingual], ...]
    """Distinct sets of failing bars: their ids joined by `+`, and their reasons in words."""
    bar: NDArray[np.int64]
    """Per planned unit its place in `bars`, -1 where none fails."""
    outside: int
    """Planned units that are known to be outside, and left out."""

    @property
    def table(self) -> str:
        """Return the table of the units."""
        return NODE_KINDS[self.unit].table


def fated_units(view: View, options: FateOptions, *, by_sponsor: bool = False) -> tuple[FatedUnits, FatedUnits]:
    """Return the planned enterprises and the planned parks."""
    return _of_kind(view, options, "enterprise", by_sponsor), _of_kind(view, options, "park", by_sponsor)


def _of_kind(view: View, options: FateOptions, unit: str, by_sponsor: bool) -> FatedUnits:
    everybody = planned_units(view, unit, by_sponsor=by_sponsor)
    outside = view.graph.outside(NODE_KINDS[unit].table)[everybody.unit]
    planned = everybody.at(np.flatnonzero(~outside))
    bars, bar = _failing_bars(view, options, planned, unit)
    fate = _fates(view, planned, bar >= 0)
    return FatedUnits(view, unit, planned, fate, bars, bar, len(np.unique(everybody.unit[outside])))


def _fates(view: View, planned: Planned, barred: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return per planned unit the place of the first of `FATES` that fits."""
    came = planned.first_listed < OPEN
    tests = (
        planned.already,
        came & (planned.first_listed < planned.end),
        came,
        barred,
        planned.end > view.facts.number,
    )
    fate = np.full(len(planned.unit), len(FATES) - 1, dtype=np.int8)
    for place in range(len(tests) - 1, -1, -1):
        fate[tests[place]] = place
    return fate


def _failing_bars(
    view: View, options: FateOptions, planned: Planned, unit: str
) -> tuple[tuple[tuple[str, Bilingual], ...], NDArray[np.int64]]:
    """Return whose bars fail on the day at the target tier; at the provincial where none is named, the city for a district."""
    asked = np.where(planned.target_tier == Tier.NONE, Tier.PROVINCIAL, np.maximum(planned.target_tier, Tier.CITY))
    bar = np.full(len(planned.unit), -1, dtype=np.int64)
    bars: list[tuple[str, Bilingual]] = []
    for category in (Category.FACTORY, Category.PARK, Category.SUPPLY_CHAIN):
        if category.unit != unit:
            continue
        for tier in (Tier.CITY, Tier.PROVINCIAL, Tier.NATIONAL):
            rows = np.flatnonzero((planned.category == CATEGORIES.index(category)) & (asked == tier))
            if len(rows):
                _add_failing(bars, bar, rows, planned.unit[rows], _standing_at(view, options, category, tier))
    return tuple(bars), bar


def _standing_at(view: View, options: FateOptions, category: Category, tier: Tier) -> Standing:
    asked = AssessOptions(category=category.value, tier=tier.id, rules=options.rules, rules_file=options.rules_file)
    return standing(view, rules_of(view, asked), category, tier, "all")


def _add_failing(
    bars: list[tuple[str, Bilingual]], bar: NDArray[np.int64], rows: NDArray[Any], units: NDArray[Any], at: Standing
) -> None:
    """Add the distinct combinations of failing bars of some planned units, each worded once, and number them."""
    place = at.place[units]
    failing = np.zeros((len(rows), at.failing.shape[1]), dtype=bool)
    failing[place >= 0] = at.failing[place[place >= 0]]
    numbers: defaultdict[tuple[int, ...], int] = defaultdict(lambda: len(bars) + len(numbers))
    for row in np.flatnonzero(failing.any(axis=1)).tolist():
        bar[rows[row]] = numbers[tuple(at.matrix.codes[place[row]][failing[row]].tolist())]
    rule_of = [decided.rule.id for decided in at.matrix.judged for _ in decided.decisions]
    for codes in numbers:
        reasons = [at.matrix.decisions[code].reason for code in codes]
        words = Bilingual("；".join(reason.zh for reason in reasons), "; ".join(reason.en for reason in reasons))
        bars.append(("+".join(rule_of[code] for code in codes), words))


def fate_notes(view: View, options: FateOptions) -> list[Bilingual]:
    """Say who is left out, who is planned in several groups, and which sponsors are not on record as park or enterprise."""
    parts = fated_units(view, options)
    outside = sum(part.outside for part in parts)
    several = sum(int((np.unique(part.planned.unit, return_counts=True)[1] > 1).sum()) for part in parts)
    unnamed = sum(part.planned.unknown_sponsors for part in parts)
    told = (
        (outside, "已知在省外、未列入的有 {} 家", "{} units known to lie outside are left out"),
        (several, "{} 家单位列入多项计划，在各项中分别计数", "{} units are planned in several groups"),
        (
            unnamed,
            "{} 行的培育主体当日尚未见于任何记录，按主管部门计",
            "{} rows name a sponsor that is not on record and count as the department's",
        ),
    )
    return [Bilingual(zh.format(count), en.format(count)) for count, zh, en in told if count]
