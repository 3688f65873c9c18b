"""The limits of a plan made of its options; what cannot be kept together is told with the numbers that clash."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import FileFaultError, UsageError
from graph_model.regions import level_of
from queries.planning.choice import PlanLimits
from queries.planning.files import table_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_model.regions import Regions
    from queries.planning.plan_options import PlanOptions


def limits_of(options: PlanOptions, regions: Regions) -> PlanLimits:
    """Return count, budget and quotas; a city's own line in the file goes before the quota of every city."""
    least = {} if options.city_min is None else dict.fromkeys(regions.cities, options.city_min)
    most = {} if options.city_max is None else dict.fromkeys(regions.cities, options.city_max)
    if options.quotas is not None:
        for line, row in table_rows(options.quotas, ("city", "min", "max"), _HEADS):
            city = regions.read(row["city"])
            if level_of(city.code) != 2 or city.doubt is not None:
                raise FileFaultError(
                    options.quotas,
                    line,
                    Bilingual(f"没有设区市“{row['city']}”", f"there is no city {row['city']!r}"),
                )
            least |= {city.code: _number(options.quotas, line, row["min"])} if row["min"] else {}
            most |= {city.code: _number(options.quotas, line, row["max"])} if row["max"] else {}
    return PlanLimits(options.most, options.budget, {city: one for city, one in least.items() if one}, most)


_HEADS = {"city": ("设区市", "城市"), "min": ("最少", "下限"), "max": ("最多", "上限")}


def check_limits(
    limits: PlanLimits, regions: Regions, cities: Sequence[int], costs: Sequence[Fraction], forced: Sequence[int]
) -> None:
    """Raise UsageError where the limits and the forced candidates cannot be kept together, with the numbers that clash."""
    given = {city: sum(cities[one] == city for one in forced) for city in {*cities}}
    there = {city: sum(one == city for one in cities) for city in {*limits.city_min}}
    for city, least in limits.city_min.items():
        name = regions.name(city)
        if least > there[city]:
            raise UsageError(
                f"{name}要求至少 {least} 家，可选的只有 {there[city]} 家",
                f"{name} is to have at least {least}, but has {there[city]} candidates",
            )
        if least > limits.city_max.get(city, least):
            raise UsageError(
                f"{name}至少 {least} 家，又最多 {limits.city_max[city]} 家，互相矛盾",
                f"{name}: at least {least} and at most {limits.city_max[city]} contradict each other",
            )
    for city, most in limits.city_max.items():
        if given.get(city, 0) > most:
            raise UsageError(
                f"{regions.name(city)}必选 {given[city]} 家，超过上限 {most} 家",
                f"{regions.name(city)}: {given[city]} units must be in it, at most {most} may",
            )
    owed = {city: max(least - given.get(city, 0), 0) for city, least in limits.city_min.items()}
    needed = len(forced) + sum(owed.values())
    if limits.count is not None and needed > limits.count:
        raise UsageError(
            f"必选 {len(forced)} 家，加上各市下限还需 {sum(owed.values())} 家，超过总数 {limits.count} 家",
            f"{len(forced)} must be in it and the minimums need {sum(owed.values())} more: more than {limits.count}",
        )
    if limits.budget is not None:
        _check_budget(limits.budget, cities, costs, forced, owed)


def _check_budget(
    budget: Fraction, cities: Sequence[int], costs: Sequence[Fraction], forced: Sequence[int], owed: dict[int, int]
) -> None:
    must, taken = sum((costs[one] for one in forced), Fraction(0)), set(forced)
    cheapest = Fraction(0)
    for city, open_places in owed.items():
        prices = sorted(costs[one] for one, other in enumerate(cities) if other == city and one not in taken)
        cheapest += sum(prices[:open_places], Fraction(0))
    if must + cheapest > budget:
        raise UsageError(
            f"必选单位需 {float(must):g} 万元，各市下限最少还需 {float(cheapest):g} 万元，超过经费 {float(budget):g} 万元",
            f"units that must be in it cost {float(must):g}, the minimums at least {float(cheapest):g} more: "
            f"more than the budget of {float(budget):g} (10k yuan)",
        )


def _number(path: str, line: int, text: str) -> int:
    if not text.isdecimal():
        raise FileFaultError(path, line, Bilingual(f"“{text}”应为整数", f"{text!r} is no whole number"))
    return int(text)
