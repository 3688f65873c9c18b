"""Scores of `scheme` handed to `assess` with their provenance: they stand in place of what a unit's report says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import UsageError
from graph_model.kinds import UnitKind
from queries.law.schemes import read_scores

if TYPE_CHECKING:
    from pathlib import Path

    from graph_model.view import View
    from queries.law.schemes import UnitScore


def handed_scores(view: View, table: str, path: Path | str) -> dict[int, UnitScore]:
    """Return the scores of a file by the row of the unit in `table`; those of units of the other kind are left out.

    UsageError, with the place in the file, for a unit that is not on record.
    """
    tables = [kind.table for kind in UnitKind.UNIT.may_be]
    scores: dict[int, UnitScore] = {}
    for name, score in read_scores(path).items():
        row = _row(view, name, table)
        if row is not None:
            scores[row] = score
        elif all(_row(view, name, each) is None for each in tables):
            raise UsageError(
                f"{score.place}：没有名为“{name}”的单位，请核对名称或先载入",
                f"{score.place}: no unit is called {name!r}; check the name, or load the unit",
            )
    return scores


def _row(view: View, name: str, table: str) -> int | None:
    try:
        return view.graph.find(name, table)
    except UsageError:
        return None


def scores_note(scores: dict[int, UnitScore]) -> Bilingual:
    """Say for how many units scores were handed in, and under which schemes."""
    schemes = "、".join(sorted({score.scheme for score in scores.values()})) or "—"
    return Bilingual(
        f"采用了 {len(scores)} 个单位的评分结果（方案 {schemes}），代替其评价报告所填的得分、满分和基本要求；出处见理由。",
        f"scores of {len(scores)} units (schemes {schemes}) stand in place of what their reports say; reasons name the source.",
    )
