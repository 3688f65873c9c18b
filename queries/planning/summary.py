"""What a plan comes to, in sentences: totals before and after, the proof, and the two plain habits beside it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from graph_model.bilingual import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from queries.planning.certificate import Certificate
    from queries.planning.problem import Problem

_METHODS = {
    "exact": Bilingual("已证明为最优", "proven to be the best"),
    "bounded": Bilingual("求解到限，差距如上", "the solver was stopped: the gap is as told"),
    "greedy": Bilingual("贪心选取，差距如上", "chosen greedily: the gap is as told"),
}


def in_words(problem: Problem, table: pd.DataFrame, proof: Certificate) -> Iterator[Bilingual]:
    """Yield the sentences under a plan."""
    if problem.goal.helps_places:
        yield from _totals(problem, table)
    gap = "—" if proof.gap is None else f"{100 * proof.gap:.2f}%"
    method = _METHODS[proof.method]
    value, bound = _amount(proof.value), _amount(proof.bound)
    yield Bilingual(
        f"目标值 {value}，已证明的上限 {bound}，差距 {gap}（{method.zh}）",
        f"value {value}, proven bound {bound}, gap {gap} ({method.en})",
    )
    largest, chance = _amount(proof.largest_first), _amount(proof.random_mean)
    yield Bilingual(
        f"同样的名额：按产值从大到小选取为 {largest}，随机选取（100 次平均）为 {chance}",
        f"with the same places: the largest output first reaches {largest}, chance (mean of 100 draws) {chance}",
    )
    yield Bilingual(
        f"可选单位 {proof.candidates:,} 家；{proof.horizon} 个月内不能消除限制情形的 {proof.barred:,} 家",
        f"{proof.candidates:,} candidates; {proof.barred:,} units have bars that do not heal in {proof.horizon} months",
    )


def _totals(problem: Problem, table: pd.DataFrame) -> Iterator[Bilingual]:
    """Yield per kind of place how many reach the target, and how many green members they have, before and after."""
    chosen = set(table["unit_id"])
    more = np.zeros(len(problem.places), dtype=np.int64)
    for candidate, id in enumerate(problem.choice.ids):
        if id in chosen:
            for place in problem.choice.places[candidate]:
                more[place] += 1
    for kind, zh, en in (("park", "园区", "parks"), ("leader", "龙头企业", "leaders")):
        at = np.flatnonzero(problem.helped & (problem.places.kind == kind)).tolist()
        target = problem.targets[kind]
        if not at or target is None:
            continue
        before, after = (_reaching(problem, at, target, added) for added in (np.zeros_like(more), more))
        green = int(problem.places.green[at].sum())
        goal = f"{100 * float(target):.1f}%"
        yield Bilingual(
            f"{zh} {len(at)} 个，达到目标 {goal} 的由 {before} 个增至 {after} 个；成员中的绿色工厂由 {green:,} 家次增至 "
            f"{green + int(more[at].sum()):,} 家次",
            f"of {len(at)} {en}, those at the target of {goal} rise from {before} to {after}; green members from {green:,} to "
            f"{green + int(more[at].sum()):,} (a member of two counts twice)",
        )


def _reaching(problem: Problem, places: list[int], target: Fraction, more: np.ndarray) -> int:
    green, base = problem.places.green, problem.places.base
    return sum(Fraction(int(green[at] + more[at]), int(base[at])) >= target for at in places)


def _amount(value: Fraction) -> str:
    number = float(value)
    return f"{number:,.2f}" if abs(number) >= 1 else f"{number:.4f}"
