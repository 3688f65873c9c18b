"""Scores that `ask scheme` gave, read back from its csv file: one per unit, with where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import FileFaultError
from queries.law.user_files import user_table

if TYPE_CHECKING:
    from collections.abc import Mapping

INDEX = "index"
"""What the row of the index is called in the column `indicator`."""
_COLUMNS = ("scored_unit", "scheme", "indicator", "points", "full_points", "basic_ok")
_FLAGS = {"true": True, "false": False, "": None}


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The index of a unit under a scheme: None where values were missing. `place` says where it was read."""

    scheme: str
    points: Decimal | None
    full: Decimal
    basic_ok: bool | None
    place: str


def read_scores(path: str | Path) -> dict[str, UnitScore]:
    """Return the scores of a csv answer of `scheme` by unit as it is written there; UsageError names line and column."""
    table = user_table(path, Bilingual("得分文件", "file of scores"))
    missing = [name for name in _COLUMNS if name not in table.header]
    if missing:
        listed = ",".join(missing)
        raise FileFaultError(
            path,
            1,
            Bilingual(f"应为 ask scheme 的 csv 答案，缺少列 {listed}", f"a csv answer of scheme lacks {listed}"),
        )
    lines: dict[str, int] = {}
    scores: dict[str, UnitScore] = {}
    for line, row in table.dicts():
        if row["indicator"] != INDEX:
            continue
        first = lines.setdefault(row["scored_unit"], line)
        if first != line:
            twice = Bilingual(f"第 {first} 行已有这一单位", f"this unit stands in line {first} already")
            raise FileFaultError(path, line, twice, "scored_unit")
        scores[row["scored_unit"]] = _score(path, line, row)
    return scores


def _score(path: str | Path, line: int, row: Mapping[str, str]) -> UnitScore:
    if not row["scored_unit"].strip():
        raise FileFaultError(path, line, Bilingual("没有写明单位", "the unit is not named"), "scored_unit")
    if row["basic_ok"] not in _FLAGS:
        raise FileFaultError(
            path, line, Bilingual("应为 true、false 或空", "true, false or blank is expected"), "basic_ok"
        )
    full = _number(path, line, "full_points", row)
    if full is None:
        raise FileFaultError(path, line, Bilingual("没有写明满分", "the full score is not given"), "full_points")
    points = _number(path, line, "points", row)
    if points is not None and not 0 <= points <= full:
        raise FileFaultError(path, line, Bilingual(f"应在 0 到满分 {full} 之间", f"0 to {full} is expected"), "points")
    return UnitScore(row["scheme"], points, full, _FLAGS[row["basic_ok"]], f"{Path(path).name} 第{line}行")


def _number(path: str | Path, line: int, column: str, row: Mapping[str, str]) -> Decimal | None:
    try:
        return Decimal(row[column]) if row[column].strip() else None
    except InvalidOperation:
        raise FileFaultError(path, line, Bilingual("应为数", "a number is expected"), column) from None
