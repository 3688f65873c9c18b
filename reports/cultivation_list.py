"""A plan as a list in the shape of table `cultivation`: it can be sent out, reported, and loaded again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.tiers import CATEGORY_ZH, TIER_ZH, Category, Tier
from reports.sheets import Book, Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.planning.plan import PlanAnswer

HEADS = ("序号", "单位名称", "统一社会信用代码", "设区市", "申报类别", "目标层级", "计划年度", "培育主体")


def cultivation_list(plan: PlanAnswer) -> bytes:
    """Return the chosen units as xlsx, one a row, under the headers that loading knows.

    The plan year is that of the day; the sponsor is blank, which stands for the department.
    """
    with Book("培育计划", mark="input") as book:
        book.sheet("培育计划", [Head(head) for head in HEADS], _rows(plan))
    return book.to_bytes()


def _rows(plan: PlanAnswer) -> Iterator[tuple[str | None, ...]]:
    category = CATEGORY_ZH[Category(str(plan.options["category"]))]
    tier = TIER_ZH[Tier.of(str(plan.options["tier"]))]
    table = plan.table
    for number, unit, code, city in zip(table["rank"], table["unit"], table["uscc"], table["city"], strict=True):
        place = tuple(None if value != value else str(value) for value in (code, city))
        yield (str(number), str(unit), *place, category, tier, str(plan.as_of.year), None)
