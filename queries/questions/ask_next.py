"""Whom to ask what next? The fewest missing cells that settle the most verdicts, or narrow a share to a width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from pydantic import model_validator

from graph_model.bilingual import Bilingual
from graph_model.errors import RefusedValueError
from graph_model.records import RECORDS, fields_of
from graph_model.tiers import Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, days, flags, unit_column
from queries.asking.caveats import ViewCaveats, lacking_tables
from queries.asking.find_unit import find_on_record
from queries.asking.options import BaseOption, CategoryOption, Threshold, base_option, option
from queries.asking.question import ExtraOutput, Options, Question
from queries.eligibility.assess import AssessOptions, rules_of
from queries.engines.filters import city_code
from queries.planning.fewest_cells import settled_most
from queries.planning.missing_cells import EVERYBODY, MissingCell, needs_of
from queries.planning.narrowing import fewest_questions, width_now
from queries.planning.open_shares import cells_about, open_place
from queries.planning.plan_options import PlanTier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_model.view import View
    from queries.planning.missing_cells import Needs


class AskNextOptions(Options):
    """How many cells may be asked, and what they are to settle."""

    budget: int | None = option(None, "最多问几项；不写为全部", "at most so many; else all that help", ge=0)
    category: CategoryOption = option("factory", "申报类别", "category whose verdicts are settled")
    tier: PlanTier = option("city", "申报层级；缩小占比时为至少达到的层级", "tier applied for, or of the share")
    city: str | None = option(None, "只问该设区市的单位", "units of this city only")
    unit: str | None = option(None, "只问这一单位", "this unit only")
    narrow: str | None = option(
        None,
        "改为缩小占比的范围：park=园区、leader=龙头企业 或 city=设区市",
        "narrow a share instead: park=, leader=, city=",
    )
    width: Threshold = option(
        None, "与 narrow 合用：范围缩小到多宽，如 2%", "with narrow: how wide it may stay, such as 2%"
    )
    base: BaseOption = base_option()
    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")

    @model_validator(mode="after")
    def _belong_together(self) -> AskNextOptions:
        if (self.narrow is None) != (self.width is None):
            raise RefusedValueError("narrow 与 width 要同时给出", "give narrow and width together")
        if self.narrow is None and "base" in self.chosen:
            raise RefusedValueError("base 与 narrow 合用", "base goes with narrow")
        if self.narrow is not None and (unfit := sorted({"category", "city", "unit"} & self.chosen)):
            raise RefusedValueError(
                f"narrow 不能与 {'、'.join(unfit)} 合用", f"narrow does not go with {', '.join(unfit)}"
            )
        return self


COLUMNS = columns(
    "list@asked", "unit_id", "unit", "uscc", "city", "item", "occurred_on@asked", "decided_on@asked", "field", "cell",
    "verdicts@asked", "rules@asked", "on_register",
)  # fmt: skip
TABLES: Final = ("attestations", "enterprises", "parks", "reports", "agencies", "incidents")
"""The lists that are asked about, what concerns everybody first."""


@dataclass(frozen=True)
class AskedCells:
    """The cells to ask, for how many verdicts each serves and which rules ask, and what that comes to."""

    cells: Mapping[MissingCell, int]
    rules: Mapping[MissingCell, frozenset[str]]
    notes: tuple[Bilingual, ...]


@lru_cache(maxsize=1)
def asked(view: View, options: AskNextOptions) -> AskedCells:
    """Choose the cells; kept for the notes of the same answer."""
    return _for_verdicts(view, options) if options.narrow is None else _for_a_share(view, options)


def _for_verdicts(view: View, options: AskNextOptions) -> AskedCells:
    asked = AssessOptions(
        category=options.category, tier=options.tier, rules=options.rules, rules_file=options.rules_file
    )
    category = Category(options.category)
    needs = needs_of(view, rules_of(view, asked), category, Tier.of(options.tier))
    places = _wanted(view, options, needs)
    open_, askable = len(places), [place for place in places if needs.cells[place] is not None]
    cells = [needs.cells[place] or frozenset() for place in askable]
    settled = settled_most(cells, options.budget)
    counts: dict[MissingCell, int] = {}
    for place in settled:
        for cell in cells[place]:
            counts[cell] = counts.get(cell, 0) + 1
    return AskedCells(counts, needs.rules, tuple(_settled_notes(open_, len(askable), len(settled), len(counts))))


def _wanted(view: View, options: AskNextOptions, needs: Needs) -> list[int]:
    """Return the unclear units that the options ask about, as places."""
    rows, graph = np.array(needs.rows, dtype=np.intp), view.graph[needs.table]
    wanted = np.ones(len(rows), dtype=bool)
    if options.city is not None:
        wanted &= graph["region"][rows] // 100 * 100 == city_code(view.graph.regions, options.city)
    if options.unit is not None:
        wanted &= rows == find_on_record(view, options.unit, needs.table)
    return np.flatnonzero(wanted).tolist()


def _settled_notes(open_: int, askable: int, settled: int, cells: int) -> list[Bilingual]:
    notes = [
        Bilingual(
            f"待补资料的单位 {open_:,} 家；补齐以下 {cells:,} 项，其中 {settled:,} 家的结论即可确定",
            f"{open_:,} verdicts are unclear; these {cells:,} cells settle {settled:,} of them",
        )
    ]
    if askable < open_:
        notes.append(
            Bilingual(
                f"{open_ - askable:,} 家缺的不是可补填的单元格（名单未载入、日期无法识别、来源相互矛盾等），须在原表改正或载入",
                f"{open_ - askable:,} lack what no cell can say (a list not loaded, a day that cannot be read, lists that "
                "disagree): mend or load it where it stands",
            )
        )
    return notes


def _for_a_share(view: View, options: AskNextOptions) -> AskedCells:
    assert options.narrow is not None
    assert options.width is not None
    place = open_place(view, options.narrow, Tier.of(options.tier), options.base)
    questions, width = fewest_questions(place.share, options.width, options.budget)
    cells = {cell: 0 for row in place.asked(questions) for cell in cells_about(view, row, options.base)}
    before, after, wanted = (
        f"{100 * float(width_of):.2f}%" for width_of in (width_now(place.share), width, options.width)
    )
    reached = width <= float(options.width) + 1e-12
    end_zh = "" if reached else f"，达不到 {wanted}：其余须在原表改正，或放宽家数"
    end_en = "" if reached else f", not {wanted}: the rest must be mended where it stands, or more may be asked"
    note = Bilingual(
        f"占比范围现宽 {before}；问清以下 {questions.total:,} 家后，无论答案如何，至多宽 {after}{end_zh}",
        f"the share is known to within {before}; after asking {questions.total:,} units it is within {after}, whatever the "
        f"answers{end_en}",
    )
    return AskedCells(cells, dict.fromkeys(cells, frozenset()), (note,))


def in_memory(view: View, options: AskNextOptions) -> pd.DataFrame:
    """Gather the chosen cells, each with whose it is and how many verdicts need it."""
    chosen = asked(view, options)
    cells = list(chosen.cells)
    parts = [_rows(view, units, [cell for cell in cells if cell.units == units], chosen) for units in _UNITS]
    return pd.concat(parts, ignore_index=True)


_UNITS: Final = (EVERYBODY, "enterprises", "parks")


def _rows(view: View, units: str, cells: Sequence[MissingCell], chosen: AskedCells) -> pd.DataFrame:
    rows = np.array([cell.unit for cell in cells], dtype=np.intp)
    table = units or "enterprises"
    nothing = pd.Series([None] * len(cells), dtype="str")
    held = np.array([int(cell.key) if cell.table == "incidents" else -1 for cell in cells], dtype=np.intp)
    incidents = view.graph["incidents"]
    kinds = incidents.texts("kind", held).to_pylist()
    registered = np.append(view.graph[table]["registered"] == 1, False)[rows]
    missing = np.iinfo(np.int32).max
    return pd.DataFrame(
        {
            "list": pd.Series([cell.table for cell in cells], dtype="str"),
            "unit_id": unit_column(view.graph, table, "id", rows),
            "unit": unit_column(view.graph, table, "name", rows),
            "uscc": unit_column(view.graph, table, "uscc", rows) if table == "enterprises" else nothing,
            "city": city_names(view.graph, table, rows).where(pd.Series(rows >= 0), None) if len(rows) else nothing,
            "item": pd.Series([kind or cell.key or None for kind, cell in zip(kinds, cells, strict=True)], dtype="str"),
            **{name: days(np.append(incidents[name], missing)[held]) for name in ("occurred_on", "decided_on")},
            "field": pd.Series([cell.column for cell in cells], dtype="str"),
            "cell": pd.Series([header(cell.table, cell.column) for cell in cells], dtype="str"),
            "verdicts": np.array([chosen.cells[cell] for cell in cells], dtype=np.int64),
            "rules": pd.Series(["+".join(sorted(chosen.rules[cell])) or None for cell in cells], dtype="str"),
            "on_register": flags(np.where(rows < 0, -1, registered).astype(np.int8)),
        }
    )


def header(table: str, field: str) -> str:
    """Return the header under which a list gives a field."""
    label: str = fields_of(RECORDS[table])[field].headers[0]
    return label


def conclude(facts: pd.DataFrame, _options: AskNextOptions) -> pd.DataFrame:
    """Order by what concerns everybody, then by city and unit, then by list and cell."""
    places = {table: at for at, table in enumerate(TABLES)}
    keyed = facts.assign(
        everybody=facts["unit_id"].notna(), place=facts["list"].map(places), somewhere=facts["city"].isna()
    )
    ordered = keyed.sort_values(["everybody", "somewhere", "city", "unit_id", "place", "item", "field"], kind="stable")
    return ordered[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(view: View, options: AskNextOptions) -> list[Bilingual]:
    """Say what the answers settle, and which tables are missing."""
    return [*asked(view, options).notes, *lacking_tables(ViewCaveats(view), "enterprises")]


QUESTION = Question(
    name="ask-next",
    title=Bilingual("最少询证", "what to ask next"),
    definition=Bilingual(
        "补齐哪些缺项（单元格），能以最少的项数使最多单位的结论确定（当日待补资料的单位，缺项全部补齐即确定）；或使某园区、龙头企业、"
        "设区市占比的上下限缩小到所给宽度，无论答案如何。一项可供多家之用，如一种负面清单情形的核查记录。",
        "the missing cells that settle the most unclear verdicts within the budget (a verdict is settled when all its cells are "
        "known), or the fewest units to ask so that the bounds of a share are within a width whatever the answers. One cell may "
        "serve many, such as the record of having looked a kind of the negative list up.",
    ),
    columns=COLUMNS,
    clause_ids=("D-17c", "D-17d", "D-18"),
    options=AskNextOptions,
    row_id="unit_id",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=63,
    outputs=(
        ExtraOutput(
            "form", Bilingual("另存为填报表（xlsx，填后可载入）", "also write a form to fill in and load (xlsx)")
        ),
    ),
)
