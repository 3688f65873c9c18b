"""Headline figures, each with numerator, denominator and bounds as the answer tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from reports.site.page_model import Figure, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from queries import Answer
    from reports.site.page_options import PageOptions


def percent(share: Any) -> str:
    """Return a share in words, a dash where it is null."""
    return "—" if pd.isna(share) else f"{share:.2%}"


def number(count: Any) -> str:
    """Return a count in words, a dash where it is null."""
    return "—" if pd.isna(count) else f"{int(count):,}"


def share_figure(
    label: str,
    row: Mapping[str, Any],
    parts: tuple[str, str, str],
    options: PageOptions,
    link: Link | None = None,
    meaning: str = "",
    anchor: str = "",
) -> Figure:
    """Return a share with its parts: the names of numerator, denominator and share; bounds are `<share>_low`, `<share>_high`."""
    numerator, denominator, share = parts
    told = f"{number(row[numerator])} / {number(row[denominator])}"
    low, high = row.get(f"{share}_low"), row.get(f"{share}_high")
    if not pd.isna(low) and not pd.isna(high) and low != high:
        told += options.either("，未知项使其在 ", ", unknowns put it between ") + f"{percent(low)}–{percent(high)}"
    return Figure(label, percent(row[share]), told, meaning, link, anchor)


def first_row(answer: Answer) -> dict[str, Any]:
    """Return the first row of an answer by column name."""
    return row_of(answer, 0)


def row_of(answer: Answer, at: int) -> dict[str, Any]:
    """Return a row of an answer by column name."""
    return {str(name): value for name, value in answer.table.iloc[at].items()}


def meaning_of(answer: Answer, column: str, options: PageOptions) -> str:
    """Return what a column means."""
    return next((each.meaning.in_(options.lang) for each in answer.columns if each.name == column), "")


def counted(answer: Answer, column: str, code: str) -> int:
    """Return how many rows have a code in a column."""
    return int((answer.table[column] == code).sum())
