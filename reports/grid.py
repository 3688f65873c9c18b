"""An answer on the terminal: aligned columns, shares in percent beside the counts they come from.

A terminal is narrower than an answer. Columns that matter least (ids first) are left out until the rest fits,
and the caller is told which, so that nothing disappears silently. A pipe has no edge: there the table is whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich import box
from rich.cells import cell_len
from rich.table import Table

from queries.answers.labels import label, shown, spoken
from reports.sheets import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from queries.answers.answer import Answer
    from queries.answers.column import Column

_BY_NEED = """
reason_en act_en rules evidence
park_id leader_id ban_id agency_id id region_id
official_base official_share output_known output_base output_green output_share
clause window_start window_end unit_kind provincial_basis pool_years incidents
digest goal_id legal_representative together_with qualified_on self_evaluation third_party reports_unknown
reports_district reports_city reports_provincial reports_national load_year clients_removed real source done_by
over_cap cap year bans pending refused load
published_removed published_added published_after full_points lead measure group
spend_known spend_total spend_green units_short list_year listed_outside_base
tags pool work cost leaders parks next_tier highest bars
unit_id enterprise_id level chain basis district_on region_unknown outside_mainland
at_least_city at_least_provincial base_unknown green_unknown output identity
spend_ratio spend since uscc tenants date report_no county city_on agency
category tier city
"""
LEAST_NEEDED: tuple[str, ...] = tuple(_BY_NEED.split())
"""Columns in the order in which a narrow terminal leaves them out (ids stand beside names); then from the right."""
ELASTIC = {"path": 34, "moves": 34, "parks": 18, "reason": 30, "evidence": 24, "act": 20}
"""Columns of long cells that fold, and the places they need at least; they take what the others leave."""
WIDEST = 40
"""Cells beyond this many places fold onto further lines."""
UNIT = "（万元）"
"""Stands on a line of its own where a head is folded."""
ONE_LINE = 10
"""Places up to which a head stays on one line."""
BETWEEN = 2
"""Places between two columns."""
ROWS_AT_ONCE = 50
"""Rows of a long answer that a terminal shows unless asked for more."""


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A table ready to print, with what did not fit."""

    table: Table
    left_out: tuple[str, ...]
    more_rows: int


def grid(answer: Answer, lang: str = "zh", width: int | None = None, rows: int | None = None) -> TextGrid:
    """Return the first `rows` of an answer in at most `width` places (None: all of both), in one language."""
    head, columns = answer.table if rows is None else answer.table.head(rows), spoken(answer.columns, lang)
    text = shown(head, columns, lang)
    kept, places = list(columns), {}
    if width is not None:
        places = {column.name: _places(column.name, label(column, lang), text) for column in columns}
        kept = _fitting(columns, places, width)
        _stretch(kept, places, width)
    names = {column.name for column in kept}
    return TextGrid(
        table=_drawn(kept, text, lang, places),
        left_out=tuple(label(column, lang) for column in columns if column.name not in names),
        more_rows=len(answer.table) - len(head),
    )


def _fitting(columns: Sequence[Column], places: Mapping[str, int], width: int) -> list[Column]:
    """Return the columns that fit side by side, in their order."""
    kept = list(columns)
    listed = [column for name in LEAST_NEEDED for column in columns if column.name == name]
    rest = [column for column in reversed(columns) if column not in listed]
    for column in listed + rest[:-1]:
        if _total(kept, places) <= width:
            break
        kept.remove(column)
    return kept


def _total(kept: Sequence[Column], places: Mapping[str, int]) -> int:
    return sum(places[column.name] + BETWEEN for column in kept) - BETWEEN


def _stretch(kept: Sequence[Column], places: dict[str, int], width: int) -> None:
    """Give the places that are left to the columns of long cells."""
    for column in kept:
        if column.name in ELASTIC:
            places[column.name] = min(WIDEST * 2, places[column.name] + width - _total(kept, places))


def _places(name: str, head: str, text: pd.DataFrame) -> int:
    """Return the places a column takes: its longest cell, or its head on two lines, whichever is wider."""
    longest = max((cell_len(cell) for cell in text[head]), default=0)
    return max(min(longest, ELASTIC.get(name, WIDEST)), _head_places(head))


def _head_places(head: str) -> int:
    """Return the places of a head: a long one stands on two lines, but no English word is cut."""
    if UNIT in head:
        return max(_head_places(head.removesuffix(UNIT)), cell_len(UNIT))
    whole = cell_len(head)
    half = -(-whole // 4) * 2  # an even number, so that no Chinese character is cut
    return whole if whole <= ONE_LINE else max(half, *(cell_len(word) for word in head.split() if word.isascii()), 0)


def _drawn(kept: Sequence[Column], text: pd.DataFrame, lang: str, places: Mapping[str, int]) -> Table:
    """Return the table; columns without a number of places are as wide as they want to be."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, BETWEEN - 1, 0, 0))
    for column in kept:
        right = column.kind in FORMATS and column.kind != "day"
        wide = places.get(column.name)
        justify: Literal["left", "right"] = "right" if right else "left"
        head = label(column, lang)
        if wide is not None:
            head = head.replace(UNIT, f"\n{UNIT}")
        table.add_column(head, justify=justify, width=wide, overflow="fold", no_wrap=wide is None)
    for row in text[[label(column, lang) for column in kept]].itertuples(index=False, name=None):
        table.add_row(*row)
    return table
